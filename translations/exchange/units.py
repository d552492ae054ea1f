"""What a file of translations carries, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from .markup import Piece, words_of


@dataclass(frozen=True)
class Unit:
    """One text with its target, as HTML fragments of the string store, or as words and tags.

    PO files have the first, XLIFF files the second: of a tag they know only its number.
    `context` is the path of the segment; `note` is the translator's; `hint` tells the translator
    which field it is; `line` is where it stands in a file that was read; `problem` is why it could
    not be read.
    """

    source: str | tuple[Piece, ...]
    target: str | tuple[Piece, ...] = ""
    context: str = ""
    fuzzy: bool = False
    reviewed: bool = False
    note: str = ""
    previous_source: str = ""
    hint: str = ""
    line: int | None = None
    problem: str = ""

    @property
    def words(self) -> str:
        """The source as one names it to a person."""
        return self.source if isinstance(self.source, str) else words_of(self.source)


@dataclass(frozen=True)
class Document:
    """All texts of one object in one language. `key` names the translation, `name` its file."""

    key: str
    source_language: str
    target_language: str
    units: list[Unit] = field(default_factory=list)
    name: str = ""
    title: str = ""
    place: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Problem:
    """Why something in a file was not taken: the line, the text that it is about, the reason."""

    reason: str
    line: int | None = None
    source: str = ""


class UnreadableFileError(Exception):
    """A file that cannot be read. `problem` says why, in the language of who uploaded it."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.problem = Problem(reason, line)


def problems_in(document: Document) -> Iterator[Problem]:
    """What could not be read in a document."""
    for unit in document.units:
        if unit.problem:
            yield Problem(unit.problem, unit.line, unit.words)
