"""The rows of the table, and the numbers below its languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

from ..languages import SOURCE_CODE
from ..review.policies import policy_of
from ..state.progress import Progress, progress_of
from ..state.states import Key, State, TranslationState, states_of

# What somebody has to do something about.
WAITING = (
    State.STALE,
    State.MISSING,
    State.IN_TRANSLATION,
    State.SENT_BACK,
    State.IN_REVIEW,
    State.MACHINE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One page in one language: its state, how much of it is translated, where to go on."""

    locale: Locale
    state: TranslationState
    progress: Progress | None

    @property
    def address(self) -> str:
        """Where to do what comes next, or nothing while there is no page to open yet."""
        if self.state.target_id is None:
            return ""
        if self.state.translation_id is not None and self.state.state != State.STOPPED:
            return reverse("translations_desk", args=[self.state.translation_id])
        return reverse("wagtailadmin_pages:edit", args=[self.state.target_id])

    @property
    def overdue(self) -> bool:
        """Whether it waits for longer than the language allows."""
        return is_overdue(self.state, self.locale)


@dataclass(frozen=True, slots=True)
class Row:
    """One source page in all the languages shown."""

    page: Page
    level: int
    words: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Total:
    """One language over all the pages that were chosen."""

    locale: Locale
    live: int
    waiting: int
    pages: int

    @property
    def per_cent(self) -> int:
        """How many of the pages are live and up to date."""
        return self.live * 100 // self.pages if self.pages else 0


def is_overdue(state: TranslationState, locale: Locale) -> bool:
    """Whether a translation waits for longer than the policy of its language allows."""
    days = timedelta(days=policy_of(locale).days_until_overdue)
    return state.since is not None and timezone.now() - state.since > days


def source_pages() -> PageQuerySet:
    """The site's live pages that are translated, in the order of the tree."""
    below_a_root = Q()
    for root in Site.get_site_root_paths():
        if root.language_code == SOURCE_CODE:
            below_a_root |= Q(url_path__startswith=root.root_path)
    if not below_a_root:
        return Page.objects.none()
    return Page.objects.filter(
        below_a_root, locale__language_code=SOURCE_CODE, live=True, alias_of__isnull=True
    ).order_by("path")


def in_states(
    pages: Iterable[Page], states: dict[Key, TranslationState], wanted: Sequence[str]
) -> list[Page]:
    """The pages that are in one of these states in any language shown."""
    keys = {key for (key, _), state in states.items() if state.state in wanted}
    return [page for page in pages if page.translation_key in keys]


def with_overdue(
    pages: Iterable[Page], states: dict[Key, TranslationState], locales: Iterable[Locale]
) -> list[Page]:
    """The pages that wait for too long in any language shown."""
    locales = list(locales)
    return [
        page
        for page in pages
        if any(is_overdue(states[page.translation_key, locale.pk], locale) for locale in locales)
    ]


def rows_of(
    pages: Sequence[Page], locales: Sequence[Locale], states: dict[Key, TranslationState]
) -> list[Row]:
    """Rows for these pages, with their progress. Three queries."""
    progress = progress_of(
        [page.translation_key for page in pages], [locale.pk for locale in locales]
    )
    rows = []
    for page in pages:
        cells = [
            Cell(
                locale,
                states[page.translation_key, locale.pk],
                progress.get((page.translation_key, locale.pk)),
            )
            for locale in locales
        ]
        known = next((cell.progress for cell in cells if cell.progress), Progress())
        rows.append(Row(page, page.depth - 2, known.words, cells))
    return rows


def totals_of(
    pages: Sequence[Page], locales: Sequence[Locale], states: dict[Key, TranslationState]
) -> list[Total]:
    """For each language how many of the pages are live and up to date, and how many wait."""
    counts: dict[int, Counter] = {locale.pk: Counter() for locale in locales}
    for page in pages:
        for locale in locales:
            counts[locale.pk][states[page.translation_key, locale.pk].state] += 1
    return [
        Total(
            locale,
            live=counts[locale.pk][State.LIVE],
            waiting=sum(counts[locale.pk][state] for state in WAITING),
            pages=len(pages),
        )
        for locale in locales
    ]


def all_states(pages: Sequence[Page], locales: Sequence[Locale]) -> dict[Key, TranslationState]:
    """The states of these pages in these languages. Three queries."""
    return states_of(pages, locales)
