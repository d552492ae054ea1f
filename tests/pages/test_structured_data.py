"""Every page says to search engines what it is (JSON-LD); the site says how to be read and told."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import Page

from pages.addresses import public_path
from translations.languages import LANGUAGES

pytestmark = pytest.mark.django_db
SCRIPT = re.compile(r'<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>', re.S)

# What schema.org, and search engines that show such things, need of a type.
NEEDED = {
    "AboutPage": {"mainEntity"},
    "CollectionPage": set(),
    "ContactPage": {"mainEntity"},
    "Dataset": {"description"},
    "Event": {"startDate", "endDate", "location", "eventStatus", "description"},
    "GovernmentOffice": {"address", "areaServed", "parentOrganization"},
    "NewsArticle": {"headline", "datePublished", "dateModified", "publisher"},
    "Report": {"headline", "about", "publisher", "dateModified"},
    "WebPage": set(),
    "WebSite": {"publisher"},
}


def read_data(client, path: str) -> dict[str, dict]:
    """The things that a page describes, by type; it has one document of them."""
    html = client.get(path).content.decode()
    (script,) = SCRIPT.findall(html)
    document = json.loads(script)
    assert document["@context"] == "https://schema.org"
    by_type = {node["@type"]: node for node in document["@graph"]}
    assert len(by_type) == len(document["@graph"]), path
    return by_type


def a_page_of_each_kind(code: str) -> dict[str, Page]:
    """One live page for each model, in a language."""
    pages = Page.objects.filter(locale__language_code=code, live=True, depth__gte=2)
    return {page.content_type.model: page for page in pages.select_related("content_type")}


def empty_values(node: object) -> list:
    """Values that say nothing, at any depth."""
    if isinstance(node, dict):
        return [found for value in node.values() for found in empty_values(value)]
    if isinstance(node, list):
        return [found for value in node for found in empty_values(value)] if node else [node]
    return [node] if node in ("", None) else []


@pytest.mark.parametrize("code", ["en", "ja", "th"])
def test_every_kind_of_page_says_what_it_is_and_where_it_stands(
    code, site_content, client, settings
):
    kinds = a_page_of_each_kind(code)
    assert len(kinds) >= 20
    seen = set()
    for kind, page in kinds.items():
        path = public_path(page.url_path, code)
        data = read_data(client, path)
        assert empty_values(list(data.values())) == [], kind
        (own,) = [node for node in data.values() if node.get("url") == settings.SITE_URL + path]
        assert own["name"] == page.title
        assert own["@type"] in NEEDED, kind
        assert set(own) >= NEEDED[own["@type"]], kind
        # An event or an office has no language of its own; the page about it does.
        language = (
            LANGUAGES[code].tag if own["@type"] not in ("Event", "GovernmentOffice") else None
        )
        assert own.get("inLanguage") == language, kind
        seen.add(own["@type"])
    assert seen == set(NEEDED)


ADDRESSES = {"@id", "url", "item", "sameAs", "urlTemplate", "image", "contentUrl", "license"}
DATES = {
    "datePublished",
    "dateModified",
    "startDate",
    "endDate",
    "foundingDate",
    "temporalCoverage",
}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(\.\d+)?([+-]\d\d:\d\d|Z))?)?)?")
# Also of what stands inside of something else.
NEEDED_INSIDE = {
    "BreadcrumbList": {"itemListElement"},
    "EntryPoint": {"urlTemplate"},
    "GovernmentOrganization": {"name", "@id"},
    "ListItem": {"position", "name", "item"},
    "Place": {"name", "address"},
    "PostalAddress": {"addressCountry"},
    "SearchAction": {"target", "query-input"},
}


def things(node: object) -> list[dict]:
    """Everything with a type in a document, at any depth."""
    if isinstance(node, list):
        return [found for each in node for found in things(each)]
    if not isinstance(node, dict):
        return []
    return [node] * ("@type" in node) + [found for each in node.values() for found in things(each)]


@pytest.mark.parametrize("code", ["en", "th", "ko"])
def test_all_that_is_described_has_what_its_type_needs_whole_addresses_and_real_dates(
    code, site_content, client
):
    seen = set()
    for kind, page in a_page_of_each_kind(code).items():
        for thing in things(list(read_data(client, public_path(page.url_path, code)).values())):
            assert set(thing) >= NEEDED_INSIDE.get(thing["@type"], set()), (kind, thing)
            seen.add(thing["@type"])
            for name in ADDRESSES & set(thing):
                assert str(thing[name]).startswith(("http://", "https://")), (kind, thing)
            for name in DATES & set(thing):
                assert DATE.fullmatch(thing[name]), (kind, thing)
    assert seen >= set(NEEDED_INSIDE)


def test_the_search_that_a_home_page_names_finds_something(site_content, client, settings):
    action = read_data(client, "/fr/")["WebSite"]["potentialAction"]
    assert action["query-input"] == "required name=search_term_string"
    address = action["target"]["urlTemplate"].format(search_term_string="Paris")
    html = client.get(address.removeprefix(settings.SITE_URL)).content.decode()
    assert 'href="/fr/offices/paris/"' in html


def test_the_breadcrumbs_of_a_page_lead_to_it_from_home_step_by_step(
    site_content, client, settings
):
    crumbs = read_data(client, "/ja/offices/events/sydney-matsuri-2014/")["BreadcrumbList"]
    steps = crumbs["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert [step["item"].removeprefix(settings.SITE_URL) for step in steps] == [
        "/ja/",
        "/ja/offices/",
        "/ja/offices/events/",
        "/ja/offices/events/sydney-matsuri-2014/",
    ]
    for step in steps:
        assert step["name"]
        assert client.get(step["item"].removeprefix(settings.SITE_URL)).status_code == 200


def test_every_page_below_home_has_breadcrumbs_and_home_has_none(site_content, client):
    for page in a_page_of_each_kind("en").values():
        data = read_data(client, public_path(page.url_path, "en"))
        assert ("BreadcrumbList" in data) == (page.depth > 2), page


def test_home_about_and_contact_describe_the_organisation_once_and_name_it_alike(
    site_content, client
):
    found = [
        read_data(client, path)["GovernmentOrganization"]
        for path in ("/en/", "/fr/about/", "/ja/contact/")
    ]
    assert len({node["@id"] for node in found}) == 1
    assert all(node["foundingDate"] == "1988" for node in found)
    assert found[2]["telephone"]
    home = read_data(client, "/en/")["WebSite"]
    assert home["publisher"]["@id"] == found[0]["@id"]
    assert "GovernmentOrganization" not in read_data(client, "/en/offices/")


def test_an_event_has_a_place_with_an_address_and_a_status(site_content, client):
    event = read_data(client, "/en/offices/events/sydney-matsuri-2014/")["Event"]
    assert event["location"]["@type"] == "Place"
    assert event["location"]["address"] == event["location"]["name"] == "Sydney, Australia"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["startDate"] == event["endDate"] == "2014-12-13"


def test_a_report_says_its_year_only_when_it_is_known(site_content, client):
    childcare = read_data(client, "/en/offices/research/childcare-new-zealand/")["Report"]
    assert (childcare["datePublished"], childcare["spatialCoverage"]) == ("2018", "New Zealand")
    assert "datePublished" not in read_data(client, "/en/offices/research/smoking-bans/")["Report"]


# llms.txt and security.txt


def test_llms_txt_describes_the_site_in_english_with_links_that_work(
    site_content, client, settings
):
    response = client.get("/llms.txt", headers={"Accept-Language": "ja"})
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Vary"] == "Accept-Encoding"
    text = response.content.decode()
    assert text.startswith("# CLAIR\n\n> ")
    assert re.findall(r"^## (.+)$", text, re.M) == ["Sections", "Languages", "Data", "Licence"]
    # llmstxt.org: sections are lists of links, each with what it leads to.
    for section in text.split("\n## ")[1:]:
        for line in section.strip().splitlines()[1:]:
            assert not line or re.match(r"- \[[^\]]+\]\(https?://[^)]+\)(?:: |$)", line), line
    addresses = re.findall(r"\]\(([^)]+)\)", text)
    own = [each for each in addresses if each.startswith(settings.SITE_URL)]
    assert set(addresses) - set(own) == {"https://creativecommons.org/licenses/by/4.0/"}
    assert len(own) == len(set(own)) >= 8 + 3 * len(LANGUAGES) + 2
    for address in own:
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200, address


def test_no_address_is_made_up_for_reports_of_weaknesses(client, settings):
    settings.SECURITY_CONTACTS = []
    assert client.get("/.well-known/security.txt").status_code == 404


def test_security_txt_names_the_contacts_and_when_they_end(client, settings):
    settings.SITE_URL = "https://www.example.org"
    settings.SECURITY_CONTACTS = ["mailto:security@example.org", "https://example.org/report"]
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Contact"] == settings.SECURITY_CONTACTS
    once = {name: value for name, value in fields if name != "Contact"}
    assert len(once) == len(fields) - 2
    expires = datetime.fromisoformat(once["Expires"])
    year = timedelta(days=365)
    assert year - timedelta(days=2) < expires - datetime.now(UTC) <= year
    assert once["Canonical"] == "https://www.example.org/.well-known/security.txt"
    assert once["Preferred-Languages"] == "en, ja"
