"""Words in another language than the page's are marked, so that they are said and drawn right."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from wagtail.models import Page

from pages.addresses import public_path
from pages.japanese_words import is_japanese, mark_japanese
from translations.languages import LANGUAGES

# Which languages may have letters of a script.
SCRIPTS = {
    re.compile("[\u3040-\u30ff]"): {"ja"},
    re.compile("[\u3400-\u9fff]"): {"ja", "zh-Hans"},
    re.compile("[\uac00-\ud7af]"): {"ko"},
    re.compile("[\u0e00-\u0e7f]"): {"th"},
    re.compile("[\u0400-\u04ff]"): {"ru"},
}
EMPTY = {"meta", "link", "br", "img", "input", "hr", "source", "wbr"}


class LanguageReader(HTMLParser):
    """Collects the texts whose letters are not those of the language that they are said to be."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in EMPTY:
            above = self.languages[-1][1] if self.languages else ""
            self.languages.append((tag, dict(attrs).get("lang") or above))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing has no text."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            while self.languages and self.languages.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.languages or self.languages[-1][0] in ("script", "style"):
            return
        language = self.languages[-1][1]
        for letters, allowed in SCRIPTS.items():
            if letters.search(data) and language not in allowed:
                self.wrong.append(f"{language}: {data.strip()}")


def in_wrong_language(html: str) -> list[str]:
    """The texts of a page that are marked as a language with other letters."""
    reader = LanguageReader()
    reader.feed(html)
    return reader.wrong


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_has_the_letters_of_its_language(
    site_content, db, client: Client, code: str
) -> None:
    wrong = {}
    pages = Page.objects.filter(live=True, depth__gte=2, locale__language_code=code)
    for url_path in pages.values_list("url_path", flat=True):
        address = public_path(url_path, code)
        if found := in_wrong_language(client.get(address).content.decode()):
            wrong[address] = found
    assert wrong == {}


def test_a_text_in_letters_of_another_language_is_found() -> None:
    html = '<html lang="de"><p>Der Name ist <b>日本</b>, <b lang="ja">日本</b>.<br>Тест</p></html>'
    assert in_wrong_language(html) == ["de: 日本", "de: Тест"]


@pytest.mark.parametrize(
    ("code", "text", "japanese"),
    [
        ("de", "自治体国際化協会", True),
        ("ko", "自治体国際化協会", True),
        ("zh-hans", "自治体国际化协会", False),
        ("zh-hans", "質問があります。", True),
        ("ja", "質問があります。", False),
        ("th", "คำถาม", False),
    ],
)
def test_letters_tell_what_is_japanese(code: str, text: str, japanese: bool) -> None:
    assert is_japanese(text, LANGUAGES[code]) is japanese


def test_japanese_words_in_a_sentence_are_marked_and_addresses_are_left_alone() -> None:
    html = '<p title="協会">Ihr <b>Name</b> ist 自治体国際化協会 (CLAIR), お元気ですか？.</p>'
    assert mark_japanese(html, LANGUAGES["de"]) == (
        '<p title="協会">Ihr <b>Name</b> ist <span lang="ja">自治体国際化協会</span> (CLAIR), '
        '<span lang="ja">お元気ですか？</span>.</p>'
    )
    assert mark_japanese(html, LANGUAGES["zh-hans"]) == html
    assert mark_japanese(html, LANGUAGES["ja"]) == html
