"""Brings the starting content into the database: English first, then every language."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.cards.signals import made_together
from pages.furigana.signals import together
from pages.models import ContentLoad
from pages.starting_content.catalogues import target_languages
from pages.starting_content.files import ContentError, read_content
from pages.starting_content.redirects import read_redirects, write_redirects
from pages.starting_content.source import SourceWriter, check
from pages.starting_content.translated import TranslatedWriter, read_catalogues
from translations.glossary.loading import GlossaryError, load_glossary, read_glossary
from translations.memory.filling import fill_memory


class Command(BaseCommand):
    """Loads content/ and says what it did. Running it again changes only what differs.

    Every file is read and checked before anything is written. A run that was interrupted goes on
    where it stopped when it is started again.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "content",
            help="Where the content files are.",
        )
        parser.add_argument(
            "--once", action="store_true", help="Do nothing if it was loaded completely before."
        )
        parser.add_argument(
            "--language",
            action="append",
            choices=[language.code for language in target_languages()],
            help="Only this language besides English; may be given more than once.",
        )
        parser.add_argument(
            "--source-only", action="store_true", help="English only, no translations."
        )

    @made_together()
    def handle(
        self,
        *,
        folder: Path,
        once: bool,
        language: list[str] | None,
        source_only: bool,
        **options,
    ) -> None:
        if once and ContentLoad.objects.exists():
            return
        started = time.monotonic()
        wanted = [] if source_only else language or [each.code for each in target_languages()]
        try:
            content = read_content(folder)
            check(content)
            redirects = read_redirects(content)
            catalogues = read_catalogues(folder, wanted)
            terms = read_glossary(folder / "glossary.yaml")
            source = SourceWriter(content)
            source.write()
        except (ContentError, GlossaryError) as error:
            raise CommandError(f"{error}\nNothing was changed.") from None
        self.say(f"en: {source.done['pages']} pages, {source.done['figures']} figures")
        translated = TranslatedWriter(source, self.say)
        with together():
            translated.write(catalogues)
        for code, context, problem in translated.refusals:
            self.stderr.write(f"{code}.po: {context}: {problem.source[:60]!r}: {problem.reason}")
        made = write_redirects(redirects) + load_glossary(terms)
        # For translations from before there was a memory; those of today are in it.
        fill_memory()
        if not source_only and not language:
            ContentLoad.objects.create()
        changed = source.done["pages"] + source.done["figures"] + translated.done.total() + made
        seconds = time.monotonic() - started
        self.say(
            f"Content: {changed} pages, figures, redirects and terms written in {seconds:.0f} s."
            if changed
            else "Content: everything is up to date."
        )

    def say(self, line: str) -> None:
        """Shows progress at once, also through a pipe."""
        self.stdout.write(line)
        self.stdout.flush()
