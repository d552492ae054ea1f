"""What happens to translations when pages are published, and when they get another address."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db.models.signals import post_save
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail_localize.models import StringTranslation, Translation

from accounts.groups import groups_created
from jobs.asking import ask_for

from .freshness import record
from .languages import SOURCE_CODE
from .life_cycle import take_down_translations
from .review.workflows import make_reviews
from .segments.writing import follow_single_write
from .tasks import BRING_IN, FOLLOW_PLACE


def queue_published_source(sender, instance: Page, **kwargs) -> None:
    """A published source page is brought into the string store by the worker."""
    if instance.locale.language_code == SOURCE_CODE and not instance.alias_of_id:
        ask_for(BRING_IN, instance.pk, title=instance.title)


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


def queue_changed_address(sender, instance: Page, **kwargs) -> None:
    """The translations of a source page that was moved or renamed follow it, by the worker."""
    if instance.locale.language_code == SOURCE_CODE and not instance.alias_of_id:
        ask_for(FOLLOW_PLACE, instance.pk, title=instance.title)


def make_reviews_of_languages(sender, reviewers: Group, **kwargs) -> None:
    """Each language has its review once there is a group for it."""
    make_reviews(reviewers)


def connect() -> None:
    """Connects the handlers; called once when the apps are ready."""
    post_save.connect(
        follow_single_write, sender=StringTranslation, dispatch_uid="translations.single_write"
    )
    page_published.connect(record_published_translation, dispatch_uid="translations.record")
    page_published.connect(queue_published_source, dispatch_uid="translations.bring_in")
    page_slug_changed.connect(queue_changed_address, dispatch_uid="translations.slug_changed")
    post_page_move.connect(queue_changed_address, dispatch_uid="translations.moved")
    page_unpublished.connect(take_down_translations, dispatch_uid="translations.taken_down")
    groups_created.connect(make_reviews_of_languages, dispatch_uid="translations.reviews")
