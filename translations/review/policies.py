"""Finds what a language asks of its translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from wagtail.models import Locale

if TYPE_CHECKING:
    from .models import LanguagePolicy


def policy_of(locale: Locale) -> LanguagePolicy:
    """The language's policy, or the one that holds where nobody has set any.

    One query, or none where the locale was read with it (`select_related("policy")`).
    """
    policy = getattr(locale, "policy", None)
    return policy or apps.get_model("translations", "LanguagePolicy")(locale=locale)
