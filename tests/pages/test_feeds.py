"""Each language has a feed of what is new or has changed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from pages.models import BasePage, NewsPage
from tests.pages.factories import make_page, publish
from translations.languages import LANGUAGES

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_feed(client, code: str) -> ElementTree.Element:
    """The feed of a language."""
    response = client.get(f"/{code}/feed/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def links(element: ElementTree.Element) -> dict[str, str]:
    """The addresses that a feed or an entry names, by what each is to it."""
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def entries(feed: ElementTree.Element) -> dict[str, ElementTree.Element]:
    """The entries of a feed by their ids, of which none may stand twice."""
    found = feed.findall(f"{ATOM}entry")
    by_id = {entry.findtext(f"{ATOM}id"): entry for entry in found}
    assert len(by_id) == len(found)
    return by_id


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_feed_has_what_atom_asks_for_in_its_language(code, site_content, client, settings):
    feed = read_feed(client, code)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(XML_LANG) == LANGUAGES[code].tag
    assert feed.findtext(f"{ATOM}title").startswith("CLAIR: ")
    assert links(feed) == {
        "self": f"{settings.SITE_URL}/{code}/feed/",
        "alternate": f"{settings.SITE_URL}/{code}/",
    }
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "CLAIR"
    assert 1 <= len(entries(feed)) <= 30
    for key, entry in entries(feed).items():
        assert key.startswith("urn:uuid:")
        page = BasePage.objects.get(
            translation_key=key.removeprefix("urn:uuid:"), locale__language_code=code
        )
        assert entry.findtext(f"{ATOM}title") == page.title
        assert entry.findtext(f"{ATOM}summary")
        path = links(entry)["alternate"].removeprefix(settings.SITE_URL)
        assert path.startswith(f"/{code}/")
        assert client.get(path).status_code == 200
        for name in ("published", "updated"):
            assert datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")).tzinfo


# RFC 4287, sections 3.3, 4.1.1 and 4.1.2: dates, and how often each element may stand.
RFC_3339 = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-][01]\d:[0-5]\d)"
)
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {
    "subtitle",
    "generator",
    "icon",
    "logo",
    "rights",
    "summary",
    "content",
    "published",
}
ANY_TIMES = {"author", "category", "contributor", "link", "entry"}


def assert_follows_rfc_4287(element: ElementTree.Element) -> None:
    """What the RFC asks of a feed and of an entry alike."""
    names = Counter(child.tag.removeprefix(ATOM) for child in element)
    assert set(names) <= ONCE | AT_MOST_ONCE | ANY_TIMES
    assert all(names[name] == 1 for name in ONCE)
    assert all(names[name] <= 1 for name in AT_MOST_ONCE)
    assert urlsplit(element.findtext(f"{ATOM}id")).scheme  # an absolute IRI
    for name in ("updated", "published"):
        for moment in element.findall(f"{ATOM}{name}"):
            assert RFC_3339.fullmatch(moment.text)
    for name in ("title", "subtitle", "summary"):
        for text in element.findall(f"{ATOM}{name}"):
            assert text.get("type", "text") in ("text", "html")
    for link in element.findall(f"{ATOM}link"):
        assert urlsplit(link.get("href")).netloc
        assert link.get("rel", "alternate") in ("alternate", "self")
    kinds = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_feed_follows_its_standard_to_the_letter(code, site_content, client):
    feed = read_feed(client, code)
    assert_follows_rfc_4287(feed)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    for entry in feed.findall(f"{ATOM}entry"):
        assert_follows_rfc_4287(entry)
        moments = [entry.findtext(f"{ATOM}{name}") for name in ("published", "updated")]
        first, last = map(datetime.fromisoformat, moments)
        assert first <= last
        assert entry.find(f"{ATOM}entry") is None


def test_the_ids_of_feeds_differ_and_a_page_has_the_same_id_in_all(site_content, client):
    feeds = {code: read_feed(client, code) for code in LANGUAGES}
    assert len({feed.findtext(f"{ATOM}id") for feed in feeds.values()}) == len(LANGUAGES)
    news = NewsPage.objects.filter(locale__language_code="en").first()
    for code in ("ja", "th"):
        publish(NewsPage.objects.get(locale__language_code=code, slug=news.slug))
    publish(news)
    for code in ("en", "ja", "th"):
        assert next(iter(entries(read_feed(client, code)))) == news.translation_key.urn


def test_the_page_that_was_published_last_comes_first_and_says_when(site_content, client):
    with translation.override("en"):
        publish(Page.objects.get(url_path="/home/jet/").specific)
    feed = read_feed(client, "en")
    dates = [entry.findtext(f"{ATOM}updated") for entry in entries(feed).values()]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == feed.findtext(f"{ATOM}updated")
    newest = next(iter(entries(feed).values()))
    assert links(newest)["alternate"].endswith("/en/jet/")
    assert newest.findtext(f"{ATOM}published") < dates[0]


def test_reading_a_feed_again_changes_nothing(site_content, client):
    assert client.get("/ru/feed/").content == client.get("/ru/feed/").content


def test_titles_and_summaries_with_signs_of_markup_arrive_as_they_were_written(
    site_content, client
):
    parent = Page.objects.get(url_path="/home/about/").get_parent()
    page = make_page(parent, title="Q & A <new>", summary="1 < 2 & 3")
    entry = entries(read_feed(client, "en"))[page.translation_key.urn]
    assert entry.findtext(f"{ATOM}title") == "Q & A <new>"
    summary = entry.find(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("html", "1 &lt; 2 &amp; 3")


def test_drafts_and_pages_for_some_only_are_not_in_the_feed(site_content, client):
    guide = Page.objects.get(url_path="/home/multicultural/guide/waste/").specific
    assert publish(guide).translation_key.urn in entries(read_feed(client, "en"))
    restriction = PageViewRestriction.objects.create(
        page=guide.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert guide.translation_key.urn not in entries(read_feed(client, "en"))
    restriction.delete()
    guide.unpublish()
    assert guide.translation_key.urn not in entries(read_feed(client, "en"))


def test_a_feed_takes_few_queries(site_content, client):
    client.get("/ko/feed/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/ko/feed/")
    assert len(queries) <= 3


def test_every_page_names_the_feed_of_its_language(site_content, client, settings):
    html = client.get("/vi/offices/paris/").content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert f'href="{settings.SITE_URL}/vi/feed/"' in html


def test_a_feed_is_only_for_reading(site_content, client):
    assert client.post("/en/feed/").status_code == 405
    assert client.get("/xx/feed/").status_code == 404
