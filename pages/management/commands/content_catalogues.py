"""Brings new and changed source text into the content's PO files, or checks that none lacks."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.starting_content.catalogues import (
    SourceText,
    catalogue_path,
    read_catalogue,
    source_texts,
    target_languages,
    update_catalogue,
)
from pages.starting_content.files import read_content
from pages.starting_content.source import SourceWriter
from pages.starting_content.source import check as check_content


class Command(BaseCommand):
    """Needs the source content in the database: run `load_content --source-only` first."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "content")
        parser.add_argument("--check", action="store_true", help="Change nothing, fail on a gap.")

    def handle(self, *, folder: Path, check: bool, **options) -> None:
        texts = self.texts(folder)
        if check:
            lines = self.gaps(folder, texts)
            if lines:
                raise CommandError("\n".join(lines))
            self.stdout.write(f"All {len(texts)} texts are there in every language.")
            return
        for language in target_languages():
            new, gone = update_catalogue(catalogue_path(folder, language), language, texts)
            self.stdout.write(f"{language.code}: {new} new, {gone} gone")

    def texts(self, folder: Path) -> list[SourceText]:
        """All texts of the source content."""
        content = read_content(folder)
        check_content(content)
        writer = SourceWriter(content)
        writer.write()
        files = {path: str(page.file.relative_to(folder)) for path, page in content.pages.items()}
        pages = {page.path: writer.pages[page.path] for page in content.parents_first}
        return list(source_texts(pages, files, list(writer.figures.values())))

    def gaps(self, folder: Path, texts: list[SourceText]) -> list[str]:
        """A line for each text that a language lacks or has as fuzzy."""
        lines = []
        for language in target_languages():
            entries = read_catalogue(catalogue_path(folder, language))
            known = {
                (context, entry.msgid)
                for context, found in entries.items()
                for entry in found
                if entry.msgstr and not entry.fuzzy
            }
            lines += [
                f"{language.code}: {text.context}: {text.text[:60]!r} is not translated"
                for text in texts
                if (text.context, text.text) not in known
            ]
        return lines
