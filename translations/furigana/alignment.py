"""Which part of a word's reading belongs to which of its kanji: its kana hold them in place."""

from __future__ import annotations

import re

from .markup import KANJI

PARTS = re.compile(f"[{KANJI}]+|[^{KANJI}]+")
IS_KANJI = re.compile(f"[{KANJI}]")
KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def hiragana(kana: str) -> str:
    """Kana as hiragana; the sign for a long vowel and anything else stays."""
    return kana.translate(KATAKANA_TO_HIRAGANA)


def align(surface: str, reading: str) -> list[tuple[str, str]]:
    """The word's runs of kanji in order, each with its part of the reading, in hiragana.

    逃げる, にげる gives 逃, に. A word whose kana do not occur in its reading stays whole.
    """
    reading = hiragana(reading)
    parts = PARTS.findall(surface)
    pattern = "".join(
        "(.+?)" if IS_KANJI.match(part) else re.escape(hiragana(part)) for part in parts
    )
    found = re.fullmatch(pattern, reading)
    if not found:
        return [(surface, reading)]
    kanji = [part for part in parts if IS_KANJI.match(part)]
    return list(zip(kanji, found.groups(), strict=True))
