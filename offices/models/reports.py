"""Policy research: what the offices found out, and what came of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.models import BasePage
from pages.structured_data import organisation_link

from .office import OfficePage, office_pages


class ReportIndexPage(BasePage):
    """Policy research: how it is asked for, and what has come of it."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["offices.OfficeIndexPage"]
    subpage_types = ["offices.ReportPage"]
    pillar = "offices"
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("research index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["reports"] = self.child_pages(ReportPage, "year", "outcome")
        return context


class ReportPage(BasePage):
    """A study of policy abroad, and what it led to at home."""

    topic = models.CharField(_("topic"), max_length=160)
    countries = models.CharField(_("countries"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    outcome = models.TextField(
        _("outcome"), blank=True, help_text=_("What came of it, such as an ordinance.")
    )
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
        FieldRowPanel([FieldPanel("topic"), FieldPanel("countries"), FieldPanel("year")]),
        FieldPanel("outcome"),
        FieldPanel("office"),
        *BasePage.body_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("topic"),
        index.SearchField("outcome"),
        index.FilterField("year"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("year", overridable=False),
        SynchronizedField("office", overridable=False),
    ]
    parent_page_types = ["offices.ReportIndexPage"]
    subpage_types: list[str] = []
    link_fields = ("office_id",)
    pillar = "offices"
    listed_fields = (*BasePage.listed_fields, "year", "outcome", "office_id")
    schema_type = "Report"

    class Meta:
        verbose_name = _("research report")

    def listed_on(self, changed: set[str]) -> models.QuerySet[Page]:
        """The list of all reports and the page of the office."""
        return super().listed_on(changed) | office_pages(self)

    @classmethod
    def of_office(cls, office: OfficePage) -> models.QuerySet[ReportPage]:
        """Live reports of an office, in the office page's own language, the newest first."""
        return (
            cls.objects.live()
            .filter(locale_id=office.locale_id, office__translation_key=office.translation_key)
            .order_by("-year", "path")
            .only("title", "url_path", "summary", "year", "outcome")
        )

    @property
    def year_date(self) -> date | None:
        """The first day of the year, for showing the year; None when it is not known."""
        return date(self.year, 1, 1) if self.year else None

    def structured_data(self) -> dict:
        data = super().structured_data() | {
            "headline": self.title,
            "about": self.topic,
            "publisher": organisation_link(),
        }
        if self.countries:
            data["spatialCoverage"] = self.countries
        if self.year:
            data["datePublished"] = str(self.year)
        return data
