"""Writes targets: the one place that does, so that origin, review and memory are always right.

In bulk, so that the number of queries does not grow with the text. What wagtail-localize's own
views write one by one arrives here by a signal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext
from wagtail_localize.strings import StringValue, validate_translation_links

from ..memory.models import MemoryUnit
from ..memory.remembering import remember
from .models import FuzzyTarget, Origin, TargetState
from .reading import Key, Segment, segments_of
from .rights import may_write, refusal

__all__ = [
    "ForeignSegmentError",
    "Suggestion",
    "accept",
    "may_write",
    "refusal",
    "remove_targets",
    "write_fuzzy",
    "write_targets",
]

TARGET_FIELDS = [
    "data",
    "translation_type",
    "tool_name",
    "last_translated_by",
    "has_error",
    "field_error",
    "updated_at",
]


@dataclass(frozen=True)
class Suggestion:
    """A text that is not final yet, and what there is to say of it."""

    text: str
    quality: int | None = None
    previous_source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Change:
    """A final target to store, and whether its words are new: if not, only its error goes."""

    segment: Segment
    text: str
    origin: str
    new_words: bool = True


def translation_type(origin: str) -> str:
    """What wagtail-localize calls a target of this origin."""
    if origin == Origin.MACHINE:
        return StringTranslation.TRANSLATION_TYPE_MACHINE
    return StringTranslation.TRANSLATION_TYPE_MANUAL


def is_broken(source: str, target: str) -> bool:
    """Whether wagtail-localize cannot place a target, for its markup; such a one is stored so."""
    if "<" not in target and "&" not in target and "<" not in source:
        return False
    try:
        StringValue.from_translated_html(target)
        validate_translation_links(source, target)
    except ValueError:
        return True
    return False


class ForeignSegmentError(ValueError):
    """A string or a context that is not of the translation's source, so not to be written here."""


def segments_at(translation: Translation, keys: Iterable[Key]) -> dict[Key, Segment]:
    """The segments with these keys: of the source as it is, or as it once was.

    Raises ForeignSegmentError for others: who may write here may not write there.
    """
    wanted = set(keys)
    found = {each.key: each for each in segments_of(translation.source_id) if each.key in wanted}
    if missing := wanted - found.keys():
        source = translation.source
        strings = String.objects.filter(locale_id=source.locale_id).in_bulk(
            {string_id for string_id, _ in missing}
        )
        contexts = TranslationContext.objects.filter(object_id=source.object_id).in_bulk(
            {context_id for _, context_id in missing}
        )
        for string_id, context_id in missing:
            if string_id not in strings or context_id not in contexts:
                raise ForeignSegmentError(f"string {string_id}, context {context_id}")
            string, context = strings[string_id], contexts[context_id]
            found[string_id, context_id] = Segment(
                string_id,
                context_id,
                string.data,
                string.data_hash,
                context.path,
                context.field_path,
            )
    return found


@transaction.atomic
def write_targets(
    translation: Translation,
    targets: Mapping[Key, str],
    *,
    user=None,
    origin: str = Origin.PERSON,
    tool_name: str = "",
) -> int:
    """Writes final target texts by (string id, context id). Gives how many were new or changed.

    An empty text is no target and is passed over. What changes loses its review, goes into the
    memory, and is no longer fuzzy. Asks no rights: see `may_write`. Seven queries, three more for
    sources new to the memory, two where texts of an earlier source are among them. Raises
    ForeignSegmentError, and writes nothing, where a key is not of the translation's source.
    """
    targets = {key: text for key, text in targets.items() if text}
    if not targets:
        return 0
    existing = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        )
    }
    differing = {
        key: text
        for key, text in targets.items()
        if (row := existing.get(key)) is None or row.data != text or row.has_error
    }
    forget_fuzzy(translation, targets)
    if not differing:
        return 0
    segments = segments_at(translation, differing)
    return store(
        translation,
        [
            Change(segments[key], text, origin, key not in existing or existing[key].data != text)
            for key, text in differing.items()
        ],
        user=user,
        tool_name=tool_name,
    )


def store(
    translation: Translation,
    changes: list[Change],
    *,
    user=None,
    tool_name: str = "",
    known_sources: bool = False,
) -> int:
    """Stores final targets that are known to be new or changed, in a transaction of the caller's.

    Three queries, one more to see whether the memory's index has the sources (unless they are known
    to it), and three for those that it lacks.
    """
    now = timezone.now()
    # Inserts what is new and updates what is there, also where another wrote it in between.
    rows = StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=change.segment.string_id,
                context_id=change.segment.context_id,
                locale_id=translation.target_locale_id,
                data=change.text,
                translation_type=translation_type(change.origin),
                tool_name=tool_name,
                last_translated_by=user,
                has_error=is_broken(change.segment.source, change.text),
                field_error="",
                created_at=now,
                updated_at=now,
            )
            for change in changes
        ],
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=TARGET_FIELDS,
    )
    TargetState.objects.bulk_create(
        [
            TargetState(target=row, origin=change.origin)
            for row, change in zip(rows, changes, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["target"],
        update_fields=["origin", "reviewed_at", "reviewed_by"],
    )
    remember(
        [
            unit_of(translation, change.segment, change.text, change.origin, user=user, at=now)
            for change in changes
            if change.new_words
        ],
        known_sources=known_sources,
    )
    return len(rows)


def unit_of(
    translation: Translation, segment: Segment, text: str, origin: str, *, user, at
) -> MemoryUnit:
    """What the memory keeps of a target."""
    return MemoryUnit(
        source_locale_id=translation.source.locale_id,
        target_locale_id=translation.target_locale_id,
        source=segment.source,
        source_hash=segment.source_hash,
        target=text,
        object_key=translation.source.object_id,
        path=segment.path,
        before=segment.before,
        after=segment.after,
        origin=origin,
        written_at=at,
        written_by=user,
    )


def fuzzy_of(translation: Translation, keys: Iterable[Key] | None = None):
    """The translation's fuzzy targets as a query, all of them or those of these segments."""
    rows = FuzzyTarget.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
    )
    if keys is not None:
        keys = list(keys)
        rows = rows.filter(
            string_id__in={string_id for string_id, _ in keys},
            context_id__in={context_id for _, context_id in keys},
        )
    return rows


def forget_fuzzy(translation: Translation, keys: Iterable[Key]) -> None:
    """Deletes the fuzzy targets of segments that have become final."""
    wanted = set(keys)
    pks = [row.pk for row in fuzzy_of(translation) if (row.string_id, row.context_id) in wanted]
    if pks:
        FuzzyTarget.objects.filter(pk__in=pks).delete()


@transaction.atomic
def write_fuzzy(
    translation: Translation,
    targets: Mapping[Key, str | Suggestion],
    *,
    user=None,
    origin: str = Origin.PERSON,
) -> int:
    """Writes what is not final, by (string id, context id), in place of what was fuzzy there.

    A final target of the segment stays what it is. Gives how many were written; two queries. Raises
    ForeignSegmentError as `write_targets` does.
    """
    segments_at(translation, targets)
    return store_fuzzy(translation, targets, user=user, origin=origin)


def store_fuzzy(
    translation: Translation,
    targets: Mapping[Key, str | Suggestion],
    *,
    user=None,
    origin: str = Origin.PERSON,
) -> int:
    """Stores fuzzy targets of segments that are known to be the source's. One query."""
    now = timezone.now()
    rows = []
    for (string_id, context_id), suggestion in targets.items():
        if isinstance(suggestion, str):
            suggestion = Suggestion(suggestion)
        if suggestion.text:
            rows.append(
                FuzzyTarget(
                    string_id=string_id,
                    context_id=context_id,
                    locale_id=translation.target_locale_id,
                    text=suggestion.text,
                    origin=origin,
                    quality=suggestion.quality,
                    previous_source=suggestion.previous_source,
                    note=suggestion.note,
                    changed_at=now,
                    changed_by=user,
                )
            )
    FuzzyTarget.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["string", "context", "locale"],
        update_fields=[
            *("text", "origin", "quality", "previous_source", "note"),
            *("changed_at", "changed_by"),
        ],
    )
    return len(rows)


@transaction.atomic
def accept(
    translation: Translation,
    keys: Iterable[Key] | None = None,
    *,
    user=None,
    origin: str = Origin.PERSON,
) -> int:
    """Makes fuzzy targets final, all of the translation's or those of these segments.

    Only of segments that the source still has. Gives how many targets were new or changed.
    """
    there = {segment.key for segment in segments_of(translation.source_id)}
    if keys is not None:
        there &= set(keys)
    targets = {
        (row.string_id, row.context_id): row.text
        for row in fuzzy_of(translation)
        if (row.string_id, row.context_id) in there
    }
    return write_targets(translation, targets, user=user, origin=origin)


@transaction.atomic
def remove_targets(translation: Translation, keys: Iterable[Key]) -> int:
    """Takes final targets away, so that their segments are to translate again.

    The memory keeps their words. Gives how many there were.
    """
    wanted = set(keys)
    rows = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
    ).values_list("pk", "translation_of_id", "context_id")
    pks = [pk for pk, string_id, context_id in rows if (string_id, context_id) in wanted]
    if pks:
        StringTranslation.objects.filter(pk__in=pks).delete()
    return len(pks)


def follow_single_write(
    sender, instance: StringTranslation, update_fields=None, raw: bool = False, **kwargs
) -> None:
    """Takes up a target that wagtail-localize or anyone else saved by itself.

    Words that are the latest of that place already were only saved again.
    """
    if raw or (update_fields is not None and "data" not in update_fields):
        return
    string, context = instance.translation_of, instance.context
    FuzzyTarget.objects.filter(
        string_id=string.pk, context_id=instance.context_id, locale_id=instance.locale_id
    ).delete()
    latest = (
        MemoryUnit.objects.filter(
            target_locale_id=instance.locale_id,
            source_hash=string.data_hash,
            object_key=context.object_id if context else None,
            path=context.path if context else "",
        )
        .order_by("-written_at", "-pk")
        .values_list("target", flat=True)
        .first()
    )
    if latest == instance.data:
        return
    origin = origin_of(instance)
    TargetState.objects.update_or_create(
        target=instance,
        defaults={"origin": origin, "reviewed_at": None, "reviewed_by": None},
    )
    before = after = None
    if context:
        source = (
            Translation.objects.filter(
                source__object_id=context.object_id, source__locale_id=string.locale_id
            )
            .values_list("source_id", flat=True)
            .first()
        )
        for segment in segments_of(source) if source else ():
            if segment.key == (string.pk, context.pk):
                before, after = segment.before, segment.after
    remember(
        [
            MemoryUnit(
                source_locale_id=string.locale_id,
                target_locale_id=instance.locale_id,
                source=string.data,
                source_hash=string.data_hash,
                target=instance.data,
                object_key=context.object_id if context else None,
                path=context.path if context else "",
                before=before,
                after=after,
                origin=origin,
                written_at=instance.updated_at,
                written_by_id=instance.last_translated_by_id,
            )
        ]
    )


def origin_of(target: StringTranslation) -> str:
    """Where a target came from, by what wagtail-localize keeps of it."""
    if target.translation_type == StringTranslation.TRANSLATION_TYPE_MACHINE:
        return Origin.MACHINE
    return Origin.IMPORTED if target.tool_name else Origin.PERSON
