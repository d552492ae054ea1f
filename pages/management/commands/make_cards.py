"""Makes the pictures for shared links that pages lack, all of them now."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from pages.cards.card import cards_of
from pages.cards.making import general_picture, make, pages_with_cards
from pages.cards.shared import GENERAL


class Command(BaseCommand):
    """Does at once what the worker does bit by bit. Running it again makes only what is missing."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--general",
            action="store_true",
            help="Only the one picture for all pages without one, into static/, to be committed.",
        )

    def handle(self, *, general: bool, **options) -> None:
        if general:
            (settings.BASE_DIR / "static" / GENERAL).write_bytes(general_picture())
            return
        started = time.monotonic()
        made = sum(make(card) for _, card in cards_of(pages_with_cards()))
        seconds = time.monotonic() - started
        each = f", {1000 * seconds / made:.0f} ms each" if made else ""
        self.stdout.write(f"{made} cards made in {seconds:.1f} s{each}.")
