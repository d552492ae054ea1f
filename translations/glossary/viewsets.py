"""Where staff keep the glossary: its list in the admin, and a term's form with its languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import GlossaryTerm


class GlossaryTermViewSet(SnippetViewSet):
    """The terms, each with its forms in the languages."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    add_to_admin_menu = True
    menu_order = 330
    copy_view_enabled = False
    inspect_view_enabled = True
    list_display = ["term", "definition", "do_not_translate"]
    list_filter = ["do_not_translate", "forms__locale"]
    search_fields = ["term", "definition", "forms__text"]
    panels = [
        FieldPanel("term"),
        FieldRowPanel([FieldPanel("case_sensitive"), FieldPanel("do_not_translate")]),
        FieldPanel("definition"),
        FieldPanel("note"),
        MultiFieldPanel(
            [
                InlinePanel(
                    "forms",
                    label=_("form"),
                    panels=[
                        FieldRowPanel(
                            [FieldPanel("locale"), FieldPanel("status"), FieldPanel("text")]
                        )
                    ],
                )
            ],
            heading=_("Forms in the languages"),
            help_text=_(
                "A translation that lacks the preferred form gets a warning; one with a forbidden"
                " form cannot be published."
            ),
        ),
    ]
