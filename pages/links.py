"""Links between pages, resolved to the reader's language in one query for a whole page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from translations.languages import Language, get_language, with_fallbacks

from .addresses import public_path

RICH_TEXT_PAGE = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
RICH_TEXT_ID = re.compile(r'\bid="(\d+)"')


@dataclass(frozen=True)
class Link:
    """Where a link leads: an address, the page's title there, and the language that it is in."""

    url: str
    title: str
    language: Language


def linked_page_ids(data: Any) -> Iterator[int]:
    """The ids of all pages that raw stream data links to, in rich text and in `page` choosers."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "page" and isinstance(value, int):
                yield value
            else:
                yield from linked_page_ids(value)
    elif isinstance(data, str):
        for anchor in RICH_TEXT_PAGE.findall(data):
            yield from (int(found) for found in RICH_TEXT_ID.findall(anchor))
    elif isinstance(data, Iterable):
        for item in data:
            yield from linked_page_ids(item)


def resolve_links(ids: Iterable[int], language: Language) -> dict[int, Link]:
    """For each page id its live page in `language`, or else in its fallbacks. One query.

    Failing these, the live page itself.
    """
    ids = set(ids)
    if not ids:
        return {}
    codes = [each.code for each in with_fallbacks(language)]
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    rows = (
        Page.objects.filter(
            Q(pk__in=ids) | Q(translation_key__in=keys, locale__language_code__in=codes),
        )
        .values_list("pk", "translation_key", "locale__language_code", "url_path", "title", "live")
        .order_by()
    )
    key_of: dict[int, Any] = {}
    found: dict[Any, Link] = {}
    ranks: dict[Any, int] = {}
    for pk, key, code, url_path, title, live in rows:
        if pk in ids:
            key_of[pk] = key
        rank = codes.index(code) if code in codes else len(codes)
        if live and (key not in found or rank < ranks[key]):
            ranks[key] = rank
            found[key] = Link(public_path(url_path, code), title, get_language(code))
    return {pk: found[key] for pk, key in key_of.items() if key in found}


def localise_rich_text(html: str, links: dict[int, Link], language: Language) -> str:
    """Rich text as stored, with its page links turned into real ones.

    A link whose page is only there in another language says so (`hreflang`); one whose page is gone
    becomes plain text.
    """

    def anchor(match: re.Match) -> str:
        found = RICH_TEXT_ID.search(match.group(0))
        link = links.get(int(found.group(1))) if found else None
        if link is None:
            return "<a>"
        hreflang = f' hreflang="{link.language.tag}"' if link.language != language else ""
        return f'<a href="{link.url}"{hreflang}>'

    return RICH_TEXT_PAGE.sub(anchor, html)
