"""Takes a translator's PO entries into the string store, in bulk and with wagtail-localize's rules.

What differs from `Translation.import_po`: fuzzy and obsolete entries are not taken for final ones,
and the number of queries does not grow with the number of entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polib
from django.db import transaction
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from .segments.models import Origin
from .segments.writing import write_targets

TAG = re.compile(r"</?\w+[^>]*>")


@dataclass(frozen=True)
class Refusal:
    """An entry that was not taken, and why."""

    msgid: str
    reason: str


def check_target(msgid: str, msgstr: str) -> str | None:
    """Why a target text cannot stand for its source, or None when it can."""
    try:
        StringValue.from_translated_html(msgstr)
        validate_translation_links(msgid, msgstr)
    except ValueError as error:
        return str(error)
    source, target = (sorted(TAG.findall(text)) for text in (msgid, msgstr))
    if source != target:
        return f"The tags differ: {' '.join(source) or 'none'} became {' '.join(target) or 'none'}."
    return None


@transaction.atomic
def import_entries(
    translation: Translation,
    entries: Iterable[polib.POEntry],
    *,
    user=None,
    origin: str = Origin.IMPORTED,
    tool_name: str = "",
) -> tuple[int, list[Refusal]]:
    """Stores the entries' targets for every segment of the source with the same text.

    An entry's `msgctxt` may name one segment path; without one that the source has, the text alone
    decides. Gives the number of texts written and the entries refused. Blank, fuzzy and obsolete
    entries are passed over.
    """
    segments = list(
        StringSegment.objects.filter(source_id=translation.source_id).select_related(
            "string", "context"
        )
    )
    by_text: dict[str, list[StringSegment]] = {}
    for segment in segments:
        by_text.setdefault(segment.string.data, []).append(segment)
    paths = {segment.context.path for segment in segments}

    targets: dict[tuple[int, int], str] = {}
    refusals = []
    for entry in entries:
        if not entry.msgstr or entry.fuzzy or entry.obsolete:
            continue
        places = by_text.get(entry.msgid, [])
        if entry.msgctxt in paths:
            places = [segment for segment in places if segment.context.path == entry.msgctxt]
        if not places:
            refusals.append(Refusal(entry.msgid, "The page has no such text."))
        elif reason := check_target(entry.msgid, entry.msgstr):
            refusals.append(Refusal(entry.msgid, reason))
        else:
            for segment in places:
                targets[segment.string_id, segment.context_id] = entry.msgstr
    written = write_targets(translation, targets, user=user, origin=origin, tool_name=tool_name)
    return written, refusals
