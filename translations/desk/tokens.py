"""Texts as one types them: words, with a numbered sign for each tag that cannot be written wrong.

`<b>Ask</b>` reads ⟨1⟩Ask⟨/1⟩ and a line break ⟨2/⟩. The tag itself never leaves the server.
"""

from __future__ import annotations

import re

from ..checks.segment import plain_text
from ..exchange.markup import Kind, MarkupError, Piece, Tag, html_of, pieces_of

TOKEN = re.compile(r"⟨(?P<closing>/?)(?P<number>\d{1,4})(?P<empty>/?)⟩")


def token_of(tag: Tag) -> str:
    """The sign that stands for a tag."""
    match tag.kind:
        case Kind.OPEN:
            return f"⟨{tag.number}⟩"
        case Kind.CLOSE:
            return f"⟨/{tag.number}⟩"
        case Kind.EMPTY:
            return f"⟨{tag.number}/⟩"


def tokens_of(source: str) -> list[str]:
    """The signs of a source text, in their order."""
    return [token_of(piece) for piece in pieces_of(source) if isinstance(piece, Tag)]


def as_typed(text: str, source: str) -> str:
    """A text of the string store as one types it, with the numbers that its source has.

    Of a text whose tags are not those of the source only the words are left.
    """
    try:
        pieces = pieces_of(text, pieces_of(source))
    except MarkupError:
        return plain_text(text)
    return "".join(piece if isinstance(piece, str) else token_of(piece) for piece in pieces)


def as_stored(typed: str, source: str) -> str:
    """What the string store is to have of a typed text.

    Raises MarkupError for signs that the source does not have, and for those that cross.
    """
    pieces: list[Piece] = []
    place = 0
    for found in TOKEN.finditer(typed):
        if found.start() > place:
            pieces.append(typed[place : found.start()])
        place = found.end()
        kind = Kind.CLOSE if found["closing"] else Kind.EMPTY if found["empty"] else Kind.OPEN
        pieces.append(Tag(kind, int(found["number"])))
    if place < len(typed):
        pieces.append(typed[place:])
    return html_of(pieces, pieces_of(source))
