"""Numbers, dates and times stand in each language's own form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from translations import language_forms
from translations.languages import LANGUAGES

NARROW = "\u202f"  # the narrow no-break space, by which French groups digits
NO_BREAK = "\u00a0"  # the no-break space, by which Russian does

# Code: number, decimal number, day, month, year.
FORMS = {
    "en": ("12,345", "1,234.5", "1 July 2025", "July 2025", "2025"),
    "ja": ("12,345", "1,234.5", "2025年7月1日", "2025年7月", "2025年"),
    "ja-easy": ("12,345", "1,234.5", "2025年7月1日", "2025年7月", "2025年"),
    "zh-hans": ("12,345", "1,234.5", "2025年7月1日", "2025年7月", "2025年"),
    "ko": ("12,345", "1,234.5", "2025년 7월 1일", "2025년 7월", "2025년"),
    "es": ("12.345", "1.234,5", "1 de julio de 2025", "julio de 2025", "2025"),
    "pt-br": ("12.345", "1.234,5", "1 de julho de 2025", "julho de 2025", "2025"),
    "tl": ("12,345", "1,234.5", "Hulyo 1, 2025", "Hulyo 2025", "2025"),
    "de": ("12.345", "1.234,5", "1. Juli 2025", "Juli 2025", "2025"),
    "vi": ("12.345", "1.234,5", "ngày 1 tháng 7 năm 2025", "tháng 7 năm 2025", "2025"),
    "fr": (f"12{NARROW}345", f"1{NARROW}234,5", "1 juillet 2025", "juillet 2025", "2025"),
    "ru": (
        f"12{NO_BREAK}345",
        f"1{NO_BREAK}234,5",
        f"1 июля 2025{NARROW}г.",
        f"июль 2025{NARROW}г.",
        f"2025{NARROW}г.",
    ),
    "id": ("12.345", "1.234,5", "1 Juli 2025", "Juli 2025", "2025"),
    "th": ("12,345", "1,234.5", "1 กรกฎาคม 2025", "กรกฎาคม 2025", "2025"),
}
TIMES = {
    "en": "15:05",
    "ja": "15:05",
    "ja-easy": "15:05",
    "zh-hans": "15:05",
    "ko": "오후 3:05",
    "es": "15:05",
    "pt-br": "15:05",
    "tl": f"3:05{NARROW}PM",
    "de": "15:05",
    "vi": "15:05",
    "fr": "15:05",
    "ru": "15:05",
    "id": "15.05",
    "th": "15:05",
}


def test_the_tables_here_name_every_language():
    assert set(FORMS) == set(TIMES) == set(LANGUAGES)


@pytest.mark.parametrize("code", FORMS)
def test_numbers_and_dates_stand_in_the_languages_form(code):
    number, decimal, day, month, year = FORMS[code]
    when = date(2025, 7, 1)
    with override(code):
        assert language_forms.number(12345) == number
        assert language_forms.number(Decimal("12345.00")) == number
        assert language_forms.number(Decimal("1234.50")) == decimal
        assert language_forms.number(1234.5) == decimal
        assert language_forms.day(when) == day
        assert language_forms.day(when, "month") == month
        assert language_forms.day(when, "year") == year


@pytest.mark.parametrize("code", TIMES)
def test_the_time_of_day_is_that_of_the_place_in_the_languages_form(code):
    with override(code):
        assert (
            language_forms.clock_time(datetime(2025, 7, 1, 6, 5, tzinfo=UTC), "Asia/Tokyo")
            == TIMES[code]
        )


def test_the_place_of_an_event_decides_its_time_with_summer_time():
    winter, summer = datetime(2025, 1, 1, 12, tzinfo=UTC), datetime(2025, 7, 1, 12, tzinfo=UTC)
    with override("en"):
        assert language_forms.clock_time(winter, "Europe/London") == "12:00"
        assert language_forms.clock_time(summer, "Europe/London") == "13:00"
        assert language_forms.clock_time(summer, "America/New_York") == "08:00"


@pytest.mark.parametrize("code", ["th", "vi", "ru"])
def test_no_era_and_no_year_of_another_calendar_stands_in_running_text(code):
    with override(code):
        for precision in ("day", "month", "year"):
            shown = language_forms.day(date(2025, 7, 1), precision)
            assert "2025" in shown
            assert not any(word in shown for word in ("2568", "ค.ศ.", "พ.ศ.", "н. э."))


def test_a_language_that_is_not_ours_takes_the_source_languages_form():
    with override("sv"):
        assert language_forms.number(12345) == "12,345"
    with override(None):
        assert language_forms.day(date(2025, 7, 1)) == "1 July 2025"


def test_templates_place_numbers_and_dates_with_filters_and_nothing_for_what_is_not_known():
    template = Template(
        "{{ n|number }};{{ d|day }};{{ d|day:'month' }};{{ t|clock_time:'Asia/Seoul' }};"
        "{{ none|number }}{{ none|day }}{{ none|clock_time:'Asia/Seoul' }}"
    )
    values = {
        "n": 12345,
        "d": date(2025, 7, 1),
        "t": datetime(2025, 7, 1, 6, 5, tzinfo=UTC),
        "none": None,
    }
    with override("id"):
        assert template.render(Context(values)) == "12.345;1 Juli 2025;Juli 2025;15.05;"
