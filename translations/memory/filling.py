"""Fills a translation from the memory, and the memory from the targets that are there."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..segments.models import FuzzyTarget, Origin
from ..segments.reading import Key, segments_of
from ..segments.writing import (
    Change,
    Suggestion,
    fuzzy_of,
    is_broken,
    origin_of,
    store,
    store_fuzzy,
)
from .matching import matches_for
from .models import MemoryUnit
from .remembering import remember

TARGETS_AT_ONCE = 2000


@transaction.atomic
def fill_from_memory(translation: Translation, user=None) -> int:
    """Gives segments without a target the words that their text had before, wherever it stood.

    What the memory has for a text that is nearly the same becomes a fuzzy target, unless one is
    there. Words from a machine stay marked as such. Gives how many final targets were filled in.
    Safe to run again. At most thirteen queries, however long the text.
    """
    final = set(
        StringTranslation.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        ).values_list("translation_of_id", "context_id")
    )
    open_segments = [each for each in segments_of(translation.source_id) if each.key not in final]
    if not open_segments:
        return 0
    found = matches_for(
        open_segments,
        source_locale_id=translation.source.locale_id,
        target_locale_id=translation.target_locale_id,
        object_key=translation.source.object_id,
        fuzzy_where_exact=False,
    )
    exact: list[Change] = []
    fuzzy: dict[Key, Suggestion] = {}
    for segment in open_segments:
        for match in found[segment.key]:
            if is_broken(segment.source, match.target):
                continue
            if match.quality == 100:
                origin = Origin.MACHINE if match.origin == Origin.MACHINE else Origin.MEMORY
                exact.append(Change(segment, match.target, origin))
            else:
                fuzzy[segment.key] = Suggestion(match.target, match.quality, match.source)
            break
    if not exact and not fuzzy:
        return 0
    forgotten = {change.segment.key for change in exact}
    there = {}
    for pk, *key in fuzzy_of(translation).values_list("pk", "string_id", "context_id"):
        there[tuple(key)] = pk
    if old := [pk for key, pk in there.items() if key in forgotten]:
        FuzzyTarget.objects.filter(pk__in=old).delete()
    if new := {key: suggestion for key, suggestion in fuzzy.items() if key not in there}:
        store_fuzzy(translation, new, user=user, origin=Origin.MEMORY)
    if exact:
        # Digits that stand for themselves are no sources of the memory, and need not be found.
        store(translation, exact, user=user, known_sources=True)
    return len(exact)


def fill_memory() -> int:
    """Brings every target that is stored into the memory, unless it is there as it stands.

    For those from before there was a memory, or written past it. Gives how many were brought in.
    Eight queries for every 2,000 targets; safe to run again.
    """
    return sum(remember_targets(targets) for targets in chunks())


def chunks() -> Iterator[list[StringTranslation]]:
    """All targets in order of their age, so many at once."""
    last = 0
    rows = StringTranslation.objects.select_related("translation_of", "context", "state")
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:TARGETS_AT_ONCE]):
        yield chunk
        last = chunk[-1].pk


@transaction.atomic
def remember_targets(targets: list[StringTranslation]) -> int:
    """Brings these targets into the memory, unless they are there."""
    known = set(
        MemoryUnit.objects.filter(
            source_hash__in={target.translation_of.data_hash for target in targets},
            target_locale_id__in={target.locale_id for target in targets},
        ).values_list("target_locale_id", "source_hash", "object_key", "path", "target")
    )
    missing = [target for target in targets if place_of(target) not in known]
    if not missing:
        return 0
    neighbours = neighbours_of({target.context_id for target in missing if target.context_id})
    remember(
        [
            MemoryUnit(
                source_locale_id=target.translation_of.locale_id,
                target_locale_id=target.locale_id,
                source=target.translation_of.data,
                source_hash=target.translation_of.data_hash,
                target=target.data,
                object_key=target.context and target.context.object_id,
                path=target.context.path if target.context else "",
                before=before,
                after=after,
                origin=target.state.origin if hasattr(target, "state") else origin_of(target),
                written_at=target.updated_at,
                written_by_id=target.last_translated_by_id,
            )
            for target in missing
            for before, after in [
                neighbours.get((target.translation_of_id, target.context_id), (None, None))
            ]
        ]
    )
    return len(missing)


def place_of(target: StringTranslation) -> tuple:
    """What tells a target from every other that the memory may hold."""
    context = target.context
    return (
        target.locale_id,
        target.translation_of.data_hash,
        context.object_id if context else None,
        context.path if context else "",
        target.data,
    )


def neighbours_of(context_ids: set[int]) -> dict[Key, tuple]:
    """The hashes of the texts before and after those in these contexts, by segment. One query."""
    sources = StringSegment.objects.filter(context_id__in=context_ids).values("source_id")
    rows = list(
        StringSegment.objects.filter(source_id__in=sources)
        .order_by("source_id", "order", "pk")
        .values_list("source_id", "string_id", "context_id", "string__data_hash")
    )
    found = {}
    for number, (source_id, string_id, context_id, _) in enumerate(rows):
        before = rows[number - 1] if number else None
        after = rows[number + 1] if number + 1 < len(rows) else None
        found[string_id, context_id] = tuple(
            each[3] if each and each[0] == source_id else None for each in (before, after)
        )
    return found
