"""Measures public pages: queries, processor time against a trivial view, and bytes."""

from __future__ import annotations

import gzip
import re
import time
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

FLOOR = "/healthz"
PAGES = {
    "home": "/ja/",
    "pillar index": "/ja/offices/",
    "office": "/ja/offices/paris/",
    "long text": "/ja/multicultural/guide/earthquake-and-tsunami/",
    "chart": "/ja/jet/participants/",
    "sitemap": "/sitemap-ja.xml",
}
LINKED_FILE = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')


@dataclass(frozen=True)
class Measurement:
    """One address: queries of a warm request, processor time in seconds, compressed bytes."""

    queries: int
    seconds: float
    html_bytes: int
    file_bytes: int


class Command(BaseCommand):
    """Times are for comparison within one run only; counts and bytes hold anywhere."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--rounds", type=int, default=40, help="Requests to each address.")

    def handle(self, *, rounds: int, **options) -> None:
        client = Client(HTTP_HOST="127.0.0.1")
        if client.get(PAGES["home"]).status_code != 200:
            raise CommandError("There is no content to measure: start the site once, or load it.")
        floor = measure(client, FLOOR, rounds)
        self.stdout.write(
            f"{'page':<14}{'queries':>8}{'CPU ms':>9}{'× floor':>9}{'HTML':>8}{'+ CSS, JS':>11}"
        )
        self.stdout.write(f"{'trivial view':<14}{floor.queries:>8}{floor.seconds * 1000:>9.2f}")
        for name, path in PAGES.items():
            found = measure(client, path, rounds)
            self.stdout.write(
                f"{name:<14}{found.queries:>8}{found.seconds * 1000:>9.2f}"
                f"{found.seconds / floor.seconds:>9.1f}{found.html_bytes:>8}{found.file_bytes:>11}"
            )


def measure(client: Client, path: str, rounds: int) -> Measurement:
    """One address, after a request that warms it."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        body = client.get(path).content
    started = time.process_time()
    for _ in range(rounds):
        client.get(path)
    seconds = (time.process_time() - started) / rounds
    names = set(LINKED_FILE.findall(body.decode()))
    files = (Path(finders.find(name)) for name in sorted(names))
    return Measurement(
        queries=len(queries),
        seconds=seconds,
        html_bytes=len(gzip.compress(body)),
        file_bytes=sum(len(gzip.compress(file.read_bytes())) for file in files),
    )
