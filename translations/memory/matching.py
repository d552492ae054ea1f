"""Finds what the memory has for segments: the same text, or one that is nearly the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, When, Window
from django.db.models.functions import RowNumber
from rapidfuzz import fuzz

from ..segments.models import Origin
from ..segments.reading import Key, Segment
from .models import MemorySource, MemoryUnit, MemoryWord
from .words import digest, words_of

# From how many per cent on a text is worth showing as a match.
THRESHOLD = 75
MATCHES_A_SEGMENT = 5
# Of the sources that share words with a segment, so many are compared with it letter by letter.
CANDIDATES_A_SEGMENT = 250
UNITS_A_SOURCE = 200
# Of two texts alike by THRESHOLD, the longer is at most so many times as long.
LENGTHS = (200 - THRESHOLD) / THRESHOLD
# Years, telephone numbers and the like; not what a language groups or divides by a sign of its own.
SAME_EVERYWHERE = re.compile(r"[\d\s()+/:#–-]*\d[\d\s()+/:#–-]*")


@dataclass(frozen=True)
class Match:
    """Words from the memory: how near their source is, and who wrote them when, and where."""

    source: str
    target: str
    quality: int
    # Of an exact match: it stood at this very place, or between these very neighbours.
    in_context: bool
    origin: str
    written_at: datetime | None
    written_by_id: int | None
    object_key: UUID | None
    path: str


def matches_for(
    segments: Iterable[Segment],
    *,
    source_locale_id: int,
    target_locale_id: int,
    object_key: UUID | None = None,
    threshold: int = THRESHOLD,
    limit: int = MATCHES_A_SEGMENT,
    fuzzy_where_exact: bool = True,
) -> dict[Key, list[Match]]:
    """The best matches of each segment, best first. Four queries, however many segments.

    `object_key` is of the object that the segments stand in. Without `fuzzy_where_exact`, texts
    that are nearly the same are looked up only for segments that have no exact match.
    """
    segments = list(segments)
    found = exact_matches(segments, source_locale_id, target_locale_id, object_key)
    wanted = [each for each in segments if fuzzy_where_exact or not found.get(each.key)]
    fuzzy = fuzzy_matches(wanted, source_locale_id, target_locale_id, object_key, threshold)
    return {
        segment.key: (found.get(segment.key, []) + fuzzy.get(segment.key, []))[:limit]
        for segment in segments
    }


def exact_matches(
    segments: list[Segment],
    source_locale_id: int,
    target_locale_id: int,
    object_key: UUID | None = None,
) -> dict[Key, list[Match]]:
    """What was written for the same text, best first. One query.

    What a person wrote before what a machine did; then from the same place, then between the same
    neighbours, then elsewhere; of these, the latest. Each wording comes once.
    """
    hashes = {segment.source_hash for segment in segments}
    units = units_of(hashes, source_locale_id, target_locale_id, object_key)
    found = {}
    for segment in segments:
        ranked = sorted(
            ((context_of(unit, segment, object_key), unit) for unit in units[segment.source_hash]),
            key=lambda each: (each[1].origin == Origin.MACHINE, -each[0]),
        )
        found[segment.key] = once_each(match_of(unit, 100, near > 1) for near, unit in ranked)
        if not ranked and SAME_EVERYWHERE.fullmatch(segment.source):
            found[segment.key] = [itself(segment)]
    return found


def units_of(
    hashes: set[UUID], source_locale_id: int, target_locale_id: int, object_key: UUID | None
) -> dict[UUID, list[MemoryUnit]]:
    """The units of these sources, the latest first. One query.

    Of a text that stands on very many pages those of this object, and so many of the others.
    """
    units: dict[UUID, list[MemoryUnit]] = defaultdict(list)
    if hashes:
        elsewhere = Case(When(object_key=object_key, then=0), default=1)
        rows = MemoryUnit.objects.filter(
            target_locale_id=target_locale_id,
            source_hash__in=hashes,
            source_locale_id=source_locale_id,
        ).annotate(
            nth=Window(
                RowNumber(),
                partition_by="source_hash",
                order_by=[elsewhere, "-written_at", "-pk"],
            )
        )
        for unit in rows.filter(nth__lte=UNITS_A_SOURCE).order_by("-written_at", "-pk"):
            units[unit.source_hash].append(unit)
    return units


def context_of(unit: MemoryUnit, segment: Segment, object_key: UUID | None) -> int:
    """How near a unit's place is to the segment's: 3 the same, 2 or 1 by neighbours, or 0."""
    if object_key is not None and (unit.object_key, unit.path) == (object_key, segment.path):
        return 3
    return (unit.before is not None and unit.before == segment.before) + (
        unit.after is not None and unit.after == segment.after
    )


def match_of(unit: MemoryUnit, quality: int, in_context: bool = False) -> Match:
    return Match(
        source=unit.source,
        target=unit.target,
        quality=quality,
        in_context=in_context,
        origin=unit.origin,
        written_at=unit.written_at,
        written_by_id=unit.written_by_id,
        object_key=unit.object_key,
        path=unit.path,
    )


def itself(segment: Segment) -> Match:
    """A text of digits alone, which is the same in every language."""
    return Match(segment.source, segment.source, 100, False, Origin.MEMORY, None, None, None, "")


def once_each(matches: Iterable[Match]) -> list[Match]:
    """The matches without those whose words an earlier one has."""
    first: dict[str, Match] = {}
    for match in matches:
        first.setdefault(match.target, match)
    return list(first.values())


def fuzzy_matches(
    segments: list[Segment],
    source_locale_id: int,
    target_locale_id: int,
    object_key: UUID | None = None,
    threshold: int = THRESHOLD,
) -> dict[Key, list[Match]]:
    """What was written for texts that are nearly the same, best first. Three queries at most."""
    near = near_sources({segment.source for segment in segments}, source_locale_id, threshold)
    hashes = {source_hash for scores in near.values() for source_hash in scores}
    if not hashes:
        return {}
    units = units_of(hashes, source_locale_id, target_locale_id, object_key)
    found = {}
    for segment in segments:
        ranked = sorted(
            (
                (quality, context_of(unit, segment, object_key), unit)
                for source_hash, quality in near[segment.source].items()
                for unit in units[source_hash]
            ),
            key=lambda each: (-each[0], each[2].origin == Origin.MACHINE, -each[1]),
        )
        found[segment.key] = once_each(match_of(unit, quality) for quality, _, unit in ranked)
    return found


def near_sources(
    texts: set[str], locale_id: int, threshold: int = THRESHOLD
) -> dict[str, dict[UUID, int]]:
    """For each text, the other sources of the memory that are like it, with the per cent.

    Two queries: which sources share words with the texts, and how those read that share most.
    """
    words = {text: {digest(word) for word in words_of(text)} for text in texts}
    wanted = set().union(*words.values())
    if not wanted:
        return {text: {} for text in texts}
    lengths = [len(text) for text in texts]
    sharing: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for word, source_id, length in MemoryWord.objects.filter(
        word__in=wanted, length__range=(min(lengths) / LENGTHS, max(lengths) * LENGTHS)
    ).values_list("word", "source_id", "length"):
        sharing[word].append((source_id, length))
    candidates: dict[str, list[int]] = {}
    for text, own in words.items():
        shortest, longest = len(text) / LENGTHS, len(text) * LENGTHS
        shared: Counter[int] = Counter()
        for word in own:
            # A word that few texts have says more than one that many have.
            weight = 1 / (1 + len(sharing[word]))
            for source_id, length in sharing[word]:
                if shortest <= length <= longest:
                    shared[source_id] += weight
        candidates[text] = [pk for pk, _ in shared.most_common(CANDIDATES_A_SEGMENT)]
    sources = {
        pk: (source_hash, text)
        for pk, source_hash, text in MemorySource.objects.filter(
            pk__in=set().union(*candidates.values()), locale_id=locale_id
        ).values_list("pk", "source_hash", "text")
    }
    near: dict[str, dict[UUID, int]] = {}
    for text, pks in candidates.items():
        near[text] = {}
        for pk in pks:
            source_hash, other = sources.get(pk, (None, text))
            if other != text and (score := fuzz.ratio(text, other, score_cutoff=threshold)):
                # What differs is never a whole match, however long the text.
                near[text][source_hash] = min(99, round(score))
    return near
