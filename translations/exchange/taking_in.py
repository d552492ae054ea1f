"""Takes the units of a file into the string store: all of them, or none where one is refused."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import String, StringTranslation, Translation, TranslationContext

from ..segments.models import Origin, TargetState
from ..segments.reading import Key, segments_of
from ..segments.writing import origin_of, write_fuzzy, write_targets
from .markup import words_of
from .placing import Placed, Places, check_html
from .units import Problem, Unit


@dataclass
class Taken:
    """What was taken of a file: final targets that were new or changed, fuzzy ones, and words of an
    earlier source, which the memory keeps. With problems nothing was.
    """

    written: int = 0
    fuzzy: int = 0
    remembered: int = 0
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def take_in(
    translation: Translation,
    units: Iterable[Unit],
    *,
    user=None,
    origin: str = Origin.IMPORTED,
    tool_name: str = "",
    whole: bool = True,
) -> Taken:
    """Stores the units' targets for every segment of the source with the same text.

    A unit's context may name one segment path; without one that the source has, the text alone
    decides. Blank units are passed over, so that nothing is ever emptied. What is fuzzy stays so,
    and stands beside a final target that is there. Asks no rights: see `segments.rights.refusal`.

    With `whole`, nothing is stored if one unit cannot be; otherwise what can be is. The number of
    queries does not grow with the units.
    """
    model = ContentType.objects.get_for_id(translation.source.specific_content_type_id)
    places = Places(segments_of(translation.source_id), model.model_class())
    placed = places.place(units)
    earlier = find_earlier(translation, placed)
    if placed.problems and whole:
        return Taken(problems=placed.problems)
    final = without_what_is_there(translation, placed.final)
    by_whom = {"user": user, "origin": origin, "tool_name": tool_name}
    written = write_targets(translation, final, **by_whom)
    remembered = write_targets(translation, earlier, **by_whom)
    fuzzy = keep_fuzzy(translation, placed, user=user, origin=origin)
    write_notes(translation, {key: placed.notes[key] for key in placed.final})
    return Taken(
        written=written,
        fuzzy=fuzzy,
        remembered=remembered,
        problems=placed.problems,
    )


def without_what_is_there(translation: Translation, final: dict[Key, str]) -> dict[Key, str]:
    """Leaves out targets that say what is stored: a tool may write & where a person wrote &amp;.

    One query.
    """
    there = {
        (row.translation_of_id, row.context_id): row.data
        for row in targets_of(translation).filter(has_error=False)
    }
    return {
        key: text
        for key, text in final.items()
        if key not in there or html.unescape(there[key]) != html.unescape(text)
    }


def find_earlier(translation: Translation, placed: Placed) -> dict[Key, str]:
    """Finds final targets of texts that the source had once: their words go into the memory.

    Any other text is a problem, noted with those that are known. Two queries, where there are any.
    """
    if not placed.unknown:
        return {}
    contexts = dict(
        TranslationContext.objects.filter(
            object_id=translation.source.object_id,
            path__in={unit.context for unit in placed.unknown},
        ).values_list("path", "pk")
    )
    texts = {unit: html_of_unknown(unit) for unit in placed.unknown}
    strings = dict(
        String.objects.filter(
            locale_id=translation.source.locale_id,
            data_hash__in={String._get_data_hash(source) for source, _target in texts.values()},
        ).values_list("data", "pk")
    )
    earlier = {}
    for unit, (source, target) in texts.items():
        if source not in strings or unit.context not in contexts:
            reason = _("The page has no such text.")
            placed.problems.append(Problem(reason, unit.line, unit.words))
        elif reason := check_html(source, target):
            placed.problems.append(Problem(reason, unit.line, unit.words))
        elif not unit.fuzzy:
            earlier[strings[source], contexts[unit.context]] = target
    return earlier


def html_of_unknown(unit: Unit) -> tuple[str, str]:
    """Source and target of a unit whose source is not there to say what its tags were."""
    return tuple(
        text if isinstance(text, str) else words_of(text) for text in (unit.source, unit.target)
    )


def keep_fuzzy(translation: Translation, placed: Placed, *, user, origin: str) -> int:
    """Stores what is fuzzy, but not where a final target is there. Two queries, or none."""
    if not placed.fuzzy:
        return 0
    final = set(targets_of(translation).values_list("translation_of_id", "context_id"))
    fuzzy = {key: suggestion for key, suggestion in placed.fuzzy.items() if key not in final}
    return write_fuzzy(translation, fuzzy, user=user, origin=origin)


def write_notes(translation: Translation, notes: dict[Key, str]) -> None:
    """Stores what the translator noted at final targets. A file without notes takes none away."""
    notes = {key: note for key, note in notes.items() if note}
    if not notes:
        return
    states = []
    for target in targets_of(translation).select_related("state"):
        note = notes.get((target.translation_of_id, target.context_id))
        state = getattr(target, "state", None) or TargetState(
            target=target, origin=origin_of(target)
        )
        if note and note != state.note:
            state.note = note
            states.append(state)
    TargetState.objects.bulk_create(
        states, update_conflicts=True, unique_fields=["target"], update_fields=["note"]
    )


def targets_of(translation: Translation):
    """The final targets of a translation, with those of earlier sources."""
    return StringTranslation.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
    )
