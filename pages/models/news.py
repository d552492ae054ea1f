"""News."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages.structured_data import organisation_link

from .base import BasePage


class NewsIndexPage(BasePage):
    """All news, the newest first."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    subpage_types = ["pages.NewsPage"]
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("news index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["news"] = NewsPage.latest(NewsPage.objects.child_of(self))
        return context


class NewsPage(BasePage):
    """One thing that happened, with its date."""

    date = models.DateField(_("date"))

    content_panels = [*BasePage.content_panels, FieldPanel("date"), *BasePage.body_panels]
    search_fields = [*BasePage.search_fields, index.FilterField("date")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("date", overridable=False),
    ]
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    listed_fields = (*BasePage.listed_fields, "date")
    schema_type = "NewsArticle"

    class Meta:
        verbose_name = _("news item")

    @classmethod
    def latest(cls, news: models.QuerySet[NewsPage]) -> models.QuerySet[NewsPage]:
        """Those of `news` that are live, the newest first, with what a listing shows of them."""
        return news.live().order_by("-date").only("title", "url_path", "summary", "date")

    def listed_on(self, changed: set[str]) -> models.QuerySet[Page]:
        """The list of all news and the home page."""
        return Page.objects.ancestor_of(self).filter(depth__gte=2)

    def structured_data(self) -> dict:
        return super().structured_data() | {
            "headline": self.title,
            "datePublished": self.date.isoformat(),
            "publisher": organisation_link(),
        }
