"""Brings the starting content into the database: English first, then every language."""

import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.starting_content.files import ContentError, read_content
from pages.starting_content.source import SourceWriter, check


class Command(BaseCommand):
    """Loads content/ and says what it did. Running it again changes only what differs."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=settings.BASE_DIR / "content",
            help="Where the content files are.",
        )

    def handle(self, *, folder: Path, verbosity: int, **options) -> None:
        started = time.monotonic()
        say = (lambda line: self.stdout.write(f"  {line}")) if verbosity > 1 else (lambda line: None)
        try:
            content = read_content(folder)
            check(content)
            writer = SourceWriter(content, say)
            writer.write()
        except ContentError as error:
            raise CommandError(f"{error}\nNothing was changed.") from None
        self.stdout.write(f"{dict(writer.done)} {time.monotonic() - started:.1f}s")
