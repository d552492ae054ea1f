"""How fresh a translated page is, and whether anyone has reviewed it: what its reader is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.query import PageQuerySet
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from .models import TranslationStatus


@dataclass(frozen=True)
class Freshness:
    """What to say under a translated page's title."""

    translated_from: date | None
    stale: bool
    machine: bool
    reviewed: bool
    source_url: str | None


def version_date(source: TranslationSource) -> datetime:
    """When the version that the store holds was published; of a snippet, when it was brought in."""
    published_at = json.loads(source.content_json).get("last_published_at")
    return parse_datetime(published_at) if published_at else source.last_updated_at


def changed_since(made_from: datetime, published_at: datetime) -> bool:
    """Whether a source was published after the version that a translation was made from."""
    # The store keeps dates to the millisecond.
    return published_at - made_from >= timedelta(milliseconds=1)


def record(translation: Translation) -> None:
    """Notes of a translation that goes live which version it was made from, and by what.

    One text from a machine makes it a machine translation. A review holds until a text changes.
    """
    texts = (
        StringSegment.objects.filter(source_id=translation.source_id)
        .get_translations(translation.target_locale_id)
        .aggregate(
            changed_at=Max("updated_at"),
            machine=Count(
                "pk", filter=Q(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
            ),
        )
    )
    status = getattr(translation, "status", None) or TranslationStatus(translation=translation)
    status.source_published_at = version_date(translation.source)
    status.origin = (
        TranslationStatus.Origin.MACHINE if texts["machine"] else TranslationStatus.Origin.HUMAN
    )
    if status.reviewed_at and texts["changed_at"] and texts["changed_at"] > status.reviewed_at:
        status.reviewed_at = status.reviewed_by = None
    status.save()


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
        stale=bool(made_from and published_at and changed_since(made_from, published_at)),
        machine=version["origin"] == TranslationStatus.Origin.MACHINE,
        reviewed=version["reviewed_at"] is not None,
        source_url=source_url,
    )
