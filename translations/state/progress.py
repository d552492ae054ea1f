"""How many texts and words of a page are translated into a language, counted in the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Length, Replace
from wagtail_localize.models import StringSegment, StringTranslation

from ..models import FuzzyTarget
from .states import Key


@dataclass(frozen=True, slots=True)
class Progress:
    """Texts of a page, and of them those with a final target and those with a fuzzy one."""

    segments: int = 0
    translated: int = 0
    fuzzy: int = 0
    words: int = 0
    words_translated: int = 0

    @property
    def words_left(self) -> int:
        """How many words of the source wait for a translator."""
        return self.words - self.words_translated


def words_of(field: str) -> Length:
    """SQL for the words of a text: its spaces and one. The source language is written with them."""
    return Length(field) - Length(Replace(field, Value(" "), Value(""))) + 1


def of_source(segment: str, keys: Collection) -> Q:
    """Limits rows to segments of these sources; `segment` is the way to them."""
    return Q(**{f"{segment}source__object_id__in": keys})


def progress_of(keys: Collection, locale_ids: Collection[int]) -> dict[Key, Progress]:
    """The progress of the sources with these translation keys in each of these languages.

    Three queries, however many there are.
    """
    totals = {
        row["source__object_id"]: row
        for row in StringSegment.objects.filter(of_source("", keys))
        .values("source__object_id")
        .annotate(segments=Count("pk"), words=Sum(words_of("string__data")))
    }
    final = by_key(
        StringTranslation.objects.filter(
            of_source("context__stringsegment__", keys),
            context__stringsegment__string_id=F("translation_of_id"),
            has_error=False,
        ).annotate(words=words_of("translation_of__data"))
    )
    fuzzy = by_key(
        FuzzyTarget.objects.filter(
            of_source("context__stringsegment__", keys),
            context__stringsegment__string_id=F("string_id"),
        ).annotate(words=words_of("string__data"))
    )
    none = {"number": 0, "total_words": 0}
    return {
        (key, locale_id): Progress(
            segments=total["segments"],
            translated=final.get((key, locale_id), none)["number"],
            fuzzy=fuzzy.get((key, locale_id), none)["number"],
            words=total["words"],
            words_translated=final.get((key, locale_id), none)["total_words"],
        )
        for key, total in totals.items()
        for locale_id in locale_ids
    }


def by_key(targets: QuerySet) -> dict[Key, dict]:
    """Targets and the words that they translate, counted by source and language. One query."""
    key = "context__stringsegment__source__object_id"
    rows = (
        targets.order_by()
        .values(key, "locale_id")
        .annotate(number=Count("pk"), total_words=Sum("words"))
    )
    return {(row[key], row["locale_id"]): row for row in rows}
