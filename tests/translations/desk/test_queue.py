"""A translator sees what waits for them, the most urgent first."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.pages.factories import make_page, publish
from tests.translations.desk.conftest import browser_of, member
from tests.translations.factories import make_translated, translate_all
from translations.matrix.actions import assign, prepare
from translations.models import Assignment, LanguagePolicy
from translations.review.handing_on import hand_on

pytestmark = pytest.mark.django_db


def titles(client) -> list[str]:
    """The titles in the order in which they wait."""
    text = html.unescape(client.get(reverse("translations_queue")).content.decode())
    return re.findall(r'desk-waiting-\w+">\s*<a href="[^"]*">([^<]*)</a>', text)


@pytest.fixture
def make_waiting(home, japanese):
    """Makes pages that translators have before them."""

    def make(title: str, translator=None):
        page = make_page(home, title=title, slug=title.lower())
        prepare(page, japanese, None)
        translation = page.get_translations().get(locale=japanese)
        if translator:
            assign(page, japanese, translator, None)
        return page, translation

    return make


def test_an_empty_queue_says_how_work_comes_to_it(desk):
    text = desk.get(reverse("translations_queue")).content.decode()
    assert "Nothing waits for you" in text


def test_ones_own_work_comes_first_and_that_of_others_not_at_all(
    desk, translator, make_waiting, reviewer
):
    make_waiting("Anyones")
    make_waiting("Mine", translator)
    make_waiting("Others", reviewer)
    assert titles(desk) == ["Mine", "Anyones"]


def test_what_readers_have_wrong_comes_before_what_is_new(desk, home, japanese, make_waiting):
    make_waiting("New")
    old = make_page(home, title="Old", slug="old")
    make_translated(old, japanese)
    old.title = "Old, changed"
    publish(old)
    assert titles(desk) == ["Old, changed", "New"]


def test_what_is_overdue_comes_first(desk, japanese, make_waiting):
    LanguagePolicy.objects.create(locale=japanese, days_until_overdue=3)
    make_waiting("Fresh")
    _page, target = make_waiting("Late")
    target.latest_revision_created_at = timezone.now() - timedelta(days=4)
    target.save(update_fields=["latest_revision_created_at"])
    assert titles(desk) == ["Late", "Fresh"]


def test_a_reviewer_finds_what_awaits_review_whoever_it_was_given_to(
    translation, translator, reviewer
):
    Assignment.objects.create(translation=translation, translator=translator)
    translate_all(translation.source, translation.target_locale)
    hand_on(translation, translator)
    text = browser_of(reviewer).get(reverse("translations_queue")).content.decode()
    assert "To review" in text
    assert reverse("translations_desk", args=[translation.pk]) in text


def test_the_other_languages_work_is_not_shown(make_waiting):
    make_waiting("Japanese")
    assert titles(browser_of(member("translator-ko"))) == []


def test_the_number_of_queries_is_the_same_for_any_number_of_pages(
    desk, make_waiting, django_assert_max_num_queries
):
    make_waiting("First")
    desk.get(reverse("translations_queue"))
    with django_assert_max_num_queries(40) as few:
        desk.get(reverse("translations_queue"))
    for number in range(5):
        make_waiting(f"More{number}")
    with django_assert_max_num_queries(len(few)):
        assert len(titles(desk)) == 6
