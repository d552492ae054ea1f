"""Turns the readable form of a body into the stream data that Wagtail stores."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

NAMESPACE = uuid.UUID("8f0c1d52-8c43-4c58-9d0e-3c4b6b6a1c10")
TEXTUAL = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)
ALLOWED_TAGS = {"h2", "h3", "p", "ul", "ol", "li", "b", "a"}
HREF = re.compile(r'<a href="([^"]*)"')

markdown = MarkdownIt("zero").enable(
    ["heading", "list", "emphasis", "link", "newline", "escape", "entity"]
)


class BlockError(ValueError):
    """A body holds something that it cannot hold."""


@dataclass
class Resolver:
    """How names in a file become ids in the database; each raises BlockError for an unknown one."""

    page_id: Callable[[str], int]
    figure_id: Callable[[str], int]
    image_id: Callable[[str], int]


def block_id(*place: Any) -> str:
    """The id of a block by its place, the same on every run, so that translations stay with it."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in place)))


def rich_text(source: str, resolver: Resolver) -> str:
    """Markdown as Wagtail's rich text, with site paths turned into links to pages."""
    html = markdown.render(source).strip()
    html = html.replace("<strong>", "<b>").replace("</strong>", "</b>")
    html = re.sub(r"(?<=[^>])\n(?=[^<])", " ", html).replace("\n", "")
    if extra := set(re.findall(r"</?([a-z0-9]+)", html)) - ALLOWED_TAGS:
        raise BlockError(f"Markdown that text cannot hold: {', '.join(sorted(extra))}")

    def link(match: re.Match) -> str:
        href = match.group(1)
        if href.startswith("/"):
            return f'<a linktype="page" id="{resolver.page_id(href)}"'
        return match.group(0)

    return HREF.sub(link, html)


def table(value: dict) -> dict:
    """A table as Wagtail's table block stores it; the first row and column are headings."""
    columns, rows = value["columns"], value["rows"]
    for row in rows:
        if len(row) != len(columns):
            raise BlockError(f"a row of {len(row)} cells in a table of {len(columns)} columns")
    return {
        "data": [list(columns), *[[str(cell) for cell in row] for row in rows]],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": value["caption"].rstrip("."),
    }


def picture(value: dict) -> dict:
    """The readable names of a picture's parts as the block's."""
    return {
        "image": value["file"],
        "alt_text": value["alt"],
        "caption": value.get("caption", ""),
    }


def convert(block: blocks.Block, value: Any, resolver: Resolver, place: tuple) -> Any:
    """A value of a file as stored data for a block. Raises BlockError."""
    if isinstance(block, TableBlock):
        return table(value)
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(value, resolver)
    if isinstance(block, blocks.PageChooserBlock):
        return resolver.page_id(value)
    if isinstance(block, SnippetChooserBlock):
        return resolver.figure_id(value)
    if isinstance(block, ImageChooserBlock):
        return resolver.image_id(value)
    if isinstance(block, DocumentChooserBlock):
        raise BlockError("documents are uploaded in the admin")
    if isinstance(block, blocks.ListBlock):
        return [
            {
                "type": "item",
                "value": convert(block.child_block, item, resolver, (*place, number)),
                "id": block_id(*place, number),
            }
            for number, item in enumerate(value)
        ]
    if isinstance(block, blocks.StructBlock):
        return struct(block, value, resolver, place)
    if isinstance(block, blocks.DateBlock):
        return value.isoformat()
    if isinstance(block, TEXTUAL):
        return str(value).strip()
    return value


def struct(block: blocks.StructBlock, value: Any, resolver: Resolver, place: tuple) -> dict:
    """A mapping as the data of a struct block; fields that are left out are empty."""
    if not isinstance(value, dict):
        raise BlockError("expected keys and values")
    if {"file", "alt"} <= set(value):
        value = picture(value)
    if unknown := set(value) - set(block.child_blocks):
        raise BlockError(f"unknown key “{sorted(unknown)[0]}”")
    data = {}
    for name, child in block.child_blocks.items():
        if name in value:
            data[name] = convert(child, value[name], resolver, (*place, name))
        elif child.required and child.get_default() in (None, ""):
            raise BlockError(f"“{name}” is missing")
        else:
            data[name] = child.get_prep_value(child.get_default())
            if data[name] is None and isinstance(child, TEXTUAL):
                data[name] = ""
    return data


def stream(block: blocks.StreamBlock, items: list, resolver: Resolver, place: tuple) -> list[dict]:
    """A list of a file as stream data.

    An item names its block type by its one key; in a stream of one type the item is the value.
    """
    names = list(block.child_blocks)
    data = []
    for number, item in enumerate(items):
        if len(names) == 1:
            name, value = names[0], item
        elif isinstance(item, dict) and len(item) == 1:
            ((name, value),) = item.items()
        else:
            raise BlockError(f"block {number + 1} must have one key, its type")
        if name not in block.child_blocks:
            raise BlockError(f"unknown block type “{name}”")
        data.append(
            {
                "type": name,
                "value": convert(block.child_blocks[name], value, resolver, (*place, number)),
                "id": block_id(*place, number, name),
            }
        )
    return data
