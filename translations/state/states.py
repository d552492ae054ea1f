"""The state of any list of pages in any languages, in a number of queries that stays the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, WorkflowState
from wagtail_localize.models import Translation

from ..freshness import changed_since
from ..languages import LANGUAGES
from ..models import TranslationStatus

Key = tuple[UUID, int]  # a page's translation key, a language's id


class State(models.TextChoices):
    """What a reader or a translator finds of a page in a language; the most urgent comes first."""

    STALE = "stale", _("live, but the source has changed")
    MISSING = "missing", _("missing")
    IN_TRANSLATION = "in_translation", _("in translation")
    SENT_BACK = "sent_back", _("sent back")
    IN_REVIEW = "in_review", _("awaiting review")
    MACHINE = "machine", _("live, machine-translated and not reviewed")
    LIVE = "live", _("live")
    STOPPED = "stopped", _("a page of its own")
    NOT_PLANNED = "not_planned", _("not planned")  # a partial language has only some pages


@dataclass(frozen=True, slots=True)
class TranslationState:
    """One page in one language.

    `since` is when it came to wait for somebody, or None where nobody has anything to do.
    """

    state: State
    translation_id: int | None = None
    target_id: int | None = None
    since: datetime | None = None
    translator_id: int | None = None


def states_of(pages: Iterable[Page], locales: Collection[Locale]) -> dict[Key, TranslationState]:
    """The state of each of these source pages in each of these languages.

    Three queries, however many pages and languages there are: on translated pages, on what they
    were made from, and on the reviews that go on.
    """
    sources = {page.translation_key: page for page in pages}
    locale_ids = [locale.pk for locale in locales]
    targets = targets_of(sources, locale_ids)
    reviews = reviews_going_on()
    translations = translations_of(sources, locale_ids)
    return {
        (key, locale.pk): state_of(
            page,
            locale,
            targets.get((key, locale.pk)),
            translations.get((key, locale.pk)),
            reviews,
        )
        for key, page in sources.items()
        for locale in locales
    }


def targets_of(keys: Iterable[UUID], locale_ids: Collection[int]) -> dict[Key, dict]:
    """The translated pages with these keys in these languages. One query."""
    rows = Page.objects.filter(
        translation_key__in=list(keys), locale_id__in=locale_ids, alias_of__isnull=True
    ).values("pk", "translation_key", "locale_id", "live", "latest_revision_created_at")
    return {(row["translation_key"], row["locale_id"]): row for row in rows}


def is_partial(locale: Locale) -> bool:
    """Whether only some pages are to be there in the language."""
    language = LANGUAGES.get(locale.language_code)
    return language is not None and language.partial


class Known(NamedTuple):
    """What is stored of one translation. No model instance: a table can ask for 13,000 of them."""

    pk: int
    enabled: bool
    made_from: datetime | None
    origin: str | None
    reviewed_at: datetime | None
    translator_id: int | None


def translations_of(keys: Iterable[UUID], locale_ids: Collection[int]) -> dict[Key, Known]:
    """What is stored of the translations of the sources with these keys. One query."""
    rows = Translation.objects.filter(
        source__object_id__in=list(keys), target_locale_id__in=locale_ids
    ).values_list(
        "source__object_id",
        "target_locale_id",
        "pk",
        "enabled",
        "status__source_published_at",
        "status__origin",
        "status__reviewed_at",
        "assignment__translator_id",
    )
    return {(key, locale_id): Known(*known) for key, locale_id, *known in rows}


def reviews_going_on() -> dict[str, WorkflowState]:
    """The reviews of pages that go on, by the page's id as text. One query: there are not many."""
    states = WorkflowState.objects.active().filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    return {state.object_id: state for state in states}


def state_of(
    page: Page,
    locale: Locale,
    target: dict | None,
    known: Known | None,
    reviews: dict[str, WorkflowState],
) -> TranslationState:
    """The state of one page in one language, from what was read of it."""
    if target is None:
        planned = known is not None or not is_partial(locale)
        return TranslationState(
            State.MISSING if planned else State.NOT_PLANNED,
            translation_id=known.pk if known else None,
            since=page.first_published_at if planned else None,
            translator_id=known.translator_id if known else None,
        )
    if known is None or not known.enabled:
        return TranslationState(State.STOPPED, target_id=target["pk"])
    ids = {
        "target_id": target["pk"],
        "translation_id": known.pk,
        "translator_id": known.translator_id,
    }
    review = reviews.get(str(target["pk"]))
    if review is not None:
        back = review.status == WorkflowState.STATUS_NEEDS_CHANGES
        return TranslationState(
            State.SENT_BACK if back else State.IN_REVIEW, since=review.created_at, **ids
        )
    if not target["live"]:
        return TranslationState(
            State.IN_TRANSLATION, since=target["latest_revision_created_at"], **ids
        )
    published_at = page.last_published_at
    if known.made_from and published_at and changed_since(known.made_from, published_at):
        return TranslationState(State.STALE, since=published_at, **ids)
    if known.origin == TranslationStatus.Origin.MACHINE and not known.reviewed_at:
        return TranslationState(State.MACHINE, since=target["latest_revision_created_at"], **ids)
    return TranslationState(State.LIVE, **ids)
