"""A language that has only some pages: what its readers get, and what others are told of it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from accounts.groups import create_groups
from pages.links import resolve_links
from translations.languages import get_language

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_content")]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SWITCHER = re.compile(r'<details class="languages">.*?</details>', re.S)
FOOTER = re.compile(r'<ul class="footer-languages".*?</ul>', re.S)


@pytest.fixture
def visitor() -> Client:
    """Someone without cookies."""
    return Client()


def read(visitor: Client, path: str) -> str:
    """The HTML of a page that is there."""
    response = visitor.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def easy_paths() -> set[str]:
    """Where the pages in Easy Japanese stand, below their language."""
    paths = Page.objects.filter(locale__language_code="ja-easy", live=True, depth__gte=2)
    return {path.partition("/home-ja-easy")[2] for path in paths.values_list("url_path", flat=True)}


def test_the_pages_are_those_that_the_catalogue_names_and_no_page_lacks_the_one_above():
    catalogue = polib.pofile(str(settings.BASE_DIR / "content" / "ja-easy.po"))
    named = {entry.msgctxt for entry in catalogue} - {"figures"}
    assert easy_paths() == named
    assert {"/", "/contact/", "/multicultural/guide/waste/"} < named
    assert "/jet/" not in named
    for path in named - {"/"}:
        assert path.rstrip("/").rpartition("/")[0] + "/" in named


def test_menu_and_cards_show_what_is_there(visitor):
    html = read(visitor, "/ja-easy/")
    menu = re.search(r'<nav class="menu".*?</nav>', html, re.S)[0]
    assert re.findall(r'href="([^"]+)"', menu) == [
        "/ja-easy/multicultural/",
        "/ja-easy/about/",
        "/ja-easy/contact/",
    ]
    assert 'id="pillars"' not in html
    sections = read(visitor, "/ja-easy/multicultural/")
    assert 'href="/ja-easy/multicultural/guide/"' in sections
    assert "/ja-easy/multicultural/training/" not in sections


def test_a_link_to_a_page_that_lacks_leads_to_the_fallback_and_says_so(visitor):
    html = read(visitor, "/ja-easy/about/")
    assert '<a href="/ja/jet/" hreflang="ja">' in html
    assert '<a href="/ja-easy/multicultural/">' in html
    prose = read(visitor, "/ja-easy/multicultural/")
    assert '<a href="/ja/multicultural/training/" hreflang="ja">' in prose
    assert "/en/" not in re.search(r'<div class="body">.*?</article>', prose, re.S)[0]


def test_a_link_goes_down_the_fallbacks_in_one_query(django_assert_num_queries):
    jet, news, waste = (
        Page.objects.get(url_path=f"/home/{path}/")
        for path in ("jet", "news", "multicultural/guide/waste")
    )
    Page.objects.filter(url_path="/home-ja/news/").update(live=False)
    Page.objects.filter(url_path="/home/jet/").update(live=False)
    with django_assert_num_queries(1):
        links = resolve_links([jet.pk, news.pk, waste.pk], get_language("ja-easy"))
    assert links[waste.pk].url == "/ja-easy/multicultural/guide/waste/"
    assert links[jet.pk].url == "/ja/jet/"
    assert links[news.pk].url == "/en/news/"


@pytest.mark.parametrize("asked_for", ["vi", "en", "ja-JP", ""])
def test_a_page_that_lacks_says_so_plainly_and_offers_the_fallback_first(visitor, asked_for):
    response = visitor.get("/ja-easy/jet/", headers={"Accept-Language": asked_for})
    html = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="ja" dir="ltr">' in html
    assert "この ページに、やさしい日本語は ありません" in html
    versions = re.search(r'<ul class="versions">.*?</ul>', html, re.S)[0]
    assert re.findall(r'href="([^"]+)"', versions)[0] == "/ja/jet/"
    assert "/ja-easy/jet/" not in versions
    assert '<meta name="robots" content="noindex">' in html


def test_other_languages_offer_it_by_its_home_page_where_it_lacks_the_page(visitor):
    html = read(visitor, "/en/jet/")
    switcher = SWITCHER.search(html)[0]
    with override("en"):
        assert gettext("not yet") not in switcher
    assert (
        '<a href="/ja-easy/" hreflang="ja" data-language="ja-easy">やさしい日本語 '
        '<small lang="en" dir="ltr">Home</small></a>' in switcher
    )
    assert "/ja-easy/" not in FOOTER.search(html)[0]
    assert "ja-easy" not in html.split("</head>")[0]


def test_other_languages_lead_to_the_same_page_where_it_has_it(visitor):
    html = read(visitor, "/th/contact/")
    link = '<a href="/ja-easy/contact/" hreflang="ja" data-language="ja-easy">やさしい日本語</a>'
    assert link in SWITCHER.search(html)[0]
    assert "/ja-easy/contact/" in FOOTER.search(html)[0]


def test_nothing_is_offered_in_a_language_that_has_no_home_page(visitor):
    Page.objects.filter(locale__language_code="ja-easy", depth__gt=2).delete()
    Page.objects.get(url_path="/home-ja-easy/").delete()
    html = read(visitor, "/en/jet/")
    assert "やさしい日本語" not in html
    assert visitor.get("/ja-easy/").status_code == 404


def test_its_sitemap_has_its_pages_without_versions_and_other_sitemaps_leave_them_out(client):
    tree = ElementTree.fromstring(client.get("/sitemap-ja-easy.xml").content)
    found = {
        loc.text.removeprefix("http://127.0.0.1:8000/ja-easy") for loc in tree.iter(f"{SITEMAP}loc")
    }
    assert found == easy_paths()
    assert list(tree.iter(f"{XHTML}link")) == []
    for code in ("en", "ja"):
        assert "ja-easy" not in client.get(f"/sitemap-{code}.xml").content.decode()


def test_figures_are_there_in_its_words_earlier_ones_too(visitor):
    html = read(visitor, "/ja-easy/")
    assert "日本の 外に ある CLAIRの 事務所" in html
    assert "Local Government Focus、1998年1月" in html
    assert "sister city" not in html


def test_its_translators_have_a_group_of_their_own():
    assert Locale.objects.filter(language_code="ja-easy").exists()
    assert "translator-ja-easy" in create_groups()


def test_japanese_sentences_are_not_marked_as_another_language(visitor):
    path = "multicultural/guide/emergency-numbers/"
    assert '<th scope="row">火事です。</th>' in read(visitor, f"/ja-easy/{path}")
