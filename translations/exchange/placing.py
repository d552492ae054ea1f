"""Finds the segments that a file's units are of, and what cannot stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue, validate_translation_links

from ..checks.segment import TAG, plain_text
from ..checks.translation import limit_of
from ..segments.reading import Key, Segment
from ..segments.writing import Suggestion
from .markup import MarkupError, Piece, html_of, pieces_of, shape_of
from .units import Problem, Unit


def check_html(source: str, target: str) -> str | None:
    """Why a text may not come near a page, whatever it is the translation of, or None."""
    try:
        StringValue.from_translated_html(target)
        validate_translation_links(source, target)
    except ValueError as error:
        return str(error)
    except RecursionError:  # tags within tags within tags
        return _("The tags do not open and close in order.")
    return None


def check_target(source: str, target: str) -> str | None:
    """Why a target text cannot stand for its source, or None when it can."""
    if reason := check_html(source, target):
        return reason
    tags, others = (sorted(TAG.findall(text)) for text in (source, target))
    if tags != others:
        none = _("none")
        return _("The tags differ: %(source)s became %(target)s.") % {
            "source": " ".join(tags) or none,
            "target": " ".join(others) or none,
        }
    return None


@dataclass
class Placed:
    """Where a file's units belong, and what is wrong with them."""

    final: dict[Key, str] = field(default_factory=dict)
    fuzzy: dict[Key, Suggestion] = field(default_factory=dict)
    notes: dict[Key, str] = field(default_factory=dict)
    # Texts that the source does not have, or has no more.
    unknown: list[Unit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Places:
    """The segments of one source, found by text and by path."""

    def __init__(self, segments: Iterable[Segment], model: type | None) -> None:
        self.model = model
        self.by_text: dict[str, list[Segment]] = defaultdict(list)
        for segment in segments:
            self.by_text[segment.source].append(segment)
        self.paths = {each.path for found in self.by_text.values() for each in found}
        self.by_shape: dict[str, str] = {}

    def stored(self, source: str | tuple[Piece, ...]) -> str | None:
        """The source's own text for what a file has of it; None where it has no such text."""
        if isinstance(source, str):
            return source if source in self.by_text else None
        if not self.by_shape:
            self.by_shape = {shape_of(pieces_of(text)): text for text in self.by_text}
        return self.by_shape.get(shape_of(source))

    def segments_for(self, text: str, context: str) -> list[Segment]:
        """Where a text stands: at the path that the file names, or wherever it does."""
        found = self.by_text[text]
        if context in self.paths:
            return [segment for segment in found if segment.path == context]
        return found

    def place(self, units: Iterable[Unit]) -> Placed:
        """Finds where these units belong. Those without a target are passed over."""
        placed = Placed()
        for unit in units:
            if unit.problem:
                placed.problems.append(Problem(unit.problem, unit.line, unit.words))
            elif unit.target:
                self.place_one(unit, placed)
        return placed

    def place_one(self, unit: Unit, placed: Placed) -> None:
        """Finds where one unit belongs, and whether it can stand there."""
        text = self.stored(unit.source)
        segments = self.segments_for(text, unit.context) if text is not None else []
        if text is None or not segments:
            placed.unknown.append(unit)
            return
        try:
            target = written(unit.target, text)
        except MarkupError as error:
            reason = _(
                "The tag %(number)s is not in the source, or not closed as it was opened."
            ) % {"number": error}
            placed.problems.append(Problem(reason, unit.line, unit.words))
            return
        # What is fuzzy may still lack a tag; it goes nowhere before somebody has made it right.
        reason = check_html(text, target) if unit.fuzzy else check_target(text, target)
        for segment in segments:
            if not unit.fuzzy:
                reason = reason or self.too_long(segment, target) or clash(segment, target, placed)
            if reason:
                placed.problems.append(Problem(reason, unit.line, unit.words))
                return
            if unit.fuzzy:
                placed.fuzzy[segment.key] = Suggestion(
                    target, previous_source=unit.previous_source, note=unit.note
                )
            else:
                placed.final[segment.key] = target
            placed.notes[segment.key] = unit.note

    def too_long(self, segment: Segment, target: str) -> str | None:
        """Says it where a target is too long for the field that it is for."""
        limit = limit_of(self.model, segment.field_path or segment.path)
        length = len(plain_text(target))
        if limit is None or length <= limit:
            return None
        message = _("It has %(length)d characters; the field holds %(limit)d.")
        return message % {"length": length, "limit": limit}


def written(target: str | tuple[Piece, ...], source: str) -> str:
    """A target as the string store has it. Raises MarkupError for a tag that the source lacks."""
    return target if isinstance(target, str) else html_of(target, pieces_of(source))


def clash(segment: Segment, target: str, placed: Placed) -> str | None:
    """Says it where a file gives one place two different targets."""
    if placed.final.get(segment.key, target) != target:
        return _("The file has two different translations for this place.")
    return None
