"""Queues the making of readings: when a page is published, when a reading is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published

from jobs.queueing import enqueue_after_commit
from pages.tasks import make_missing_readings, make_readings
from translations.furigana.models import Reading
from translations.furigana.store import languages_with_furigana

# How many loads of content go on in this process, each of which queues all its pages at once.
loads: list[object] = []


@contextmanager
def together() -> Iterator[None]:
    """Pages published within this get their readings in one go at its end, not one by one."""
    load = object()
    loads.append(load)
    try:
        yield
    finally:
        loads.remove(load)
    enqueue_after_commit(make_missing_readings)


def queue_published(sender, instance: Page, **kwargs) -> None:
    """A page that was published gets its readings from the worker."""
    if not loads and instance.locale.language_code in languages_with_furigana():
        enqueue_after_commit(make_readings, instance.pk)


def queue_corrected(sender, raw: bool = False, **kwargs) -> None:
    """A corrected word is corrected wherever it stands."""
    if not raw:
        enqueue_after_commit(make_missing_readings)


def connect() -> None:
    """Connects the handlers; called once when the apps are ready."""
    page_published.connect(queue_published, dispatch_uid="furigana.published")
    post_save.connect(queue_corrected, sender=Reading, dispatch_uid="furigana.corrected")
    post_delete.connect(queue_corrected, sender=Reading, dispatch_uid="furigana.withdrawn")
