"""What can be done to many pages and languages at once. Each is safe to do again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from ..memory.filling import fill_from_memory
from ..models import Assignment
from ..review.handing_on import NotReadyError, hand_on
from ..state.states import State, states_of
from ..store import bring_in
from ..targets import (
    ParentNotTranslatedError,
    TranslationStoppedError,
    make_target,
    submit,
)


class Action(models.TextChoices):
    """What one can do to the pages chosen in the table."""

    PREPARE = "prepare", gettext_lazy("Prepare for translation")
    HAND_ON = "hand_on", gettext_lazy("Publish or send to review what is ready")
    ASSIGN = "assign", gettext_lazy("Give to a translator")


# What comes to translators anew: a page that they have not got, or an older version of.
TO_PREPARE = (State.MISSING, State.NOT_PLANNED, State.STALE)


@dataclass
class Outcome:
    """How many translations an action changed, and why it left others as they are."""

    changed: int = 0
    refused: list[str] = field(default_factory=list)


def prepare(pages: Iterable[Page], locales: Iterable[Locale], user) -> Outcome:
    """Brings the pages, as they are live, to the languages' translators: as drafts, parents first.

    Texts that the memory knows are filled in. What is live stays as readers see it. Each page and
    language is a transaction of its own. What is up to date already is left alone.
    """
    outcome = Outcome()
    locales = list(locales)
    pages = sorted(pages, key=lambda page: page.path)
    states = states_of(pages, locales)
    for page in pages:
        source, _changed = bring_in(page)
        for locale in locales:
            if states[page.translation_key, locale.pk].state not in TO_PREPARE:
                continue
            try:
                with transaction.atomic():
                    fill_from_memory(submit(source, locale), user)
                    make_target(source, locale, publish=False, user=user)
                outcome.changed += 1
            except ParentNotTranslatedError:
                outcome.refused.append(
                    _("%(page)s, %(language)s: the page above it comes first.")
                    % {"page": page.title, "language": locale}
                )
            except TranslationStoppedError:
                outcome.refused.append(
                    _("%(page)s, %(language)s: this is a page of its own now.")
                    % {"page": page.title, "language": locale}
                )
    return outcome


def hand_on_ready(pages: Iterable[Page], locales: Iterable[Locale], user) -> Outcome:
    """Publishes what is ready, or sends it to review where the language asks for one."""
    outcome = Outcome()
    pages = {page.translation_key: page for page in sorted(pages, key=lambda page: page.path)}
    locales = {locale.pk: locale for locale in locales}
    states = states_of(pages.values(), list(locales.values()))
    translations = Translation.objects.filter(
        source__object_id__in=pages, target_locale_id__in=locales
    ).select_related("source", "target_locale")
    place = list(pages)
    for translation in sorted(translations, key=lambda row: place.index(row.source.object_id)):
        key = (translation.source.object_id, translation.target_locale_id)
        if states[key].state in (State.LIVE, State.IN_REVIEW, State.STOPPED):
            continue
        try:
            with transaction.atomic():
                hand_on(translation, user)
            outcome.changed += 1
        except NotReadyError as error:
            reason = " ".join(error.reasons)
        except PermissionDenied:
            reason = _("you may not publish it.")
        except ParentNotTranslatedError:
            reason = _("the page above it comes first.")
        else:
            continue
        outcome.refused.append(
            _("%(page)s, %(language)s: %(reason)s")
            % {
                "page": pages[key[0]].title,
                "language": translation.target_locale,
                "reason": reason,
            }
        )
    return outcome


@transaction.atomic
def assign(pages: Iterable[Page], locales: Iterable[Locale], translator, user) -> Outcome:
    """Gives these pages' translations to one person; without a person, back to everybody.

    Refused for a language whose pages the person may not change.
    """
    outcome = Outcome()
    for locale in locales:
        homes = Page.objects.filter(depth=2, locale=locale)
        if translator is not None and not any(
            home.permissions_for_user(translator).can_edit() for home in homes
        ):
            outcome.refused.append(
                _("%(person)s does not translate into %(language)s.")
                % {"person": translator, "language": locale}
            )
            continue
        for page in pages:
            source, _changed = bring_in(page)
            translation = submit(source, locale)
            if translator is None:
                Assignment.objects.filter(translation=translation).delete()
            else:
                Assignment.objects.update_or_create(
                    translation=translation,
                    defaults={"translator": translator, "assigned_by": user},
                )
            outcome.changed += 1
    return outcome
