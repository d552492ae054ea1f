"""How fresh a translated page is, and whether anyone has reviewed it: what its reader is told."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from .models import TranslationStatus

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Freshness:
    """What to say under a translated page's title, and which texts are not translated yet."""

    translated_from: date | None
    stale: bool
    machine: bool
    reviewed: bool
    source_url: str | None
    untranslated: tuple[str, ...] = ()


def version_date(source: TranslationSource) -> datetime:
    """When the version that the store holds was published; of a snippet, when it was brought in."""
    published_at = json.loads(source.content_json).get("last_published_at")
    return parse_datetime(published_at) if published_at else source.last_updated_at


def changed_since(made_from: datetime, published_at: datetime) -> bool:
    """Whether a source was published after the version that a translation was made from."""
    # The store keeps dates to the millisecond.
    return published_at - made_from >= timedelta(milliseconds=1)


def record(translation: Translation) -> None:
    """Notes of a translation that goes live which version it was made from, by what, and how far.

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
    status.untranslated = untranslated_texts(translation)
    if status.reviewed_at and texts["changed_at"] and texts["changed_at"] > status.reviewed_at:
        status.reviewed_at = status.reviewed_by = None
    status.save()


def untranslated_texts(translation: Translation) -> list[str]:
    """The texts of a source that the language has no words for, as they read without markup."""
    rows = (
        StringSegment.objects.filter(source_id=translation.source_id)
        .annotate_translation(translation.target_locale)
        .filter(translation__isnull=True)
        .values_list("string__data", flat=True)
    )
    texts = (" ".join(html.unescape(TAG.sub("", text)).split()) for text in rows)
    return sorted({text for text in texts if any(character.isalpha() for character in text)})


def with_version(pages: PageQuerySet) -> PageQuerySet:
    """Translated pages with when the version that each was made from was published: `made_from`."""
    status = TranslationStatus.objects.filter(
        translation__source__object_id=OuterRef("translation_key"),
        translation__target_locale_id=OuterRef("locale_id"),
    )
    return pages.annotate(made_from=Subquery(status.values("source_published_at")[:1]))


def freshness_of(
    page: Page, source_published_at: datetime | None, source_url: str | None
) -> Freshness:
    """The freshness of a translated page, whose source was last published then. One query."""
    status = (
        TranslationStatus.objects.filter(
            translation__source__object_id=page.translation_key,
            translation__target_locale_id=page.locale_id,
        ).first()
        or TranslationStatus()
    )
    made_from = status.source_published_at
    return Freshness(
        translated_from=timezone.localdate(made_from) if made_from else None,
        stale=bool(
            made_from and source_published_at and changed_since(made_from, source_published_at)
        ),
        machine=status.origin == TranslationStatus.Origin.MACHINE,
        reviewed=status.reviewed_at is not None,
        source_url=source_url,
        untranslated=tuple(status.untranslated),
    )
