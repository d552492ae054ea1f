"""The seven offices."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from offices.world import Mark, boxes, marks, view_of
from pages.caching.headers import WITH_A_CLOCK
from pages.models import BasePage
from pages.structured_data import organisation_link

from .time_zones import validate_time_zone


def office_pages(page: BasePage) -> models.QuerySet[Page]:
    """The page of the office that an event or report belongs to, in the same language."""
    keys = OfficePage.objects.filter(pk=page.office_id).values("translation_key")
    return Page.objects.filter(locale=page.locale_id, translation_key__in=keys)


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
    home_template = "offices/home_section.html"
    seconds_to_keep = WITH_A_CLOCK

    class Meta:
        verbose_name = _("offices index")

    @classmethod
    def home_context(cls, page: BasePage) -> dict:
        """The offices for the map on the home page; `page` is the offices' first page."""
        return {"offices": OfficePage.on_the_map(page)}

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["offices"] = OfficePage.on_the_map(self)
        context["sections"] = self.child_pages().not_type(OfficePage)
        return context


class OfficePage(BasePage):
    """An overseas office: where it is, for which countries, and since when."""

    city = models.CharField(_("city"), max_length=60)
    country = models.CharField(_("country"), max_length=60)
    area = models.TextField(
        _("area of responsibility"), help_text=_("The countries that it works for.")
    )
    area_codes = models.CharField(
        _("area on the map"),
        max_length=120,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Z]{2}( [A-Z]{2})*$", _("Codes of two capitals, with spaces."))
        ],
        help_text=_("The ISO 3166 codes of these countries, such as FR BE LU."),
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
        FieldPanel("area_codes"),
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
            for name in (
                "area_codes",
                "time_zone",
                "latitude",
                "longitude",
                "opened_year",
                "opened_month",
            )
        ),
    ]
    parent_page_types = ["offices.OfficeIndexPage"]
    subpage_types: list[str] = []
    pillar = "offices"
    listed_fields = (
        *BasePage.listed_fields,
        *("city", "area", "area_codes", "time_zone", "latitude", "longitude"),
    )
    seconds_to_keep = WITH_A_CLOCK
    schema_type = "GovernmentOffice"
    schema_is_page = False

    # Its place on the world map; set where all offices are shown together.
    mark: Mark | None = None

    class Meta:
        verbose_name = _("office")

    def listed_on(self, changed: set[str]) -> models.QuerySet[Page]:
        """The list of offices and the home page, which do not show the title.

        Where that or the address changed, also its events and reports.
        """
        above = Page.objects.ancestor_of(self).filter(depth__gte=2)
        pages = above if changed != {"title"} else Page.objects.none()
        if changed & {"title", "url_path"}:
            of_office = {"office__translation_key": self.translation_key, "locale": self.locale_id}
            for model in ("eventpage", "reportpage"):
                named = {f"basepage__{model}__{name}": value for name, value in of_office.items()}
                pages |= Page.objects.filter(**named)
        return pages

    @classmethod
    def on_the_map(cls, parent: BasePage) -> list[OfficePage]:
        """The live offices below a page, each with its mark on the world map."""
        more = ("city", "area", "area_codes", "time_zone", "latitude", "longitude")
        offices = list(BasePage.child_pages(parent, cls, *more))
        places = tuple((float(office.latitude), float(office.longitude)) for office in offices)
        for office, mark in zip(offices, marks(places), strict=True):
            office.mark = mark
        return offices

    @property
    def area_shapes(self) -> list[str]:
        """The countries of its area that the world map has, by the names of their shapes."""
        return [code for code in self.area_codes.lower().split() if code in boxes()]

    @property
    def area_view(self) -> str:
        """The part of the world map that shows its area."""
        return view_of(self.area_shapes, float(self.latitude), float(self.longitude))

    @property
    def place_on_map(self) -> Mark:
        """Its own place on the world map."""
        return marks(((float(self.latitude), float(self.longitude)),))[0]

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
        from .reports import ReportPage

        context = super().get_context(request, *args, **kwargs)
        context["events"] = EventPage.of_office(self)
        context["reports"] = ReportPage.of_office(self)
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
