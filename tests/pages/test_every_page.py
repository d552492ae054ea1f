"""What holds for every public page of the site, in every language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from pages.addresses import public_path
from translations.languages import LANGUAGES

MAX_QUERIES = 8
# The languages that have every page; partial ones have some.
WHOLE = [code for code, language in LANGUAGES.items() if not language.partial]

# What is the same in English and in another language by right: names, codes, titles of sources.
NAMES = {
    "CLAIR",
    "CLAIR Paris",
    "CLAIR Singapore",
    "CLAIR Sydney",
    "Council of Local Authorities for International Relations",
    "English",
    "Hitoshi Iikawa",
    "JET",
    "JET Programme",
    "JET Alumni Association",
    "JET Streams, 2007",
    "JET Streams, 2008",
    "Japan Local Government Center",
    "Japan NGO Center for International Cooperation, JANIC",
    "Japan Local Government Centre",
    "The Japan Times, 7 June 2019",
    "ALT",
    "CIR",
    "SEA",
}


class VisibleText(HTMLParser):
    """The text nodes that a reader sees or hears, without those marked as another language."""

    VOID = {"meta", "link", "br", "img", "input", "hr", "source", "path", "rect", "circle"}

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        hidden = tag in ("script", "style") or (tag != "html" and "lang" in attributes)
        if tag not in self.VOID:
            self.stack.append((tag, hidden))
        if not any(hidden for _, hidden in self.stack):
            for name in ("alt", "aria-label", "title", "placeholder"):
                if value := attributes.get(name):
                    self.texts.append(value.strip())
            if tag == "meta" and attributes.get("name") == "description":
                self.texts.append(attributes["content"].strip())

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(hidden for _, hidden in self.stack):
            self.texts.append(" ".join(data.split()))


def visible_texts(html: str) -> list[str]:
    """The visible texts of a page."""
    parser = VisibleText()
    parser.feed(html)
    return parser.texts


def addresses(code: str) -> list[str]:
    """The public addresses of all pages of a language."""
    paths = Page.objects.filter(locale__language_code=code, live=True, depth__gte=2)
    return [
        public_path(path, code)
        for path in paths.order_by("path").values_list("url_path", flat=True)
    ]


@pytest.fixture
def visitor(site_content, db) -> Client:
    """Someone without cookies."""
    return Client()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_answers_in_its_language_with_at_most_eight_queries(code, visitor):
    paths = addresses(code)
    if code in WHOLE:
        assert len(paths) == len(addresses("en")) >= 48
    else:
        assert 1 < len(paths) < len(addresses("en"))
    for path in paths:
        visitor.get(path)
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(path)
        assert response.status_code == 200, path
        html = response.content.decode()
        assert f'<html lang="{LANGUAGES[code].tag}" dir="ltr">' in html, path
        assert len(queries) <= MAX_QUERIES, (path, [q["sql"][:120] for q in queries])
        assert not response.cookies, path
        assert response["Content-Language"] == LANGUAGES[code].tag


OTHER_SCRIPTS = ("ja", "ja-easy", "zh-hans", "ko", "th", "ru")
# Addresses, signs alone, and a number of minutes as CLDR shortens it.
SAME_EVERYWHERE = re.compile(r"https?://\S+|\S+@\S+|[^a-z]*|\d+ mins?")
# Readings of Japanese sentences, in Latin letters.
READING = re.compile(r".*(?:desu|masu|mashita|kudasai|masen|ka)\.")
# Loan words that Tagalog speakers in Japan use every day, as two readers of the language judged.
LOANS = re.compile(r"Coast guard|Postal code [\d-]+")
# Words that are spelt alike in English and in other languages that use Latin letters.
ALIKE = re.compile(r"[A-Z][\w’'-]*(?:[ ,·]+(?:[A-Z][\w’'-]*|of|and))*\.?(?: \| CLAIR)?")


def untranslated(code: str, english: set[str], html: str) -> list[str]:
    """Texts of a translated page that stand on its English one word for word, names excepted."""
    passing = [SAME_EVERYWHERE, READING] + ([] if code in OTHER_SCRIPTS else [ALIKE])
    if code == "tl":
        passing.append(LOANS)
    return [
        text
        for text in visible_texts(html)
        if text in english
        and text not in NAMES
        and not any(pattern.fullmatch(text) for pattern in passing)
    ]


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_english_shows_on_pages_of_other_languages(code, visitor):
    left = {}
    for path in addresses(code):
        english = set(visible_texts(visitor.get(f"/en/{path[len(code) + 2 :]}").content.decode()))
        if texts := untranslated(code, english, visitor.get(path).content.decode()):
            left[path] = texts
    assert not left


@pytest.mark.parametrize("code", OTHER_SCRIPTS)
def test_pages_in_another_script_hold_no_run_of_english_words(code, visitor):
    english_words = re.compile(r"\b(?:the|and|of|for|with|your|you|from|this|are|is)\b")
    allowed = re.compile(
        "|".join(
            (
                "Council of Local Authorities for International Relations",
                "Japan Exchange and Teaching",
                "Japan NGO Center for International Cooperation",
                "International Restaurant and Foodservice Show( of New York)?",
            )
        )
    )
    left = {}
    for path in addresses(code):
        for text in visible_texts(visitor.get(path).content.decode()):
            if english_words.search(allowed.sub("", text)):
                left.setdefault(path, []).append(text)
    assert not left


def test_alternates_are_mutual_and_real(visitor):
    """Every hreflang leads to a page that names the first one in return."""
    alternate = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="[^/]+//[^/]+(/[^"]*)">')
    for path in ("/en/", "/ja/offices/paris/", "/th/multicultural/guide/waste/"):
        links = dict(alternate.findall(visitor.get(path).content.decode()))
        assert set(links) == {language.tag for language in LANGUAGES.values()} | {"x-default"}
        assert links["x-default"].startswith("/en/")
        assert path in links.values()
        for tag, other in links.items():
            back = dict(alternate.findall(visitor.get(other).content.decode()))
            assert back == links, (path, tag)


@pytest.mark.parametrize(
    "code", [code for code, language in LANGUAGES.items() if not language.has_own_tag]
)
def test_pages_whose_language_has_no_tag_of_its_own_are_no_alternates_and_have_none(code, visitor):
    canonical = re.compile(r'<link rel="canonical" href="[^/]+//[^/]+(/[^"]*)">')
    assert addresses(code)
    for path in addresses(code):
        head = visitor.get(path).content.decode().split("</head>")[0]
        assert "hreflang" not in head, path
        assert canonical.findall(head) == [path]
        whole = f"/en/{path.removeprefix(f'/{code}/')}"
        head = visitor.get(whole).content.decode().split("</head>")[0]
        tags = re.findall(r'hreflang="([^"]+)"', head)
        assert len(tags) == len(set(tags)) == len(WHOLE) + 1
        assert f"/{code}/" not in head, whole


def test_the_number_of_queries_does_not_grow_with_the_tree(visitor, django_assert_max_num_queries):
    """A thousand more pages change nothing; nor does looking for one that is not there."""
    from pages.models import NewsIndexPage, StandardPage

    paths = ["/en/", "/en/news/", "/ja/offices/", "/en/jet/"]
    counts = {}
    for path in paths:
        visitor.get(path)
        with CaptureQueriesContext(connection) as queries:
            visitor.get(path)
        counts[path] = len(queries)
    parent = NewsIndexPage.objects.get(locale__language_code="en").get_parent()
    last = parent.get_children().order_by("path").last()
    grown = StandardPage(title="Many", slug="many", locale_id=parent.locale_id)
    parent.add_child(instance=grown)
    assert grown.path > last.path
    rows = [
        Page(
            title=f"Page {number}",
            draft_title=f"Page {number}",
            slug=f"page-{number}",
            url_path=f"{grown.url_path}page-{number}/",
            path=Page._get_path(grown.path, grown.depth + 1, number),
            depth=grown.depth + 1,
            numchild=0,
            locale_id=parent.locale_id,
            content_type_id=grown.content_type_id,
        )
        for number in range(1, 1001)
    ]
    Page.objects.bulk_create(rows)
    Page.objects.filter(pk=grown.pk).update(numchild=1000)
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(path).status_code == 200
        assert len(queries) == counts[path], path


def test_the_number_of_queries_does_not_grow_with_the_languages(visitor):
    """The same page takes the same queries with four languages as with thirteen."""
    path = "/en/offices/paris/"
    visitor.get(path)
    with CaptureQueriesContext(connection) as with_all:
        visitor.get(path)
    kept = WHOLE[:4]
    Page.objects.exclude(locale__language_code__in=kept).filter(depth__gte=2).update(live=False)
    with CaptureQueriesContext(connection) as with_four:
        html = visitor.get(path).content.decode()
    assert html.count('rel="alternate" hreflang=') == 4 + 1
    assert len(with_four) == len(with_all)
