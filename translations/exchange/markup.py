"""The tags within a text, as numbered signs that tools protect and that cannot be broken."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

TAG = re.compile(r"<(?P<closing>/?)(?P<name>\w+)(?P<attributes>[^<>]*?)/?>")
EMPTY_TAGS = {"br"}


class Kind(Enum):
    """What a tag does."""

    OPEN = "open"
    CLOSE = "close"
    EMPTY = "empty"


@dataclass(frozen=True)
class Tag:
    """A tag by its number: the source's first tag is 1. `html` is how it is written there."""

    kind: Kind
    number: int
    html: str = ""

    @property
    def name(self) -> str:
        found = TAG.match(self.html)
        return found["name"].lower() if found else ""


Piece = str | Tag


class MarkupError(ValueError):
    """Tags that do not close as they opened, or that the source does not have."""


def pieces_of(text: str, source: list[Piece] | None = None) -> list[Piece]:
    """A text of the string store as words and tags; entities become the characters they mean.

    Tags of a target get the numbers that they have in the source's pieces, so that a tag keeps its
    number wherever it goes. Raises MarkupError where tags cross, or are not among the source's.
    """
    free = None
    if source is not None:
        free = [each for each in source if isinstance(each, Tag) and each.kind != Kind.CLOSE]
    pieces: list[Piece] = []
    open_tags: list[Tag] = []
    number = 0
    place = 0
    for found in TAG.finditer(text):
        if found.start() > place:
            pieces.append(html.unescape(text[place : found.start()]))
        place = found.end()
        name = found["name"].lower()
        if found["closing"]:
            if not open_tags or open_tags[-1].name != name:
                raise MarkupError(found[0])
            pieces.append(Tag(Kind.CLOSE, open_tags.pop().number, found[0]))
            continue
        kind = Kind.EMPTY if name in EMPTY_TAGS else Kind.OPEN
        number += 1
        tag = Tag(kind, number, found[0])
        if free is not None:
            same = next((each for each in free if each.html == found[0]), None)
            if same is None:
                raise MarkupError(found[0])
            free.remove(same)
            tag = same
        pieces.append(tag)
        if kind == Kind.OPEN:
            open_tags.append(tag)
    if open_tags:
        raise MarkupError(open_tags[-1].html)
    if place < len(text):
        pieces.append(html.unescape(text[place:]))
    return pieces


def html_of(pieces: Iterable[Piece], source: list[Piece]) -> str:
    """The text that the string store is to have: the source's own tags between these words.

    Raises MarkupError for a number that the source does not have, and for tags that cross.
    """
    tags = {(each.kind, each.number): each.html for each in source if isinstance(each, Tag)}
    written = []
    open_numbers = []
    for piece in pieces:
        if isinstance(piece, str):
            written.append(html.escape(piece, quote=False))
            continue
        known = tags.get((piece.kind, piece.number))
        if known is None:
            raise MarkupError(str(piece.number))
        if piece.kind == Kind.OPEN:
            open_numbers.append(piece.number)
        elif piece.kind == Kind.CLOSE and (not open_numbers or open_numbers.pop() != piece.number):
            raise MarkupError(str(piece.number))
        written.append(known)
    if open_numbers:
        raise MarkupError(str(open_numbers[-1]))
    return "".join(written)


def shape_of(pieces: Iterable[Piece]) -> str:
    """What tells a text from every other in a file: its words, and the numbers of its tags."""
    return "".join(
        piece if isinstance(piece, str) else f"\0{piece.kind.value}{piece.number}\0"
        for piece in pieces
    )


def words_of(pieces: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(piece for piece in pieces if isinstance(piece, str))
