"""What happens when pictures and documents are uploaded; the signal that pictures are ready."""

from __future__ import annotations

from django.db.models.signals import post_save
from django.dispatch import Signal
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from jobs.queueing import enqueue_after_commit

# Sent with the picture as `instance` when renditions of it have been made.
renditions_made = Signal()


def queue_renditions(sender, instance, **kwargs) -> None:
    """A new or another file's renditions are made by the worker, not in a visitor's request."""
    from .tasks import make_renditions

    if instance.renditions_due:
        enqueue_after_commit(make_renditions, instance.pk)


def queue_reading(sender, instance, update_fields: frozenset[str] | None, **kwargs) -> None:
    """A document's words are read by the worker, when it is new and when it may have a new file."""
    from .tasks import read_document

    if update_fields is None or "file" in update_fields:
        enqueue_after_commit(read_document, instance.pk)


def connect() -> None:
    """Connects the handlers; called once when the apps are ready."""
    post_save.connect(queue_renditions, sender=get_image_model(), dispatch_uid="assets.renditions")
    post_save.connect(queue_reading, sender=get_document_model(), dispatch_uid="assets.reading")
