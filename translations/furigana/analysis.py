"""Sentences to words with readings: the analyser, rules for counted things, and corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .alignment import align, hiragana
from .counting import AFTER_COUNTER, Pairs, read_counted
from .dictionary import phrases, tokenizer, words
from .markup import HAS_KANJI, KANJI

if TYPE_CHECKING:
    from sudachipy import Morpheme

NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]+)*")
JAPANESE = f"{KANJI}\u3001\u3040-\u30ff"
# Easy Japanese sets phrases apart, templates a number and what it counts; the analyser is used to
# neither. Words stay in their order, which is all that counts where they are placed.
SPACE = re.compile(rf"(?<=[{JAPANESE}])\s+(?=[{JAPANESE}])|(?<=[0-9０-９])\s+(?=[{KANJI}])")
# A word with more kanji than this is taken apart, so that a line can end within it.
LONG = 4


@dataclass(frozen=True)
class Unit:
    """A word of a sentence: where it begins and ends, and the readings of its kanji."""

    start: int
    end: int
    pairs: Pairs


@dataclass
class Corrections:
    """Words with the readings that people gave them; an empty reading shows none.

    Those for one page win over those for the whole site.
    """

    site: dict[str, str] = field(default_factory=dict)
    page: dict[str, str] = field(default_factory=dict)

    def in_order(self) -> list[tuple[str, str]]:
        """Those that win first: of the page, of the site, our own; longer ones before parts."""
        return [
            (word.replace(" ", ""), reading)
            for source in (self.page, self.site, phrases())
            for word, reading in sorted(source.items(), key=lambda pair: -len(pair[0]))
        ]


def parts_of(morpheme: Morpheme) -> Pairs:
    """The readings of a word's kanji; the shorter words within a long one keep their own."""
    import sudachipy

    surface, reading = morpheme.surface(), hiragana(morpheme.reading_form())
    if not HAS_KANJI.search(surface):
        return []
    if own := words().get(surface):
        return own
    if not reading or HAS_KANJI.search(reading):
        return [(surface, "")]
    pairs = align(surface, reading)
    if len(pairs) == 1 and len(surface) > LONG:
        parts = [
            (part.surface(), hiragana(part.reading_form()))
            for part in morpheme.split(sudachipy.SplitMode.A)
        ]
        if len(parts) > 1 and "".join(each for _, each in parts) == reading:
            return [
                pair for part, its in parts if HAS_KANJI.search(part) for pair in align(part, its)
            ]
    return pairs


def units_of(sentence: str) -> list[Unit]:
    """The words of a sentence, as the analyser and the rules for counted things read them."""
    units: list[Unit] = []
    digits, before, last = "", "", ""
    for morpheme in tokenizer().tokenize(sentence):
        start, end, surface = morpheme.begin(), morpheme.end(), morpheme.surface()
        number = NUMBER.match(surface)
        pairs = None
        if number and number.end() < len(surface):
            # The analyser has number and counter as one word.
            counter = surface[number.end() :]
            pairs = read_counted(number.group(), counter, last, sentence[end:])
        elif digits and HAS_KANJI.match(surface):
            pairs = counted(morpheme, digits, before, sentence[end:])
            if pairs and pairs[0][0].startswith(digits):
                units.pop()
                start -= len(digits)
        units.append(Unit(start, end, parts_of(morpheme) if pairs is None else pairs))
        digits = surface if number and number.end() == len(surface) else ""
        if digits:
            before = last
        last = surface
    return units


def counted(morpheme: Morpheme, digits: str, before: str, after: str) -> Pairs | None:
    """The readings of a word that a number stands before; None when the analyser's are right.

    The counter can be the beginning of a longer word: 日間, 人目.
    """
    surface = morpheme.surface()
    counter, rest = surface[0], surface[1:]
    pairs = read_counted(digits, counter, before, rest + after)
    if pairs is None or not rest:
        return pairs
    if rest not in AFTER_COUNTER:
        return None
    return [*pairs, (rest, AFTER_COUNTER[rest])]


def corrected(sentence: str, units: Sequence[Unit], corrections: Corrections) -> list[Unit]:
    """What corrections say of a sentence.

    A correction is for a word, not for the same characters inside another: it begins and ends where
    words do.
    """
    beginnings, ends = {unit.start for unit in units}, {unit.end for unit in units}
    found: list[Unit] = []
    for word, reading in corrections.in_order():
        start = sentence.find(word)
        while start >= 0:
            end = start + len(word)
            free = all(end <= other.start or other.end <= start for other in found)
            if free and start in beginnings and end in ends:
                pairs = align(word, reading) if reading else [(word, "")]
                found.append(Unit(start, end, pairs))
            start = sentence.find(word, end)
    return found


def read(sentence: str, corrections: Corrections) -> Pairs:
    """The words with kanji in a sentence, in order, each with its reading or "" for none.

    Raises ImportError when the analyser is not installed.
    """
    sentence = SPACE.sub("", sentence)
    units = units_of(sentence)
    found = corrected(sentence, units, corrections)
    others = (
        unit for unit in units if not any(other.start <= unit.start < other.end for other in found)
    )
    in_order = sorted((*found, *others), key=lambda unit: unit.start)
    return [pair for unit in in_order for pair in unit.pairs]
