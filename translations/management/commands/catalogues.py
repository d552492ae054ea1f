"""Keeps the interface's catalogues: --update, --compile, --check."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from translations import catalogues


class Command(BaseCommand):
    """The interface's strings in every language, without GNU gettext."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--update", action="store_true", help="Bring new strings into the POs.")
        parser.add_argument("--compile", action="store_true", help="Write what Django reads.")
        parser.add_argument("--check", action="store_true", help="Fail on any gap.")

    def handle(self, *, update: bool, compile: bool, check: bool, **options) -> None:
        if update:
            for language in catalogues.target_languages():
                new, gone = catalogues.update(language)
                self.stdout.write(f"{language.code}: {new} new, {gone} gone")
        if compile:
            for path in catalogues.compile_catalogues():
                self.stdout.write(f"compiled {path.parent.parent.name}")
        if check:
            lines = [
                line
                for language in catalogues.target_languages()
                for line in catalogues.gaps(language)
            ]
            if lines:
                raise CommandError("\n".join(lines))
            self.stdout.write("All catalogues are complete.")
