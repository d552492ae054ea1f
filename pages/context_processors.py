"""What every template knows: the language in force, the site's address, what stands around."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from pages.furigana.variant import switch_of
from translations.language_forms import active_language


def site(request: HttpRequest) -> dict:
    """The language, the site's address without a final slash, and the request's surroundings."""
    return {
        "language": active_language(),
        "site_address": settings.SITE_URL.rstrip("/"),
        "surroundings": getattr(request, "surroundings", None),
        "furigana": switch_of(request),
    }
