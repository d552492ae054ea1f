"""The checks of a whole translation, at a bounded number of queries."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import StringTranslation, Translation

from ..easy_japanese.linting import EASY_JAPANESE, sentences_of
from ..furigana.store import find_readings
from ..glossary.finding import glossary_of
from ..segments.reading import Segment, segments_of
from .findings import ERROR, Finding
from .segment import SegmentChecker, plain_text


def check_translation(translation: Translation) -> list[tuple[Segment, Finding]]:
    """What is wrong with the final targets, in reading order. Segments without one are passed over.

    Four queries, however many segments, beside those for what the translation refers to; in Easy
    Japanese one more.
    """
    targets = {
        (row.translation_of_id, row.context_id): row.data
        for row in StringTranslation.objects.filter(
            locale_id=translation.target_locale_id,
            context__object_id=translation.source.object_id,
        ).only("translation_of_id", "context_id", "data")
    }
    locale = translation.target_locale
    readings = None
    if locale.language_code == EASY_JAPANESE:
        readings = find_readings(sentences_of(map(plain_text, targets.values())))
    checker = SegmentChecker(locale, glossary_of(locale), readings)
    content_type_id = translation.source.specific_content_type_id
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return [
        (segment, finding)
        for segment in segments_of(translation.source_id)
        if segment.key in targets
        for finding in checker.check(
            segment.source,
            targets[segment.key],
            max_length=limit_of(model, segment.field_path or segment.path),
        )
    ]


def has_errors(translation: Translation) -> bool:
    """Whether the checks stop the translation from being published."""
    return any(finding.severity == ERROR for _, finding in check_translation(translation))


def limit_of(model: type, field_path: str) -> int | None:
    """How many characters the field or block at a path holds, None if there is no limit.

    The path is of names, as wagtail-localize's contexts have it: `title`, `body.notice.title`.
    """
    if model is None:
        return None
    name, *below = field_path.split(".")
    try:
        field = model._meta.get_field(name)
    except Exception:
        return None
    if isinstance(field, StreamField):
        return limit_of_block(field.stream_block, below)
    return getattr(field, "max_length", None)


def limit_of_block(block: blocks.Block, names: list[str]) -> int | None:
    """As `limit_of`, within a block."""
    while isinstance(block, blocks.ListBlock):
        block = block.child_block
        names = names[1:] if names and names[0] == "item" else names
    if names and isinstance(block, blocks.BaseStructBlock | blocks.BaseStreamBlock):
        child = block.child_blocks.get(names[0])
        return limit_of_block(child, names[1:]) if child else None
    return getattr(getattr(block, "field", None), "max_length", None)
