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
from django.utils import timezone
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

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
    translation: Translation, entries: Iterable[polib.POEntry], *, user=None, tool_name: str = ""
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
    return write_targets(translation, targets, user=user, tool_name=tool_name), refusals


def write_targets(
    translation: Translation,
    targets: dict[tuple[int, int], str],
    *,
    user=None,
    tool_name: str = "",
) -> int:
    """Writes target texts by (string id, context id). Gives how many were new or changed."""
    existing = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        )
    }
    now = timezone.now()
    new, changed = [], []
    for (string_id, context_id), text in targets.items():
        row = existing.get((string_id, context_id))
        if row is None:
            new.append(
                StringTranslation(
                    translation_of_id=string_id,
                    context_id=context_id,
                    locale_id=translation.target_locale_id,
                    data=text,
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    tool_name=tool_name,
                    last_translated_by=user,
                    updated_at=now,
                )
            )
        elif row.data != text or row.has_error:
            row.data = text
            row.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
            row.tool_name = tool_name
            row.last_translated_by = user
            row.has_error = False
            row.field_error = ""
            row.updated_at = now
            changed.append(row)
    StringTranslation.objects.bulk_create(new)
    StringTranslation.objects.bulk_update(
        changed,
        [
            "data",
            "translation_type",
            "tool_name",
            "last_translated_by",
            "has_error",
            "field_error",
            "updated_at",
        ],
    )
    return len(new) + len(changed)
