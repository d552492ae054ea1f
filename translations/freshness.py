"""How fresh a translated page is, and whether anyone has reviewed it: what its reader is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from wagtail.query import PageQuerySet

from .models import TranslationStatus


@dataclass(frozen=True)
class Freshness:
    """What to say under a translated page's title."""

    translated_from: date | None
    stale: bool
    machine: bool
    reviewed: bool
    source_url: str | None


def with_status(pages: PageQuerySet) -> PageQuerySet:
    """Pages with what is known of each as a translation: `made_from`, `origin`, `reviewed_at`."""
    status = TranslationStatus.objects.filter(
        translation__source__object_id=OuterRef("translation_key"),
        translation__target_locale_id=OuterRef("locale_id"),
    )
    return pages.annotate(
        made_from=Subquery(status.values("source_published_at")[:1]),
        origin=Subquery(status.values("origin")[:1]),
        reviewed_at=Subquery(status.values("reviewed_at")[:1]),
    )


def freshness_of(version: dict, source: dict | None, source_url: str | None) -> Freshness:
    """The freshness of a translated page from its row and its source's, as `with_status` made them.

    A row holds `last_published_at`, `made_from`, `origin` and `reviewed_at`.
    """
    made_from: datetime | None = version["made_from"]
    published_at: datetime | None = source["last_published_at"] if source else None
    return Freshness(
        translated_from=timezone.localdate(made_from) if made_from else None,
        stale=bool(made_from and published_at and published_at > made_from),
        machine=version["origin"] == TranslationStatus.Origin.MACHINE,
        reviewed=version["reviewed_at"] is not None,
        source_url=source_url,
    )
