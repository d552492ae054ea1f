"""What happens when pictures are uploaded."""

from __future__ import annotations

from django.db.models.signals import post_save
from wagtail.images import get_image_model

from jobs.queueing import enqueue_after_commit

from .tasks import make_renditions


def queue_renditions(sender, instance, created: bool, **kwargs) -> None:
    """A new picture's renditions are made by the worker, not in a visitor's request."""
    if created:
        enqueue_after_commit(make_renditions, instance.pk)


def connect() -> None:
    """Connects the handler; called once when the apps are ready."""
    post_save.connect(queue_renditions, sender=get_image_model(), dispatch_uid="assets.renditions")
