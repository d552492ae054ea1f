"""The pattern page: all components, in every kind of script, and only for those who build."""

from __future__ import annotations

import importlib

import pytest
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, reverse

from clair_site import urls
from clair_site.pattern_words import WORDS
from clair_site.settings import base
from pages.blocks import BodyBlock

pytestmark = pytest.mark.django_db


def seen(code: str) -> str:
    """The page in a language."""
    response = Client().get("/patterns/", {"lang": code})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("code", WORDS)
def test_the_page_shows_its_words_in_the_languages_own_direction(code):
    language = WORDS[code].language
    html = seen(code)
    assert f'<html lang="{language.tag}" dir="{language.direction}">' in html
    assert WORDS[code].long_word in html
    for sentence in WORDS[code].sentences:
        assert html.count(sentence) > 5


def test_the_words_stand_for_every_kind_of_script():
    assert set(WORDS) == {"en", "de", "vi", "ja", "th", "ko", "ru", "ar"}
    assert [code for code in WORDS if WORDS[code].language.direction == "rtl"] == ["ar"]


def test_every_block_of_a_body_is_on_the_page():
    templates = {template.name for template in Client().get("/patterns/", {"lang": "ja"}).templates}
    for name, block in BodyBlock().child_blocks.items():
        assert block.meta.template in templates, name


def test_an_unknown_language_gives_the_english_page():
    assert '<html lang="en"' in seen("xx")


def test_the_public_site_has_no_such_page(settings):
    assert base.PATTERNS_PAGE is False
    settings.PATTERNS_PAGE = False
    try:
        importlib.reload(urls)
        clear_url_caches()
        with pytest.raises(NoReverseMatch):
            reverse("patterns")
        assert Client().get("/patterns/").status_code == 404
    finally:
        settings.PATTERNS_PAGE = True
        importlib.reload(urls)
        clear_url_caches()
