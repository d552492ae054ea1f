"""Measures public pages: queries, processor time against a trivial view, bytes and requests."""

from __future__ import annotations

import gzip

from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from clair_site.bench.pages import cost_of, seconds_of
from clair_site.bench.servers import seconds_of_file, seconds_of_kept_page

FLOOR = "/healthz"
PAGES = {
    "home": "/ja/",
    "pillar index": "/ja/offices/",
    "office": "/ja/offices/paris/",
    "long text": "/ja/multicultural/guide/earthquake-and-tsunami/",
    "chart": "/ja/jet/participants/",
    "search": "/ja/search/?q=%E9%81%BF%E9%9B%A3%E6%89%80",
    "sitemap": "/sitemap-ja.xml",
}
HEADINGS = (
    *(("page", 14), ("queries", 8), ("CPU ms", 8), ("× floor", 8), ("kept ms", 8)),
    *(("requests", 9), ("HTML", 7), ("CSS", 7), ("JS", 7), ("pictures", 9)),
)


class Command(BaseCommand):
    """Times are for comparison within one run only; counts and bytes hold anywhere.

    “× floor” is against a view that does nothing; “kept” is a page that the page cache holds, which
    a search never is.
    """

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--rounds", type=int, default=40, help="Requests to each address.")
        parser.add_argument(
            "--no-servers", action="store_true", help="Measure without starting servers."
        )

    def handle(self, *, rounds: int, no_servers: bool, **options) -> None:
        client = Client(HTTP_HOST="127.0.0.1")
        if client.get(PAGES["home"]).status_code != 200:
            raise CommandError("There is no content to measure: start the site once, or load it.")
        floor = seconds_of(client, FLOOR, rounds * 5)
        self.line(*(name for name, _ in HEADINGS))
        self.line("trivial view", 0, f"{floor * 1000:.2f}", "1.0", "", 1, "", "", "", "")
        for name, path in PAGES.items():
            cost = cost_of(path, rounds)
            self.line(
                *(name, cost.queries, f"{cost.seconds * 1000:.2f}"),
                *(f"{cost.seconds / floor:.1f}", f"{cost.seconds_kept * 1000:.2f}"),
                *(cost.requests, cost.html, cost.css, cost.script, cost.pictures),
            )
        if not no_servers:
            self.compare_servers(PAGES["home"])

    def line(self, *values: object) -> None:
        """One row of the table."""
        first, *others = zip(values, HEADINGS, strict=True)
        cells = [f"{value!s:>{width}}" for value, (_, width) in others]
        self.stdout.write(f"{first[0]!s:<{first[1][1]}}{''.join(cells)}")

    def compare_servers(self, path: str) -> None:
        """A kept page over HTTP beside the same compressed bytes as a file."""
        body = gzip.compress(Client(HTTP_HOST="127.0.0.1").get(path).content, 6)
        kept = seconds_of_kept_page(path)
        file = seconds_of_file(body)
        self.stdout.write(f"\nkept page, gunicorn, over HTTP: {kept * 1000:.2f} ms a request")
        if file is None:
            self.stdout.write("nginx is not installed: no comparison with a file")
        else:
            self.stdout.write(
                f"the same bytes as a file, nginx: {file * 1000:.2f} ms; {kept / file:.1f} times"
            )
