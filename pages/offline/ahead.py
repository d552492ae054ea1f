"""Which pages readers' devices fetch ahead, and what tells one version of them from the next."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from pages.addresses import public_path
from pages.caching.store import release
from pages.furigana.variant import QUERY
from pages.models import BasePage
from translations.furigana.models import PageReadings
from translations.languages import LANGUAGES, LOCAL_CODE, SOURCE_CODE, Language

# Of each page, its versions by language: id, address, and when it was published.
Versions = dict[UUID, dict[str, tuple[int, str, datetime | None]]]


def needed_pages() -> QuerySet[BasePage]:
    """The pages of all languages that are needed in an emergency and that anyone may read."""
    pages = BasePage.objects.live().public().filter(emergency=True, alias_of__isnull=True)
    return pages.order_by("path")


def find_versions() -> Versions:
    """The pages needed in an emergency, in the order of the tree. Two queries."""
    rows = needed_pages().values_list(
        "translation_key", "locale__language_code", "pk", "url_path", "last_published_at"
    )
    found: Versions = defaultdict(dict)
    for key, code, pk, url_path, published_at in rows:
        if code in LANGUAGES:
            found[key][code] = (pk, public_path(url_path, code), published_at)
    return found


def find_readings(versions: Versions, language: Language) -> dict[int, dict]:
    """The furigana of these pages, by the page's id. One query, where a language has any."""
    if not language.furigana:
        return {}
    ids = [each[language.code][0] for each in versions.values() if language.code in each]
    return dict(PageReadings.objects.filter(page__in=ids).values_list("page", "readings"))


def tell_apart(*parts: object) -> str:
    """A short text that is another one as soon as a part is, or the project itself."""
    return hashlib.sha256(repr((release(), *parts)).encode()).hexdigest()[:12]


def fetched_ahead(language: Language) -> dict[str, str]:
    """The addresses that a reader's device fetches ahead, each with its version.

    With a page come the one that shows it beside its Japanese version, and the one with furigana.
    """
    versions = find_versions()
    readings = find_readings(versions, language)
    pages: dict[str, str] = {}
    for each in versions.values():
        if language.code not in each:
            continue
        pk, address, published_at = each[language.code]
        # A page says whether its source has changed since.
        _, _, source_published_at = each.get(SOURCE_CODE, (None, None, None))
        pages[address] = tell_apart(published_at, source_published_at)
        if pk in readings:
            pages[f"{address}?{QUERY}"] = tell_apart(pages[address], readings[pk])
        if LOCAL_CODE in each and language.code != LOCAL_CODE:
            pages[f"{address}show/"] = tell_apart(pages[address], each[LOCAL_CODE][2])
    return {reverse("offline"): tell_apart(sorted(pages.items())), **pages}
