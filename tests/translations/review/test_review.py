"""A translation is read by somebody else before readers see it, as the language's policy asks."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Locale, TaskState
from wagtail_localize.models import StringTranslation, Translation

from accounts.groups import REVIEWER, create_groups, translator_group_name
from accounts.models import User
from pages.models import HomePage, StandardPage
from tests.pages.factories import make_home, make_locale, make_page
from tests.translations.factories import make_translated, translate_all
from translations.models import LanguagePolicy, TargetState, TranslationStatus
from translations.review.handing_on import NotReadyError, hand_on
from translations.review.workflows import make_reviews
from translations.store import bring_in
from translations.targets import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def home(japanese) -> HomePage:
    """An English home page with its Japanese one, and what the languages' people may do there."""
    home = make_home()
    make_translated(home, japanese)
    create_groups()
    return home


def member(group: str) -> User:
    """Somebody of the staff who is in that group alone."""
    user = User.objects.create_user(username=group, email=f"{group}@example.org")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def translator(home) -> User:
    return member(translator_group_name("ja"))


@pytest.fixture
def reviewer(home) -> User:
    return member(REVIEWER)


@pytest.fixture
def translation(home, japanese) -> Translation:
    """A page of which every text is there in Japanese, handed on to nobody yet."""
    source, _ = bring_in(make_page(home, slug="waste", title="Waste"))
    return translate_all(source, japanese)


def task_of(page: StandardPage) -> TaskState:
    return page.current_workflow_state.current_task_state.specific


def test_a_translator_hands_a_page_to_review_and_readers_see_nothing_yet(translation, translator):
    handed = hand_on(translation, translator)
    assert not handed.live
    page = StandardPage.objects.get(pk=handed.page.pk)
    assert not page.live
    assert page.current_workflow_state.status == "in_progress"
    assert page.current_workflow_state.requested_by == translator


def test_what_the_reviewer_approves_goes_live_and_says_who_read_it(
    translation, translator, reviewer
):
    page = hand_on(translation, translator).page
    state = task_of(page)
    state.task.specific.on_action(state, reviewer, "approve")
    page = StandardPage.objects.get(pk=page.pk)
    assert page.live
    assert page.title == "ja: Waste"
    status = TranslationStatus.objects.get(translation=translation)
    assert status.reviewed_by == reviewer
    assert status.reviewed_at
    assert set(
        TargetState.objects.filter(target__context__object_id=page.translation_key).values_list(
            "reviewed_by", flat=True
        )
    ) == {reviewer.pk}


def test_a_page_sent_back_returns_to_review_when_it_is_handed_on_again(
    translation, translator, reviewer
):
    page = hand_on(translation, translator).page
    state = task_of(page)
    state.task.specific.on_action(state, reviewer, "reject", comment="“Waste” is ごみ.")
    page = StandardPage.objects.get(pk=page.pk)
    assert page.current_workflow_state.status == "needs_changes"
    hand_on(translation, translator)
    page = StandardPage.objects.get(pk=page.pk)
    assert page.current_workflow_state.status == "in_progress"
    assert not page.live


def test_nobody_can_hand_on_a_page_that_lacks_texts(home, japanese, translator):
    source, _ = bring_in(make_page(home, slug="waste", title="Waste", summary="What to do."))
    with pytest.raises(NotReadyError) as refused:
        hand_on(submit(source, japanese), translator)
    assert refused.value.reasons == ["2 texts are not translated."]


def test_a_language_that_allows_partial_pages_takes_what_is_there(home, japanese, translator):
    LanguagePolicy.objects.create(locale=japanese, partial_allowed=True)
    source, _ = bring_in(make_page(home, slug="waste", title="Waste", summary="What to do."))
    assert not hand_on(submit(source, japanese), translator).live


def test_machine_texts_wait_for_a_reviewer_unless_the_language_allows_them(
    translation, translator, japanese
):
    StringTranslation.objects.filter(translation_of__data="Waste").update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
    )
    with pytest.raises(NotReadyError, match="1 text comes from a machine"):
        hand_on(translation, translator)
    LanguagePolicy.objects.create(locale=japanese, machine_allowed=True)
    assert hand_on(translation, translator).page


def test_a_text_that_does_not_fit_keeps_a_page_from_being_approved(
    translation, translator, reviewer
):
    page = hand_on(translation, translator).page
    task = task_of(page).task.specific
    assert "approve" in [action[0] for action in task.get_actions(page, reviewer)]
    StringTranslation.objects.filter(translation_of__data="Waste").update(has_error=True)
    assert [action[0] for action in task.get_actions(page, reviewer)] == ["reject"]


def test_an_error_that_the_checks_find_keeps_a_page_from_being_handed_on(translation, translator):
    StringTranslation.objects.filter(translation_of__data="Waste").update(data="ごみ %(name)s")
    with pytest.raises(NotReadyError, match="The checks found 1 error"):
        hand_on(translation, translator)


def test_without_a_review_a_page_goes_live_by_whoever_may_publish(
    translation, translator, reviewer, japanese
):
    LanguagePolicy.objects.create(locale=japanese, review_needed=False)
    with pytest.raises(PermissionDenied):
        hand_on(translation, translator)
    assert not StandardPage.objects.filter(locale=japanese, slug="waste").exists()
    handed = hand_on(translation, reviewer)
    assert handed.live
    assert StandardPage.objects.get(pk=handed.page.pk).live


def test_translators_of_another_language_cannot_hand_it_on(translation, home):
    make_locale("ko")
    create_groups()
    with pytest.raises(PermissionDenied):
        hand_on(translation, member(translator_group_name("ko")))
    assert not StandardPage.objects.filter(locale=translation.target_locale, slug="waste").exists()


def test_while_it_is_reviewed_its_translator_cannot_change_the_page(
    translation, translator, client
):
    page = hand_on(translation, translator).page
    assert page.get_lock().for_user(translator)
    client.force_login(translator)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Translation: Japanese" in html


def test_a_review_is_made_once_and_what_staff_chose_stays(home):
    assert make_reviews(Group.objects.get(name=REVIEWER)) == []


def test_the_obstacles_take_as_many_queries_for_a_long_page(
    home, japanese, django_assert_max_num_queries
):
    from tests.pages.factories import block
    from translations.review.gate import obstacles

    body = [block("text", f"<p>Sentence {number}.</p>") for number in range(60)]
    source, _ = bring_in(make_page(home, slug="long", title="Long", body=body))
    translation = submit(source, japanese)
    with django_assert_max_num_queries(8):
        assert obstacles(translation) == ["61 texts are not translated."]


def test_only_administrators_set_what_a_language_asks(home, reviewer, client, admin_client):
    address = reverse("language_policies:add")
    client.force_login(reviewer)
    assert client.get(address).status_code == 302
    japanese = home.get_translations().get().locale
    saved = admin_client.post(
        address, {"locale": japanese.pk, "partial_allowed": "on", "days_until_overdue": "3"}
    )
    assert saved.status_code == 302
    policy = LanguagePolicy.objects.get()
    assert (policy.review_needed, policy.partial_allowed) == (False, True)
    assert "日本語" in admin_client.get(reverse("language_policies:index")).content.decode()


def test_a_reviewer_approves_from_the_list_of_what_waits(translation, translator, reviewer, client):
    page = hand_on(translation, translator).page
    client.force_login(reviewer)
    assert "ja: Waste" in client.get(reverse("wagtailadmin_home")).content.decode()
    state = task_of(page)
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {}
    )
    assert StandardPage.objects.get(pk=page.pk).live
    assert TranslationStatus.objects.get(translation=translation).reviewed_by == reviewer


def test_a_translator_approves_nothing(translation, translator, client):
    page = hand_on(translation, translator).page
    client.force_login(translator)
    state = task_of(page)
    client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]), {}
    )
    assert not StandardPage.objects.get(pk=page.pk).live
