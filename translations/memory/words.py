"""The words that a text is found by when another is nearly the same.

Comparing a text with all of a large memory takes seconds. Two texts that are alike by three
quarters share some of their longest words, so only those that do are compared.
"""

from __future__ import annotations

import hashlib
import re

# Enough that a changed text keeps one of them, few enough that the index stays small.
WORDS_A_TEXT = 12
# Words of fewer letters stand in most texts, and count only where there are no others.
SHORT = 3
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+")
# Of longer words only the beginning counts: office, offices, officer.
BEGINNING = 6
# Scripts that put no spaces between words.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def words_of(text: str) -> list[str]:
    """The beginnings of a text's longest words; of scripts without spaces, pairs of characters."""
    lengths: dict[str, int] = {}
    for word in WORD.findall(TAG.sub(" ", text).casefold()):
        if UNSPACED.search(word) and len(word) > 2:
            for start in range(len(word) - 1):
                lengths[word[start : start + 2]] = 2
        else:
            beginning = word[:BEGINNING]
            lengths[beginning] = max(len(word), lengths.get(beginning, 0))
    words = [word for word in lengths if len(word) > SHORT or UNSPACED.search(word)]
    words = words or list(lengths)
    return sorted(words, key=lambda word: (-lengths[word], digest(word)))[:WORDS_A_TEXT]


def digest(word: str) -> int:
    """A word as a number that fits into the database."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), signed=True)
