"""Numbers and dates in each language's own form, from CLDR through Babel."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_skeleton, format_time, get_timezone
from babel.numbers import format_decimal
from django.utils import translation

from .languages import LANGUAGES, SOURCE_CODE, Language

PRECISION_SKELETONS = {"month": "yMMMM", "year": "y"}


def active_language() -> Language:
    """The language in force, or the source language when none of ours is."""
    code = (translation.get_language() or SOURCE_CODE).lower()
    return LANGUAGES.get(code) or LANGUAGES[SOURCE_CODE]


def number(value: int | float | Decimal) -> str:
    """`value` with the language's grouping and decimal sign; the digits are 0 to 9, as in dates."""
    return format_decimal(value, locale=active_language().cldr)


def day(value: date, precision: str = "day") -> str:
    """A date written out; `precision` is day, month or year."""
    language = active_language()
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
