"""Numbers and dates in each language's own form, from CLDR through Babel."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton, format_time, get_timezone
from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils import translation

from .languages import LANGUAGES, SOURCE_CODE, Language

PRECISION_SKELETONS = {"month": "yMMMM", "year": "y"}


def active_language() -> Language:
    """The language in force, or the source language when none of ours is."""
    code = (translation.get_language() or SOURCE_CODE).lower()
    return LANGUAGES.get(code) or LANGUAGES[SOURCE_CODE]


def number(value: int | float | Decimal) -> str:
    """`value` with the language's grouping and decimal sign; the digits are 0 to 9, as in dates."""
    return _number(value, active_language().cldr)


# A page has the same numbers and dates for each reader, and CLDR's patterns are slow to apply.
@lru_cache(maxsize=10_000)
def _number(value: int | float | Decimal, cldr: str) -> str:
    return format_decimal(value, locale=cldr)


def day(value: date, precision: str = "day") -> str:
    """A date written out; `precision` is day, month or year."""
    return _day(value, precision, active_language())


@lru_cache(maxsize=10_000)
def _day(value: date, precision: str, language: Language) -> str:
    cldr = language.cldr
    if pattern := dict(language.date_patterns).get(precision):
        return format_date(value, format=pattern, locale=cldr)
    if skeleton := PRECISION_SKELETONS.get(precision):
        return format_skeleton(skeleton, value, locale=cldr)
    return format_date(value, format="long", locale=cldr)


def clock_time(value: datetime, zone: str) -> str:
    """The time of day of an aware `value` in the time zone named (IANA)."""
    language = active_language()
    pattern = dict(language.date_patterns).get("time", "short")
    return format_time(value, format=pattern, tzinfo=get_timezone(zone), locale=language.cldr)


def minutes(value: int) -> str:
    """A number of minutes in few letters: 8 min, 8 分."""
    return format_unit(value, "duration-minute", length="short", locale=active_language().cldr)
