"""A visitor asks in their language and finds the page that answers; so does an editor."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page, PageViewRestriction
from wagtail.search.backends import get_search_backend

from accounts.models import User
from pages.models import StandardPage
from pages.search.excerpts import excerpt, marked
from pages.search.query import MAX_QUESTION
from tests.pages.factories import block, every_block, make_figure, make_home, make_page, publish
from translations.languages import LANGUAGES

MAX_QUERIES = 8

QUAKE = "multicultural/guide/earthquake-and-tsunami/"
WASTE = "multicultural/guide/waste/"
DOCTOR = "multicultural/guide/seeing-a-doctor/"
PARIS = "offices/paris/"

# For each language: what is asked, the page that must be among the first, one that must not.
KNOWN = {
    "en": [
        ("earthquakes", QUAKE, WASTE),
        ("doctors", DOCTOR, WASTE),
        ("sorting waste", WASTE, DOCTOR),
    ],
    "ja": [("津波", QUAKE, WASTE), ("ゴミ", WASTE, DOCTOR), ("病院", DOCTOR, WASTE)],
    "ja-easy": [
        ("津波", QUAKE, WASTE),
        ("高い所へ逃げて", QUAKE, WASTE),
        ("ゴミ", WASTE, DOCTOR),
        ("病院", DOCTOR, WASTE),
    ],
    "zh-hans": [("地震", QUAKE, WASTE), ("垃圾", WASTE, DOCTOR), ("医生", DOCTOR, WASTE)],
    "ko": [("지진은", QUAKE, WASTE), ("쓰레기", WASTE, DOCTOR), ("병원", DOCTOR, WASTE)],
    "es": [
        ("TERREMOTOS", QUAKE, WASTE),
        ("basura", WASTE, DOCTOR),
        ("medicos", DOCTOR, WASTE),
    ],
    "pt-br": [
        ("terremotos", QUAKE, WASTE),
        ("lixo", WASTE, DOCTOR),
        ("medico", DOCTOR, WASTE),
    ],
    "tl": [("lindol", QUAKE, WASTE), ("basura", WASTE, DOCTOR), ("doktor", DOCTOR, WASTE)],
    "de": [("Erdbebens", QUAKE, WASTE), ("mull", WASTE, DOCTOR), ("Arzt", DOCTOR, WASTE)],
    "vi": [("động đất", QUAKE, WASTE), ("rac", WASTE, DOCTOR), ("bac si", DOCTOR, WASTE)],
    "fr": [("tsunamis", QUAKE, WASTE), ("dechet", WASTE, DOCTOR), ("medecin", DOCTOR, WASTE)],
    "ru": [
        ("землетрясений", QUAKE, WASTE),
        ("мусора", WASTE, DOCTOR),
        ("врача", DOCTOR, WASTE),
    ],
    "id": [("gempa", QUAKE, WASTE), ("sampah", WASTE, DOCTOR), ("dokter", DOCTOR, WASTE)],
    "th": [("แผ่นดินไหว", QUAKE, WASTE), ("ขยะ", WASTE, DOCTOR), ("สึนามิ", QUAKE, DOCTOR)],
}


@pytest.fixture
def visitor() -> Client:
    """Someone without cookies."""
    return Client()


def ask(visitor: Client, code: str, question: str, **more: str) -> str:
    """The page of results."""
    response = visitor.get(f"/{code}/search/", {"q": question, **more})
    assert response.status_code == 200
    return response.content.decode()


def section(html: str, name: str) -> str:
    """The section of own matches or of those elsewhere."""
    found = re.search(rf'<section[^>]* aria-labelledby="{name}">.*?</section>', html, re.S)
    return found[0] if found else ""


def addresses(html: str) -> list[str]:
    """Where the titles of matches lead."""
    return re.findall(r'<h3><a href="([^"]+)"', html)


def found(visitor: Client, code: str, question: str, **more: str) -> list[str]:
    """The addresses of the matches in the reader's language, in order."""
    return addresses(section(ask(visitor, code, question, **more), "matches"))


# The site's own content


@pytest.mark.usefixtures("db", "site_content")
@pytest.mark.parametrize("code", LANGUAGES)
def test_known_questions_find_their_page_among_the_first_and_not_another(code, visitor):
    assert len(KNOWN[code]) >= 3
    for question, wanted, unwanted in KNOWN[code]:
        matches = found(visitor, code, question)
        assert f"/{code}/{wanted}" in matches[:3], (question, matches)
        assert f"/{code}/{unwanted}" not in matches, (question, matches)


@pytest.mark.usefixtures("db", "site_content")
@pytest.mark.parametrize("code", LANGUAGES)
def test_searching_takes_at_most_eight_queries_and_sets_no_cookie(code, visitor):
    visitor.get(f"/{code}/search/")
    for query in ("", "?q=CLAIR", "?q=CLAIR&pillar=jet", "?q=qqqqqq"):
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(f"/{code}/search/{query}")
        assert len(queries) <= MAX_QUERIES
        assert not response.cookies
        assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.usefixtures("db", "site_content")
def test_matches_show_what_was_asked_their_pillar_and_their_date(visitor):
    html = section(ask(visitor, "de", "Erdbeben"), "matches")
    assert re.search(r"<mark>Erdbeben\w*</mark>", html)
    assert "<span>" in html
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d">', html)


@pytest.mark.usefixtures("db", "site_content")
def test_a_pillar_and_a_kind_of_page_narrow_the_matches_down(visitor):
    everything = found(visitor, "en", "participants")
    on_all_pages = {*everything, *found(visitor, "en", "participants", page="2")}
    narrowed = found(visitor, "en", "participants", pillar="jet")
    assert narrowed and set(narrowed) < on_all_pages
    assert all(address.startswith("/en/jet/") for address in narrowed)
    offices = found(visitor, "en", "office", type="officepage")
    assert offices
    assert all(re.fullmatch(r"/en/offices/[a-z-]+/", address) for address in offices)
    # What nobody offers is not taken for a choice.
    assert found(visitor, "en", "participants", pillar="none", type="<b>") == everything


@pytest.mark.usefixtures("db", "site_content")
def test_many_matches_are_shown_page_by_page(visitor):
    first = found(visitor, "en", "japan")
    html = ask(visitor, "en", "japan")
    assert len(first) == 10
    assert "q=japan&amp;page=2" in html and 'rel="prev"' not in html
    second = found(visitor, "en", "japan", page="2")
    assert second and not set(first) & set(second)
    for number in ("0", "-1", "99999999999", "x", "²"):
        assert found(visitor, "en", "japan", page=number) == first
    assert found(visitor, "en", "japan", page="999")


@pytest.mark.usefixtures("db", "site_content")
def test_every_page_has_a_labelled_box_and_the_home_page_tells_machines(visitor):
    for code in ("en", "th"):
        html = visitor.get(f"/{code}/").content.decode()
        assert f'<form class="search" action="/{code}/search/" role="search"' in html
        assert '<label class="visually-hidden" for="site-search">' in html
        assert f"/{code}/search/?q={{search_term_string}}" in html


# Pages of a test's own


@pytest.fixture
def home(db):
    """An English home page and its Japanese and Thai versions; no other page is live."""
    from tests.pages.factories import make_locale

    Page.objects.filter(depth__gte=2).update(live=False)
    home = make_home()
    home.copy_for_translation(make_locale("ja"))
    home.copy_for_translation(make_locale("th"))
    for version in home.get_translations():
        publish(version)
    return home


def version(home: Page, code: str) -> Page:
    """The home page in a language."""
    return home.get_translations().get(locale__language_code=code)


def test_what_other_languages_have_is_offered_below_in_their_language(home, visitor):
    make_page(version(home, "ja"), title="高台への避難", slug="hills")
    html = ask(visitor, "en", "避難")
    assert section(html, "matches") == ""
    elsewhere = section(html, "elsewhere")
    assert '<li lang="ja" dir="ltr">' in elsewhere
    assert 'href="/ja/hills/" hreflang="ja"' in elsewhere
    assert "高台への<mark>避難</mark>" in elsewhere
    assert "日本語" in elsewhere


def test_a_page_that_the_reader_has_is_not_offered_again_in_another_language(home, visitor):
    from tests.pages.factories import make_locale

    page = make_page(home, title="Zebra crossing", slug="zebra")
    copy = page.copy_for_translation(make_locale("ja"))
    copy.title = "Zebra 横断歩道"
    publish(copy)
    html = ask(visitor, "en", "zebra")
    assert addresses(section(html, "matches")) == ["/en/zebra/"]
    assert section(html, "elsewhere") == ""


def test_a_page_is_found_once_it_is_published_and_no_more_when_it_is_taken_down(home, visitor):
    page = home.add_child(
        instance=StandardPage(title="Xylophone", slug="xylophone", locale=home.locale, live=False)
    )
    assert found(visitor, "en", "xylophones") == []
    page = publish(page)
    assert found(visitor, "en", "xylophones") == ["/en/xylophone/"]
    page.title = "Marimba"
    publish(page)
    assert found(visitor, "en", "xylophones") == []
    assert found(visitor, "en", "marimba") == ["/en/xylophone/"]
    page.unpublish()
    assert found(visitor, "en", "marimba") == []


def test_what_only_some_may_read_is_not_found(home, visitor):
    closed = make_page(home, title="Staff", slug="staff")
    make_page(closed, title="Xylophone inside", slug="inside")
    japanese = make_page(version(home, "ja"), title="Xylophone 日本", slug="closed-ja")
    assert len(found(visitor, "en", "xylophone")) == 1
    for page in (closed, japanese):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    html = ask(visitor, "en", "xylophone")
    assert addresses(html) == []
    assert "inside" not in html


def test_every_word_that_a_reader_sees_is_found_and_none_besides(home, visitor):
    linked = make_page(home, title="Elsewhere", slug="elsewhere")
    figure = make_figure(unit="zebras", counts="striped animals")
    page = make_page(home, slug="all", body=every_block(linked, figure))
    for question in (
        *("move", "town hall", "passport", "do not use lifts", "strong table", "my children"),
        *("bonds remain", "former ALT", "zebra", "striped animal", "participants 1987 848"),
        *("red lantern", "festival", "application form", "a drill", "a section", "second floor"),
    ):
        assert page.get_url() in found(visitor, "en", question), question
    for question in ("guide help", "urgent", "linktype", "li", "strong em", "item"):
        assert found(visitor, "en", question) == [], question


def test_questions_and_pages_cannot_put_markup_into_the_results(home, visitor):
    make_page(
        home,
        title='<script>alert("zebra")</script>',
        slug="script",
        summary="<b>zebra</b> & <img src=x onerror=zebra()>",
    )
    attack = '"><script>alert("zebra")</script>'
    for question in ("zebra", attack, "<b>zebra</b>", "&lt;zebra"):
        html = ask(visitor, "en", question)
        assert "<script>" not in html
        assert "<img src=x" not in html
    assert "&lt;b&gt;<mark>zebra</mark>&lt;/b&gt; &amp;" in ask(visitor, "en", "zebra")
    assert unescape(marked("<a> & <b>", "b", "en")) == "<a> & <<mark>b</mark>>"


def test_signs_of_the_databases_own_query_languages_are_only_signs(home, visitor):
    make_page(home, title="Zebra's café: NEAR AND", slug="zebra")
    for question in ('"zebra', "zebra*", "zebra:*", "zebra & !cafe", "zebra's", "{title}: zebra"):
        ask(visitor, "en", question)
    for question in ('"zebra" cafe', "zebra*", "ZEBRA'S (café)", "near and zebra"):
        assert found(visitor, "en", question) == ["/en/zebra/"], question
    for question in ("\x00", "🙂", "%", "' OR 1=1", "NOT zebra", "\u200b"):
        assert found(visitor, "en", question) == [], question


def test_without_an_answer_or_a_question_the_page_says_what_to_try(home, visitor):
    for question in ("", "   ", "qqqqqq", "🙂"):
        html = ask(visitor, "en", question)
        assert 'href="/en/multicultural/guide/"' in html
        assert 'href="/en/contact/"' in html
    assert "No page in your language has these words" in ask(visitor, "en", "qqqqqq")
    assert "No page in your language" not in ask(visitor, "en", "")


def test_of_a_question_that_is_too_long_the_beginning_is_used_and_the_page_says_so(home, visitor):
    make_page(home, title="Zebra", slug="zebra")
    html = ask(visitor, "en", "zebra " + " " * MAX_QUESTION + "giraffe")
    assert addresses(html) == ["/en/zebra/"]
    assert "longer than 200 characters" in html
    assert "giraffe" not in html
    ask(visitor, "en", "漢" * 4000)


def test_an_excerpt_begins_and_ends_near_what_was_found():
    text = "Long before. " * 40 + "Here are zebras at last. " + "Long after. " * 40
    shown = excerpt(["First.", text], "zebra", "en")
    assert "<mark>zebras</mark>" in shown
    assert shown.startswith("… ") and shown.endswith(" …")
    assert len(shown) < 300
    assert excerpt(["First.", "Second."], "zebra", "en") == "First."
    assert excerpt([], "zebra", "en") == ""


# The admin


@pytest.fixture
def editor(db) -> Client:
    """Someone who may do everything in the admin."""
    user = User.objects.create_superuser("editor", "editor@example.org", "editor")
    client = Client()
    client.force_login(user)
    return client


def test_an_editor_finds_a_thai_word_inside_a_sentence(home, editor):
    thai = version(home, "th")
    make_page(thai, title="เมื่อเกิดน้ำท่วมให้ประชาชนอพยพ", slug="flood")
    make_page(thai, title="เมื่อเกิดไฟไหม้", slug="fire")
    with translation.override("en"):
        for path in ("/admin/pages/search/", f"/admin/pages/{thai.pk}/"):
            html = editor.get(path, {"q": "อพยพ"}).content.decode()
            assert "เมื่อเกิดน้ำท่วมให้ประชาชนอพยพ" in html, path
            assert "เมื่อเกิดไฟไหม้" not in html, path


def test_an_editor_who_chooses_a_page_finds_it_by_the_beginning_of_a_word(home, editor):
    make_page(home, title="Zebra crossing", slug="zebra")
    make_page(home, title="Traffic light", slug="light")
    html = editor.get("/admin/choose-page/search/", {"q": "cros"}).content.decode()
    assert "Zebra crossing" in html
    assert "Traffic light" not in html


def test_a_question_without_a_language_is_tried_in_each(home):
    page = make_page(
        version(home, "th"),
        title="หน้าแรก",
        slug="body",
        body=[block("text", "<p>เมื่อเกิดน้ำท่วมให้<b>ประชา</b>ชนอพยพ</p>")],
    )
    english = make_page(home, title="Evacuations", slug="evacuations")
    backend = get_search_backend()
    pages = Page.objects.filter(id__in=[page.pk, english.pk])
    assert [each.pk for each in backend.search("ประชาชน", pages)] == [page.pk]
    assert [each.pk for each in backend.search("évacuation", pages)] == [english.pk]
    assert backend.search("ประชาชน", pages).count() == 1
    assert backend.search("ประชาชน evacuation", pages, operator="or").count() == 2
    assert list(backend.search("ประชาชน", pages.filter(live=False))) == []


def test_the_better_match_comes_first(home):
    make_page(home, title="About stripes", slug="stripes", summary="A zebra has some. " * 3)
    make_page(home, title="Zebra", slug="zebra")
    make_page(home, title="Horses", slug="horses", summary="Unlike a zebra.")
    found = get_search_backend().search("zebras", StandardPage.objects.live())
    assert next(iter(found)).slug == "zebra"
    assert found.count() == len(found) == 3
    scored = found.annotate_score("score")
    assert all(page.score is not None for page in scored)
    facets = found.facet("live")
    assert facets == {True: 3}
