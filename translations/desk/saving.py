"""Takes in what somebody typed at the desk: final, as a draft, or taken away."""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringTranslation, Translation

from ..checks.findings import ERROR, Finding
from ..exchange.markup import MarkupError
from ..exchange.placing import check_target
from ..glossary.finding import glossary_of
from ..segments.models import TargetState
from ..segments.reading import Segment
from ..segments.writing import (
    Suggestion,
    fuzzy_of,
    remove_targets,
    write_fuzzy,
    write_targets,
)
from .rows import checker_of
from .tokens import as_stored


class Saving(models.TextChoices):
    """How a text is to be kept."""

    FINAL = "final", gettext_lazy("Save")
    DRAFT = "draft", gettext_lazy("Keep as a draft")


class UnfitTextError(ValueError):
    """A text that cannot be kept, with the reason in the user's language."""


def stored_text(typed: str, segment: Segment) -> str:
    """What the string store is to have of a typed text. Raises UnfitTextError."""
    try:
        return as_stored(typed.replace("\r\n", "\n").strip("\n"), segment.source)
    except MarkupError:
        raise UnfitTextError(
            _("The signs ⟨…⟩ stand for links and emphasis: each once, closed as it was opened.")
        ) from None


def findings_for(
    translation: Translation, segment: Segment, typed: str, max_length: int | None
) -> list[Finding]:
    """What the checks say of a typed text, errors first. Two queries, in Easy Japanese three."""
    try:
        text = stored_text(typed, segment)
    except UnfitTextError as error:
        return [Finding("tags", ERROR, str(error))]
    if not text.strip():
        return []
    checker = checker_of(translation, glossary_of(translation.target_locale), [text])
    return checker.check(segment.source, text, max_length=max_length)


@transaction.atomic
def save(
    translation: Translation,
    segment: Segment,
    typed: str,
    saving: Saving,
    *,
    note: str = "",
    max_length: int | None = None,
    user=None,
) -> None:
    """Keeps a typed text of a segment, with its note. An empty one takes away what was there.

    A draft may have any faults but those of its tags; what is to be final may not have tags that
    differ, nor be longer than its field. A draft of what was final takes its place, so that nothing
    goes live that somebody is still at. Raises UnfitTextError and changes nothing.
    """
    text = stored_text(typed, segment)
    if not text.strip():
        remove_targets(translation, [segment.key])
        fuzzy_of(translation, [segment.key]).delete()
        return
    if saving == Saving.DRAFT:
        remove_targets(translation, [segment.key])
        write_fuzzy(translation, {segment.key: Suggestion(text, note=note)}, user=user)
        return
    if reason := check_target(segment.source, text):
        raise UnfitTextError(reason)
    too_long = [
        finding
        for finding in findings_for(translation, segment, typed, max_length)
        if finding.code == "length"
    ]
    if too_long:
        raise UnfitTextError(too_long[0].message)
    write_targets(translation, {segment.key: text}, user=user)
    string_id, context_id = segment.key
    target = StringTranslation.objects.get(
        translation_of_id=string_id, context_id=context_id, locale=translation.target_locale
    )
    TargetState.objects.update_or_create(target=target, defaults={"note": note})
