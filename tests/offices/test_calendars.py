"""Calendars say of each event when it is, where, and whether it has changed or was cancelled."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar, Event, Timezone
from wagtail.models import Locale, PageLogEntry, PageViewRestriction

from offices.calendars import calendar_of, time_zone
from offices.models import EventIndexPage, EventPage
from tests.pages.factories import publish
from translations.languages import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(site_content) -> EventIndexPage:
    """The index of English events."""
    return EventIndexPage.objects.get(locale__language_code="en")


def make_event(index: EventIndexPage, **fields) -> EventPage:
    """A live event in the language of its index."""
    start = timezone.now().replace(microsecond=0) + timedelta(days=40)
    values = {
        "title": "A lecture",
        "slug": f"lecture-{uuid4().hex[:8]}",
        "summary": "On sister cities, rivers; and roads.",
        "kind": "lecture",
        "place": "Paris, France",
        "time_zone": "Europe/Paris",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "locale": index.locale,
    }
    return publish(index.add_child(instance=EventPage(**(values | fields))))


def translated(event: EventPage, code: str, **fields) -> EventPage:
    """The event in another language, live."""
    page = event.copy_for_translation(Locale.objects.get(language_code=code))
    for name, value in fields.items():
        setattr(page, name, value)
    return publish(page)


# RFC 5545, sections 3.6 and 3.6.1: what stands exactly once, and what at most once.
CALENDAR_ONCE = {"PRODID", "VERSION"}
EVENT_ONCE = {"UID", "DTSTAMP", "DTSTART"}
EVENT_AT_MOST_ONCE = {
    *("CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS", "SUMMARY", "DESCRIPTION", "LOCATION"),
    *("URL", "DTEND"),
}
UTC_MOMENT = re.compile(rb"\d{8}T\d{6}Z")


def assert_follows_rfc_5545(content: bytes) -> None:
    """What the RFC asks of the lines of a calendar, read without the library that wrote them."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")
    assert all(re.match(r"[A-Z-]+(?:;[A-Z-]+=(?:\"[^\"]*\"|[^;:\",]*))*:", line) for line in lines)
    names = [re.split("[;:]", line, maxsplit=1)[0] for line in lines]
    assert (lines[0], names[-1]) == ("BEGIN:VCALENDAR", "END")
    assert all(names.count(name) == 1 for name in CALENDAR_ONCE)
    assert "VERSION:2.0" in lines
    for text in content.decode().split("BEGIN:VEVENT\r\n")[1:]:
        event = text.partition("END:VEVENT")[0].replace("\r\n ", "").splitlines()
        counted = Counter(re.split("[;:]", line, maxsplit=1)[0] for line in event)
        assert all(counted[name] == 1 for name in EVENT_ONCE)
        assert all(counted[name] <= 1 for name in EVENT_AT_MOST_ONCE)
        for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
            (moment,) = (line.partition(":")[2] for line in event if line.startswith(name))
            assert UTC_MOMENT.fullmatch(moment.encode())
    used = set(re.findall(r"^DT(?:START|END);TZID=([^;:]+):", "\n".join(lines), re.M))
    assert used <= set(re.findall(r"^TZID:(.+)$", "\n".join(lines), re.M))


def read_calendar(client, path: str) -> Calendar:
    """A calendar as a program reads it; what is written again must be the same."""
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert_follows_rfc_5545(response.content)
    calendar = Calendar.from_ical(response.content)
    assert calendar.errors == []
    assert Calendar.from_ical(calendar.to_ical()) == calendar
    return calendar


def entry_of(client, event: EventPage, code: str = "en") -> Event | None:
    """The event in the calendar of a language; None when it is not there."""
    calendar = read_calendar(client, f"/{code}/events.ics")
    found = [each for each in calendar.events if each["UID"] == event.translation_key.urn]
    assert len(found) <= 1
    return found[0] if found else None


def rules_offset(zone: Timezone, moment: datetime) -> timedelta:
    """The offset at a moment by the rules of a VTIMEZONE, read as RFC 5545 says.

    Each rule begins at a local time that counts by the offset before it.
    """
    begins = [
        ((local - rule.TZOFFSETFROM).replace(tzinfo=UTC), rule.TZOFFSETTO)
        for rule in zone.subcomponents
        for local in [rule.DTSTART, *(each.dt for each in getattr(rule.get("RDATE"), "dts", []))]
    ]
    return max((begin, offset) for begin, offset in begins if begin <= moment)[1]


# What a calendar holds


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_calendar_of_a_language_has_its_events_in_its_words(code, site_content, client):
    calendar = read_calendar(client, f"/{code}/events.ics")
    pages = {
        page.translation_key.urn: page
        for page in EventPage.objects.filter(locale__language_code=code, live=True)
    }
    assert {event["UID"] for event in calendar.events} == set(pages)
    for event in calendar.events:
        page = pages[event["UID"]]
        assert event["SUMMARY"] == page.title
        assert event["DESCRIPTION"] == page.summary
        assert event["LOCATION"] == page.place
        assert event["SUMMARY"].params["LANGUAGE"] == LANGUAGES[code].tag
        assert event["STATUS"] == "CONFIRMED"
        assert client.get(event["URL"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_an_event_has_the_same_uid_in_every_language_and_words_of_each(events, client):
    event = make_event(events)
    translated(event, "ja", title="講演", place="パリ", summary="川、道；橋")
    english, japanese = entry_of(client, event), entry_of(client, event, "ja")
    assert english["UID"] == japanese["UID"] == f"urn:uuid:{event.translation_key}"
    assert english["DESCRIPTION"] == "On sister cities, rivers; and roads."
    assert (japanese["SUMMARY"], japanese["LOCATION"]) == ("講演", "パリ")
    assert japanese["CATEGORIES"].cats == ["講演会"]
    assert english["CATEGORIES"].cats == ["Lecture"]
    assert entry_of(client, event, "th") is None


def test_a_translation_that_lags_behind_does_not_give_the_old_time(events, client):
    event = make_event(events)
    translated(event, "ja")
    event.starts_at += timedelta(days=1)
    event.ends_at += timedelta(days=1)
    publish(event)
    japanese = entry_of(client, event, "ja")
    assert japanese["DTSTART"].dt == event.starts_at
    assert japanese["SEQUENCE"] == entry_of(client, event)["SEQUENCE"] == 1


def test_one_event_can_be_kept_by_the_link_on_its_page(events, client):
    event = make_event(events)
    path = f"/en/offices/events/{event.slug}/"
    assert f'href="{path}event.ics"' in client.get(path).content.decode()
    assert 'href="/en/events.ics"' in client.get("/en/offices/events/").content.decode()
    calendar = read_calendar(client, f"{path}event.ics")
    assert [each["UID"] for each in calendar.events] == [event.translation_key.urn]
    response = client.get(f"{path}event.ics")
    assert response["Content-Disposition"] == f'attachment; filename="{event.slug}.ics"'


def test_what_is_no_event_has_no_calendar_and_calendars_are_only_for_reading(site_content, client):
    assert client.get("/en/offices/events/nothing/event.ics").status_code == 404
    assert client.get("/en/offices/paris/event.ics").status_code == 404
    assert client.get("/xx/events.ics").status_code == 404
    assert client.post("/en/events.ics").status_code == 405


def test_a_draft_and_an_event_for_some_only_are_in_no_calendar(events, client):
    draft = EventPage(
        **{"title": "Draft", "slug": "draft", "kind": "fair", "place": "Paris"},
        **{"time_zone": "Europe/Paris", "locale": events.locale, "live": False},
        starts_at=timezone.now(),
        ends_at=timezone.now(),
    )
    events.add_child(instance=draft)
    assert entry_of(client, draft) is None
    event = make_event(events)
    PageViewRestriction.objects.create(page=event, restriction_type=PageViewRestriction.LOGIN)
    assert entry_of(client, event) is None
    assert client.get(f"/en/offices/events/{event.slug}/event.ics").status_code == 404


def test_a_calendar_without_events_still_is_one(client):
    calendar = Calendar.from_ical(calendar_of([]).to_ical())
    assert calendar.events == []
    assert calendar.subcomponents  # RFC 5545 asks for one


def test_the_number_of_queries_does_not_grow_with_the_events(events, client):
    client.get("/en/events.ics")
    with CaptureQueriesContext(connection) as few:
        client.get("/en/events.ics")
    for _ in range(5):
        make_event(events)
    with CaptureQueriesContext(connection) as more:
        client.get("/en/events.ics")
    assert len(more) == len(few) <= 4


# Time


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        # An hour and less after clocks go forward, and after they go back.
        ("Europe/Paris", "2027-03-28T03:30", "2027-03-28T01:30"),
        ("Europe/Paris", "2027-10-31T03:30", "2027-10-31T02:30"),
        ("Australia/Sydney", "2027-10-03T03:30", "2027-10-02T16:30"),
        ("Australia/Sydney", "2027-04-04T03:30", "2027-04-03T17:30"),
        ("America/New_York", "2027-03-14T03:30", "2027-03-14T07:30"),
        ("America/New_York", "2027-11-07T02:30", "2027-11-07T07:30"),
        ("Asia/Tokyo", "2027-07-01T09:00", "2027-07-01T00:00"),
    ],
)
def test_the_time_is_right_around_the_change_of_the_clocks(zone, local, utc, events, client):
    start = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    event = make_event(
        events, time_zone=zone, starts_at=start, ends_at=start + timedelta(minutes=45)
    )
    calendar = read_calendar(client, f"/en/offices/events/{event.slug}/event.ics")
    (entry,) = calendar.events
    assert entry["DTSTART"].params["TZID"] == zone
    assert entry["DTSTART"].dt.replace(tzinfo=None).isoformat(timespec="minutes") == local
    assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(minutes=45)
    (rules,) = calendar.timezones
    assert rules["TZID"] == zone
    assert entry["DTSTART"].dt.replace(tzinfo=None) - rules_offset(rules, start) == (
        start.replace(tzinfo=None)
    )


@pytest.mark.parametrize("zone", ["Europe/Paris", "Australia/Sydney", "America/New_York"])
def test_the_rules_of_a_time_zone_hold_in_every_hour_of_three_years(zone):
    rules = time_zone(zone, date(2025, 1, 1), date(2029, 1, 1))
    moment = datetime(2025, 1, 2, tzinfo=UTC)
    while moment.year < 2028:
        expected = moment.astimezone(ZoneInfo(zone)).utcoffset()
        assert rules_offset(rules, moment) == expected, moment
        moment += timedelta(hours=1)


def test_an_event_that_ends_as_it_starts_has_no_end(events, client):
    start = timezone.now() + timedelta(days=3)
    entry = entry_of(client, make_event(events, starts_at=start, ends_at=start))
    assert "DTEND" not in entry


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("code", ["en", "ja"])
def test_an_all_day_event_is_on_its_own_days_whatever_the_readers_zone(zone, code, events, client):
    midnight = datetime(2027, 6, 7, tzinfo=ZoneInfo(zone))
    event = make_event(
        events,
        all_day=True,
        time_zone=zone,
        starts_at=midnight,
        ends_at=midnight + timedelta(days=1),
    )
    if code != "en":
        translated(event, code)
    entry = entry_of(client, event, code)
    assert entry["DTSTART"].params["VALUE"] == "DATE"
    assert entry["DTSTART"].dt == date(2027, 6, 7)
    assert entry["DTEND"].dt == date(2027, 6, 9)  # the day after the last
    assert "TZID" not in entry["DTSTART"].params


# Changes


def test_a_changed_event_raises_the_sequence_and_says_when_it_changed(events, client):
    event = make_event(events)
    before = entry_of(client, event)
    event.place = "Lyon, France"
    event.save_revision()
    assert entry_of(client, event) == before  # a draft is no change
    publish(event)
    after = entry_of(client, event)
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["LOCATION"] == "Lyon, France"
    event = EventPage.objects.get(pk=event.pk)
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        assert after[name].dt == event.last_published_at.replace(microsecond=0)
    assert client.get("/en/events.ics").content == client.get("/en/events.ics").content


def take_down(event: EventPage, days_ago: int = 0) -> None:
    """Unpublishes the event, as if some days ago."""
    event.unpublish()
    moment = timezone.now() - timedelta(days=days_ago)
    PageLogEntry.objects.filter(page_id=event.pk, action="wagtail.unpublish").update(
        timestamp=moment
    )


@pytest.mark.parametrize("code", ["en", "ja"])
def test_an_event_that_was_taken_down_is_cancelled_for_thirty_days(code, events, client):
    event = make_event(events)
    if code != "en":
        translated(event, code)
    before = entry_of(client, event, code)
    take_down(event, days_ago=29)
    cancelled = entry_of(client, event, code)
    assert cancelled["STATUS"] == "CANCELLED"
    assert cancelled["SEQUENCE"] == before["SEQUENCE"] + 1
    assert cancelled["UID"] == before["UID"]
    alone = read_calendar(client, f"/{code}/offices/events/{event.slug}/event.ics")
    assert [each["STATUS"] for each in alone.events] == ["CANCELLED"]
    take_down(event, days_ago=31)
    assert entry_of(client, event, code) is None
    assert client.get(f"/{code}/offices/events/{event.slug}/event.ics").status_code == 404


def test_an_event_that_takes_place_after_all_says_so(events, client):
    event = make_event(events)
    take_down(event)
    publish(EventPage.objects.get(pk=event.pk))
    entry = entry_of(client, event)
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CONFIRMED", 2)


def test_an_event_that_is_over_is_put_away_and_not_cancelled(events, client):
    start = timezone.now() - timedelta(days=3)
    event = make_event(events, starts_at=start, ends_at=start + timedelta(hours=1))
    take_down(event)
    assert entry_of(client, event) is None


def test_a_translation_that_is_taken_down_alone_cancels_nothing(events, client):
    event = make_event(events)
    translated(event, "ja").unpublish()
    assert entry_of(client, event, "ja") is None
    assert entry_of(client, event)["STATUS"] == "CONFIRMED"
