"""Notes that somebody has read a translation against its source."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import StringSegment

from .gate import translation_of


@transaction.atomic
def note_approval(page: Page, user) -> None:
    """Notes of the page, and of each of its texts, that this user has read it now.

    Nothing happens to a page that is not made from a source. Five queries at the most.
    """
    translation = translation_of(page)
    if translation is None:
        return
    now = timezone.now()
    status_model = apps.get_model("translations", "TranslationStatus")
    status_model.objects.update_or_create(
        translation=translation, defaults={"reviewed_at": now, "reviewed_by": user}
    )
    state_model = apps.get_model("translations", "TargetState")
    targets = StringSegment.objects.filter(source_id=translation.source_id).get_translations(
        translation.target_locale_id
    )
    state_model.objects.bulk_create(
        [
            state_model(target_id=pk, reviewed_at=now, reviewed_by=user)
            for pk in set(targets.values_list("pk", flat=True))
        ],
        update_conflicts=True,
        unique_fields=["target"],
        update_fields=["reviewed_at", "reviewed_by"],
    )
