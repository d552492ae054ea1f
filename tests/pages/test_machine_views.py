"""Sitemaps, robots.txt and the API tell machines what is public, and no more."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from translations.languages import LANGUAGES

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


# What the schemas of sitemaps.org allow, in their order; their text may not be copied here.
URL_PARTS = [f"{SITEMAP}loc", f"{SITEMAP}lastmod", f"{XHTML}link"]
W3C_MOMENT = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
)


def read_xml(client, address: str) -> ElementTree.Element:
    """An XML document at an address of the site."""
    response = client.get(urlsplit(address).path)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    assert response.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    return ElementTree.fromstring(response.content)


def test_sitemaps_have_the_form_that_their_schema_asks_for(site_content, client, settings):
    index = read_xml(client, "/sitemap.xml")
    assert (index.tag, index.attrib) == (f"{SITEMAP}sitemapindex", {})
    for sitemap in index:
        assert sitemap.tag == f"{SITEMAP}sitemap"
        assert [part.tag for part in sitemap] == [f"{SITEMAP}loc"]
        urls = read_xml(client, sitemap[0].text)
        assert (urls.tag, urls.attrib) == (f"{SITEMAP}urlset", {})
        assert 1 <= len(urls) <= 50_000
        addresses = [url.findtext(f"{SITEMAP}loc") for url in urls]
        assert len(set(addresses)) == len(addresses)
        for url, address in zip(urls, addresses, strict=True):
            assert (url.tag, url.attrib) == (f"{SITEMAP}url", {})
            order = [URL_PARTS.index(part.tag) for part in url]
            assert order == sorted(order)
            assert order.count(0) == 1 >= order.count(1)
            assert address.startswith(settings.SITE_URL + "/")
            assert len(address) < 2048
            for moment in url.iter(f"{SITEMAP}lastmod"):
                assert W3C_MOMENT.fullmatch(moment.text), address


def test_the_versions_of_a_page_name_each_other_in_every_sitemap_as_in_the_pages_head(
    site_content, client, settings
):
    Page.objects.filter(url_path="/home/offices/paris/").update(live=False)
    Page.objects.filter(url_path="/home-ja/offices/london/").update(live=False)
    links = {}
    for code in LANGUAGES:
        for url in read_xml(client, f"/sitemap-{code}.xml"):
            found = [(link.get("hreflang"), link.get("href")) for link in url.iter(f"{XHTML}link")]
            assert all(link.get("rel") == "alternate" for link in url.iter(f"{XHTML}link"))
            assert len(dict(found)) == len(found)
            links[url.findtext(f"{SITEMAP}loc")] = dict(found)
    tags = {language.tag for language in LANGUAGES.values()} | {"x-default"}
    for address, versions in links.items():
        for other in versions.values():
            assert links[other] == versions, (address, other)
        if versions:
            assert address in versions.values()
            assert set(versions) <= tags
            assert "x-default" in versions
    paris = links[f"{settings.SITE_URL}/fr/offices/paris/"]
    assert "en" not in paris
    assert paris["x-default"] == f"{settings.SITE_URL}/ja/offices/paris/"
    assert f"{settings.SITE_URL}/en/offices/paris/" not in links
    alternate = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
    for path in ("/fr/offices/paris/", "/ko/offices/london/", "/ja-easy/contact/"):
        head = client.get(path).content.decode()
        assert dict(alternate.findall(head)) == links[settings.SITE_URL + path], path


def test_a_language_without_pages_has_no_sitemap(site_content, client):
    Page.objects.filter(locale__language_code="th").update(live=False)
    names = [loc.text for loc in read_xml(client, "/sitemap.xml").iter(f"{SITEMAP}loc")]
    assert len(names) == len(LANGUAGES) - 1
    assert client.get("/sitemap-th.xml").status_code == 404


def may_be_read(rules: str, path: str) -> bool:
    """Whether robots may read a path, as RFC 9309 reads robots.txt."""
    lines = [line.split(": ", 1) for line in rules.splitlines() if line and line[0] != "#"]
    names = {name for name, _ in lines}
    assert names == {"User-agent", "Disallow", "Sitemap"}
    assert lines[0] == ["User-agent", "*"]
    patterns = [value for name, value in lines if name == "Disallow"]
    return not any(
        re.match(re.escape(pattern).replace(r"\*", ".*").replace(r"\$", "$"), path)
        for pattern in patterns
    )


def test_robots_read_pages_feeds_and_files_and_no_searches_forms_or_views_beside(
    site_content, client
):
    rules = client.get("/robots.txt").content.decode()
    for code in LANGUAGES:
        for path in ("search/?q=a", "feedback/7/", "multicultural/guide/waste/show/"):
            assert not may_be_read(rules, f"/{code}/{path}")
        for path in ("", "contact/", "news/", "feed/", "events.ics", "offices/research/"):
            assert may_be_read(rules, f"/{code}/{path}")
    for path in ("/admin/", "/accounts/login/"):
        assert not may_be_read(rules, path)
    for path in ("/", "/sitemap.xml", "/static/css/site.css", "/media/images/a.webp", "/llms.txt"):
        assert may_be_read(rules, path)
    listed = [loc.text for loc in read_xml(client, "/sitemap-en.xml").iter(f"{SITEMAP}loc")]
    assert all(may_be_read(rules, urlsplit(address).path) for address in listed)


def test_the_index_names_a_sitemap_for_each_language(site_content, client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    names = [loc.text for loc in tree.iter(f"{SITEMAP}loc")]
    assert names == [f"http://127.0.0.1:8000/sitemap-{code}.xml" for code in LANGUAGES]
    assert (
        "Sitemap: http://127.0.0.1:8000/sitemap.xml" in client.get("/robots.txt").content.decode()
    )


def test_a_sitemap_lists_every_page_of_its_language_with_all_its_versions(site_content, client):
    tree = ElementTree.fromstring(client.get("/sitemap-th.xml").content)
    urls = {url.find(f"{SITEMAP}loc").text: url for url in tree.iter(f"{SITEMAP}url")}
    assert len(urls) == Page.objects.filter(locale__language_code="th", live=True).count()
    paris = urls["http://127.0.0.1:8000/th/offices/paris/"]
    versions = {link.get("hreflang"): link.get("href") for link in paris.iter(f"{XHTML}link")}
    assert set(versions) == {language.tag for language in LANGUAGES.values()} | {"x-default"}
    assert versions["x-default"] == versions["en"] == "http://127.0.0.1:8000/en/offices/paris/"
    assert versions["zh-Hans"] == "http://127.0.0.1:8000/zh-hans/offices/paris/"


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


def test_whoever_knows_the_password_of_a_restricted_page_reads_it(site_content, client):
    guide = Page.objects.get(url_path="/home/multicultural/guide/")
    PageViewRestriction.objects.create(
        page=guide, restriction_type=PageViewRestriction.PASSWORD, password="open-sesame"
    )
    path = "/en/multicultural/guide/waste/"
    action = re.search(r'action="([^"]+with_password[^"]+)"', client.get(path).content.decode())[1]
    wrong = client.post(action, {"password": "sesame", "return_url": path})
    assert 'type="password"' in wrong.content.decode()
    right = client.post(action, {"password": "open-sesame", "return_url": path})
    assert (right.status_code, right["Location"]) == (302, path)
    assert "Was this page useful?" in client.get(path).content.decode()


def test_a_page_for_those_who_are_signed_in_leads_to_the_sign_in_of_the_site(site_content, client):
    guide = Page.objects.get(url_path="/home/multicultural/guide/")
    PageViewRestriction.objects.create(page=guide, restriction_type=PageViewRestriction.LOGIN)
    path = "/en/multicultural/guide/waste/"
    response = client.get(path)
    assert response["Location"] == f"/accounts/login/?next={path}"
    assert client.get("/en/_util/login/").status_code == 404
