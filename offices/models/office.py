"""The seven offices."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.models import BasePage
from pages.structured_data import organisation_link

from .time_zones import validate_time_zone


class OfficeIndexPage(BasePage):
    """The seven offices, and what they do together."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["pages.HomePage"]
    subpage_types = [
        "offices.OfficePage",
        "offices.EventIndexPage",
        "offices.ReportIndexPage",
        "offices.VoiceIndexPage",
    ]
    pillar = "offices"
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("offices index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["offices"] = self.child_pages(OfficePage, "city", "area")
        context["sections"] = self.child_pages().not_type(OfficePage)
        return context


class OfficePage(BasePage):
    """An overseas office: where it is, for which countries, and since when."""

    city = models.CharField(_("city"), max_length=60)
    country = models.CharField(_("country"), max_length=60)
    area = models.TextField(
        _("area of responsibility"), help_text=_("The countries that it works for.")
    )
    local_name = models.CharField(_("name used there"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        validators=[validate_time_zone],
        help_text=_("An IANA name, such as Europe/Paris."),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=2)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=2)
    opened_year = models.PositiveSmallIntegerField(_("opened in"), null=True, blank=True)
    opened_month = models.PositiveSmallIntegerField(_("month of opening"), null=True, blank=True)
    opened_note = models.CharField(
        _("note on the opening"),
        max_length=200,
        blank=True,
        help_text=_("Where the sources differ, what each says."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("city"), FieldPanel("country"), FieldPanel("time_zone")]),
        FieldPanel("area"),
        FieldRowPanel([FieldPanel("local_name"), FieldPanel("website")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("opened_year"), FieldPanel("opened_month")]),
                FieldPanel("opened_note"),
            ],
            heading=_("Opening"),
        ),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        *BasePage.body_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("city"),
        index.SearchField("country"),
        index.SearchField("area"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("time_zone", "latitude", "longitude", "opened_year", "opened_month")
        ),
    ]
    parent_page_types = ["offices.OfficeIndexPage"]
    subpage_types: list[str] = []
    pillar = "offices"
    schema_type = "GovernmentOffice"
    schema_is_page = False

    class Meta:
        verbose_name = _("office")

    @cached_property
    def local_time(self) -> datetime:
        """What the clock shows at the office now."""
        return timezone.now().astimezone(ZoneInfo(self.time_zone))

    @property
    def opened_on(self) -> date | None:
        """The first day of the month or year of opening, for showing; None when not known."""
        if self.opened_year is None:
            return None
        return date(self.opened_year, self.opened_month or 1, 1)

    @property
    def opened_precision(self) -> str:
        """How exactly the opening is known: month or year."""
        return "month" if self.opened_month else "year"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        from .events import EventPage

        context = super().get_context(request, *args, **kwargs)
        context["events"] = EventPage.of_office(self)
        return context

    def structured_data(self) -> dict:
        data = super().structured_data() | {
            "address": {
                "@type": "PostalAddress",
                "addressLocality": self.city,
                "addressCountry": self.country,
            },
            "areaServed": self.area,
            "parentOrganization": organisation_link(),
        }
        if self.website:
            data["sameAs"] = self.website
        return data
