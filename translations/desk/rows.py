"""The texts of one translation as the desk shows them, at a bounded number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz
from wagtail_localize.models import StringTranslation, Translation

from ..checks.findings import ERROR, Finding
from ..checks.segment import SegmentChecker, plain_text
from ..checks.translation import limit_of
from ..easy_japanese.linting import EASY_JAPANESE, sentences_of
from ..furigana.store import find_readings
from ..glossary.finding import Glossary, Term, glossary_of
from ..memory.models import MemoryUnit
from ..segments.models import FuzzyTarget
from ..segments.reading import Segment, segments_of
from .differences import Part, differences
from .tokens import as_typed, tokens_of

# From how many per cent on one paragraph is taken for the earlier wording of another.
ALIKE = 50


class RowState(models.TextChoices):
    """How far one text is."""

    OPEN = "open", _("not translated")
    FUZZY = "fuzzy", _("draft")
    FINAL = "final", _("translated")
    REVIEWED = "reviewed", _("reviewed")


@dataclass
class Row:
    """One text: source, target as one types it, what was there before, what is wrong with it."""

    segment: Segment
    state: RowState
    target: str = ""
    origin: str = ""
    quality: int | None = None
    note: str = ""
    findings: list[Finding] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    max_length: int | None = None
    previous: MemoryUnit | None = None

    @property
    def name(self) -> str:
        """What tells the row from the others on the page."""
        return f"{self.segment.string_id}-{self.segment.context_id}"

    @property
    def source(self) -> str:
        """The source as one types it."""
        return as_typed(self.segment.source, self.segment.source)

    @property
    def tokens(self) -> list[str]:
        """The signs of the source's tags."""
        return tokens_of(self.segment.source)

    @property
    def source_changes(self) -> list[Part]:
        """What changed in the source since this place was translated last; nothing if nothing."""
        if self.previous is None or self.previous.source == self.segment.source:
            return []
        return differences(plain_text(self.previous.source), plain_text(self.segment.source))

    @property
    def target_changes(self) -> list[Part]:
        """What changed in the target since it was written there before; nothing if nothing."""
        if self.previous is None or not self.target:
            return []
        before, after = plain_text(self.previous.target), self.target
        return differences(before, after) if before != after else []

    @property
    def previous_target(self) -> str:
        """What stood here for the source's earlier wording, as one types it now."""
        return as_typed(self.previous.target, self.segment.source) if self.previous else ""

    @property
    def waits(self) -> bool:
        """Whether a translator has something to do here."""
        return self.state in (RowState.OPEN, RowState.FUZZY) or any(
            finding.severity == ERROR for finding in self.findings
        )


def rows_of(translation: Translation) -> list[Row]:
    """All texts of a translation in reading order, each once.

    Seven queries, however many texts; in Easy Japanese one more.
    """
    locale = translation.target_locale
    segments = list({each.key: each for each in segments_of(translation.source_id)}.values())
    final = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale=locale, context__object_id=translation.source.object_id
        ).select_related("state")
    }
    fuzzy = {
        (row.string_id, row.context_id): row
        for row in FuzzyTarget.objects.filter(
            locale=locale, context__object_id=translation.source.object_id
        )
    }
    glossary = glossary_of(locale)
    texts = [row.data for row in final.values()] + [row.text for row in fuzzy.values()]
    checker = checker_of(translation, glossary, texts)
    model = model_of(translation)
    rows = []
    for segment in segments:
        row = Row(segment, RowState.OPEN)
        text = ""
        if target := final.get(segment.key):
            text = target.data
            known = getattr(target, "state", None)
            reviewed = known is not None and known.reviewed_at is not None
            row.state = RowState.REVIEWED if reviewed else RowState.FINAL
            row.origin, row.note = (known.origin, known.note) if known else ("", "")
        elif draft := fuzzy.get(segment.key):
            text = draft.text
            row.state, row.origin, row.note = RowState.FUZZY, draft.origin, draft.note
            row.quality = draft.quality
        row.target = as_typed(text, segment.source) if text else ""
        row.terms = terms_in(segment, glossary)
        row.max_length = limit_of(model, segment.field_path or segment.path)
        if text:
            row.findings = checker.check(segment.source, text, max_length=row.max_length)
        rows.append(row)
    add_previous(translation, rows, final)
    return rows


def checker_of(
    translation: Translation, glossary: Glossary, texts: Iterable[str]
) -> SegmentChecker:
    """What checks these texts. One query in Easy Japanese, else none."""
    locale = translation.target_locale
    readings = None
    if locale.language_code == EASY_JAPANESE:
        readings = find_readings(sentences_of(map(plain_text, texts)))
    return SegmentChecker(locale, glossary, readings)


def model_of(translation: Translation) -> type:
    """What the translation's source is: a model of pages or of snippets."""
    content_type = ContentType.objects.get_for_id(translation.source.specific_content_type_id)
    return content_type.model_class()


def terms_in(segment: Segment, glossary: Glossary) -> list[Term]:
    """The glossary's terms in a source, each once."""
    found = glossary.find(plain_text(segment.source))
    return list({each.term.term: each.term for each in found}.values())


def add_previous(
    translation: Translation, rows: list[Row], final: dict[tuple[int, int], StringTranslation]
) -> None:
    """Gives each row what was last written at its place, unless that is what stands there now.

    One query, as the memory is the history of a place. Several texts of one place, the paragraphs
    of a rich text, each get what is most like them.
    """
    units: dict[str, list[MemoryUnit]] = defaultdict(list)
    for unit in MemoryUnit.objects.filter(
        object_key=translation.source.object_id, target_locale_id=translation.target_locale_id
    ).order_by("-written_at", "-pk"):
        units[unit.path].append(unit)
    there: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        there[row.segment.path].add(row.segment.source)
    for row in rows:
        source, path = row.segment.source, row.segment.path
        target = final.get(row.segment.key)
        now = (source, target.data if target else None)
        candidates = [
            unit
            for unit in units[path]
            if unit.source == source or unit.source not in there[path]
            if (unit.source, unit.target) != now
        ]
        # Of those that are equally like it, max() takes the first, which is the latest.
        best = max(candidates, key=lambda unit: fuzz.ratio(unit.source, source), default=None)
        if best and (len(there[path]) == 1 or fuzz.ratio(best.source, source) >= ALIKE):
            row.previous = best
