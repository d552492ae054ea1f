"""Figures show their number as people say it, with date and source, and what held before."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override

from pages.models import Figure
from pages.templatetags.pages import figure_date, figure_value

CASES = [
    ("en", "exact", 5933, "people", "5,933 people"),
    ("en", "over", 900, "people", "over 900 people"),
    ("ja", "over", 900, "人", "900人以上"),
    ("ja", "about", 23400, "人", "約23,400人"),
    ("de", "over", 52000, "Personen", "über 52.000 Personen"),
    ("fr", "exact", 52000, "personnes", "52\u202f000 personnes"),
    ("ru", "about", 52000, "человек", "около 52\u00a0000 человек"),
    ("ko", "over", 900, "명", "900여 명"),
    ("zh-hans", "over", 250, "个项目", "250多个项目"),
]


@pytest.mark.parametrize(("code", "qualifier", "value", "unit", "said"), CASES)
def test_a_number_reads_as_its_language_says_it(code, qualifier, value, unit, said):
    figure = Figure(value=Decimal(value), qualifier=qualifier, unit=unit)
    with override(code):
        assert strip_tags(figure_value(figure)) == said


def test_a_unit_cannot_bring_markup_into_the_page():
    figure = Figure(value=Decimal(1), qualifier="exact", unit="<script>x</script>")
    assert "<script>" not in figure_value(figure)


@pytest.mark.parametrize(
    ("precision", "said"),
    [("day", "as of 1 June 2019"), ("month", "as of June 2019"), ("year", "as of 2019")],
)
def test_a_date_is_shown_no_more_exactly_than_it_is_known(precision, said):
    figure = Figure(as_of=date(2019, 6, 1), precision=precision)
    with override("en"):
        assert figure_date(figure) == said
        assert figure_date(Figure(as_of=None)) == ""


@pytest.mark.django_db
def test_the_newer_of_two_figures_is_shown_and_the_older_kept_as_history(site_content):
    html = Client().get("/en/jet/").content.decode()
    shown, _, history = html.partition("<summary>Earlier figures</summary>")
    assert "<b>5,933</b>" in shown
    assert "over <b>4,000</b>" not in shown
    assert "over <b>4,000</b>" in history
    assert "https://jetprogramme.org/ja/about-jet/history" in shown


@pytest.mark.django_db
def test_every_figure_has_a_source_and_the_dated_ones_their_date(site_content):
    figures = Figure.objects.filter(locale__language_code="en")
    assert figures.count() == 35
    for figure in figures:
        assert figure.source
        assert figure.as_of or "undated" in figure.source or "CLAIR" in figure.source, figure.key
