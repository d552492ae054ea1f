"""Every link of the site leads somewhere, and nothing on a page comes from another site."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from pages.addresses import public_path
from translations.languages import LANGUAGES

OURS = urlsplit(settings.SITE_URL).netloc
# What a browser loads or sends by itself, by element and attribute. A plain link may lead away.
LOADED = {
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("script", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("iframe", "src"),
    ("object", "data"),
    ("use", "href"),
    ("form", "action"),
    ("link", "href"),
}
FOLLOWED = LOADED | {("a", "href"), ("area", "href"), ("a", "ping"), ("button", "formaction")}
# These name other parts of the page, by their ids.
REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list"}
# Other views of a page, which search engines need not see, are alike in every language.
VIEWED_IN = ("th",)
PICTURES = {"og:image", "twitter:image"}


@dataclass
class Document:
    """What a page's HTML says of other addresses and of its own parts."""

    links: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    views: set[str] = field(default_factory=set)
    posted: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    ids: Counter[str] = field(default_factory=Counter)


class DocumentReader(HTMLParser):
    """Reads a document's addresses, made absolute, and its ids."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.document = Document()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.document.ids[attributes["id"]] += 1
        for name in REFERENCES & set(attributes):
            self.document.references |= set(attributes[name].split())
        if tag == "meta" and attributes.get("property", attributes.get("name")) in PICTURES:
            self.document.loaded.add(urljoin(self.address, attributes["content"]))
        for name in attributes:
            if (tag, name) not in FOLLOWED:
                continue
            for url in self.addresses(name, attributes[name]):
                if tag == "form" and attributes.get("method", "get").lower() == "post":
                    self.document.posted.add(url)
                elif (tag, name) in LOADED:
                    self.document.loaded.add(url)
                else:
                    self.document.links.add(url)
                    if "nofollow" in attributes.get("rel", ""):
                        self.document.views.add(url)

    def addresses(self, name: str, value: str) -> list[str]:
        """The addresses of an attribute, absolute; `srcset` has several, each with a width."""
        found = [each.split()[0] for each in value.split(",")] if name == "srcset" else [value]
        return [urljoin(self.address, each) for each in found]


def read(address: str, html: str) -> Document:
    """What the HTML at an address refers to."""
    reader = DocumentReader(f"{settings.SITE_URL}{address}")
    reader.feed(html)
    return reader.document


def local(url: str) -> str | None:
    """The path and query of an address of this site; None for one of another site."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.netloc != OURS:
        return None
    return parts._replace(scheme="", netloc="", fragment="").geturl()


@dataclass
class Crawl:
    """What a walk over the site's links met."""

    status: dict[str, int] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def wrong(self, address: str, url: str) -> str:
        """What is wrong with a link on a page; empty when it leads somewhere, or was not tried."""
        path = local(url)
        if path is None or (path not in self.status and url in self.documents[address].views):
            return ""
        if self.status[path] != 200:
            return f"{address} -> {path}: {self.status[path]}"
        part = unquote(urldefrag(url).fragment)
        if part and path in self.documents and part not in self.documents[path].ids:
            return f"{address} -> {path}: has no #{part}"
        return ""


def walk(client: Client, start: list[str]) -> Crawl:
    """Follows every link within the site, from some addresses on."""
    crawl = Crawl()
    queue = deque(start)
    while queue:
        address = queue.popleft()
        if address in crawl.status:
            continue
        response = client.get(address)
        crawl.status[address] = response.status_code
        html = response.get("Content-Type", "").startswith("text/html")
        content = b"".join(response) if response.streaming else response.content
        response.close()
        if response.status_code != 200 or not html:
            continue
        document = crawl.documents[address] = read(address, content.decode())
        found = {local(url) for url in document.links | document.loaded}
        if address.split("/")[1] not in VIEWED_IN:
            found -= {local(url) for url in document.views}
        queue.extend(path for path in sorted(found - {None}) if path not in crawl.status)
        for path in {local(url) for url in document.posted} - {None} - set(crawl.asked):
            # Whether there is somebody to take what is sent shows without sending it.
            crawl.asked[path] = client.get(path).status_code
    return crawl


@pytest.fixture(scope="module")
def crawl(site_content, django_db_blocker) -> Crawl:
    """A walk over the whole site that begins at the home pages."""
    with django_db_blocker.unblock():
        return walk(Client(), [f"/{code}/" for code in LANGUAGES])


@pytest.fixture(scope="module")
def page_addresses(site_content, django_db_blocker) -> list[str]:
    """The addresses of all public pages."""
    pages = Page.objects.filter(live=True, depth__gte=2, locale__language_code__in=LANGUAGES)
    with django_db_blocker.unblock():
        rows = pages.values_list("url_path", "locale__language_code")
        return [public_path(url_path, code) for url_path, code in rows]


def test_every_link_within_the_site_leads_there_at_once(crawl: Crawl) -> None:
    wrong = [
        complaint
        for address, document in crawl.documents.items()
        for url in document.links | document.loaded
        if (complaint := crawl.wrong(address, url))
    ]
    assert wrong == []


def test_every_form_has_somebody_to_take_it(crawl: Crawl) -> None:
    assert crawl.asked
    assert {path: status for path, status in crawl.asked.items() if status not in (200, 405)} == {}


def test_every_page_can_be_reached_from_the_home_page(
    crawl: Crawl, page_addresses: list[str]
) -> None:
    assert len(page_addresses) >= 600
    assert set(page_addresses) - set(crawl.documents) == set()


def test_no_page_loads_anything_from_another_site(crawl: Crawl) -> None:
    elsewhere = {
        (address, url)
        for address, document in crawl.documents.items()
        for url in document.loaded | document.posted
        if local(url) is None and not url.startswith("data:")
    }
    assert elsewhere == set()


def test_every_id_is_there_once_and_every_reference_has_its_id(crawl: Crawl) -> None:
    twice = {
        address: [name for name, count in document.ids.items() if count > 1]
        for address, document in crawl.documents.items()
    }
    assert {address: names for address, names in twice.items() if names} == {}
    lost = {
        address: document.references - set(document.ids)
        for address, document in crawl.documents.items()
    }
    assert {address: names for address, names in lost.items() if names} == {}


def test_every_page_links_to_the_accessibility_statement_in_its_language(
    crawl: Crawl, page_addresses: list[str]
) -> None:
    silent = [
        address
        for address in page_addresses
        if f"{settings.SITE_URL}/{address.split('/')[1]}/accessibility/"
        not in crawl.documents[address].links
    ]
    assert silent == []


def test_a_walk_tells_a_dead_link_a_redirect_and_a_lost_part_from_a_good_link(db, client) -> None:
    pages = {
        "/en/": '<p id="top"><p id="top"><a href="#top"><a href="#end"><a href="/en/no-such-page/">'
        '<a href="/"><a href="https://example.org/"><img src="https://example.org/x.png" srcset="'
        '/a.png 1x, /b.png 2x"><label for="nobody">'
    }
    document = read("/en/", pages["/en/"])
    assert document.ids == {"top": 2}
    assert document.references == {"nobody"}
    assert {local(url) for url in document.loaded} == {None, "/a.png", "/b.png"}
    crawl = Crawl(
        status={"/en/": 200, "/en/no-such-page/": 404, "/": 302}, documents={"/en/": document}
    )
    assert sorted(filter(None, (crawl.wrong("/en/", url) for url in document.links))) == [
        "/en/ -> /: 302",
        "/en/ -> /en/: has no #end",
        "/en/ -> /en/no-such-page/: 404",
    ]
