"""The panel of the page editor that says how far each language is, and what publishing changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.models import Page
from wagtail_localize.models import StringSegment
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .languages import SOURCE_CODE
from .matrix.listing import Cell
from .matrix.rights import languages_for
from .state.progress import progress_of
from .state.states import State, states_of

# What readers have: publishing a changed text makes these stale.
READ = {State.LIVE, State.STALE, State.MACHINE}


@dataclass(frozen=True)
class PendingChange:
    """What publishing a draft of a source asks of its translators."""

    new_texts: int
    removed_texts: int
    new_words: int
    languages: int


def texts_of(page: Page) -> Counter[tuple[str, str]]:
    """What is to translate on a page as it stands, by place and text."""
    return Counter(
        (value.path, value.string.data)
        for value in extract_segments(page)
        if isinstance(value, StringSegmentValue)
    )


def pending_change(page: Page, cells: list[Cell]) -> PendingChange | None:
    """What publishing the page as it stands changes for translators; None if nothing. One query.

    Before a page came to the translators for the first time there is nothing to compare it with.
    """
    stored = Counter(
        StringSegment.objects.filter(source__object_id=page.translation_key).values_list(
            "context__path", "string__data"
        )
    )
    if not stored:
        return None
    draft = texts_of(page)
    new, removed = draft - stored, stored - draft
    if not new and not removed:
        return None
    return PendingChange(
        new_texts=new.total(),
        removed_texts=removed.total(),
        new_words=sum(len(text.split()) * number for (_path, text), number in new.items()),
        languages=sum(cell.state.state in READ for cell in cells),
    )


class TranslationsPanel(Panel):
    """Shows the languages of a source page; nothing on a translated page or one not saved yet."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "translations/editor_panel.html"

        def is_shown(self) -> bool:
            page = self.instance
            return (
                page.pk is not None
                and page.locale.language_code == SOURCE_CODE
                and not page.alias_of_id
                and bool(languages_for(self.request.user))
            )

        @cached_property
        def cells(self) -> list[Cell]:
            """Each language with its state and progress. Six queries, however many languages."""
            page, locales = self.instance, languages_for(self.request.user)
            states = states_of([page], locales)
            progress = progress_of([page.translation_key], [locale.pk for locale in locales])
            return [
                Cell(locale, states[key], progress.get(key))
                for locale in locales
                for key in [(page.translation_key, locale.pk)]
            ]

        @property
        def up_to_date(self) -> int:
            """In how many languages readers have the page as it is now."""
            return sum(cell.state.state == State.LIVE for cell in self.cells)

        @property
        def planned(self) -> int:
            """In how many languages the page is there or is to be."""
            return sum(cell.state.state != State.NOT_PLANNED for cell in self.cells)

        @cached_property
        def change(self) -> PendingChange | None:
            """What publishing the draft, as it was saved last, makes stale."""
            return pending_change(self.instance, self.cells)
