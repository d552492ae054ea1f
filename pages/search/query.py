"""What a visitor's question finds: pages in their language, and documents and others beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from wagtail.models import Locale, PageViewRestriction
from wagtail.search.backends import get_search_backend

from pages.addresses import public_path
from pages.models import BasePage
from translations.languages import LANGUAGES, Language
from translations.search_backend import InLanguage, InOtherLanguages
from translations.text_analysis import query_tokens

from .documents import DocumentMatch, find_documents
from .excerpts import excerpt, marked
from .texts import stream_texts

MAX_QUESTION = 200
PER_PAGE = 10
# Nobody reads further; counts stop there too.
MAX_MATCHES = 500
# Whoever finds so many in their own language is not offered others. A word that is everywhere would
# be looked up in most of the index.
ENOUGH = 50
MAX_ELSEWHERE = 5
MAX_LOOKED_THROUGH = 60


@dataclass(frozen=True)
class Match:
    """A page that was found, as the list shows it. Title and excerpt are HTML with `<mark>`."""

    title: SafeString
    excerpt: SafeString
    url: str
    language: Language
    pillar: str
    published_at: datetime | None


@dataclass(frozen=True)
class Facet:
    """A way to narrow the matches down: its value in the address, its name, how many it has."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Findings:
    """The answer to a question: one page of matches, how many there are, ways to narrow down.

    `more` says that there are more than `total`, which nobody counted.
    """

    matches: list[Match]
    total: int
    more: bool
    pages: int
    pillars: list[Facet]
    types: list[Facet]
    documents: list[DocumentMatch]
    elsewhere: list[Match]


def page_models() -> dict[int, type[BasePage]]:
    """The models of pages by the id of their content type. No query once they are known."""
    concrete = [model for model in _descendants(BasePage) if not model._meta.abstract]
    types = ContentType.objects.get_for_models(*concrete)
    return {content_type.pk: model for model, content_type in types.items()}


def _descendants(model: type[BasePage]) -> list[type[BasePage]]:
    return [each for child in model.__subclasses__() for each in (child, *_descendants(child))]


def public_pages() -> models.QuerySet[BasePage]:
    """The live pages that anyone may read, in all languages. One query for the restrictions."""
    pages = BasePage.objects.filter(live=True, alias_of__isnull=True)
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        pages = pages.exclude(path__startswith=path)
    return pages


def _match(page: BasePage, question: str, language: Language, pillar: str) -> Match:
    texts = [page.summary, *stream_texts(page.body)]
    return Match(
        title=marked(page.title, question, language.code),
        excerpt=excerpt([text for text in texts if text], question, language.code),
        url=public_path(page.url_path, language.code),
        language=language,
        pillar=pillar,
        published_at=page.last_published_at,
    )


def _shown(pks: list[int]) -> list[BasePage]:
    """The pages with what the list shows of them, in the order of their keys. One query."""
    pages = BasePage.objects.only(
        "title", "url_path", "summary", "body", "last_published_at", "content_type", "locale"
    ).in_bulk(pks)
    return [pages[pk] for pk in pks if pk in pages]


def _once_each(
    rows: Iterable[tuple[int, UUID, int]], known: set[UUID], preferred: list[int]
) -> list[int]:
    """The pages among (key, translation key, locale) that the reader has not found already.

    Each in one language only, the preferred locale before others.
    """
    best: dict[UUID, tuple[int, int]] = {}
    for pk, key, locale_pk in rows:
        if key not in known and (key not in best or locale_pk in preferred):
            best[key] = (pk, locale_pk)
    return [pk for pk, _ in best.values()][:MAX_ELSEWHERE]


def find(
    question: str,
    language: Language,
    pillars: dict[str, str],
    pillar: str = "",
    kind: str = "",
    number: int = 1,
) -> Findings:
    """Answers a question asked in a language. Six queries at most.

    `pillars` gives the names of the pillars by their keys; `pillar` and `kind` (a model's name)
    narrow the matches down, unknown ones find nothing; `number` is the page of the list, from 1.
    Documents come with the first page of a list that is not narrowed down.
    """
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    if not query_tokens(question, language.code):
        return Findings([], 0, False, 0, [], [], [], [])
    readable = public_pages()
    backend = get_search_backend()
    others = [pk for pk, code in codes.items() if code != language.code and code in LANGUAGES]

    found = backend.search(InLanguage(question, language.code), readable)[: MAX_MATCHES + 1]
    rows = list(found.get_queryset().values_list("pk", "content_type_id", "translation_key"))
    more = len(rows) > MAX_MATCHES
    rows = rows[:MAX_MATCHES]
    other_pks: list[int] = []
    if len(rows) < ENOUGH:
        beyond = InOtherLanguages(question, language.code)
        elsewhere = backend.search(beyond, readable.filter(locale__in=others))
        other_rows = elsewhere[:MAX_LOOKED_THROUGH].get_queryset()
        other_pks = _once_each(
            other_rows.values_list("pk", "translation_key", "locale"),
            {key for _, _, key in rows},
            [pk for pk, code in codes.items() if code == language.fallback],
        )

    models_by_type = page_models()
    in_pillar = [
        (pk, models_by_type[type_pk])
        for pk, type_pk, _ in rows
        if type_pk in models_by_type and (not pillar or models_by_type[type_pk].pillar == pillar)
    ]
    chosen = [pk for pk, model in in_pillar if not kind or model._meta.model_name == kind]
    pages = -(-len(chosen) // PER_PAGE)
    number = min(max(number, 1), max(pages, 1))
    pks = chosen[(number - 1) * PER_PAGE : number * PER_PAGE]

    by_pillar = Counter(
        models_by_type[type_pk].pillar for _, type_pk, _ in rows if type_pk in models_by_type
    )
    by_type = Counter(model for _, model in in_pillar)
    shown = {page.pk: page for page in _shown(pks + other_pks)}
    return Findings(
        matches=[
            _match(
                shown[pk],
                question,
                language,
                pillars.get(models_by_type[shown[pk].content_type_id].pillar, ""),
            )
            for pk in pks
            if pk in shown
        ],
        total=len(chosen),
        more=more and not (pillar or kind),
        pages=pages,
        pillars=[
            Facet(key, label, by_pillar[key], key == pillar)
            for key, label in pillars.items()
            if by_pillar[key]
        ],
        types=[
            Facet(
                model._meta.model_name,
                capfirst(model._meta.verbose_name),
                count,
                model._meta.model_name == kind,
            )
            for model, count in by_type.most_common()
            # Index pages are one of a kind: nothing to choose.
            if count > 1 or model._meta.model_name == kind
        ],
        documents=(
            find_documents(question, language) if number == 1 and not (pillar or kind) else []
        ),
        elsewhere=[
            _match(shown[pk], question, LANGUAGES[codes[shown[pk].locale_id]], "")
            for pk in other_pks
            if pk in shown
        ],
    )
