"""The home page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import BaseTranslatableField

from pages.blocks import CardBlock, PageLinkBlock, UntranslatedCharBlock
from pages.caching.headers import WITH_A_CLOCK
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

    officers = StreamField(
        [("card", CardBlock())],
        verbose_name=_("If you work for a local government"),
        blank=True,
        help_text=_("The first is shown larger than the others."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("tasks"),
        FieldPanel("officers"),
        *BasePage.body_panels,
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        # Homes of languages are siblings: each keeps the slug that it was given.
        BaseTranslatableField("slug"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    stream_fields = ("body", "tasks", "officers")
    schema_type = "WebSite"
    seconds_to_keep = WITH_A_CLOCK

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        shown = list(self.shown_pages())
        news = [page for page in shown if page.date]
        context["news"] = sorted(news, key=lambda page: page.date, reverse=True)
        context["pillars"] = []
        context["sections"] = []
        for page in shown:
            model = page.cached_content_type.model_class()
            if page.depth == self.depth + 1 and getattr(model, "pillar", ""):
                context["pillars"].append({"name": model.pillar, "page": page})
                if model.home_template:
                    context["sections"].append(model.home_template)
                    context |= model.home_context(page)
        if len(context["pillars"]) == 1:
            # As in a partial language: the menu leads to it already.
            context["pillars"] = []
        return context

    def shown_pages(self) -> models.QuerySet[BasePage]:
        """The pages right below, and the latest news, which have a `date`. One query for both."""
        from .news import NewsPage

        latest = NewsPage.latest(NewsPage.objects.descendant_of(self))[:3]
        pages = BasePage.objects.descendant_of(self).live().order_by("path")
        return (
            pages.filter(Q(depth=self.depth + 1) | Q(pk__in=latest.values("pk")))
            .annotate(date=F("newspage__date"))
            .only("title", "url_path", "summary", "drawing", "content_type", "path", "depth")
        )

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
