"""A change is seen at once wherever it shows, and nothing else is forgotten.

What shows a change is found by reading every address before and after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from jet.models import ParticipantCount
from offices.models import EventPage, OfficePage
from pages.addresses import public_path
from pages.models import Figure, NewsPage
from tests.pages.factories import publish

# Two languages stand for all: the source and one of its translations.
CODES = ("en", "ja")
# What every address of the untouched content gives, which is the same in each test.
AT_FIRST: dict[str, tuple[int, bytes]] = {}
CLOCK = re.compile(rb"(<(?:span|b) data-time-zone[^>]*>)[^<]*")


def addresses() -> set[str]:
    """Every address of these languages that visitors and machines read."""
    rows = Page.objects.filter(depth__gte=2, locale__language_code__in=CODES)
    paths = {
        public_path(url_path, code)
        for code, url_path in rows.values_list("locale__language_code", "url_path")
    }
    for code in CODES:
        paths |= {f"/{code}/feed/", f"/{code}/events.ics", f"/sitemap-{code}.xml"}
        paths.add(f"/{code}/offline.json")
    paths |= {f"{path}event.ics" for path in paths if "/events/" in path}
    return paths | {"/robots.txt", "/sitemap.xml", "/llms.txt"}


def read(path: str) -> tuple[int, bytes]:
    """What a visitor gets, but for what a clock shows."""
    response = Client().get(path)
    if response.status_code != 200:
        return response.status_code, b""
    return 200, CLOCK.sub(rb"\1", response.content)


@pytest.fixture
def exactly(site_content, db, purged, django_capture_on_commit_callbacks) -> Callable:
    """Holds that a change purges those addresses that then read otherwise, and only those."""

    @contextmanager
    def change(untouched: bool = True) -> Iterator[set[str]]:
        if untouched and not AT_FIRST:
            AT_FIRST.update({path: read(path) for path in addresses()})
        before = AT_FIRST if untouched else {path: read(path) for path in addresses()}
        purged.clear()
        shown: set[str] = set()
        with django_capture_on_commit_callbacks(execute=True):
            yield shown
        after = {path: read(path) for path in addresses() | set(before)}
        told = set(purged) & set(after)
        gone = (404, b"")
        shown |= {path for path in after if after[path] != before.get(path, gone)}
        assert shown - told == set(), "changed, but not purged"
        assert told - shown == set(), "purged, but not changed"

    return change


def page_at(path: str, code: str = "en") -> Page:
    """The page at an address, as its own model."""
    page = Page.objects.get(url_path__endswith=f"/{path}", locale__language_code=code, depth__gt=1)
    return page.specific


def test_a_changed_body_shows_on_the_page_and_in_what_its_translations_say(exactly):
    page = page_at("multicultural/guide/waste/")
    with exactly() as shown:
        page.short_answer = "Ask your town hall first."
        publish(page)
    assert "/en/multicultural/guide/waste/" in shown
    assert "/ja/multicultural/guide/waste/" in shown  # “The English page has changed since.”
    assert "/en/multicultural/guide/" not in shown


def test_a_page_that_is_published_again_changes_its_stale_translations_no_more(exactly):
    page = page_at("multicultural/guide/waste/")
    page.short_answer = "Ask your town hall first."
    page = publish(page)
    with exactly(untouched=False) as shown:
        page.short_answer = "Ask your town hall."
        publish(page)
    assert "/ja/multicultural/guide/waste/" not in shown


def test_a_translation_that_is_published_changes_no_other_language(exactly):
    page = page_at("multicultural/guide/waste/", "ja")
    with exactly() as shown:
        page.short_answer = "市役所に聞いてください。"
        publish(page)
    assert not {path for path in shown if path.startswith("/en/")}


def test_a_changed_title_shows_in_listings_breadcrumbs_and_feeds(exactly):
    page = page_at("offices/events/")
    with exactly() as shown:
        page.title = "What happens at the offices"
        publish(page)
    assert {"/en/offices/", "/en/offices/events/sydney-matsuri-2014/", "/en/feed/"} <= shown


def test_a_changed_title_in_the_menu_shows_on_every_page_of_the_language(exactly):
    page = page_at("jet/")
    with exactly() as shown:
        page.title = "JET"
        publish(page)
    assert {"/en/", "/en/contact/", "/en/jet/alumni/"} <= shown
    assert "/ja/contact/" not in shown


def test_an_office_that_is_renamed_shows_on_its_events_and_reports(exactly):
    page = page_at("offices/sydney/")
    with exactly() as shown:
        page.title = "CLAIR in Sydney"
        publish(page)
    assert "/en/offices/events/sydney-matsuri-2014/" in shown


def test_news_shows_on_the_home_page(exactly):
    index = page_at("news/")
    with exactly() as shown:
        page = NewsPage(title="A new office hour", slug="hours", date="2026-11-25", live=False)
        index.add_child(instance=page)
        publish(page)
    assert {"/en/", "/en/news/", "/en/news/hours/"} <= shown


def test_an_event_shows_in_its_calendar_and_at_its_office(exactly):
    page: EventPage = page_at("offices/events/sydney-matsuri-2014/")
    with exactly() as shown:
        page.place = "Tumbalong Park"
        publish(page)
    assert "/en/events.ics" in shown
    assert public_path(OfficePage.objects.get(pk=page.office_id).url_path, "en") in shown


def test_a_page_that_is_taken_down_leaves_listings_links_and_language_lists(exactly):
    page = page_at("multicultural/guide/waste/", "ja")
    with exactly() as shown:
        page.unpublish()
    assert {"/ja/multicultural/guide/", "/en/multicultural/guide/waste/", "/ja/"} <= shown


def test_a_page_that_is_deleted_is_forgotten_as_one_that_is_taken_down(exactly):
    page = page_at("multicultural/guide/waste/", "ja")
    with exactly() as shown:
        page.delete()
    assert "/ja/multicultural/guide/" in shown


def test_a_page_with_another_slug_is_forgotten_with_all_below_it(exactly):
    page = page_at("multicultural/guide/")
    with exactly() as shown:
        page.slug = "handbook"
        publish(page)
    assert {
        "/en/multicultural/guide/waste/",
        "/en/multicultural/handbook/waste/",
        "/ja/multicultural/guide/waste/",  # its list of languages
        "/sitemap-ja.xml",
    } <= shown


def test_a_page_that_is_moved_is_forgotten_in_both_places(exactly):
    page = page_at("multicultural/collaboration/")
    with exactly() as shown:
        page.move(page_at("programmes/"), pos="last-child")
    assert {"/en/multicultural/", "/en/programmes/", "/en/programmes/collaboration/"} <= shown


def test_a_page_that_is_closed_to_visitors_is_forgotten_with_all_below_it(exactly):
    page = page_at("multicultural/guide/")
    with exactly() as shown:
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert {"/en/multicultural/guide/", "/en/multicultural/guide/waste/"} <= shown


def test_a_figure_shows_on_every_page_that_has_it_also_as_an_earlier_one(exactly):
    figure = Figure.objects.get(locale__language_code="en", key="jet-participants-2025")
    with exactly() as shown:
        figure.value += 1
        figure.save()
    assert shown


def test_a_number_of_participants_shows_on_the_chart_in_every_language(exactly):
    count = ParticipantCount.objects.get(year=2025)
    with exactly() as shown:
        count.participants += 1
        count.save()
    assert shown == {"/en/jet/participants/", "/ja/jet/participants/"}


@pytest.mark.parametrize("code", CODES)
def test_what_devices_fetch_ahead_is_told_of_a_change(exactly, code):
    page = page_at("multicultural/guide/earthquake-and-tsunami/", code)
    with exactly() as shown:
        page.short_answer += " !"
        publish(page)
    # The Japanese is shown beside the English, and says which English it was made from.
    assert {"/en/offline.json", "/ja/offline.json"} <= shown


def test_devices_fetch_a_page_ahead_no_more_when_it_is_not_needed_in_an_emergency(exactly):
    page = page_at("multicultural/guide/earthquake-and-tsunami/")
    with exactly() as shown:
        page.emergency = False
        page.short_answer += " !"
        publish(page)
    assert "/en/offline.json" in shown


def test_nothing_is_purged_for_a_draft(exactly):
    page = page_at("multicultural/guide/waste/")
    with exactly() as shown:
        page.title = "Rubbish"
        page.save_revision()
    assert shown == set()
