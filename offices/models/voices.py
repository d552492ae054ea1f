"""Voices of people who worked at CLAIR."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from pages.models import BasePage


class VoiceIndexPage(BasePage):
    """People who worked at CLAIR, on what stayed with them."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["offices.OfficeIndexPage"]
    subpage_types = ["offices.VoicePage"]
    pillar = "offices"
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("voices index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["voices"] = self.child_pages(VoicePage)
        return context


class PostingBlock(blocks.StructBlock):
    """Where somebody worked, and when."""

    period = blocks.CharBlock(label=_("period"), max_length=40)
    position = blocks.CharBlock(label=_("position"), max_length=160)


class VoicePage(BasePage):
    """What someone who worked at CLAIR says of it."""

    person = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=200, blank=True)
    postings = StreamField([("posting", PostingBlock())], verbose_name=_("postings"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("person"), FieldPanel("position")]),
        FieldPanel("postings"),
        *BasePage.body_panels,
    ]
    parent_page_types = ["offices.VoiceIndexPage"]
    subpage_types: list[str] = []
    stream_fields = ("body", "postings")
    pillar = "offices"

    class Meta:
        verbose_name = _("voice")
