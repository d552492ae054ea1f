"""Readers are told how fresh a translation is, and whether anyone has reviewed it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from pages.models import StandardPage
from tests.pages.factories import make_figure, make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated, translate
from translations.language_forms import day
from translations.models import TranslationStatus
from translations.store import bring_in
from translations.targets import make_target

pytestmark = pytest.mark.django_db

STALE = "The English page has changed since."
MACHINE = "This is a machine translation."
UNREVIEWED = "No native speaker has reviewed this translation yet."
IN_ENGLISH = "Read it in English"
FRESHNESS = {STALE, MACHINE, UNREVIEWED, IN_ENGLISH}


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def page(japanese) -> StandardPage:
    """An English page that is translated into Japanese whole."""
    home = make_home()
    make_translated(home, japanese)
    page = make_page(home, slug="waste", title="Waste", summary="What to do.")
    make_translated(page, japanese)
    return page


@pytest.fixture
def translation(page) -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key)


def told(path: str = "/ja/waste/", code: str = "ja") -> set[str]:
    """Which of the sentences about freshness stand on the page, in its language."""
    html = Client().get(path).content.decode()
    with override(code):
        return {sentence for sentence in FRESHNESS if gettext(sentence) in html}


def edit(page: StandardPage, **fields) -> StandardPage:
    """Changes the page and publishes it."""
    for name, value in fields.items():
        setattr(page, name, value)
    return publish(page)


def test_a_new_translation_says_from_which_day_it_is_and_links_to_the_english_page(page):
    html = Client().get("/ja/waste/").content.decode()
    with override("ja"):
        today = day(timezone.localdate(page.last_published_at))
        sentence = gettext("Translated from the English version of %(date)s.") % {"date": today}
    assert sentence in html
    assert '<a href="/en/waste/" hreflang="en">' in html
    assert told() == {UNREVIEWED, IN_ENGLISH}


def test_the_english_page_says_nothing_of_the_kind(page):
    assert told("/en/waste/", "en") == set()


def test_a_translation_is_stale_once_the_english_page_was_published_again(page):
    edit(page, summary="What else to do.")
    assert STALE in told()


def test_a_draft_of_the_english_page_makes_nothing_stale(page):
    page.summary = "What else to do."
    page.save_revision()
    assert STALE not in told()


def test_a_translation_is_fresh_again_once_it_was_made_from_the_new_version(page, japanese):
    source, _ = bring_in(edit(page, summary="What else to do."))
    make_target(source, japanese)
    assert STALE not in told()


def test_a_translation_made_from_what_the_store_held_before_is_stale_from_the_start(page, japanese):
    source = TranslationSource.objects.get(object_id=page.translation_key)
    edit(page, summary="What else to do.")
    make_target(source, japanese)
    assert STALE in told()


def test_a_draft_of_the_translation_does_not_make_the_live_page_fresh(page, japanese):
    source, _ = bring_in(edit(page, summary="What else to do."))
    target = make_target(source, japanese, publish=False)
    assert STALE in told()
    target.latest_revision.publish()
    assert STALE not in told()


def test_an_old_draft_that_is_published_late_is_not_taken_for_fresh(page, japanese):
    source = TranslationSource.objects.get(object_id=page.translation_key)
    draft = make_target(source, japanese, publish=False).latest_revision
    bring_in(edit(page, summary="What else to do."))
    draft.publish()
    assert STALE in told()


def test_a_page_published_in_wagtail_localizes_editor_is_fresh(
    page, translation, admin_client, django_capture_on_commit_callbacks
):
    source, _ = bring_in(edit(page, summary="What else to do."))
    translate(source, translation.target_locale, {"What else to do.": "ほかにすること。"})
    assert STALE in told()
    target = translation.get_target_instance()
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin_client.post(f"/admin/pages/{target.pk}/edit/", {"action": "publish"})
    assert answer.status_code == 302
    assert "ほかにすること。" in Client().get("/ja/waste/").content.decode()
    assert STALE not in told()


def test_where_the_english_page_was_taken_down_nothing_leads_there(page, japanese):
    page.unpublish()
    translated = Page.objects.get(translation_key=page.translation_key, locale=japanese).specific
    publish(translated)  # it went down with its source; somebody wants it up all the same
    assert told() == {UNREVIEWED}


def test_one_text_from_a_machine_makes_it_a_machine_translation(page, translation, japanese):
    texts = StringTranslation.objects.filter(context__object_id=page.translation_key)
    texts.filter(context__path="summary").update(translation_type="machine")
    assert MACHINE not in told()
    make_target(translation.source, japanese)
    assert MACHINE in told()
    translate(translation.source, japanese, {"What to do.": "すること。"})
    make_target(translation.source, japanese)
    assert MACHINE not in told()


def test_a_machine_text_that_the_page_no_longer_has_does_not_count(page, japanese):
    texts = StringTranslation.objects.filter(context__object_id=page.translation_key)
    texts.filter(context__path="summary").update(translation_type="machine")
    source, _ = bring_in(edit(page, summary=""))
    make_target(source, japanese)
    assert MACHINE not in told()


def review(translation: Translation) -> None:
    """Notes that somebody has reviewed the translation now."""
    TranslationStatus.objects.filter(translation=translation).update(reviewed_at=timezone.now())


def test_a_reviewed_translation_does_not_say_that_nobody_reviewed_it(translation):
    review(translation)
    assert told() == {IN_ENGLISH}


def test_a_review_holds_while_no_text_changes(translation, japanese):
    review(translation)
    make_target(translation.source, japanese)
    assert UNREVIEWED not in told()


def test_a_review_ends_with_a_new_text(translation, japanese, admin_user):
    review(translation)
    TranslationStatus.objects.filter(translation=translation).update(reviewed_by=admin_user)
    translate(translation.source, japanese, {"What to do.": "すること。"})
    assert UNREVIEWED not in told()  # the new text is not live yet
    make_target(translation.source, japanese)
    assert UNREVIEWED in told()
    assert TranslationStatus.objects.get(translation=translation).reviewed_by is None


def test_a_page_that_people_took_over_keeps_what_was_known_of_it(page, translation):
    before = TranslationStatus.objects.get(translation=translation).source_published_at
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    bring_in(edit(page, summary="What else to do."))
    publish(translation.get_target_instance())
    assert TranslationStatus.objects.get(translation=translation).source_published_at == before
    assert STALE in told()


def test_a_figure_remembers_when_it_was_brought_in(japanese):
    figure = make_figure()
    make_translated(figure, japanese)
    translation = Translation.objects.get(source__object_id=figure.translation_key)
    assert translation.status.source_published_at == translation.source.last_updated_at


def test_the_day_is_counted_in_japan(page, translation):
    late = timezone.now().replace(hour=16, minute=0)  # the next day in Tokyo
    TranslationStatus.objects.filter(translation=translation).update(source_published_at=late)
    with override("ja"):
        tomorrow = day((late + timedelta(days=1)).date())
    assert tomorrow in Client().get("/ja/waste/").content.decode()
