"""Adds units to the memory and keeps the index of its sources, in bulk."""

from __future__ import annotations

from collections.abc import Iterable

from .models import MemorySource, MemoryUnit, MemoryWord
from .words import digest, words_of


def remember(units: list[MemoryUnit], *, known_sources: bool = False) -> None:
    """Adds units to the memory. Two queries, and three more if there are sources new to it.

    With `known_sources` one: they came from the memory.
    """
    if not units:
        return
    MemoryUnit.objects.bulk_create(units)
    if not known_sources:
        index_sources(
            {(unit.source_locale_id, unit.source_hash): unit.source for unit in units}.items()
        )


def index_sources(sources: Iterable[tuple[tuple, str]]) -> None:
    """Makes sources, given as ((locale id, hash), text), findable by texts that are like them."""
    sources = dict(sources)
    known = set(
        MemorySource.objects.filter(source_hash__in={key[1] for key in sources}).values_list(
            "locale_id", "source_hash"
        )
    )
    missing = {key: text for key, text in sources.items() if key not in known}
    if not missing:
        return
    MemorySource.objects.bulk_create(
        [
            MemorySource(locale_id=locale_id, source_hash=source_hash, text=text)
            for (locale_id, source_hash), text in missing.items()
        ],
        ignore_conflicts=True,
    )
    rows = MemorySource.objects.filter(source_hash__in={key[1] for key in missing})
    MemoryWord.objects.bulk_create(
        [
            MemoryWord(source_id=pk, word=digest(word), length=len(text))
            for pk, locale_id, source_hash, text in rows.values_list(
                "pk", "locale_id", "source_hash", "text"
            )
            if (locale_id, source_hash) in missing
            for word in words_of(text)
        ],
        ignore_conflicts=True,
    )
