"""What changed from one wording to the next, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# A word, a token of a tag, or one sign. Scripts without spaces are compared letter by letter.
WORD = re.compile(
    r"⟨/?\d+/?⟩|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|\w+|\s+|."
)


@dataclass(frozen=True)
class Part:
    """A stretch of text that stayed, came or went."""

    kind: Literal["same", "new", "old"]
    text: str


def differences(before: str, after: str) -> list[Part]:
    """The parts of two wordings in reading order: of each place what went, then what came."""
    old, new = WORD.findall(before), WORD.findall(after)
    parts = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(new[j1:j2])))
            continue
        if i2 > i1:
            parts.append(Part("old", "".join(old[i1:i2])))
        if j2 > j1:
            parts.append(Part("new", "".join(new[j1:j2])))
    return parts
