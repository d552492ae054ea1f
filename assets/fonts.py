"""The fonts that pictures are set in: the packaged ones, or this machine's where those lack a sign.

The packaged fonts come first, so that a picture looks the same on every machine. A text is set from
one set of fonts or not at all: never with a box in place of a sign.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from typst import FontInfo, Fonts

PACKAGED = Path(__file__).resolve().parent / "fonts"
BOLD = 700

# Which fonts draw a language first, by the first part of its tag and by the whole. Chinese
# characters look different from country to country.
OWN_FAMILIES = {
    "ja": ("Noto Sans JP", "Noto Sans CJK JP"),
    "ko": ("Noto Sans KR", "Noto Sans CJK KR"),
    "zh": ("Noto Sans SC", "Noto Sans CJK SC"),
    "zh-Hant": ("Noto Sans TC", "Noto Sans CJK TC"),
    "th": ("Noto Sans Thai",),
}
FIRST = "Noto Sans"
# Of several that have a sign, a serif or a narrow cut is not what stands beside the others.
UNSUITABLE = ("Display", "Mono", "UI", "Serif")
# What is never drawn, and needs no glyph: line ends, joiners, marks of direction.
UNDRAWN = frozenset("\t\n\r\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
# Spaces of other widths, which few fonts have, and the common ones that break lines as they do.
SPACES = {0x2007: "\u00a0", 0x2009: " ", 0x202F: "\u00a0"}


class FontSet:
    """Bold fonts that can be used together, by family."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @cached_property
    def typst_fonts(self) -> Fonts:
        """The fonts as the typesetter takes them."""
        from typst import Fonts  # large, and only the worker needs it

        return Fonts(
            include_system_fonts=self.folder is None,
            include_embedded_fonts=False,
            font_paths=[self.folder] if self.folder else [],
        )

    @cached_property
    def families(self) -> dict[str, FontInfo]:
        """The suitable fonts by their family's name."""
        return {
            font.family: font
            for font in self.typst_fonts.fonts()
            if font.weight == BOLD
            and font.style == "normal"
            and font.family.startswith(FIRST)
            and font.path
            and not set(UNSUITABLE) & set(font.family.split())
        }

    @cache  # noqa: B019 (there are two sets, for as long as the process lives)
    def characters(self, family: str) -> frozenset[str]:
        """What the family can draw."""
        found = self.families[family]
        with TTFont(found.path, fontNumber=found.index, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap()))

    def families_for(self, text: str, tag: str) -> list[str] | None:
        """The families that draw the text in a language, in their order; None where some lack.

        The language's own come first, then the one of Latin letters; others fill what is left.
        """
        own = (*OWN_FAMILIES.get(tag, ()), *OWN_FAMILIES.get(tag.split("-")[0], ()), FIRST)
        order = dict.fromkeys([*own, *sorted(self.families)])
        wanted = set(text) - UNDRAWN
        chosen = []
        for family in order:
            if family not in self.families:
                continue
            if family in own or wanted & self.characters(family):
                chosen.append(family)
                wanted -= self.characters(family)
            if not wanted:
                return chosen
        return None


def settable(text: str) -> str:
    """The text with common spaces in place of rare ones, such as the French before a colon."""
    return text.translate(SPACES)


@cache
def packaged() -> FontSet:
    """The fonts of the repository: Latin, Cyrillic, Thai, Japanese, Korean, simplified Chinese."""
    return FontSet(PACKAGED)


@cache
def installed() -> FontSet:
    """This machine's fonts of the same design."""
    return FontSet(None)


def fonts_for(text: str, tag: str) -> tuple[FontSet, list[str]] | None:
    """The fonts that have every sign of the text, in the forms of the language of this tag.

    None when neither the packaged ones nor this machine's do.
    """
    for fonts in (packaged(), installed()):
        if families := fonts.families_for(text, tag):
            return fonts, families
    return None
