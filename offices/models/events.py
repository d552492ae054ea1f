"""Lectures, seminars, exhibitions and fairs that the offices hold or join."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.addresses import public_path
from pages.models import BasePage
from translations.language_forms import active_language
from translations.languages import SOURCE_CODE

from .office import OfficePage, office_pages
from .time_zones import validate_time_zone


class EventIndexPage(BasePage):
    """All events, the coming ones first."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["offices.OfficeIndexPage"]
    subpage_types = ["offices.EventPage"]
    pillar = "offices"
    schema_type = "CollectionPage"
    # What is coming becomes what is past.
    seconds_to_keep = 600

    class Meta:
        verbose_name = _("events index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        events = list(EventPage.objects.child_of(self).live().order_by("starts_at"))
        now = timezone.now()
        context["coming_events"] = [event for event in events if event.ends_at >= now]
        context["past_events"] = [event for event in reversed(events) if event.ends_at < now]
        return context


class EventPage(BasePage):
    """A lecture, seminar, exhibition or fair, with its time in its place's own time zone."""

    class Kind(models.TextChoices):
        LECTURE = "lecture", _("Lecture")
        SEMINAR = "seminar", _("Seminar")
        EXHIBITION = "exhibition", _("Exhibition")
        FAIR = "fair", _("Fair")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    all_day = models.BooleanField(
        _("whole days"), default=False, help_text=_("When only the days are known or matter.")
    )
    time_zone = models.CharField(_("time zone"), max_length=40, validators=[validate_time_zone])
    place = models.CharField(_("place"), max_length=200)
    office = models.ForeignKey(
        OfficePage,
        verbose_name=_("office"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("place"), FieldPanel("office")]),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("all_day"), FieldPanel("time_zone")]),
        *BasePage.body_panels,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("place")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("kind", "starts_at", "ends_at", "all_day", "time_zone", "office")
        ),
    ]
    parent_page_types = ["offices.EventIndexPage"]
    subpage_types: list[str] = []
    link_fields = ("office_id",)
    pillar = "offices"
    listed_fields = (
        *BasePage.listed_fields,
        *("kind", "starts_at", "ends_at", "all_day", "time_zone", "place", "office_id"),
    )
    schema_type = "Event"
    schema_is_page = False

    class Meta:
        verbose_name = _("event")

    @classmethod
    def of_office(cls, office: OfficePage) -> models.QuerySet[EventPage]:
        """Live events of an office, in the office page's own language, the newest first."""
        return (
            cls.objects.live()
            .filter(locale_id=office.locale_id, office__translation_key=office.translation_key)
            .order_by("-starts_at")
        )

    def listed_on(self, changed: set[str]) -> models.QuerySet[Page]:
        """The list of all events and the page of the office."""
        return super().listed_on(changed) | office_pages(self)

    def addresses_below(self, path: str) -> list[str]:
        """The calendars that hold it: every language's, where they take the facts from here."""
        paths = {active_language().code: path}
        if self.locale.language_code == SOURCE_CODE:
            versions = Page.objects.filter(translation_key=self.translation_key).order_by()
            rows = versions.values_list("locale__language_code", "url_path")
            paths |= {code: public_path(url_path, code) for code, url_path in rows}
        return [
            address
            for code, path in paths.items()
            for address in (f"{path}event.ics", f"/{code}/events.ics")
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("An event cannot end before it starts.")})

    @property
    def first_day(self) -> date:
        """The day on which it starts, in its own time zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def last_day(self) -> date:
        """The day on which it ends, in its own time zone."""
        return self.ends_at.astimezone(ZoneInfo(self.time_zone)).date()

    def structured_data(self) -> dict:
        zone = ZoneInfo(self.time_zone)
        starts, ends = (
            (self.first_day.isoformat(), self.last_day.isoformat())
            if self.all_day
            else (
                self.starts_at.astimezone(zone).isoformat(),
                self.ends_at.astimezone(zone).isoformat(),
            )
        )
        return super().structured_data() | {
            "startDate": starts,
            "endDate": ends,
            # One that is cancelled has no page any more; calendars say so.
            "eventStatus": "https://schema.org/EventScheduled",
            "location": {"@type": "Place", "name": self.place, "address": self.place},
        }
