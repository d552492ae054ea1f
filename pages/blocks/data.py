"""Blocks of facts: tables and figures."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail_localize.segments import StringSegmentValue

from translations.languages import SOURCE_CODE


def is_wording(cell: Any) -> bool:
    """Whether a cell holds words: numbers and signs alone are the same in every language."""
    return isinstance(cell, str) and any(character.isalpha() for character in cell)


def cell_path(text: str) -> str:
    """The segment path of a cell: by its words, so that a new row does not orphan the others."""
    return "cell-" + hashlib.sha256(text.encode()).hexdigest()[:16]


class TableBlock(WagtailTableBlock):
    """A table whose cells and caption are translated one by one.

    wagtail-localize leaves tables out (its issue 302); these two methods put them in.
    """

    def get_translatable_segments(self, value: dict | None) -> list[StringSegmentValue]:
        """One segment for each different wording in the table, its caption first."""
        if not value:
            return []
        segments = []
        if caption := value.get("table_caption"):
            segments.append(StringSegmentValue("caption", caption))
        wordings = dict.fromkeys(cell for row in value["data"] for cell in row if is_wording(cell))
        segments.extend(StringSegmentValue(cell_path(cell), cell) for cell in wordings)
        return segments

    def restore_translated_segments(self, value: dict, segments: list[StringSegmentValue]) -> dict:
        """The table with the segments' words in their places."""
        words = {segment.path: segment.render_text() for segment in segments}
        translated = dict(value)
        if "caption" in words:
            translated["table_caption"] = words["caption"]
        translated["data"] = [
            [words.get(cell_path(cell), cell) if is_wording(cell) else cell for cell in row]
            for row in value["data"]
        ]
        return translated

    class Meta:
        label = _("Table")
        icon = "table"
        group = _("Facts")
        description = _("A table with a caption. The first row holds the headings.")
        template = "pages/blocks/table.html"
        preview_value = {
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": "Participants",
            "data": [["Year", "Participants"], ["1987", "848"], ["2025", "5,933"]],
            "cell": [],
            "mergeCells": [],
        }


class FigureChooserBlock(SnippetChooserBlock):
    """A chosen figure, which knows the older ones of its series."""

    def __init__(self, **kwargs) -> None:
        super().__init__("pages.Figure", **kwargs)

    def bulk_to_python(self, values: list[int | None]) -> list:
        """The figures and their history, in one query for all of a page's figures."""
        chosen = self.model_class.objects.filter(pk__in=[pk for pk in values if pk])
        series = list(
            self.model_class.objects.filter(
                series__in=chosen.values("series"), locale_id__in=chosen.values("locale_id")
            )
        )
        by_pk = {figure.pk: figure for figure in series}
        for figure in series:
            figure.history = figure.older(
                [other for other in series if other.locale_id == figure.locale_id]
            )
        return [by_pk.get(pk) for pk in values]


class FiguresBlock(blocks.ListBlock):
    """Figures with their date and source."""

    def __init__(self, **kwargs) -> None:
        super().__init__(FigureChooserBlock(), **kwargs)

    def get_preview_value(self) -> ListValue:
        """The first figures that there are, in the source language."""
        figures = self.child_block.model_class.objects.filter(position=0)
        return self.normalize(list(figures.filter(locale__language_code=SOURCE_CODE)[:2]))

    class Meta:
        label = _("Figures")
        icon = "view"
        group = _("Facts")
        description = _("Numbers from the list of figures, each with its date and source.")
        template = "pages/blocks/figures.html"
