"""Living together: the guide for residents, information in many languages, training, partners."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from pages.blocks import UntranslatedCharBlock
from pages.models import BasePage


class MulticulturalIndexPage(BasePage):
    """What there is for residents, and for those who work with them."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["pages.HomePage"]
    pillar = "multicultural"
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("multiculturalism index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = self.child_pages()
        return context


class InformationPage(BasePage):
    """Information in many languages: what exists and since when."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["multicultural.MulticulturalIndexPage"]
    subpage_types: list[str] = []
    pillar = "multicultural"

    class Meta:
        verbose_name = _("information in many languages")


class GuideIndexPage(BasePage):
    """The living guide: one page a topic."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["multicultural.MulticulturalIndexPage"]
    subpage_types = ["multicultural.GuidePage"]
    pillar = "multicultural"
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("living guide")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = self.child_pages(GuidePage)
        return context


class NumberBlock(blocks.StructBlock):
    """A telephone number that helps, and what for."""

    number = UntranslatedCharBlock(label=_("number"), max_length=30)
    what = blocks.CharBlock(label=_("what for"), max_length=160)


class GuidePage(BasePage):
    """A topic of the living guide: the answer first, then the why."""

    short_answer = models.TextField(
        _("answer in short"), max_length=400, help_text=_("What to do now, in two sentences.")
    )
    numbers = StreamField(
        [("number", NumberBlock())], verbose_name=_("telephone numbers"), blank=True
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("short_answer"),
        FieldPanel("numbers"),
        *BasePage.body_panels,
    ]
    parent_page_types = ["multicultural.GuideIndexPage"]
    subpage_types: list[str] = []
    stream_fields = ("body", "numbers")
    shown_fields = ("summary", "short_answer")
    shown_streams = ("numbers", "body")
    pillar = "multicultural"

    class Meta:
        verbose_name = _("guide topic")

    def listed_on(self, changed: set[str]) -> models.QuerySet[Page]:
        """The guide's first page; the other topics too, which show the title and the drawing."""
        pages = super().listed_on(changed)
        if changed & {"title", "url_path", "drawing"}:
            pages |= Page.objects.sibling_of(self, inclusive=False)
        return pages

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["others"] = self.pages_beside()
        return context


class CourseBlock(blocks.StructBlock):
    """One part of a course: when and where."""

    name = blocks.CharBlock(label=_("name"), max_length=160)
    starts = blocks.DateBlock(label=_("first day"))
    ends = blocks.DateBlock(label=_("last day"))
    place = blocks.CharBlock(label=_("place"), max_length=160)


class TrainingPage(BasePage):
    """Training of those who make living together work."""

    courses = StreamField([("course", CourseBlock())], verbose_name=_("courses"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("courses"),
        *BasePage.body_panels,
    ]
    parent_page_types = ["multicultural.MulticulturalIndexPage"]
    subpage_types: list[str] = []
    stream_fields = ("body", "courses")
    pillar = "multicultural"

    class Meta:
        verbose_name = _("training page")


class OrganisationPage(BasePage):
    """A place or organisation that CLAIR runs with a partner."""

    organisation = models.CharField(_("organisation"), max_length=160)
    partner = models.CharField(_("partner"), max_length=160, blank=True)
    opened_year = models.PositiveSmallIntegerField(_("opened in"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("partner")]),
        FieldRowPanel([FieldPanel("opened_year"), FieldPanel("website")]),
        *BasePage.body_panels,
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("opened_year", overridable=False),
    ]
    parent_page_types = ["multicultural.MulticulturalIndexPage"]
    subpage_types: list[str] = []
    pillar = "multicultural"

    class Meta:
        verbose_name = _("organisation")

    @property
    def opened_on(self) -> date | None:
        """The first day of the year of opening, for showing the year; None when not known."""
        return date(self.opened_year, 1, 1) if self.opened_year else None

    def structured_data(self) -> dict:
        entity = {"@type": "Organization", "name": self.organisation}
        if self.website:
            entity["url"] = self.website
        return super().structured_data() | {"mainEntity": entity}
