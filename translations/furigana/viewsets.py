"""Where staff correct readings: the list of words in the admin, and its form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Reading


class ReadingViewSet(ModelViewSet):
    """The readings that people gave to words. What they say always wins over the machine."""

    model = Reading
    icon = "title"
    menu_label = _("Readings")
    add_to_admin_menu = True
    menu_order = 340
    copy_view_enabled = False
    list_display = ["word", "reading", "page", "changed_at"]
    list_filter = ["changed_at"]
    search_fields = ["word", "reading"]
    panels = [
        HelpPanel(
            content=_(
                "The furigana above a word on Japanese pages. What you save here soon shows on the"
                " site."
            )
        ),
        FieldPanel("word"),
        FieldPanel("reading"),
        FieldPanel("page"),
    ]
