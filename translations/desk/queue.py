"""What waits for the translators and reviewers of some languages, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, WorkflowState

from ..matrix.listing import is_overdue, source_pages
from ..matrix.rights import languages_for, written_by
from ..review.models import TranslationReview
from ..state.progress import Progress, progress_of
from ..state.states import State, TranslationState, states_of

# In this order: what a colleague has asked about, then what readers have wrong, then the rest.
URGENCY = {
    State.SENT_BACK: 0,
    State.STALE: 1,
    State.MISSING: 2,
    State.IN_TRANSLATION: 2,
    State.MACHINE: 3,
}


@dataclass(frozen=True)
class Waiting:
    """One page in one language that waits for somebody."""

    page: Page
    locale: Locale
    state: TranslationState
    progress: Progress
    overdue: bool
    mine: bool

    @property
    def address(self) -> str:
        """Where one works on it."""
        return reverse("translations_desk", args=[self.state.translation_id])

    @property
    def rank(self) -> tuple:
        """What is done first: one's own work, what is overdue, then by urgency and age."""
        since: datetime = self.state.since or timezone.now()
        return (not self.mine, not self.overdue, URGENCY.get(self.state.state, 4), since)


def waiting_for(
    user, locales: Iterable[Locale], wanted: Iterable[State], *, given_to_others: bool = False
) -> list[Waiting]:
    """The translations in these states that a user can open now, the most urgent first.

    Not those that nobody has brought to the translators yet, and those that were given to somebody
    else only if asked for. Seven queries.
    """
    locales, wanted = list(locales), set(wanted)
    pages = list(source_pages())
    states = states_of(pages, locales)
    found = []
    for page in pages:
        for locale in locales:
            state = states[page.translation_key, locale.pk]
            if (
                state.state in wanted
                and state.translation_id is not None
                and state.target_id is not None
                and (given_to_others or state.translator_id in (None, user.pk))
            ):
                found.append((page, locale, state))
    progress = progress_of(
        {page.translation_key for page, _locale, _state in found},
        {locale.pk for _page, locale, _state in found},
    )
    return sorted(
        (
            Waiting(
                page,
                locale,
                state,
                progress.get((page.translation_key, locale.pk), Progress()),
                is_overdue(state, locale),
                state.translator_id == user.pk,
            )
            for page, locale, state in found
        ),
        key=lambda each: each.rank,
    )


def work_for(user) -> list[Waiting]:
    """What waits for a translator, in the languages that they translate into."""
    return waiting_for(user, written_by(user, languages_for(user)), URGENCY)


def reviews_for(user) -> list[Waiting]:
    """What awaits this user's review, whoever translated it."""
    asked = WorkflowState.objects.active().filter(status=WorkflowState.STATUS_IN_PROGRESS)
    if not user.is_superuser:
        own = TranslationReview.objects.filter(groups__in=user.groups.all())
        asked = asked.filter(current_task_state__task__in=own.values("pk"))
    targets = set(asked.values_list("object_id", flat=True))
    if not targets:
        return []
    waiting = waiting_for(user, languages_for(user), [State.IN_REVIEW], given_to_others=True)
    return [each for each in waiting if str(each.state.target_id) in targets]
