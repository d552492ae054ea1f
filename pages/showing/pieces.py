"""Takes a page apart into sentences and paragraphs that its versions have in common.

A translated page keeps the ids of its source's blocks and list items, and its rich text as many
elements. A piece is named by these, so that only what belongs together is paired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail import blocks

from pages.blocks import PageLinkBlock
from pages.blocks.data import FiguresBlock, TableBlock
from pages.blocks.text import StepsBlock
from pages.models import BasePage
from pages.search.texts import NOT_READ, plain_text

ELEMENT = re.compile(r"<(h[2-6]|p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)
HEADING, TEXT = "heading", "text"
# The parts of a block that say what the rest of it is about.
TITLES = {"title", "name", "number"}
PLAIN = (blocks.CharBlock, blocks.TextBlock)


@dataclass(frozen=True)
class Piece:
    """What of a page is shown as one: its name, which its versions share, its kind, its lines.

    A step has a `number`. Of what is `titled`, the first line says what it is about.
    """

    name: str
    kind: str
    lines: tuple[str, ...]
    number: int | None = None
    titled: bool = False


@dataclass(frozen=True)
class Pair:
    """A piece in the reader's language and in Japanese; `part` counts the section it stands in."""

    piece: Piece
    part: int
    japanese: tuple[str, ...]


def rich_text_pieces(name: str, html: str, same_source: bool) -> Iterator[Piece]:
    """The paragraphs, headings and list items of rich text; or all of it as one piece.

    Where versions were made from different sources, the third paragraph of one may be the second of
    the other. Then only the whole has a partner, and only if it is made of as many elements.
    """
    elements = [(tag, plain_text(inner)) for tag, inner in ELEMENT.findall(html)]
    shape = "-".join(tag for tag, _ in elements)
    if not same_source:
        yield Piece(f"{name}/{shape}", TEXT, tuple(text for _, text in elements))
        return
    for place, (tag, text) in enumerate(elements):
        kind = HEADING if tag.startswith("h") else TEXT
        yield Piece(f"{name}/{place}/{shape}", kind, (text,))


def table_pieces(name: str, value: dict, same_source: bool) -> Iterator[Piece]:
    """The caption of a table and its rows; or all of it as one piece, as with rich text."""
    rows = [tuple(str(cell or "") for cell in row) for row in value.get("data") or []]
    size = f"{len(rows)}x{len(rows[0]) if rows else 0}"
    caption = value.get("table_caption") or ""
    if not same_source:
        yield Piece(f"{name}/{size}", TEXT, (caption, *(" · ".join(row) for row in rows)))
        return
    yield Piece(f"{name}/caption", TEXT, (caption,))
    for place, cells in enumerate(rows):
        heads = place == 0 and bool(value.get("first_row_is_table_header"))
        lines = (" · ".join(cells),) if heads else cells
        yield Piece(f"{name}/{size}/{place}", TEXT, lines, titled=len(lines) > 1)


def struct_pieces(
    block: blocks.StructBlock, value: dict, name: str, same_source: bool, number: int | None
) -> Iterator[Piece]:
    """The plain parts of a block with several, as one piece; then its rich text and lists."""
    read = {key: child for key, child in block.child_blocks.items() if key not in NOT_READ}
    plain = {key: value.get(key) for key, child in read.items() if isinstance(child, PLAIN)}
    plain = {key: text for key, text in plain.items() if text}
    if plain:
        lines = tuple(plain.values())
        yield Piece(name, TEXT, lines, number, titled=next(iter(plain)) in TITLES)
    for key, child in read.items():
        if not isinstance(child, PLAIN):
            yield from block_pieces(child, value.get(key), f"{name}/{key}", same_source)


def block_pieces(
    block: blocks.Block, value: Any, name: str, same_source: bool, number: int | None = None
) -> Iterator[Piece]:
    """The pieces of a block's value as it is stored, in reading order.

    Figures and ways to other pages are left out: nobody points at them.
    """
    if not value or isinstance(block, FiguresBlock):
        return
    if isinstance(block, blocks.StructBlock):
        if not any(isinstance(child, PageLinkBlock) for child in block.child_blocks.values()):
            yield from struct_pieces(block, value, name, same_source, number)
    elif isinstance(block, (blocks.ListBlock, blocks.StreamBlock)):
        for place, item in enumerate(value, 1):
            child = (
                block.child_blocks.get(item["type"])
                if isinstance(block, blocks.StreamBlock)
                else block.child_block
            )
            if child and item.get("id"):
                step = place if isinstance(block, StepsBlock) else None
                item_name = f"{name}/{item['id']}"
                yield from block_pieces(child, item["value"], item_name, same_source, step)
    elif isinstance(block, TableBlock):
        yield from table_pieces(name, value, same_source)
    elif isinstance(block, blocks.RichTextBlock):
        yield from rich_text_pieces(name, value, same_source)
    elif isinstance(block, PLAIN):
        yield Piece(name, TEXT, (value,))


def page_pieces(page: BasePage, same_source: bool) -> list[Piece]:
    """The pieces of a page: its title, its short texts, then its streams. Without a query."""
    found = [Piece("title", HEADING, (page.title,))]
    found += [Piece(name, TEXT, (getattr(page, name),)) for name in page.shown_fields]
    for name in page.shown_streams:
        stream = getattr(page, name)
        found += block_pieces(stream.stream_block, list(stream.raw_data), name, same_source)
    return [piece for piece in found if any(line.strip() for line in piece.lines)]


def pair_up(
    theirs: BasePage, japanese: BasePage, same_source: bool = True
) -> tuple[list[Pair], bool]:
    """The pieces that both versions have, in order, and whether that is all of them.

    `same_source` says that both are, or were made from, the same version of the source.
    """
    partners = {piece.name: piece.lines for piece in page_pieces(japanese, same_source)}
    pieces = page_pieces(theirs, same_source)
    pairs, part = [], 0
    for piece in pieces:
        if piece.kind == HEADING and pairs:
            part += 1
        if piece.name in partners:
            pairs.append(Pair(piece, part, partners[piece.name]))
    return pairs, len(pairs) == len(pieces) == len(partners)
