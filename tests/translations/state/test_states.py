"""The state of a page in a language is what people would find there, in few queries."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation, TranslationContext

from accounts.groups import create_groups, translator_group_name
from accounts.models import User
from pages.models import HomePage, StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated, translate, translate_all
from translations.models import Assignment, FuzzyTarget, LanguagePolicy
from translations.review.handing_on import hand_on
from translations.state.progress import Progress, progress_of
from translations.state.states import State, states_of
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def home(japanese) -> HomePage:
    home = make_home()
    make_translated(home, japanese)
    create_groups()
    return home


@pytest.fixture
def page(home) -> StandardPage:
    return make_page(home, slug="waste", title="Waste")


@pytest.fixture
def translator(home) -> User:
    user = User.objects.create_user(username="t", email="t@example.org")
    user.groups.add(Group.objects.get(name=translator_group_name("ja")))
    return user


def state_of(page: Page, locale: Locale):
    """The state of one page in one language, as it is in the database now."""
    page = Page.objects.get(pk=page.pk)
    return states_of([page], [locale])[page.translation_key, locale.pk]


def test_a_page_that_nobody_has_begun_with_is_missing_since_it_went_live(page, japanese):
    state = state_of(page, japanese)
    assert state.state == State.MISSING
    assert state.since == page.first_published_at


def test_a_page_that_is_a_draft_is_in_translation(page, japanese):
    source, _ = bring_in(page)
    make_target(source, japanese, publish=False)
    assert state_of(page, japanese).state == State.IN_TRANSLATION


def test_a_page_handed_on_awaits_review_and_one_sent_back_says_so(page, japanese, translator):
    source, _ = bring_in(page)
    target = hand_on(translate_all(source, japanese), translator).page
    assert state_of(page, japanese).state == State.IN_REVIEW
    target.current_workflow_state.current_task_state.specific.reject(user=translator)
    assert state_of(page, japanese).state == State.SENT_BACK


def test_a_live_page_is_stale_once_its_source_is_published_again(page, japanese):
    make_translated(page, japanese)
    assert state_of(page, japanese).state == State.LIVE
    assert state_of(page, japanese).since is None
    page.title = "Waste and recycling"
    publish(page)
    state = state_of(page, japanese)
    assert state.state == State.STALE
    assert state.since == Page.objects.get(pk=page.pk).last_published_at


def test_a_live_page_from_a_machine_says_so(page, japanese):
    source, _ = bring_in(page)
    translate_all(source, japanese)
    StringTranslation.objects.update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    make_target(source, japanese)
    assert state_of(page, japanese).state == State.MACHINE


def test_a_page_taken_out_of_translation_is_a_page_of_its_own(page, japanese):
    source, _ = bring_in(page)
    make_target(source, japanese)
    source.translations.update(enabled=False)
    assert state_of(page, japanese).state == State.STOPPED


def test_a_translation_given_to_somebody_names_them(page, japanese, translator):
    source, _ = bring_in(page)
    Assignment.objects.create(translation=submit(source, japanese), translator=translator)
    assert state_of(page, japanese).translator_id == translator.pk


def test_progress_counts_texts_and_words_that_are_translated_fuzzy_or_left(page, japanese):
    page.summary = "What to do with it."
    page.body = [block("text", "<p>Two words.</p>")]
    publish(page)
    source, _ = bring_in(page)
    translate(source, japanese, {"Waste": "ごみ"})
    FuzzyTarget.objects.create(
        string=String.objects.get(data="Two words."),
        context=TranslationContext.objects.get(stringsegment__string__data="Two words."),
        locale=japanese,
        text="二つ。",
    )
    found = progress_of([page.translation_key], [japanese.pk])[page.translation_key, japanese.pk]
    assert found == Progress(segments=3, translated=1, fuzzy=1, words=8, words_translated=1)
    assert found.words_left == 7


def test_the_number_of_queries_is_the_same_for_many_pages_and_languages(
    home, page, japanese, django_assert_num_queries
):
    others = [make_locale(code) for code in ("ko", "th", "de")]
    pages = [make_page(home, slug=f"page-{number}") for number in range(12)]
    for each in [page, *pages]:
        bring_in(each)
    for some, locales in (([page], [japanese]), ([page, *pages], [japanese, *others])):
        sources = list(Page.objects.filter(pk__in=[each.pk for each in some]))
        with django_assert_num_queries(3):
            states = states_of(sources, locales)
        assert len(states) == len(some) * len(locales)
        with django_assert_num_queries(3):
            progress_of([each.translation_key for each in some], [each.pk for each in locales])


def test_a_page_that_a_partial_language_lacks_waits_for_nobody(page):
    easy = make_locale("ja-easy")
    state = state_of(page, easy)
    assert state.state == State.NOT_PLANNED
    assert state.since is None
    bring_in(page)[0].translations.create(target_locale=easy)
    assert state_of(page, easy).state == State.MISSING


def test_policies_do_not_change_what_is_live(page, japanese):
    LanguagePolicy.objects.create(locale=japanese, review_needed=False)
    make_translated(page, japanese)
    assert state_of(page, japanese).state == State.LIVE
