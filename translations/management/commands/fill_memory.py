"""Brings every translation that is stored into the memory."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from translations.memory.filling import fill_memory


class Command(BaseCommand):
    """For a site whose translations are older than its memory. Safe to run again."""

    help = __doc__

    def handle(self, **options) -> None:
        self.stdout.write(f"{fill_memory()} texts brought into the memory.")
