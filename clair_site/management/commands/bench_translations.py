"""Measures the translation engine beside wagtail-localize and Wagtail, in a database of its own."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import connection

from clair_site.bench.scratch import scratch_database
from clair_site.bench.translating import FEWEST, MOST, Bench, Costs, segments_on

STEPS = (
    ("submit", "to translators"),
    ("publish", "publishing"),
    ("store", "changed source"),
    ("update", "publishing again"),
)


class Command(BaseCommand):
    """Queries and milliseconds for each page and language. The ratios hold anywhere."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pages", type=int, default=20, help="How many, for each way.")
        parser.add_argument("--languages", type=int, default=12, help="Into how many.")

    def handle(self, *, pages: int, languages: int, **options) -> None:
        with scratch_database("clair_scale_translations"):
            bench = Bench(languages)
            for segments in (FEWEST, MOST):
                # Once before it counts, so that nobody pays for what is read but once.
                for way in (bench.stock, bench.ours, bench.floor):
                    way(bench.pages(1, segments))
                trees = [bench.pages(pages, segments) for _ in range(3)]
                stock, ours = bench.stock(trees[0]), bench.ours(trees[1])
                floor = bench.floor(trees[2])
                self.stdout.write(
                    f"{connection.vendor}: {pages} pages of {segments_on(trees[1][0])} texts"
                    f" into {len(bench.locales)} languages"
                )
                self.show(stock, ours, floor, pages, len(bench.locales))

    def show(self, stock: Costs, ours: Costs, floor: Costs, pages: int, languages: int) -> None:
        """One line a step, for each page and language; the store is for each page."""
        ways = (("wagtail-localize", stock), ("ours", ours), ("Wagtail", floor))
        self.stdout.write(f"{'':<18}" + "".join(f"{name:>24}" for name, _costs in ways))
        for step, label in STEPS:
            number = pages if step == "store" else pages * languages
            line = f"{label:<18}"
            for _name, costs in ways:
                cost = getattr(costs, step)
                queries, milliseconds = cost.queries / number, cost.seconds * 1000 / number
                line += f"{queries:>12.1f} q{milliseconds:>7.1f} ms"
            self.stdout.write(line)
        self.stdout.write(
            f"wagtail-localize takes {stock.seconds / ours.seconds:.1f} times as long.\n"
        )
