"""Participants by year: the chart and the table tell the same, and a gap is no zero."""

import pytest
from django.test import Client

from jet.chart import HEIGHT, draw_chart
from jet.models import ParticipantCount


def test_the_highest_bar_is_as_tall_as_the_chart_and_the_others_in_proportion():
    chart = draw_chart([("2000", 1000), ("2001", 4000)])
    assert [bar.height for bar in chart.bars] == [HEIGHT // 4, HEIGHT]
    assert all(bar.y + bar.height == HEIGHT for bar in chart.bars)


def test_a_year_without_a_number_has_a_place_and_no_bar():
    chart = draw_chart([("2019", 10), ("2020", None), ("2022", 10)])
    assert chart.bars[1].value is None
    assert chart.bars[2].x - chart.bars[0].x == 2 * (chart.bars[1].x - chart.bars[0].x)


def test_an_empty_chart_is_no_error():
    assert draw_chart([]).bars == []


@pytest.mark.django_db
def test_the_page_shows_every_year_and_says_where_the_source_has_no_number(site_content):
    html = Client().get("/en/jet/participants/").content.decode()
    for count in ParticipantCount.objects.all():
        assert f'<th scope="row">{count.year}</th>' in html
    assert html.count("no number in the source") == 2
    assert "<td>6,273</td>" in html
    assert html.count("</title></rect>") == 37
