"""What happens to translations when pages are published."""

from __future__ import annotations

from wagtail.models import Page
from wagtail.signals import page_published

from jobs.queueing import enqueue_after_commit

from .languages import SOURCE_CODE
from .tasks import bring_in_page


def queue_published_source(sender, instance: Page, **kwargs) -> None:
    """A published source page is brought into the string store by the worker."""
    if instance.locale.language_code == SOURCE_CODE and not instance.alias_of_id:
        enqueue_after_commit(bring_in_page, instance.pk)


def connect() -> None:
    """Connects the handlers; called once when the apps are ready."""
    page_published.connect(queue_published_source, dispatch_uid="translations.bring_in")
