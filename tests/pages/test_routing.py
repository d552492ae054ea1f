"""Pages are found by their address by an index, and only what is public counts as that."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from pages.models import HomePage
from pages.routing import find_place
from tests.pages.factories import make_home, make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_home()


def test_a_page_is_found_with_those_above_it_and_the_menu(home):
    guide = make_page(home, slug="guide", show_in_menus=True)
    waste = make_page(guide, slug="waste")
    place = find_place("en", "guide/waste/")
    assert place.page.pk == waste.pk
    assert [page.pk for page in place.ancestors] == [home.pk, guide.pk]
    assert guide.pk in [page.pk for page in place.menu]
    assert waste.pk not in [page.pk for page in place.menu]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole")
def test_both_the_way_and_the_menu_are_read_by_an_index(home):
    with CaptureQueriesContext(connection) as queries:
        find_place("en", "guide/waste/")
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries.captured_queries[-1]["sql"])
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "clair_page_url_path" in plan
    assert "clair_page_menu" in plan
    assert "SCAN wagtailcore_page" not in plan


def test_a_page_is_public_when_neither_it_nor_any_above_it_is_for_some_only(home):
    guide = make_page(home, slug="guide")
    make_page(guide, slug="waste")
    assert find_place("en", "guide/waste/").public
    PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert not find_place("en", "guide/waste/").public
    assert not find_place("en", "guide/").public
    assert find_place("en", "").public


def test_below_a_page_that_is_not_live_nothing_is_taken_for_public(home):
    guide = make_page(home, slug="guide")
    make_page(guide, slug="waste")
    PageViewRestriction.objects.create(page=guide, restriction_type="login")
    guide.unpublish()
    assert not find_place("en", "guide/waste/").public


def test_an_alias_is_not_taken_for_public_before_its_original_was_asked(home):
    guide = make_page(home, slug="guide")
    guide.create_alias(parent=home, update_slug="copy")
    assert not find_place("en", "copy/").public
