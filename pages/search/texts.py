"""The words of a page's streams as a reader sees them, for the index and for excerpts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue

from pages.blocks import PageLinkBlock
from pages.blocks.data import FiguresBlock, TableBlock

if TYPE_CHECKING:
    from pages.models import BasePage

# What ends a word or a sentence, unlike a bold word inside one.
ELEMENT_OF_ITS_OWN = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|br|hr|div|blockquote)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
# The names of drawings are not read by anyone.
NOT_READ = {"drawing"}


def plain_text(rich_text: str) -> str:
    """Rich text without its tags, with a space where an element of its own began or ended."""
    spaced = ELEMENT_OF_ITS_OWN.sub(" ", rich_text)
    return " ".join(html.unescape(TAG.sub("", spaced)).split())


def block_texts(block: blocks.Block, value: Any) -> Iterator[str]:
    """The words of a block's value as it is stored, in reading order."""
    if not value:
        return
    if isinstance(block, blocks.StructBlock):
        # The words of a way to another page are about that page, which has them itself.
        if any(
            isinstance(child, PageLinkBlock) and value.get(name)
            for name, child in block.child_blocks.items()
        ):
            return
        for name, child in block.child_blocks.items():
            if name not in NOT_READ:
                yield from block_texts(child, value.get(name))
    elif isinstance(block, FiguresBlock):
        return
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            # Older streams hold items without an id.
            inner = item["value"] if isinstance(item, dict) and "value" in item else item
            yield from block_texts(block.child_block, inner)
    elif isinstance(block, blocks.StreamBlock):
        for item in value:
            if child := block.child_blocks.get(item["type"]):
                yield from block_texts(child, item["value"])
    elif isinstance(block, TableBlock):
        yield value.get("table_caption") or ""
        for row in value.get("data") or []:
            yield from (str(cell) for cell in row if cell)
    elif isinstance(block, blocks.RichTextBlock):
        yield plain_text(value)
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield value


def stream_texts(stream: StreamValue) -> list[str]:
    """The words of a stream. Without a query: what figures say is not among them."""
    return [text for text in block_texts(stream.stream_block, list(stream.raw_data)) if text]


def figure_ids(stream: StreamValue) -> list[int]:
    """The figures that a stream shows."""
    return [
        item["value"] if isinstance(item, dict) else item
        for block in stream.raw_data
        if isinstance(stream.stream_block.child_blocks.get(block["type"]), FiguresBlock)
        for item in block["value"]
    ]


def page_text(page: BasePage) -> str:
    """All words of a page's streams, and of the figures that it shows. At most one query."""
    from pages.models import Figure

    streams = [getattr(page, name) for name in page.stream_fields]
    texts = [text for stream in streams for text in stream_texts(stream)]
    if ids := [pk for stream in streams for pk in figure_ids(stream) if pk]:
        shown = Figure.objects.filter(pk__in=ids).values_list("unit", "counts")
        texts.extend(text for figure in shown for text in figure)
    return "\n".join(texts)
