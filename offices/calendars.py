"""Events as iCalendar (RFC 5545): what a calendar program shows, and when it is told of a change.

Words are the reader's language's. What an event is, its times and whether it takes place, its
source page says, so that every language's calendar says the same of it at any moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone
from icalendar.cal.component import Component
from wagtail.models import PageLogEntry

from pages.addresses import public_url
from translations.language_forms import active_language
from translations.languages import SOURCE_CODE, Language

from .models import EventPage

PRODUCT = "-//CLAIR//clair-site//EN"
MAX_EVENTS = 500
CANCELLED_FOR = timedelta(days=30)
REFRESH_AFTER = timedelta(hours=12)
TAKING_DOWN = Q(action__startswith="wagtail.unpublish")
PUBLISHING = Q(action__in=("wagtail.publish", "wagtail.publish.scheduled"))


@dataclass(frozen=True)
class PublicEvent:
    """An event as it stands for readers of a language.

    `page` has the words, `source` the facts; they are one page where the language is the source or
    there is no source page. `changes` counts how often the source was published or taken down.
    """

    page: EventPage
    source: EventPage
    changes: int
    taken_down_at: datetime | None

    @property
    def cancelled(self) -> bool:
        """Whether the event was taken down before its end. One that is over is only put away."""
        return (
            not self.source.live
            and self.taken_down_at is not None
            and self.taken_down_at < self.source.ends_at
        )

    @property
    def changed_at(self) -> datetime:
        """When its readers were last told something new."""
        moments = [self.page.last_published_at, self.source.last_published_at]
        if self.cancelled:
            moments.append(self.taken_down_at)
        return max(filter(None, moments))

    def shown_at(self, now: datetime) -> bool:
        """Whether a calendar holds it: while its page is there, and some days after cancelling."""
        if self.cancelled:
            return now - self.taken_down_at <= CANCELLED_FOR
        return self.page.live


def public_events(language: Language, key: UUID | None = None) -> list[PublicEvent]:
    """The events of a language that a calendar shows, the first ones first; or only that of `key`.

    The latest `MAX_EVENTS` of them. Three queries, however many there are.
    """
    pages = EventPage.objects.public().filter(
        locale__language_code__in=(language.code, SOURCE_CODE),
        first_published_at__isnull=False,
        alias_of__isnull=True,
    )
    if key:
        pages = pages.filter(translation_key=key)
    pages = pages.defer("body").select_related("locale").order_by("-starts_at", "pk")
    in_language: dict[UUID, EventPage] = {}
    sources: dict[UUID, EventPage] = {}
    for page in pages[: 2 * MAX_EVENTS]:
        if page.locale.language_code == language.code:
            in_language[page.translation_key] = page
        if page.locale.language_code == SOURCE_CODE:
            sources[page.translation_key] = page
    pairs = [(page, sources.get(key, page)) for key, page in in_language.items()]
    history = history_of(source.pk for _, source in pairs)
    now = timezone.now()
    events = [
        PublicEvent(page, source, *history.get(source.pk, (1, None))) for page, source in pairs
    ]
    shown = [event for event in events if event.shown_at(now)][:MAX_EVENTS]
    return sorted(shown, key=lambda event: (event.source.starts_at, event.source.pk))


def history_of(page_ids: Iterable[int]) -> dict[int, tuple[int, datetime | None]]:
    """How often pages were published or taken down, and when last taken down. One query."""
    rows = (
        PageLogEntry.objects.filter(TAKING_DOWN | PUBLISHING, page_id__in=list(page_ids))
        .values("page_id")
        .annotate(changes=Count("pk"), taken_down_at=Max("timestamp", filter=TAKING_DOWN))
        .order_by()
    )
    return {row["page_id"]: (row["changes"], row["taken_down_at"]) for row in rows}


def calendar_of(events: list[PublicEvent]) -> Calendar:
    """A calendar of these events, in the language in force."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.calendar_name = f"CLAIR: {_('Events')}"
    calendar.add("REFRESH-INTERVAL", REFRESH_AFTER, parameters={"VALUE": "DURATION"})
    for zone in time_zones(events):
        calendar.add_component(zone)
    for event in events:
        calendar.add_component(entry(event))
    return calendar


def entry(event: PublicEvent) -> Event:
    """One event of a calendar, with its time in its place's own time zone."""
    page, source = event.page, event.source
    words = {"LANGUAGE": active_language().tag}
    item = Event()
    item.add("UID", source.translation_key.urn)
    item.add("DTSTAMP", event.changed_at)
    item.add("LAST-MODIFIED", event.changed_at)
    item.add("CREATED", source.first_published_at)
    item.add("SEQUENCE", max(event.changes - 1, 0))
    item.add("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    if source.all_day:
        item.add("DTSTART", source.first_day)
        # The day after the last one, which is no longer part of it.
        item.add("DTEND", source.last_day + timedelta(days=1))
    else:
        zone = ZoneInfo(source.time_zone)
        item.add("DTSTART", source.starts_at.astimezone(zone))
        if source.ends_at > source.starts_at:
            item.add("DTEND", source.ends_at.astimezone(zone))
    item.add("SUMMARY", page.title, parameters=words)
    if page.description:
        item.add("DESCRIPTION", page.description, parameters=words)
    item.add("LOCATION", page.place, parameters=words)
    item.add("CATEGORIES", [str(page.get_kind_display())], parameters=words)
    item.add("URL", public_url(page.address))
    return item


def time_zones(events: list[PublicEvent]) -> list[Component]:
    """The rules of the time zones that timed events need, for the years in which they fall.

    Without any event those of the site's own zone, as a calendar may not be empty.
    """
    if not events:
        year = timezone.now().year
        return [time_zone(settings.TIME_ZONE, date(year, 1, 1), date(year + 1, 1, 1))]
    timed = [event.source for event in events if not event.source.all_day]
    if not timed:
        return []
    first = date(min(source.starts_at.year for source in timed) - 1, 1, 1)
    last = date(max(source.ends_at.year for source in timed) + 2, 1, 1)
    return [time_zone(name, first, last) for name in sorted({each.time_zone for each in timed})]


def time_zone(name: str, first: date, last: date) -> Timezone:
    """The rules of a time zone (IANA name) between two days.

    The library gives the moment when clocks go forward by the new time; RFC 5545 asks for the old.
    """
    zone = Timezone.from_tzid(name, first_date=first, last_date=last)
    for rule in zone.subcomponents:
        forward = rule.TZOFFSETTO - rule.TZOFFSETFROM
        if forward > timedelta():
            later = [each.dt - forward for each in rule["RDATE"].dts] if "RDATE" in rule else []
            rule.DTSTART -= forward
            if later:
                del rule["RDATE"]
                rule.add("RDATE", later)
    return zone
