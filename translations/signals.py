"""What happens to translations when pages are published."""

from __future__ import annotations

from wagtail.models import Page, Revision
from wagtail.signals import page_published
from wagtail_localize.models import Translation

from jobs.queueing import enqueue_after_commit

from .freshness import record
from .languages import SOURCE_CODE
from .tasks import bring_in_page


def queue_published_source(sender, instance: Page, **kwargs) -> None:
    """A published source page is brought into the string store by the worker."""
    if instance.locale.language_code == SOURCE_CODE and not instance.alias_of_id:
        enqueue_after_commit(bring_in_page, instance.pk)


def record_published_translation(
    sender, instance: Page, revision: Revision | None = None, **kwargs
) -> None:
    """A translated page that goes live, from wherever, remembers which version it was made from.

    A revision from before the store last changed keeps what was known: it is older than the store.
    """
    if instance.locale.language_code == SOURCE_CODE or revision is None:
        return
    translation = (
        Translation.objects.filter(
            source__object_id=instance.translation_key,
            target_locale_id=instance.locale_id,
            enabled=True,
        )
        .select_related("source", "status")
        .first()
    )
    if translation and revision.created_at >= translation.source.last_updated_at:
        record(translation)


def connect() -> None:
    """Connects the handlers; called once when the apps are ready."""
    page_published.connect(record_published_translation, dispatch_uid="translations.record")
    page_published.connect(queue_published_source, dispatch_uid="translations.bring_in")
