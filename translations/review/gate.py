"""What keeps a translation from going live."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..checks.findings import ERROR
from ..checks.translation import check_translation
from .policies import policy_of

MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


def translation_of(page: Page) -> Translation | None:
    """What wagtail-localize keeps of a translated page, or None of any other. One query."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id
        )
        .select_related("source", "target_locale")
        .first()
    )


def obstacles(translation: Translation) -> list[str]:
    """Why the translation may not go live, in the words of the user's language; none if it may.

    Eight queries, however long the page is.
    """
    if not translation.enabled:
        return [_("This translation was stopped.")]
    policy = policy_of(translation.target_locale)
    segments = StringSegment.objects.filter(source_id=translation.source_id)
    translated = segments.annotate_translation(translation.target_locale_id)
    missing = translated.filter(translation__isnull=True).count()
    targets = segments.get_translations(translation.target_locale_id).aggregate(
        faulty=Count("pk", filter=Q(has_error=True)),
        machine=Count("pk", filter=Q(translation_type=MACHINE, state__reviewed_at__isnull=True)),
    )
    found = []
    if missing and not policy.partial_allowed:
        found.append(
            ngettext(
                "%(count)d text is not translated.", "%(count)d texts are not translated.", missing
            )
            % {"count": missing}
        )
    if targets["faulty"]:
        found.append(
            ngettext(
                "%(count)d translated text does not fit its field.",
                "%(count)d translated texts do not fit their fields.",
                targets["faulty"],
            )
            % {"count": targets["faulty"]}
        )
    if targets["machine"] and not policy.machine_allowed:
        found.append(
            ngettext(
                "%(count)d text comes from a machine and nobody has reviewed it.",
                "%(count)d texts come from a machine and nobody has reviewed them.",
                targets["machine"],
            )
            % {"count": targets["machine"]}
        )
    checked = check_translation(translation)
    if errors := sum(finding.severity == ERROR for _segment, finding in checked):
        found.append(
            ngettext(
                "The checks found %(count)d error.", "The checks found %(count)d errors.", errors
            )
            % {"count": errors}
        )
    return found


def obstacles_of_page(page: Page) -> list[str]:
    """Why a translated page may not go live; none of a page that is not made from a source."""
    translation = translation_of(page)
    if translation is None or not translation.enabled:
        return []
    return obstacles(translation)
