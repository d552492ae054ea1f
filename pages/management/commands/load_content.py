"""Brings the starting content into the database: English first, then every language."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.models import ContentLoad
from pages.starting_content.catalogues import target_languages
from pages.starting_content.files import ContentError, read_content
from pages.starting_content.source import SourceWriter, check
from pages.starting_content.translated import TranslatedWriter, read_catalogues


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
            catalogues = read_catalogues(folder, wanted)
            source = SourceWriter(content)
            source.write()
        except ContentError as error:
            raise CommandError(f"{error}\nNothing was changed.") from None
        self.say(f"en: {source.done['pages']} pages, {source.done['figures']} figures")
        translated = TranslatedWriter(source, self.say)
        translated.write(catalogues)
        for code, context, refusal in translated.refusals:
            self.stderr.write(f"{code}.po: {context}: {refusal.msgid[:60]!r}: {refusal.reason}")
        if not source_only and not language:
            ContentLoad.objects.create()
        changed = source.done["pages"] + source.done["figures"] + translated.done.total()
        seconds = time.monotonic() - started
        self.say(
            f"Content: {changed} pages and figures written in {seconds:.0f} s."
            if changed
            else "Content: everything is up to date."
        )

    def say(self, line: str) -> None:
        """Shows progress at once, also through a pipe."""
        self.stdout.write(line)
        self.stdout.flush()
