"""What a segment's target was before: the memory's units of its place, by time."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail_localize.models import Translation

from .models import MemoryUnit


def history_of(translation: Translation, path: str) -> QuerySet[MemoryUnit]:
    """All that was written at a path of the translation's object, the latest first.

    The source may have been another then: each unit has its own.
    """
    return (
        MemoryUnit.objects.filter(
            object_key=translation.source.object_id,
            target_locale_id=translation.target_locale_id,
            path=path,
        )
        .select_related("written_by")
        .order_by("-written_at", "-pk")
    )
