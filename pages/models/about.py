"""About CLAIR."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from pages.structured_data import organisation, organisation_link

from .base import BasePage


class AboutPage(BasePage):
    """What CLAIR is, who its members are and what it supports."""

    founded_year = models.PositiveSmallIntegerField(_("founded in"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("founded_year"),
        *BasePage.body_panels,
    ]
    schema_type = "AboutPage"

    class Meta:
        verbose_name = _("about page")

    @property
    def founded_on(self) -> date:
        """The first day of the year of founding, for showing the year."""
        return date(self.founded_year, 1, 1)

    def structured_data(self) -> dict:
        return super().structured_data() | {"mainEntity": organisation_link()}

    def described_things(self) -> list[dict]:
        return [organisation() | {"foundingDate": str(self.founded_year)}]
