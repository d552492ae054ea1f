"""What the site tells readers' devices: a worker, what to fetch ahead, a page, a manifest."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import PageViewRestriction

from pages.models import HomePage, StandardPage
from pages.offline import ahead, views
from tests.pages.factories import make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated
from translations.furigana.models import PageReadings
from translations.languages import LANGUAGES
from translations.store import bring_in
from translations.targets import make_target

pytestmark = pytest.mark.django_db
MAX_BYTES = 2048


@pytest.fixture
def home() -> HomePage:
    home = make_home()
    make_translated(home, make_locale("ja"), make_locale("ko"))
    return home


@pytest.fixture
def shelter(home) -> StandardPage:
    """A page that is needed in an emergency, in Japanese and Korean too."""
    page = make_page(home, slug="shelter", title="Shelter", summary="Go there.", emergency=True)
    make_translated(page, make_locale("ja"), make_locale("ko"))
    return page


def listed(code: str) -> dict[str, str]:
    """What a device fetches ahead in a language, with the version of each."""
    return Client().get(f"/{code}/offline.json").json()["pages"]


def own(code: str) -> list[str]:
    """What a device fetches ahead in a language, beside what the database may hold already."""
    return [address for address in listed(code) if "/multicultural/" not in address]


def test_any_page_can_be_marked_as_needed_in_an_emergency(home):
    for model in StandardPage, HomePage:
        fields = model.get_edit_handler().get_form_class().base_fields
        assert fields["emergency"].label == "Needed in an emergency"


def test_a_device_fetches_ahead_what_is_marked_in_its_language(shelter, home):
    make_page(home, slug="waste")
    assert own("ko") == ["/ko/offline/", "/ko/shelter/", "/ko/shelter/show/"]
    # A Japanese page is shown beside whichever language the other person reads.
    assert own("ja") == ["/ja/offline/", "/ja/shelter/"]
    assert own("fr") == ["/fr/offline/"]
    for address in own("ko"):
        response = Client().get(address)
        assert response.status_code == 200
        assert "public" in response["Cache-Control"]


def test_a_page_that_was_published_again_has_another_version(shelter, home):
    make_page(home, slug="numbers", emergency=True)
    before = {code: listed(code) for code in ("en", "ja", "ko")}
    shelter.summary = "Go there at once."
    publish(shelter)
    for code in ("en", "ja", "ko"):
        assert listed(code)[f"/{code}/shelter/"] != before[code][f"/{code}/shelter/"]
        assert listed(code)[f"/{code}/offline/"] != before[code][f"/{code}/offline/"]
    assert listed("en")["/en/numbers/"] == before["en"]["/en/numbers/"]


def test_only_what_shows_the_japanese_changes_with_it(shelter):
    before = {code: listed(code) for code in ("ja", "ko")}
    publish(shelter.get_translation(make_locale("ja")))
    assert listed("ja")["/ja/shelter/"] != before["ja"]["/ja/shelter/"]
    assert listed("ko")["/ko/shelter/show/"] != before["ko"]["/ko/shelter/show/"]
    assert listed("ko")["/ko/shelter/"] == before["ko"]["/ko/shelter/"]


def test_another_version_of_the_project_is_another_version_of_each_page(shelter, monkeypatch):
    before = listed("ko")
    monkeypatch.setattr(ahead, "release", lambda: "the next one")
    after = listed("ko")
    assert after.keys() == before.keys()
    assert not [address for address in after if after[address] == before[address]]


def test_a_translation_takes_the_mark_over_from_its_source(shelter):
    shelter.emergency = False
    source, _ = bring_in(publish(shelter))
    make_target(source, make_locale("ko"))
    assert own("ko") == ["/ko/offline/"]


def test_with_a_japanese_page_comes_the_one_with_furigana(shelter):
    japanese = shelter.get_translation(make_locale("ja"))
    readings = PageReadings.objects.create(page=japanese, readings={"避難所": ["ひなんじょ"]})
    address = "/ja/shelter/?furigana=1"
    assert own("ja") == ["/ja/offline/", "/ja/shelter/", address]
    assert Client().get(address).status_code == 200
    before = listed("ja")
    readings.readings = {}
    readings.save()
    assert listed("ja")[address] != before[address]
    assert listed("ja")["/ja/shelter/"] == before["/ja/shelter/"]


def test_a_page_that_only_some_may_read_is_not_fetched_ahead_nor_listed(shelter):
    restriction = {"restriction_type": "password", "password": "sesame"}
    korean = shelter.get_translation(make_locale("ko"))
    PageViewRestriction.objects.create(page=korean, **restriction)
    assert own("ko") == ["/ko/offline/"]
    assert "/ko/shelter/" not in Client().get("/ko/offline/").content.decode()
    PageViewRestriction.objects.create(
        page=shelter.get_translation(make_locale("ja")), **restriction
    )
    assert own("en") == ["/en/offline/", "/en/shelter/"]


def test_a_page_that_was_taken_down_is_not_fetched_ahead(shelter):
    shelter.unpublish()
    assert own("en") == ["/en/offline/"]


def test_lists_and_pages_take_few_queries_however_many_pages_are_marked(shelter, home):
    paths = {"/en/offline.json": 2, "/en/offline/": 4}
    for count in (1, 20):
        for number in range(count):
            make_page(home, slug=f"more-{count}-{number}", emergency=True)
        for path, most in paths.items():
            Client().get(path)
            with CaptureQueriesContext(connection) as queries:
                Client().get(path)
            assert len(queries) <= most, [query["sql"][:150] for query in queries]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_of_a_language_leads_to_what_a_device_needs(site_content, code):
    html = Client().get(f"/{code}/multicultural/guide/waste/").content.decode()
    assert f'<link rel="manifest" href="/manifest-{code}.webmanifest">' in html
    assert f'<a href="/{code}/offline/">' in html
    expected = {
        f"/{code}/multicultural/guide/{name}/"
        for name in ("emergency-numbers", "earthquake-and-tsunami", "seeing-a-doctor")
    }
    assert expected < set(listed(code))
    for address in listed(code):
        assert Client().get(address).status_code == 200


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_lists_what_is_needed_in_an_emergency(site_content, code):
    response = Client().get(f"/{code}/offline/")
    html = response.content.decode()
    assert f'<html lang="{LANGUAGES[code].tag}"' in html
    assert '<meta name="robots" content="noindex">' in html
    section = html.partition('aria-labelledby="needed"')[2].partition("</section>")[0]
    links = re.findall(r'<a href="([^"]+)"', section)
    assert [link.split("/")[-2] for link in links] == [
        "emergency-numbers",
        "earthquake-and-tsunami",
        "seeing-a-doctor",
    ]
    # The other languages have this page too.
    assert html.count('/offline/" hreflang=') >= len(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_manifest_names_the_site_in_its_language(home, code):
    response = Client().get(f"/manifest-{code}.webmanifest")
    manifest = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert manifest["lang"] == LANGUAGES[code].tag
    assert manifest["dir"] == LANGUAGES[code].direction
    assert manifest["start_url"] == f"/{code}/"
    assert manifest["short_name"] == "CLAIR"
    english = "Council of Local Authorities for International Relations"
    # Tagalog speakers say the English name.
    assert (english in manifest["name"]) == (code in ("en", "tl"))


def test_there_is_no_manifest_for_a_language_that_the_site_lacks(client):
    assert client.get("/manifest-xx.webmanifest").status_code == 404


def test_the_icons_have_the_sizes_that_the_manifest_gives(home):
    icons = Client().get("/manifest-en.webmanifest").json()["icons"]
    assert {icon["purpose"] for icon in icons} == {"any", "maskable"}
    for icon in icons:
        with Image.open(finders.find(icon["src"].removeprefix(settings.STATIC_URL))) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"
            assert icon["type"] == Image.MIME[picture.format]


def test_the_worker_is_small_and_is_asked_for_each_time(client):
    response = client.get("/service-worker.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in response["Cache-Control"]
    assert len(gzip.compress(response.content, 9)) <= MAX_BYTES
    assert "worker-src 'self'" in response["Content-Security-Policy"]


def test_a_changed_worker_keeps_its_pages_elsewhere(client, monkeypatch):
    version = re.compile(r'const VERSION = "([0-9a-f]{12})";')
    before = version.search(client.get("/service-worker.js").content.decode())[1]
    views.worker.cache_clear()
    assert version.search(client.get("/service-worker.js").content.decode())[1] == before
    monkeypatch.setattr(views, "LANGUAGES", ["en", "ne"])
    views.worker.cache_clear()
    assert version.search(client.get("/service-worker.js").content.decode())[1] != before
    views.worker.cache_clear()


@pytest.mark.parametrize("path", ["/service-worker.js", "/en/offline.json", "/en/offline/"])
def test_nobody_is_told_apart(path, home, client):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.post(path).status_code == 405
