"""When cards are made: after a page is published or moved, by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from wagtail.models import Page
from wagtail.signals import page_published, post_page_move

from jobs.queueing import enqueue_after_commit

from .card import SECTION_DEPTH
from .tasks import make_card, make_missing_cards

waiting: ContextVar[bool] = ContextVar("waiting", default=False)


def queue_card(sender, instance: Page, **kwargs) -> None:
    """A published page's card; those of all pages of a section, which show its title."""
    if not settings.SOCIAL_CARDS or waiting.get():
        return
    if instance.depth == SECTION_DEPTH:
        enqueue_after_commit(make_missing_cards)
    else:
        enqueue_after_commit(make_card, instance.pk)


def queue_moved(sender, **kwargs) -> None:
    """Pages that may stand in another section now."""
    if settings.SOCIAL_CARDS:
        enqueue_after_commit(make_missing_cards)


@contextmanager
def made_together() -> Iterator[None]:
    """Cards of the many pages that are published inside are made after it, a few at a time."""
    token = waiting.set(True)
    try:
        yield
    finally:
        waiting.reset(token)
        if settings.SOCIAL_CARDS:
            enqueue_after_commit(make_missing_cards)


def connect() -> None:
    """Connects the handlers; called once when the apps are ready."""
    page_published.connect(queue_card, dispatch_uid="cards.published")
    post_page_move.connect(queue_moved, dispatch_uid="cards.moved")
