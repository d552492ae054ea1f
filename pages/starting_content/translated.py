"""Makes the other languages' pages and figures from the PO files, through the string store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import polib
from django.db import transaction
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource

from pages.models import Figure
from translations.exchange.po import unit_of
from translations.exchange.taking_in import take_in
from translations.exchange.units import Problem
from translations.freshness import version_date
from translations.languages import Language, get_language
from translations.models import TranslationStatus
from translations.store import bring_in
from translations.targets import make_target, submit

from .catalogues import (
    FIGURES_CONTEXT,
    Scope,
    catalogue_path,
    read_catalogue,
    scope_of,
    target_languages,
)
from .source import SourceWriter

Entries = dict[str, list[polib.POEntry]]
TOOL_NAME = "content files"


def read_catalogues(folder: Path, codes: list[str]) -> dict[str, Entries]:
    """The PO files of these languages that are there. Raises ContentError for a broken one."""
    return {
        code: read_catalogue(path)
        for code in codes
        if (path := catalogue_path(folder, get_language(code))).exists()
    }


class TranslatedWriter:
    """Writes every language, one transaction for each object and language, parents first."""

    def __init__(self, source: SourceWriter, say: Callable[[str], None]) -> None:
        self.source = source
        self.say = say
        self.done: Counter[str] = Counter()
        self.refusals: list[tuple[str, str, Problem]] = []

    def objects(self) -> Iterator[tuple[str, TranslatableMixin]]:
        """Everything to translate with its context in the PO files: figures, then pages."""
        for figure in self.source.figures.values():
            yield FIGURES_CONTEXT, figure
        for page in self.source.content.parents_first:
            yield page.path, self.source.pages[page.path]

    @staticmethod
    def belongs(scope: Scope, context: str, instance: TranslatableMixin) -> bool:
        """Whether a language of this scope is to have the page or figure."""
        if context == FIGURES_CONTEXT:
            return instance.key in scope.figures
        return context in scope.paths

    def write(self, catalogues: dict[str, Entries]) -> None:
        """Brings all languages in. What is up to date already is passed over."""
        sources = []
        for context, instance in self.objects():
            source, _ = bring_in(instance)
            sources.append((context, instance, source))
        for language in target_languages():
            if language.code in catalogues:
                entries = catalogues[language.code]
                scope = scope_of(language, self.source.content, entries)
                own = [each for each in sources if self.belongs(scope, each[0], each[1])]
                self.write_language(language, entries, own)

    def write_language(
        self,
        language: Language,
        entries: Entries,
        sources: list[tuple[str, TranslatableMixin, TranslationSource]],
    ) -> None:
        """Brings one language in."""
        locale = Locale.objects.get(language_code=language.code)
        fresh = self.up_to_date(locale, sources)
        before = self.done.total()
        for context, _, source in sources:
            with transaction.atomic():
                translation = submit(source, locale)
                if not translation.enabled:
                    continue  # people took it out of this, or deleted the page
                taken = take_in(
                    translation,
                    [unit_of(entry) for entry in entries.get(context, []) if is_final(entry)],
                    tool_name=TOOL_NAME,
                    whole=False,
                )
                if context != FIGURES_CONTEXT:
                    self.refusals += [
                        (language.code, context, problem) for problem in taken.problems
                    ]
                if taken.written or translation.pk not in fresh:
                    make_target(source, locale)
                    self.done[language.code] += 1
        self.say(f"{language.code}: {self.done.total() - before} pages and figures")

    def up_to_date(
        self, locale: Locale, sources: list[tuple[str, TranslatableMixin, TranslationSource]]
    ) -> set[int]:
        """The translations whose page or figure is there and was made from the source as it is."""
        keys = [instance.translation_key for _, instance, _ in sources]
        there = set(
            Page.objects.filter(translation_key__in=keys, locale=locale, live=True).values_list(
                "translation_key", flat=True
            )
        ) | set(Figure.objects.filter(locale=locale).values_list("translation_key", flat=True))
        made_from = dict(
            TranslationStatus.objects.filter(
                translation__target_locale=locale,
            ).values_list("translation_id", "source_published_at")
        )
        by_source = dict(
            Translation.objects.filter(
                source__in=[source for _, _, source in sources], target_locale=locale
            ).values_list("source_id", "pk")
        )
        fresh = set()
        for _, instance, source in sources:
            pk = by_source.get(source.pk)
            if (
                instance.translation_key in there
                and made_from.get(pk) is not None
                and made_from[pk] >= version_date(source)
            ):
                fresh.add(pk)
        return fresh


def is_final(entry: polib.POEntry) -> bool:
    """Whether an entry has a translation that readers may see."""
    return not (entry.fuzzy or entry.obsolete)
