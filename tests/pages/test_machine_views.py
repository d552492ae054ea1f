"""Sitemaps, robots.txt and the API tell machines what is public, and no more."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from translations.languages import LANGUAGES

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_the_index_names_a_sitemap_for_each_language(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    names = [loc.text for loc in tree.iter(f"{SITEMAP}loc")]
    assert names == [f"http://testserver/sitemap-{code}.xml" for code in LANGUAGES]
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_a_sitemap_lists_every_page_of_its_language_with_all_its_versions(site_content, client):
    tree = ElementTree.fromstring(client.get("/sitemap-th.xml").content)
    urls = {url.find(f"{SITEMAP}loc").text: url for url in tree.iter(f"{SITEMAP}url")}
    assert len(urls) == Page.objects.filter(locale__language_code="th", live=True).count()
    paris = urls["http://testserver/th/offices/paris/"]
    versions = {link.get("hreflang"): link.get("href") for link in paris.iter(f"{XHTML}link")}
    assert set(versions) == {language.tag for language in LANGUAGES.values()} | {"x-default"}
    assert versions["x-default"] == versions["en"] == "http://testserver/en/offices/paris/"
    assert versions["zh-Hans"] == "http://testserver/zh-hans/offices/paris/"


def test_a_page_for_some_only_and_all_below_it_are_not_listed(site_content, client):
    guide = Page.objects.get(url_path="/home/multicultural/guide/")
    PageViewRestriction.objects.create(page=guide, restriction_type=PageViewRestriction.LOGIN)
    listed = client.get("/sitemap-en.xml").content.decode()
    assert "/en/multicultural/" in listed
    assert "/en/multicultural/guide/" not in listed


def test_there_is_no_sitemap_for_a_language_that_the_site_lacks(client):
    assert client.get("/sitemap-xx.xml").status_code == 404


def test_the_api_reads_public_pages_and_writes_nothing(site_content):
    client = Client()
    found = client.get("/api/v2/pages/", {"type": "offices.OfficePage", "locale": "ja"}).json()
    assert found["meta"]["total_count"] == 7
    assert client.post("/api/v2/pages/", {}).status_code == 405


def test_a_restricted_page_asks_for_what_it_takes_also_below(site_content, client):
    guide = Page.objects.get(url_path="/home/multicultural/guide/")
    PageViewRestriction.objects.create(
        page=guide, restriction_type=PageViewRestriction.PASSWORD, password="open-sesame"
    )
    response = client.get("/en/multicultural/guide/waste/")
    assert response.status_code == 200
    assert "Choose what you need" not in response.content.decode()
    assert 'type="password"' in response.content.decode()
    assert client.get("/en/multicultural/").status_code == 200
