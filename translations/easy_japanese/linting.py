"""Says where a text in Easy Japanese is hard to read: always warnings, as a person must decide.

Without the analyser, so that it answers while one types: a text in Easy Japanese has spaces between
its phrases, and its hard words are written in kanji or in katakana.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from ..checks.findings import WARNING, Finding
from ..furigana.markup import HAS_KANJI, KANJI, SENTENCE, Readings, normal

EASY_JAPANESE = "ja-easy"
FOLDER = Path(__file__).parent
# What one writer of Easy Japanese holds to; what explains a word in brackets is not counted.
MAX_SENTENCE = 35
EXPLANATION = re.compile(r"（[^（）]*）")
# A name in Latin letters counts as one letter, as does a number.
FOREIGN_WORD = re.compile(r"[A-Za-z0-9+]+(?:[ .,/@:-]*[A-Za-z0-9]+)*")
SENTENCE_END = re.compile(r"(?<=[。？！])")
KANJI_WORD = re.compile(f"[{KANJI}]+")
KATAKANA_WORD = re.compile("[\u30a1-\u30fa][\u30a1-\u30fa\u30fc]+")
NAME = re.compile(f"[{KANJI}]{{2,}}[県市区町村駅線課]|[{KANJI}]{{3,}}(?:協会|センター)")
DOUBLE_NEGATIVE = re.compile(
    r"ない ?(?:こと|わけ|もの) ?(?:は|では|も|で|じゃ) ?(?:ない|なく|ありません)"
    r"|な(?:けれ|く) ?(?:ば|ては|ちゃ) ?な(?:らない|りません)"
    r"|な(?:けれ|く) ?(?:ば|ては|ちゃ) ?いけ(?:ない|ません)"
    r"|ない ?と ?いけ(?:ない|ません)|ざるを ?得|ずには ?い(?:られ|け)|なくは ?(?:ない|ありません)"
)


@cache
def known_words(name: str) -> frozenset[str]:
    """The words of one of our lists, with kanji or from other languages, that most know."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def lint(text: str, readings: Mapping[str, Readings] | None = None) -> list[Finding]:
    """What makes a text in Easy Japanese hard to read.

    `text` is without markup. `readings` are those of its sentences, as `find_readings` of the
    furigana gives them; a sentence that is not among them is not looked at for kanji without one.
    """
    return [
        *long_sentences(text),
        *double_negatives(text),
        *loan_words(text),
        *hard_words(text),
        *kanji_without_reading(text, readings or {}),
    ]


def long_sentences(text: str) -> Iterator[Finding]:
    """Sentences of more letters than can be taken in at once."""
    for sentence in SENTENCE_END.split(EXPLANATION.sub("", text)):
        letters = len(FOREIGN_WORD.sub("A", sentence).replace(" ", ""))
        if letters > MAX_SENTENCE:
            message = _("A sentence has %(letters)d letters; %(limit)d are enough: %(sentence)s")
            yield Finding(
                "easy_length",
                WARNING,
                message % {"letters": letters, "limit": MAX_SENTENCE, "sentence": sentence.strip()},
            )


def double_negatives(text: str) -> Iterator[Finding]:
    """What says yes by saying no twice."""
    for match in DOUBLE_NEGATIVE.finditer(text):
        message = _("“%(words)s” says no twice. Say it without: ～て ください.")
        yield Finding("easy_negative", WARNING, message % {"words": match[0]})


def explained(text: str, word: str) -> bool:
    """Whether an explanation in brackets stands behind a word, here or where it is used first."""
    return re.search(f"{re.escape(word)}[\u3041-\u3096」]*（", text) is not None


def loan_words(text: str) -> Iterator[Finding]:
    """Words from other languages, which sound different in Japanese, unless they are common."""
    known = known_words("loan_words.txt")
    found = dict.fromkeys(
        match[0]
        for match in KATAKANA_WORD.finditer(text)
        if match[0] not in known and not explained(text, match[0])
    )
    for word in found:
        message = _(
            "“%(word)s” is a loan word that many do not know. Explain it, or say it in Japanese."
        )
        yield Finding("easy_loan_word", WARNING, message % {"word": word})


def hard_words(text: str) -> Iterator[Finding]:
    """Words with kanji that are not on the basic list, unless they are explained in the text.

    Names of places, railway lines, sections and the like are passed over, and what is in brackets:
    it says what a hard word means, or the official name of what an easy one means.
    """
    known = known_words("words.txt")
    found = dict.fromkeys(
        match[0]
        for match in KANJI_WORD.finditer(EXPLANATION.sub("", text))
        if not is_basic(match[0], known)
        and not NAME.fullmatch(match[0])
        and not explained(text, match[0])
    )
    for word in found:
        message = _(
            "“%(word)s” is not on the list of basic words. Explain it behind it in brackets."
        )
        yield Finding("easy_word", WARNING, message % {"word": word})


def is_basic(word: str, known: frozenset[str]) -> bool:
    """Whether a word is on the list, or made of two words that are, one of them longer."""
    return word in known or any(
        word[:cut] in known and word[cut:] in known
        for cut in range(1, len(word))
        if cut > 1 or len(word) - cut > 1
    )


def sentences_of(texts: Iterable[str]) -> set[str]:
    """The sentences of these texts as their readings are kept."""
    return {
        normal(match[0])
        for text in texts
        for match in SENTENCE.finditer(text)
        if HAS_KANJI.search(match[0])
    }


def kanji_without_reading(text: str, readings: Mapping[str, Readings]) -> Iterator[Finding]:
    """Words whose reading the furigana do not know, so that none stands above them."""
    found = dict.fromkeys(
        word
        for match in SENTENCE.finditer(text)
        for word, reading in readings.get(normal(match[0]), ())
        if not reading
    )
    for word in found:
        message = _("No reading is known for “%(word)s”. Give it one under Readings.")
        yield Finding("easy_reading", WARNING, message % {"word": word})
