"""Numbers of a source that its target must have, however the language writes them."""

from __future__ import annotations

import re
import unicodedata

# What stands between the digits of one number: 5,933 and 5.933 and 5 933 and 5'933.
GROUPING = re.compile(r"(?<=\d)[.,'’\u00a0\u202f ](?=\d{3}(?!\d))")
DECIMAL = re.compile(r"(?<=\d),(?=\d)")
TEN_THOUSANDS = re.compile(r"(\d+(?:\.\d+)?)\s*[万萬만]")
HUNDRED_MILLIONS = re.compile(r"(\d+(?:\.\d+)?)\s*[億亿억]")
THOUSANDS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:千|천|тыс\.?|mil\b|ribu\b|nghìn\b|ngàn\b)", re.IGNORECASE
)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def missing_numbers(source: str, target: str) -> list[str]:
    """The numbers of a source that are not in its target, without signs between their digits.

    Digits of any script count, grouped and divided as anywhere in the world, and numbers in
    thousands and ten thousands; a full hour may lose its minutes, and a number its leading zero.
    translate-toolkit's own filter takes 5,933 and 5.933 for two numbers, and says of 171 that is
    named twice in one sentence of the target that it differs.
    """
    there = {number.lstrip("0") for number in NUMBER.findall(normalised(target))}
    missing = [
        number
        for number in NUMBER.findall(normalised(source))
        if number.lstrip("0") not in there and number.strip("0")
    ]
    return list(dict.fromkeys(missing))


def normalised(text: str) -> str:
    """A text whose numbers are written in one way."""
    text = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
    )
    text = GROUPING.sub("", text)
    text = DECIMAL.sub(".", text)
    text = HUNDRED_MILLIONS.sub(lambda match: multiplied(match[1], 100_000_000), text)
    text = TEN_THOUSANDS.sub(lambda match: multiplied(match[1], 10_000), text)
    return THOUSANDS.sub(lambda match: multiplied(match[1], 1000), text)


def multiplied(number: str, by: int) -> str:
    """A number that is written as so many thousands, in digits."""
    return f"{round(float(number) * by)} "
