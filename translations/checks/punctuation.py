"""Punctuation as each language sets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from .findings import WARNING, Finding

CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
THAI = "\u0e00-\u0e7f"
# What may end a text where the source ends with a sign.
ENDINGS = {
    ".": ".。．",
    "?": "?？؟",
    "!": "!！",
    ":": ":：",
    "…": "…",
}
CLOSING = "\"'”’»›」』)）]】 \u00a0"
PAIRS = ("()", "（）", "[]", "「」", "『』", "«»", "“”", "《》")
# These take as closing what others take as opening: German „…“, and ” alone as an apostrophe.
QUOTES_LOW = {"de": ("“”",), "ru": ("“”",)}

FRENCH_NARROW = re.compile(r"(?<=[\w)»])[;!?»](?!\w)|(?<=[\w)»]):(?=\s|$)|«(?=\w)")
HALF_WIDTH_IN_CJK = re.compile(rf"(?<=[{CJK}])[,.;:?!](?=[{CJK}\s]|$)")
SPACE_BEFORE = re.compile(r"(?<=\w)\s+[,.;:!?](?=\s|$)")
NO_SPACE_AFTER = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
THAI_FULL_STOP = re.compile(rf"(?<=[{THAI}]{{4}})\.$")


def check_punctuation(source: str, target: str, language: str) -> Iterator[Finding]:
    """What is unusual in a target's punctuation, in a language given by its first code."""
    if ending := wrong_ending(source, target, language):
        yield ending
    if brackets := unbalanced(source, target, language):
        message = _("These do not open and close in pairs: %(signs)s")
        yield Finding("brackets", WARNING, message % {"signs": " ".join(brackets)})
    if message := wrong_spacing(target, language):
        yield Finding("punctuation", WARNING, message)


def wrong_ending(source: str, target: str, language: str) -> Finding | None:
    """A target that ends as a sentence where the source does not, or the other way round."""
    wanted = last_sign(source)
    there = last_sign(target)
    if wanted == there:
        return None
    if language == "th" and (wanted in (".", "?") or there is None):
        return None  # Thai ends its sentences with a space, and its questions with a word
    if language == "ja" and wanted == "?":
        return None  # か。 asks by itself, and in a heading without the full stop
    if wanted is None:
        if there == "." and len(target) > 3 and not abbreviated(target):
            return Finding("ending", WARNING, _("It ends with a full stop; the source does not."))
        return None
    message = _("It does not end with a sign for “%(sign)s”, as the source does.")
    return Finding("ending", WARNING, message % {"sign": wanted})


def last_sign(text: str) -> str | None:
    """The sign that a text ends with, as in English, under quotation marks and brackets."""
    text = text.rstrip(CLOSING)
    return next((sign for sign, same in ENDINGS.items() if text and text[-1] in same), None)


def abbreviated(text: str) -> bool:
    """Whether a text ends with a common abbreviation."""
    return re.search(r"\b(?:\w|etc|usw|др|стр|núm|tel|no)\.$", text, re.IGNORECASE) is not None


def unbalanced(source: str, target: str, language: str) -> list[str]:
    """Pairs of signs of which one opens or closes alone, unless they do in the source too."""
    return [
        pair
        for pair in PAIRS
        if pair not in QUOTES_LOW.get(language, ())
        and target.count(pair[0]) != target.count(pair[1])
        and source.count(pair[0]) == source.count(pair[1])
        # 1) and 2) are no brackets.
        and not re.search(r"(?:^|\s)\w\)", target)
    ]


def wrong_spacing(target: str, language: str) -> str | None:
    """What is wrong with spaces at punctuation marks, or with the marks themselves."""
    if language == "fr":
        if FRENCH_NARROW.search(target):
            return _("In French a space stands before ; : ! ? » and after «.")
        return None
    if language in ("ja", "zh"):
        if HALF_WIDTH_IN_CJK.search(target):
            return _("After these characters, punctuation marks are full width: 。、？！：")
        return None
    if language == "th":
        return (
            _("Thai ends no sentence with a full stop.") if THAI_FULL_STOP.search(target) else None
        )
    if language == "es":
        for opening, closing in ("¿?", "¡!"):
            if target.count(opening) != target.count(closing):
                return _("In Spanish questions and exclamations open with ¿ or ¡.")
    if SPACE_BEFORE.search(target):
        return _("There is a space before a punctuation mark.")
    if NO_SPACE_AFTER.search(target):
        return _("A space is missing after a comma.")
    return None
