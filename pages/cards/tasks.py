"""Work on cards that the `media` queue does."""

from __future__ import annotations

from celery import shared_task
from structlog import get_logger

from jobs.queueing import enqueue_after_commit

from .card import cards_of

logger = get_logger(__name__)

# Few at a time, so that whatever else is queued waits a second or two at most.
CARDS_AT_ONCE = 10


@shared_task
def make_card(page_id: int) -> None:
    """Makes the card of a page that has changed. Safe to run again.

    Nothing happens for a page that has been deleted or taken down since, or whose card is there.
    """
    from .making import make, pages_with_cards

    for _, card in cards_of(pages_with_cards().filter(pk=page_id)):
        make(card)


@shared_task
def make_missing_cards(after: int = 0) -> None:
    """Makes some of the cards that pages lack, then queues itself for the pages after those.

    Pages go by their ids, so that it ends even where a card cannot be made. Safe to run again.
    """
    from .making import make, pages_with_cards, stored_names

    there = stored_names()
    made = 0
    for page, card in cards_of(pages_with_cards().filter(pk__gt=after)):
        if card.name in there:
            continue
        make(card)
        made += 1
        if made == CARDS_AT_ONCE:
            enqueue_after_commit(make_missing_cards, page.pk)
            return


@shared_task
def tidy_cards() -> None:
    """Deletes the cards that are no longer used and makes those that are missing."""
    from .making import delete_unused

    if deleted := delete_unused():
        logger.info("cards_deleted", count=deleted)
    make_missing_cards()
