"""International activities: exchange, economic exchange and cooperation."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail_localize.fields import SynchronizedField

from pages.models import BasePage


class ProgrammeIndexPage(BasePage):
    """What CLAIR does for local governments' work with the world."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["programmes.ProgrammePage"]
    pillar = "programmes"
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("international activities index")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = self.child_pages()
        return context


class ProgrammePage(BasePage):
    """One field of work: for whom it is, and whether it still runs."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.RUNNING
    )
    audience = models.CharField(
        _("for whom"), max_length=300, help_text=_("Who can use it, in one sentence.")
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("audience"), FieldPanel("status")]),
        *BasePage.body_panels,
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("status", overridable=False),
    ]
    parent_page_types = ["programmes.ProgrammeIndexPage", "programmes.ProgrammePage"]
    subpage_types = ["programmes.ProgrammePage"]
    pillar = "programmes"

    class Meta:
        verbose_name = _("programme")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["parts"] = self.child_pages() if self.numchild else []
        return context
