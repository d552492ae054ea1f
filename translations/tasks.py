"""Work on translations that the `translations` queue does."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction
from wagtail.models import Page

from .places import follow_place
from .store import bring_in


@shared_task
def bring_in_page(page_id: int) -> None:
    """Brings a source page, as it is live now, into the string store, for its translators to see.

    Nothing happens for a page that has been deleted or taken down since. Safe to run again.
    """
    with transaction.atomic():
        # Locked, so that of two workers at one page none writes an older version last.
        page = Page.objects.select_for_update().filter(pk=page_id, live=True).first()
        if page is not None:
            bring_in(page)


@shared_task
def bring_translations_along(page_id: int) -> None:
    """Gives the translations of a source page the address that it has now. Safe to run again."""
    page = Page.objects.filter(pk=page_id).first()
    if page is not None:
        follow_place(page)
