"""Brings new and changed source text into the content's PO files, or checks that none lacks."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from pages.starting_content.catalogues import (
    Scope,
    SourceText,
    catalogue_path,
    named_contexts,
    read_catalogue,
    scope_of,
    source_texts,
    target_languages,
    update_catalogue,
)
from pages.starting_content.files import read_content
from pages.starting_content.source import SourceWriter
from pages.starting_content.source import check as check_content
from translations.languages import Language


class Command(BaseCommand):
    """Needs the source content in the database: run `load_content --source-only` first."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "content")
        parser.add_argument("--check", action="store_true", help="Change nothing, fail on a gap.")

    def handle(self, *, folder: Path, check: bool, **options) -> None:
        content = read_content(folder)
        check_content(content)
        writer = SourceWriter(content)
        writer.write()
        whole = Scope(set(content.pages), set(writer.figures))
        texts = self.texts(writer, whole)
        lines = []
        for language in target_languages():
            path = catalogue_path(folder, language)
            scope = scope_of(language, content, named_contexts(path))
            own = texts if scope == whole else self.texts(writer, scope)
            if check:
                lines += self.gaps(folder, language, own)
            else:
                new, gone = update_catalogue(path, language, own)
                self.stdout.write(f"{language.code}: {new} new, {gone} gone")
        if lines:
            raise CommandError("\n".join(lines))
        if check:
            self.stdout.write(f"All {len(texts)} texts are there in every language.")

    def texts(self, writer: SourceWriter, scope: Scope) -> list[SourceText]:
        """All texts of the source content that are in the scope."""
        content = writer.content
        files = {
            path: str(page.file.relative_to(content.folder)) for path, page in content.pages.items()
        }
        pages = {
            page.path: writer.pages[page.path]
            for page in content.parents_first
            if page.path in scope.paths
        }
        figures = [figure for key, figure in writer.figures.items() if key in scope.figures]
        return list(source_texts(pages, files, figures))

    def gaps(self, folder: Path, language: Language, texts: list[SourceText]) -> list[str]:
        """A line for each text that the language lacks or has as fuzzy."""
        entries = read_catalogue(catalogue_path(folder, language))
        known = {
            (context, entry.msgid)
            for context, found in entries.items()
            for entry in found
            if entry.msgstr and not entry.fuzzy
        }
        return [
            f"{language.code}: {text.context}: {text.text[:60]!r} is not translated"
            for text in texts
            if (text.context, text.text) not in known
        ]
