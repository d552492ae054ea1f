"""The world map: every office is where it is, its area is shown, and its mark has room."""

from __future__ import annotations

import math
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from offices.models import OfficePage, ReportPage
from offices.world import HEIGHT, ROOM, TOKYO, WIDTH, boxes, marks, project, view_of
from translations.languages import LANGUAGES

CROWDED = [(51.5, 0.0), (51.6, 0.1), (48.9, 2.4), (35.7, 139.7), (35.7, 139.7), (-33.9, 151.2)]


def test_japan_is_near_the_middle_and_north_is_up():
    x, y = project(*TOKYO)
    assert abs(x - WIDTH / 2) < WIDTH / 20
    assert project(60, 0)[1] < y < project(-30, 0)[1] < HEIGHT


def test_places_lie_in_their_order_from_europe_over_asia_to_america():
    places = [(48.9, 2.4), (39.9, 116.4), TOKYO, (-33.9, 151.2), (40.7, -74.0)]
    across = [project(*place)[0] for place in places]
    assert across == sorted(across)
    assert all(0 < x < WIDTH for x in across)


def test_numbers_have_room_from_each_other_however_near_their_places_are():
    placed = [(mark.number_x, mark.number_y) for mark in marks(tuple(CROWDED))]
    for number, one in enumerate(placed):
        assert 0 <= one[0] <= WIDTH and 0 <= one[1] <= HEIGHT
        for other in placed[:number]:
            assert math.dist(one, other) > ROOM * 0.9


def test_a_place_with_nothing_near_keeps_its_number_at_its_own_spot():
    (mark,) = marks(((-33.87, 151.21),))
    assert (mark.number_x, mark.number_y) == (mark.x, mark.y)


@pytest.mark.parametrize("code", ["fr", "kr", "us", "sg"])
def test_a_part_of_the_map_holds_its_country_whole(code):
    left, top, right, bottom = boxes()[code]
    x, y, width, height = map(float, view_of([code], 48.86, 2.35).split())
    assert x <= left and right <= x + width
    assert y <= top and bottom <= y + height


@pytest.mark.django_db
def test_every_country_of_an_office_of_the_content_is_on_the_map(site_content):
    for office in OfficePage.objects.filter(locale__language_code="en", live=True):
        assert office.area_codes
        assert len(office.area_shapes) == len(office.area_codes.split())
        assert len(office.area_shapes) == len(office.area.split(","))


@pytest.mark.django_db
@pytest.mark.parametrize("codes", ["fr", "FRA", "FR, BE", "FR  BE"])
def test_an_editor_is_told_when_codes_of_countries_are_none(codes):
    office = OfficePage(area_codes=codes)
    with pytest.raises(ValidationError) as refusal:
        office.clean_fields(exclude=["path", "depth"])
    assert "area_codes" in refusal.value.message_dict


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "offices/"])
@pytest.mark.parametrize("code", [code for code, each in LANGUAGES.items() if not each.partial])
def test_the_map_and_the_list_beside_it_lead_to_every_office(code, path, site_content, client):
    html = client.get(f"/{code}/{path}").content.decode()
    drawing = html[html.index('<svg class="map"') :]
    in_map = drawing[: drawing.index("</svg>")]
    beside = html.replace(in_map, "")
    offices = OfficePage.objects.filter(locale__language_code=code, live=True)
    assert offices.count() == 7
    for office in offices:
        link = f'href="/{code}/offices/{office.slug}/"'
        assert in_map.count(link) == 1
        assert beside.count(link) == 1
        assert office.city in in_map
    assert beside.count("data-time-zone") == 7


@pytest.mark.django_db
def test_an_office_shows_the_reports_that_it_made_and_no_heading_without_one(site_content):
    london = OfficePage.objects.get(slug="london", locale__language_code="en")
    client = Client()
    assert "Examples of research" not in client.get("/en/offices/london/").content.decode()
    report = ReportPage.objects.get(slug="smoking-bans", locale__language_code="en")
    ReportPage.objects.filter(translation_key=report.translation_key).update(office=london)
    for code in ("en", "ja"):
        html = client.get(f"/{code}/offices/london/").content.decode()
        assert f'href="/{code}/offices/research/smoking-bans/"' in html
        assert html.count(report.slug) == 1


@pytest.mark.django_db
def test_an_office_without_codes_has_a_map_that_shows_where_it_is(site_content, client):
    OfficePage.objects.filter(slug="paris").update(area_codes="")
    html = client.get("/en/offices/paris/").content.decode()
    view = re.search(r'<svg class="map" viewBox="([^"]+)"', html)[1]
    x, y, width, height = map(float, view.split())
    at_x, at_y = project(48.86, 2.35)
    assert x < at_x < x + width and y < at_y < y + height


@pytest.mark.django_db
def test_without_offices_the_home_page_has_no_map(site_content, client):
    OfficePage.objects.filter(locale__language_code="en").update(live=False)
    assert 'class="map"' not in client.get("/en/").content.decode()
