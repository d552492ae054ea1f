"""What a visitor's question finds in documents. These stand in a list of their own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.utils.safestring import SafeString
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail.search.backends import get_search_backend

from translations.languages import LANGUAGES, Language
from translations.search_backend import VisitorQuestion

from .excerpts import excerpt, marked

MAX_DOCUMENTS = 5
# Among these, documents in the reader's language come first, those in another one last.
MAX_LOOKED_THROUGH = 15


@dataclass(frozen=True)
class DocumentMatch:
    """A document that was found, as the list shows it. Title and excerpt are HTML with `<mark>`.

    `language` is None where nobody has said in which language it is; `kind` is PDF or the like;
    `size` is in bytes.
    """

    title: SafeString
    excerpt: SafeString
    url: str
    language: Language | None
    kind: str
    size: int | None
    pages: int | None


def public_documents() -> models.QuerySet:
    """The documents that anyone may read: in no collection that is, or is inside, a closed one."""
    closed_above = CollectionViewRestriction.objects.annotate(
        inside=ExpressionWrapper(OuterRef("path"), models.CharField())
    ).filter(inside__startswith=F("collection__path"))
    closed = Collection.objects.filter(Exists(closed_above))
    return get_document_model().objects.exclude(collection__in=closed)


def find_documents(question: str, language: Language) -> list[DocumentMatch]:
    """The public documents that answer a question asked in a language, in any language. One query.

    What they say may not have been read yet; they are then found by their titles.
    """
    asked = VisitorQuestion(question, language.code)
    found = get_search_backend().search(asked, public_documents())[:MAX_LOOKED_THROUGH]
    papers = list(
        found.get_queryset()
        .select_related("contents")
        .only(
            *("title", "file", "file_size", "language_code"),
            *("contents__text", "contents__page_count"),
        )
    )
    papers.sort(key=lambda paper: paper.language_code not in (language.code, ""))
    papers.sort(key=lambda paper: paper.language_code != language.code)
    return [_match(paper, question, language) for paper in papers[:MAX_DOCUMENTS]]


def _match(paper: models.Model, question: str, language: Language) -> DocumentMatch:
    contents = getattr(paper, "contents", None)
    return DocumentMatch(
        title=marked(paper.title, question, language.code),
        excerpt=excerpt(contents.text.splitlines() if contents else [], question, language.code),
        url=paper.url,
        language=LANGUAGES.get(paper.language_code),
        kind=paper.file_extension.upper(),
        size=paper.file_size,
        pages=contents.page_count if contents else None,
    )
