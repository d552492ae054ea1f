"""Template filters for numbers and dates in the reader's language."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from translations import language_forms

register = template.Library()


@register.filter
def number(value) -> str:
    """A number with the language's own digits and grouping."""
    return "" if value is None else language_forms.number(value)


@register.filter
def day(value: date | None, precision: str = "day") -> str:
    """A date written out in the language, to the precision day, month or year."""
    return "" if value is None else language_forms.day(value, precision)


@register.filter
def clock_time(value: datetime | None, zone: str) -> str:
    """The time of day in the time zone named."""
    return "" if value is None else language_forms.clock_time(value, zone)


@register.filter
def minutes(value: int) -> str:
    """A number of minutes in few letters."""
    return language_forms.minutes(value)
