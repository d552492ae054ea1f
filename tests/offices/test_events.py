"""Events keep their place's own time, whoever reads them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from offices.models import EventIndexPage, EventPage, OfficePage


def event(**fields) -> EventPage:
    """An unsaved event."""
    defaults = {
        "title": "A lecture",
        "slug": "a-lecture",
        "kind": "lecture",
        "place": "Sydney",
        "time_zone": "Australia/Sydney",
        "starts_at": datetime(2026, 3, 1, 20, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 3, 1, 22, 0, tzinfo=UTC),
    }
    return EventPage(**{**defaults, **fields})


def test_the_day_of_an_event_is_the_day_at_its_place():
    assert event().first_day == date(2026, 3, 2)


def test_an_event_cannot_end_before_it_starts():
    with pytest.raises(ValidationError, match="cannot end before"):
        event(ends_at=datetime(2026, 2, 1, tzinfo=UTC)).clean()


@pytest.mark.django_db
def test_a_time_zone_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError, match="time zone"):
        event(time_zone="Mars/Olympus").full_clean(exclude=["path", "depth", "locale"])


def test_machines_get_the_time_with_its_offset_and_whole_days_without_a_time():
    assert event().structured_data()["startDate"] == "2026-03-02T07:00:00+11:00"
    assert event(all_day=True).structured_data()["startDate"] == "2026-03-02"


@pytest.mark.django_db
def test_coming_events_stand_before_past_ones_and_the_nearest_comes_first(site_content):
    index = EventIndexPage.objects.get(locale__language_code="en")
    now = timezone.now()
    for title, days in (("Far", 30), ("Near", 2)):
        index.add_child(
            instance=event(
                title=title,
                slug=title.lower(),
                starts_at=now + timedelta(days=days),
                ends_at=now + timedelta(days=days, hours=2),
                locale=Locale.objects.get(language_code="en"),
            )
        )
    html = Client().get("/en/offices/events/").content.decode()
    places = [
        html.index(f">{title}</a>") for title in ("Near", "Far", "Japanese festival in Sydney")
    ]
    assert places == sorted(places)


@pytest.mark.django_db
def test_an_office_shows_its_own_events_in_the_readers_language(site_content):
    thai = OfficePage.objects.get(url_path="/home-th/offices/sydney/")
    titles = set(EventPage.of_office(thai).values_list("title", flat=True))
    festival = Page.objects.get(url_path="/home-th/offices/events/sydney-matsuri-2014/").title
    assert festival in titles
    assert len(titles) == 3
    paris = OfficePage.objects.get(url_path="/home-th/offices/paris/")
    assert not EventPage.of_office(paris).exists()


@pytest.mark.django_db
def test_the_seven_offices_stand_at_their_public_addresses(site_content):
    cities = ["new-york", "london", "paris", "beijing", "seoul", "singapore", "sydney"]
    for city in cities:
        assert Client().get(f"/ko/offices/{city}/").status_code == 200
    assert OfficePage.objects.filter(locale__language_code="ko").count() == len(cities)
