"""The JET Programme: its job types, its participants by year, its alumni, its pictures."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField

from pages.models import BasePage

from .chart import Chart, draw_chart


class JetIndexPage(BasePage):
    """The programme at a glance."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["pages.HomePage"]
    pillar = "jet"
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("JET Programme index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["job_types"] = self.child_pages(JobTypePage)
        context["sections"] = self.child_pages().not_type(JobTypePage)
        return context


class JobTypePage(BasePage):
    """One of the programme's jobs: what it is called, and what one does in it."""

    code = models.CharField(_("code"), max_length=10, help_text=_("ALT, CIR or SEA."))
    since_year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    tasks = StreamField(
        [("task", blocks.CharBlock(label=_("task"), max_length=300))],
        verbose_name=_("tasks"),
        blank=True,
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("since_year")]),
        FieldPanel("tasks"),
        *BasePage.body_panels,
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("code", overridable=False),
        SynchronizedField("since_year", overridable=False),
    ]
    parent_page_types = ["jet.JetIndexPage"]
    stream_fields = ("body", "tasks")
    pillar = "jet"

    class Meta:
        verbose_name = _("job type")

    def listed_on(self, changed: set[str]) -> models.QuerySet[Page]:
        """The programme's first page and the other kinds of work."""
        beside = Page.objects.sibling_of(self, inclusive=False).type(JobTypePage)
        return super().listed_on(changed) | beside

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["others"] = self.pages_beside()
        return context

    @property
    def since_date(self) -> date | None:
        """The first day of the first year, for showing the year; None when it is not known."""
        return date(self.since_year, 1, 1) if self.since_year else None


@register_snippet
class ParticipantCount(models.Model):
    """How many people took part in one year; empty where the source gives no number."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    participants = models.PositiveIntegerField(_("participants"), null=True, blank=True)

    panels = [FieldRowPanel([FieldPanel("year"), FieldPanel("participants")])]

    class Meta:
        verbose_name = _("participants in a year")
        verbose_name_plural = _("participants by year")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class ParticipantsPage(BasePage):
    """Participants by year, as a chart and as a table."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["jet.JetIndexPage"]
    pillar = "jet"
    schema_type = "Dataset"

    class Meta:
        verbose_name = _("participants page")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        counts = list(ParticipantCount.objects.all())
        context["counts"] = counts
        context["chart"] = self.chart(counts)
        return context

    @staticmethod
    def chart(counts: list[ParticipantCount]) -> Chart:
        """The bars of the chart for these counts."""
        return draw_chart([(str(count.year), count.participants) for count in counts])


class AlumniPage(BasePage):
    """What becomes of participants: the association and its chapters."""

    association_name = models.CharField(_("name of the association"), max_length=120)
    association_website = models.URLField(_("website of the association"), blank=True)
    chapter_regions = StreamField(
        [("region", blocks.CharBlock(label=_("country or region"), max_length=80))],
        verbose_name=_("where there are chapters"),
        blank=True,
    )
    chapter_regions_source = models.CharField(_("source of that list"), max_length=200, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("association_name"), FieldPanel("association_website")]),
        FieldPanel("chapter_regions"),
        FieldPanel("chapter_regions_source"),
        *BasePage.body_panels,
    ]
    parent_page_types = ["jet.JetIndexPage"]
    stream_fields = ("body", "chapter_regions")
    pillar = "jet"

    class Meta:
        verbose_name = _("alumni page")


class StoriesPage(BasePage):
    """Pictures of typical days, with a few words each."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["jet.JetIndexPage"]
    pillar = "jet"

    class Meta:
        verbose_name = _("stories in pictures")
