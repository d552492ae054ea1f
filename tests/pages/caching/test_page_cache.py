"""Visitors share finished answers; whoever is signed in neither gets nor makes them."""

from __future__ import annotations

import gzip

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from pages.caching.store import PageCacheBackend
from pages.models import HomePage
from tests.pages.factories import make_home, make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("page_cache")]
KEPT = "public, max-age=0, s-maxage={}, stale-while-revalidate=2, stale-if-error=86400"
# The home page shows the time at the offices.
PUBLIC = KEPT.format(60)


@pytest.fixture
def home() -> HomePage:
    return make_home(title="Council", summary="What we do. " * 20)


def test_a_page_may_be_kept_by_shared_caches_and_is_asked_for_each_time_by_browsers(home, client):
    response = client.get("/en/")
    assert response["Cache-Control"] == PUBLIC
    make_page(home, slug="waste")
    assert client.get("/en/waste/")["Cache-Control"] == KEPT.format(86_400)
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"].startswith('W/"')
    assert not response.cookies


def test_the_second_visitor_is_answered_without_a_query(home):
    first = Client().get("/en/")
    with CaptureQueriesContext(connection) as queries:
        second = Client().get("/en/")
    assert len(queries) == 0
    assert second.content == first.content
    assert {name: second[name] for name in first.headers} == dict(first.headers)


def test_a_reader_who_has_the_page_already_gets_only_that_it_still_holds(home, client):
    tag = client.get("/en/")["ETag"]
    again = client.get("/en/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == PUBLIC
    assert client.get("/en/", headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "deflate,gzip"])
def test_the_page_is_compressed_for_those_who_take_it(accepted, home, client):
    plain = client.get("/en/").content
    packed = client.get("/en/", headers={"Accept-Encoding": accepted})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain)


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br, gzip; q=0.0, deflate"])
def test_the_page_is_plain_for_those_who_do_not_take_it_compressed(accepted, home, client):
    response = client.get("/en/", headers={"Accept-Encoding": accepted})
    assert not response.has_header("Content-Encoding")
    assert b"</html>" in response.content


def test_whoever_is_signed_in_neither_fills_nor_reads_what_visitors_share(home):
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("editor"))
    seen = editor.get("/en/")
    assert seen["Cache-Control"] == "private, no-store"
    assert b"wagtail-userbar" in seen.content
    visitor = Client().get("/en/")
    assert b"wagtail-userbar" not in visitor.content
    assert b"wagtail-userbar" in editor.get("/en/").content


def test_a_page_for_some_only_is_kept_by_nobody(home, client):
    page = make_page(home, slug="members")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="sesame")
    for _ in range(2):
        response = client.get("/en/members/")
        assert "no-store" in response["Cache-Control"]
        assert "s-maxage" not in response["Cache-Control"]
        assert b'type="password"' in response.content


@pytest.mark.parametrize("path", ["/en/nothing/", "/en/search/?q=council", "/en/feedback/1/"])
def test_answers_that_are_no_pages_are_kept_by_nobody(path, home, client):
    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_an_unknown_query_string_is_answered_but_not_kept(home):
    Client().get("/en/?utm_source=post")
    home.title = "Another council"
    home.save()
    assert b"Another council" in Client().get("/en/?utm_source=post").content


def test_an_answer_of_another_version_of_the_project_is_made_anew(home, client, monkeypatch):
    client.get("/en/")
    monkeypatch.setattr("pages.caching.middleware.release", lambda: "the next one")
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/")
    assert len(queries) > 0


def test_an_answer_that_was_begun_before_a_purge_is_not_kept(home, monkeypatch):
    from pages import views

    serve = views.wagtail_serve

    def slow(request, path):
        response = serve(request, path).render()
        PageCacheBackend({}).purge("http://127.0.0.1:8000/en/")
        return response

    monkeypatch.setattr(views, "wagtail_serve", slow)
    assert Client().get("/en/")["Cache-Control"] == "private, no-store"
    monkeypatch.setattr(views, "wagtail_serve", serve)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get("/en/")["Cache-Control"] == PUBLIC
    assert len(queries) > 0


def test_a_cache_that_is_away_costs_no_visitor_their_page(home, client, settings):
    settings.CACHES = settings.CACHES | {
        "pages": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert b"Council" in client.get("/en/").content
    PageCacheBackend({}).purge("http://127.0.0.1:8000/en/")


def test_files_for_machines_are_kept_too(home, client):
    for path in ("/robots.txt", "/sitemap.xml", "/sitemap-en.xml", "/llms.txt", "/en/feed/"):
        assert "s-maxage" in client.get(path)["Cache-Control"], path
        assert not client.get(path).cookies
    assert caches["pages"].get("answer:/sitemap-en.xml")
