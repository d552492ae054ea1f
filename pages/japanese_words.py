"""Marks Japanese words on pages of other languages, so that they are said and drawn as Japanese."""

from __future__ import annotations

import re

from translations.languages import Language

KANA = re.compile("[\u3040-\u30ff]")
HAN = re.compile("[\u3400-\u9fff]")
# Letters, with the signs that stand between them.
JAPANESE = "[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff][\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e]*"
TAG_OR_JAPANESE = re.compile(f"<[^>]*>|{JAPANESE}")


def is_japanese(text: str, language: Language) -> bool:
    """Whether a text on a page in `language` is Japanese, as far as its letters tell.

    Chinese and Japanese share letters: where a language's own name has them, kana decides.
    """
    if language.tag == "ja":
        return False
    return bool(KANA.search(text) or (HAN.search(text) and not HAN.search(language.endonym)))


def mark_japanese(html: str, language: Language) -> str:
    """HTML with every run of Japanese letters in an element of its own that names the language.

    On pages in Chinese nobody can tell where Chinese ends, so nothing is marked there.
    """
    if HAN.search(language.endonym):
        return html

    def marked(match: re.Match) -> str:
        found = match.group(0)
        return found if found.startswith("<") else f'<span lang="ja">{found}</span>'

    return TAG_OR_JAPANESE.sub(marked, html)
