"""A page is shown beside its Japanese version, sentence by sentence, for pointing at a counter."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from wagtail.models import Page, PageViewRestriction

from pages.models import StandardPage
from pages.showing.pieces import HEADING, pair_up
from tests.pages.factories import (
    block,
    every_block,
    make_figure,
    make_home,
    make_locale,
    make_page,
    publish,
)
from tests.translations.factories import make_translated
from translations.languages import LANGUAGES
from translations.store import bring_in
from translations.targets import make_target

pytestmark = pytest.mark.django_db


def lines_of(html: str) -> tuple[str, ...]:
    """The lines of one side, without markup."""
    return tuple(
        re.sub(r"<[^>]*>", "", line).strip()
        for line in re.findall(r"<(?:h1|h2|p)>(.*?)</(?:h1|h2|p)>", html, re.DOTALL)
    )


def pairs_of(html: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands side by side on the page: on each side its lines."""
    pair = (
        r'<div class="pair pair-[^>]*>(?P<theirs>.*?)'
        r'<div lang="ja" dir="ltr">(?P<japanese>.*?)</div>'
    )
    return [
        (lines_of(each["theirs"]), lines_of(each["japanese"]))
        for each in re.finditer(pair, html, re.DOTALL)
    ]


@pytest.fixture
def home():
    home = make_home()
    make_translated(home, make_locale("ja"), make_locale("ko"))
    return home


@pytest.fixture
def page(home) -> StandardPage:
    """An English page with every kind of block, in Japanese and Korean too."""
    linked = make_page(home, slug="linked")
    body = every_block(linked, make_figure())
    page = make_page(home, slug="moving", title="Moving", summary="What to do.", body=body)
    make_translated(page, make_locale("ja"), make_locale("ko"))
    return page


def test_every_sentence_stands_beside_its_own_translation(page):
    html = Client().get("/ko/moving/show/").content.decode()
    pairs = pairs_of(html)
    assert (("ko: Moving",), ("ja: Moving",)) in pairs
    assert (("ko: What to do.",), ("ja: What to do.",)) in pairs
    assert (("ko: Residence card",), ("ja: Residence card",)) in pairs
    step = ("Drop to the floor", "Get under a strong table.")
    assert tuple(tuple(f"{code}: {line}" for line in step) for code in ("ko", "ja")) in pairs
    assert (("1987", "848"), ("1987", "848")) in pairs
    assert len(pairs) > 15
    for theirs, japanese in pairs:
        assert [line.replace("ko: ", "") for line in theirs] == [
            line.replace("ja: ", "") for line in japanese
        ]


def test_steps_are_counted_on_both_sides(page):
    html = Client().get("/ko/moving/show/").content.decode()
    assert re.findall(r'<b class="pair-number">(\d)</b>', html) == ["1", "1", "2", "2"]


def test_each_side_names_its_language_and_direction(page):
    html = Client().get("/ko/moving/show/").content.decode()
    assert '<html lang="ko" dir="ltr">' in html
    # One more names the two languages.
    assert html.count('<div lang="ja" dir="ltr">') == len(pairs_of(html)) + 1


def test_both_languages_are_named_and_each_says_how_fresh_it_is(page):
    html = Client().get("/ko/moving/show/").content.decode()
    named = html.partition("show-languages")[2].partition('<div class="pair pair-')[0]
    assert re.findall(r"<p>([^<]+)</p>", named) == ["한국어", "日本語"]
    assert named.count('class="freshness"') == 2
    with override("ja"):
        assert gettext("No native speaker has reviewed this translation yet.") in named


def test_japanese_words_on_the_readers_side_say_that_they_are_japanese(site_content):
    html = Client().get("/th/multicultural/guide/earthquake-and-tsunami/show/").content.decode()
    assert '<p><span lang="ja">地震です。</span></p>' in html


def test_it_is_not_for_search_engines_and_says_which_page_it_is_of(page):
    response = Client().get("/ko/moving/show/")
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert re.search(r'<link rel="canonical" href="[^"]+/ko/moving/">', html)
    assert '<a class="show-back" href="/ko/moving/">' in html


def test_one_part_can_be_shown_alone(page):
    whole = pairs_of(Client().get("/ko/moving/show/").content.decode())
    part = pairs_of(Client().get("/ko/moving/show/1/").content.decode())
    assert part[0] == (("ko: Before you move",), ("ja: Before you move",))
    assert 1 < len(part) < len(whole)
    assert Client().get("/ko/moving/show/99/").status_code == 404


def test_on_the_japanese_page_one_chooses_the_other_persons_language(page):
    html = Client().get("/ja/moving/show/").content.decode()
    assert re.findall(r'<a href="(/[^"]+/moving/show/)" hreflang="([^"]+)">', html) == [
        ("/en/moving/show/", "en"),
        ("/ko/moving/show/", "ko"),
    ]


def test_a_page_without_a_japanese_version_says_so_and_offers_no_link_to_it(home):
    make_page(home, slug="new")
    response = Client().get("/en/new/show/")
    assert response.status_code == 404
    assert "This page is not there in Japanese yet" in response.content.decode()
    assert "/en/new/show/" not in Client().get("/en/new/").content.decode()


def test_a_page_offers_to_be_shown(page):
    assert 'href="/ko/moving/show/"' in Client().get("/ko/moving/").content.decode()


def test_a_paragraph_that_only_one_version_has_is_paired_with_nothing(page):
    page.body[0].value.source += "<p>Bring a photo.</p>"
    publish(page)
    html = Client().get("/en/moving/show/").content.decode()
    theirs = [line for lines, _ in pairs_of(html) for line in lines]
    # The text block as a whole: none of its paragraphs can be sure of its partner.
    assert "Residence card" not in theirs
    assert "Get under a strong table." in theirs
    assert "Parts that the two languages do not have in common are left out." in html
    assert "The English page has changed since." in html


def test_of_a_version_that_is_older_only_whole_blocks_are_paired(page):
    """As many paragraphs as before are not the same paragraphs."""
    whole = pairs_of(Client().get("/en/moving/show/").content.decode())
    assert (("Residence card",), ("ja: Residence card",)) in whole
    text = page.body[0].value
    text.source = text.source.replace("Passport", "Photo").replace("Residence card", "Passport")
    publish(page)
    pairs = pairs_of(Client().get("/en/moving/show/").content.decode())
    assert not [pair for pair in pairs if pair[0] == ("Passport",)]
    [(theirs, japanese)] = [pair for pair in pairs if "Passport" in pair[0]]
    assert "Photo" in theirs
    assert "ja: Residence card" in japanese


def test_whoever_may_read_a_restricted_page_may_show_it(page, client):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type="password", password="sesame"
    )
    assert client.get("/en/moving/show/").status_code == 302
    form = client.get("/en/moving/").content.decode()
    action = re.search(r'action="([^"]*authenticate[^"]*)"', form)[1]
    client.post(action, {"password": "sesame", "return_url": "/en/moving/show/"})
    response = client.get("/en/moving/show/")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_devices_may_keep_what_everyone_may_read(page):
    assert Client().get("/en/moving/show/")["Cache-Control"] == "public, no-cache"


def test_a_page_for_some_only_is_not_shown_to_others_here_either(page):
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type="password", password="sesame"
    )
    response = Client().get("/en/moving/show/")
    assert (response.status_code, response["Location"]) == (302, "/en/moving/")
    japanese = page.get_translation(make_locale("ja"))
    PageViewRestriction.objects.all().delete()
    PageViewRestriction.objects.create(page=japanese, restriction_type="login")
    assert Client().get("/en/moving/show/").status_code == 404


@pytest.mark.parametrize("code", ["en", "th", "ru"])
def test_every_page_of_the_site_can_be_shown_whole(site_content, code):
    for page in Page.objects.filter(locale__language_code=code, live=True, depth__gt=2).specific():
        japanese = page.get_translation(make_locale("ja"))
        pairs, complete = pair_up(page, japanese.specific)
        assert complete, page.url_path
        assert pairs[0].piece.kind == HEADING


def test_the_site_asks_at_most_eight_queries_for_it(site_content):
    path = "/th/multicultural/guide/earthquake-and-tsunami/show/"
    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(path).content.decode()
    assert len(queries) <= 8
    assert len(pairs_of(html)) > 12
    for language in LANGUAGES.values():
        if language.code != "ja":
            response = client.get(f"/{language.code}/multicultural/guide/waste/show/")
            assert f'<html lang="{language.tag}"' in response.content.decode()


def test_a_version_that_was_made_again_still_pairs(page):
    page.body = [*page.body.raw_data, block("text", "<p>Bring a photo.</p>")]
    source, _ = bring_in(publish(page))
    make_target(source, make_locale("ja"))
    japanese = page.get_translation(make_locale("ja")).specific
    pairs, complete = pair_up(StandardPage.objects.get(pk=page.pk), japanese)
    assert complete
    assert pairs[-1].piece.lines == ("Bring a photo.",)
