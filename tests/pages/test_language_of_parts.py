"""What a page says in another language than its own names that language."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from pages.language_of_parts import name_parts
from pages.models import StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated, translate
from translations.store import bring_in
from translations.targets import make_target


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>Wait.</p>", '<p lang="en" dir="ltr">Wait.</p>'),
        ("<p class=x>\n  Wait.\n</p>", '<p class=x lang="en" dir="ltr">\n  Wait.\n</p>'),
        ("<li><a href=/>Wait.</a></li>", '<li><a href=/ lang="en" dir="ltr">Wait.</a></li>'),
        ("<p>Do <b>not</b> run.</p>", '<p lang="en" dir="ltr">Do <b>not</b> run.</p>'),
        ("<p>Do not<br>run.</p>", '<p lang="en" dir="ltr">Do not<br>run.</p>'),
        ("<p>Fish &amp; rice</p>", '<p lang="en" dir="ltr">Fish &amp; rice</p>'),
        ("<p>Wait. 待って。</p>", "<p>Wait. 待って。</p>"),
        ('<p lang="fr">Wait.</p>', '<p lang="fr">Wait.</p>'),
        ("<title>Wait.</title>", "<title>Wait.</title>"),
        ("<p>津波\u2028は</p><p>Wait.</p>", '<p>津波\u2028は</p><p lang="en" dir="ltr">Wait.</p>'),
    ],
)
def test_an_element_whose_whole_text_is_untranslated_names_the_source_language(page, marked):
    assert name_parts(page, ["Wait.", "Do not run.", "Fish & rice"]) == marked


@pytest.fixture
def page(db) -> StandardPage:
    """An English page that is translated whole, before something is added to it."""
    japanese = make_locale("ja")
    home = make_home()
    make_translated(home, japanese)
    body = [block("text", "<p>Ask your town hall.</p>")]
    page = make_page(home, slug="waste", title="Waste", summary="What to do.", body=body)
    make_translated(page, japanese)
    return page


def add_paragraph(page: StandardPage) -> None:
    """Adds a paragraph in English and makes the Japanese page anew, without words for it."""
    page.body[0].value.source += '<p>Do <b>not</b> burn it. <a href="https://a.example">Why</a></p>'
    source, _ = bring_in(publish(page))
    translate(source, make_locale("ja"), {"Ask your town hall.": "市役所に聞いてください。"})
    make_target(source, make_locale("ja"))


def notice() -> str:
    with override("ja"):
        return gettext("Some parts are not translated yet. They are in English.")


def test_a_page_that_is_translated_whole_says_nothing_of_parts(page):
    html = Client().get("/ja/waste/").content.decode()
    assert notice() not in html
    assert '<p lang="en"' not in html


def test_a_paragraph_without_a_translation_is_in_english_and_says_so(page):
    add_paragraph(page)
    html = Client().get("/ja/waste/").content.decode()
    assert '<p lang="en" dir="ltr">Do <b>not</b> burn it.' in html
    assert "<p>市役所に聞いてください。</p>" in html
    assert notice() in html


def test_the_notice_goes_once_the_paragraph_is_translated(page):
    add_paragraph(page)
    source, _ = bring_in(page)
    words = {
        'Do <b>not</b> burn it. <a id="a1">Why</a>': '<b>燃やさない</b>で。<a id="a1">理由</a>'
    }
    translate(source, make_locale("ja"), words)
    make_target(source, make_locale("ja"))
    html = Client().get("/ja/waste/").content.decode()
    assert notice() not in html
    assert "burn it" not in html
