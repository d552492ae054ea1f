"""How fresh a translated page is, and whether anyone has reviewed it: what its reader is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from wagtail.models import Page

from .languages import SOURCE_CODE, Language
from .models import TranslationStatus


@dataclass(frozen=True)
class Freshness:
    """What to say under a translated page's title."""

    translated_from: date | None
    stale: bool
    machine: bool
    reviewed: bool
    source_url: str | None


def freshness_of(
    page: Page,
    language: Language,
    source_published_at: datetime | None,
    source_url: str | None,
) -> Freshness | None:
    """The freshness of a page in its language; None for the source itself. One query."""
    if language.code == SOURCE_CODE:
        return None
    status = TranslationStatus.objects.filter(
        translation__source__object_id=page.translation_key,
        translation__target_locale_id=page.locale_id,
    ).first()
    if status is None:
        return Freshness(None, False, False, False, source_url)
    made_from = status.source_published_at
    return Freshness(
        translated_from=made_from.date() if made_from else None,
        stale=bool(made_from and source_published_at and source_published_at > made_from),
        machine=status.origin == TranslationStatus.Origin.MACHINE,
        reviewed=status.reviewed_at is not None,
        source_url=source_url,
    )
