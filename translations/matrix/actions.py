"""What can be done to many pages and languages at once. Each is safe to do again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


# Where an action changes something; elsewhere everything is as it should be.
IN_STATES = {
    # What comes to translators anew: a page that they have not got, or an older version of.
    Action.PREPARE: {State.MISSING, State.NOT_PLANNED, State.STALE},
    Action.HAND_ON: set(State) - {State.LIVE, State.IN_REVIEW, State.STOPPED},
    Action.ASSIGN: set(State),
}


@dataclass
class Outcome:
    """How many translations an action changed, and why it left others as they are."""

    changed: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Order:
    """An action, who wants it, and for the giving of work to whom: nobody means everybody."""

    action: Action
    user: models.Model
    translator: models.Model | None = None

    def carry_out(self, pages: Iterable[Page], locales: Iterable[Locale]) -> Outcome:
        """Does it to these pages in these languages, parents first."""
        outcome = Outcome()
        for page, locale in self.to_do(parents_first(pages), list(locales)):
            if reason := self.do(page, locale):
                outcome.refused.append(refusal(page, locale, reason))
            else:
                outcome.changed += 1
        return outcome

    def to_do(self, pages: list[Page], locales: list[Locale]) -> Iterator[tuple[Page, Locale]]:
        """Where it may change something. Three queries."""
        states = states_of(pages, locales)
        for page in pages:
            for locale in locales:
                found = states[page.translation_key, locale.pk]
                begun = found.translation_id is not None or self.action != Action.HAND_ON
                if begun and found.state in IN_STATES[self.action]:
                    yield page, locale

    def do(self, page: Page, locale: Locale) -> str:
        """Does it to one page and language, in a transaction. Gives why it could not, or nothing.

        Nothing is done to the parts of a page: it is done, or left as it was.
        """
        try:
            with transaction.atomic():
                match self.action:
                    case Action.PREPARE:
                        prepare(page, locale, self.user)
                    case Action.HAND_ON:
                        hand_on(translation_of(page, locale), self.user)
                    case Action.ASSIGN:
                        assign(page, locale, self.translator, self.user)
        except NotReadyError as error:
            return " ".join(error.reasons)
        except NotTheirLanguageError:
            return _("%(person)s does not translate into this language.") % {
                "person": self.translator
            }
        except PermissionDenied:
            return _("you may not publish it.")
        except ParentNotTranslatedError:
            return _("the page above it comes first.")
        except TranslationStoppedError:
            return _("this is a page of its own now.")
        return ""


class NotTheirLanguageError(Exception):
    """The person may not change pages of that language."""


def prepare(page: Page, locale: Locale, user) -> None:
    """Brings a page, as it is live, to the language's translators, as a draft.

    Texts that the memory knows are filled in. What is live stays as readers see it.
    """
    source, _changed = bring_in(page)
    fill_from_memory(submit(source, locale), user)
    make_target(source, locale, publish=False, user=user)


def translation_of(page: Page, locale: Locale) -> Translation:
    """The translation that is in the works. Raises DoesNotExist where nobody has begun."""
    return Translation.objects.select_related("source", "target_locale").get(
        source__object_id=page.translation_key, target_locale=locale
    )


def assign(page: Page, locale: Locale, translator, user) -> None:
    """Gives a page's translation to one person; without a person, back to everybody.

    Raises NotTheirLanguageError for somebody who may not change pages of that language.
    """
    if translator is not None and not translates_into(translator, locale):
        raise NotTheirLanguageError
    source, _changed = bring_in(page)
    translation = submit(source, locale)
    if translator is None:
        Assignment.objects.filter(translation=translation).delete()
    else:
        Assignment.objects.update_or_create(
            translation=translation, defaults={"translator": translator, "assigned_by": user}
        )


def translates_into(person, locale: Locale) -> bool:
    """Whether somebody may change pages of a language."""
    homes = Page.objects.filter(depth=2, locale=locale)
    return any(home.permissions_for_user(person).can_edit() for home in homes)


def parents_first(pages: Iterable[Page]) -> list[Page]:
    """The pages in the order of the tree."""
    return sorted(pages, key=lambda page: page.path)


def refusal(page: Page, locale: Locale, reason: str) -> str:
    """Why a page was left as it was in a language, as staff read it."""
    return _("%(page)s, %(language)s: %(reason)s") % {
        "page": page.title,
        "language": locale,
        "reason": reason,
    }
