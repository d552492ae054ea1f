"""How to reach CLAIR."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from pages.access_map import Ways, draw_ways
from pages.structured_data import organisation, organisation_link

from .base import BasePage


class RouteBlock(blocks.StructBlock):
    """A way from a station's exit on foot."""

    line = blocks.CharBlock(label=_("line"), max_length=80)
    station = blocks.CharBlock(label=_("station"), max_length=80)
    exit = blocks.CharBlock(label=_("exit"), max_length=40)
    minutes = blocks.IntegerBlock(label=_("minutes on foot"), min_value=1)


class ContactPage(BasePage):
    """Address, telephone, fax, the way from the station, and whom to ask for what."""

    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    postal_address = models.TextField(_("address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    routes = StreamField([("route", RouteBlock())], verbose_name=_("routes"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("postal_code"), FieldPanel("postal_address")]),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("fax")]),
                FieldPanel("website"),
            ],
            heading=_("Head office"),
        ),
        FieldPanel("routes"),
        *BasePage.body_panels,
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("postal_code"),
        SynchronizedField("telephone"),
        SynchronizedField("fax"),
    ]
    stream_fields = ("body", "routes")
    schema_type = "ContactPage"

    class Meta:
        verbose_name = _("contact page")

    @property
    def ways(self) -> Ways:
        """The drawing of the routes."""
        return draw_ways(route.value for route in self.routes)

    def structured_data(self) -> dict:
        return super().structured_data() | {"mainEntity": organisation_link()}

    def described_things(self) -> list[dict]:
        """The organisation with what this page knows of how to reach it."""
        address = {"streetAddress": self.postal_address, "postalCode": self.postal_code}
        reach = {"telephone": self.telephone, "faxNumber": self.fax}
        if any(address.values()):
            given = {name: value for name, value in address.items() if value}
            reach["address"] = {"@type": "PostalAddress", "addressCountry": "JP"} | given
        return [organisation() | {name: value for name, value in reach.items() if value}]
