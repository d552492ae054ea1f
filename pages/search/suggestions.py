"""What a visitor may mean while still typing: titles of pages in their language."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.search.backends import get_search_backend

from pages.addresses import public_path
from translations.languages import Language
from translations.search_backend import InLanguage
from translations.text_analysis import fold, normalise, query_tokens

from .query import public_pages

# Whoever has typed more asks a question of their own.
MAX_TYPED = 60
MAX_SUGGESTIONS = 7
# Among these, titles that begin with what was typed come first.
MAX_LOOKED_THROUGH = 30


@dataclass(frozen=True)
class Suggestion:
    """A page by its title."""

    title: str
    url: str


def is_enough(typed: str) -> bool:
    """Whether so little says something: a single letter of an alphabet does not, 水 does."""
    return len(typed) <= MAX_TYPED and (len(typed) > 1 or not typed.isascii())


def suggest(typed: str, language: Language) -> list[Suggestion]:
    """The pages whose titles have all words typed, the last of them perhaps unfinished.

    Two queries, or none when that little says nothing.
    """
    if not is_enough(typed) or not query_tokens(typed, ""):
        return []
    asked = InLanguage(typed, language.code)
    found = get_search_backend().autocomplete(asked, public_pages())[:MAX_LOOKED_THROUGH]
    rows = list(found.get_queryset().values_list("title", "url_path"))
    beginning = fold(normalise(typed))
    rows.sort(key=lambda row: not fold(normalise(row[0])).startswith(beginning))
    return [
        Suggestion(title, public_path(url_path, language.code))
        for title, url_path in rows[:MAX_SUGGESTIONS]
    ]
