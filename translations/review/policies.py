"""Finds what a language asks of its translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Locale

if TYPE_CHECKING:
    from .models import LanguagePolicy


def policy_of(locale: Locale) -> LanguagePolicy:
    """The language's policy, or the one that holds where nobody has set any. One query."""
    model = apps.get_model("translations", "LanguagePolicy")
    return model.objects.filter(locale=locale).first() or model(locale=locale)
