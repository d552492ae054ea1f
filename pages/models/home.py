"""The home page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import BaseTranslatableField

from pages.blocks import PageLinkBlock, UntranslatedCharBlock
from pages.structured_data import organisation, organisation_link

from .base import BasePage


class TaskBlock(blocks.StructBlock):
    """Something that a resident comes for, and the page that answers it."""

    title = blocks.CharBlock(label=_("what they need"), max_length=80)
    page = PageLinkBlock(label=_("page"))
    drawing = UntranslatedCharBlock(label=_("drawing"), max_length=60, required=False)


class HomePage(BasePage):
    """The way in: who this is, what a resident needs, the four pillars, what is new."""

    tasks = StreamField(
        [("task", TaskBlock())],
        verbose_name=_("I live in Japan and need…"),
        blank=True,
        help_text=_("Six tasks, the most wanted first."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("tasks"), *BasePage.body_panels]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        # Homes of languages are siblings: each keeps the slug that it was given.
        BaseTranslatableField("slug"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    stream_fields = ("body", "tasks")
    schema_type = "WebSite"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        from .news import NewsPage

        context["pillars"] = self.pillars()
        context["news"] = NewsPage.latest(NewsPage.objects.descendant_of(self))[:3]
        return context

    def pillars(self) -> list[dict]:
        """The pillars' first pages, each with the name that its colours go by. One query."""
        return [
            {"name": pillar, "page": child}
            for child in self.child_pages(None, "content_type")
            if (pillar := getattr(child.cached_content_type.model_class(), "pillar", ""))
        ]

    def structured_data(self) -> dict:
        search = f"{settings.SITE_URL}{self.address}search/?q={{search_term_string}}"
        return super().structured_data() | {
            "publisher": organisation_link(),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search},
                "query-input": "required name=search_term_string",
            },
        }

    def described_things(self) -> list[dict]:
        return [organisation()]
