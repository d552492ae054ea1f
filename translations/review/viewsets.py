"""Where administrators set what each language asks of its translations."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from .models import LanguagePolicy


class LanguagePolicyViewSet(ModelViewSet):
    """Among the settings of the admin: one policy a language."""

    model = LanguagePolicy
    icon = "tasks"
    menu_label = _("Translation policies")
    add_to_settings_menu = True
    list_display = (
        "locale",
        "review_needed",
        "partial_allowed",
        "machine_allowed",
        "days_until_overdue",
    )
    form_fields = (
        "locale",
        "review_needed",
        "partial_allowed",
        "machine_allowed",
        "days_until_overdue",
    )
    inspect_view_enabled = False
    copy_view_enabled = False
