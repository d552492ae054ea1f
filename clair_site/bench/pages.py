"""What one address costs: queries, processor time made anew and kept, bytes by kind, requests."""

from __future__ import annotations

import gzip
import re
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

# What a browser loads with a page: styles, scripts and pictures, each once.
LOADED = re.compile(
    r"""<(?:link[^>]+rel="(?:stylesheet|icon|manifest)"[^>]+href|script[^>]+src|img[^>]+src"""
    r"""|use[^>]+href)="([^"#]+)"""
)
KINDS = {".css": "css", ".js": "script", ".mjs": "script"}
NO_CACHE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


@dataclass(frozen=True)
class Cost:
    """What one address costs. Times in seconds of the processor, sizes in compressed bytes."""

    queries: int
    seconds: float
    seconds_kept: float
    requests: int
    html: int
    css: int
    script: int
    pictures: int


def seconds_of(client: Client, path: str, rounds: int) -> float:
    """Processor time of one request to a path, on average."""
    client.get(path)
    started = time.process_time()
    for _ in range(rounds):
        client.get(path)
    return (time.process_time() - started) / rounds


def loaded_files(html: str) -> dict[str, int]:
    """The compressed size of each static file that a page loads, by its name."""
    sizes = {}
    for address in sorted(set(LOADED.findall(html))):
        name = address.partition("/static/")[2].partition("?")[0]
        if name and (found := finders.find(name)):
            content = Path(found).read_bytes()
            sizes[name] = min(len(content), len(gzip.compress(content, 9)))
    return sizes


def cost_of(path: str, rounds: int) -> Cost:
    """Measures one address as a visitor's request meets it."""
    client = Client(HTTP_HOST="127.0.0.1")
    memory = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": uuid.uuid4().hex,
    }
    default = caches.settings["default"]
    with override_settings(CACHES={"default": default, "pages": NO_CACHE}):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            body = client.get(path).content
        count = len(queries)  # now: the next request empties the log
        seconds = seconds_of(client, path, rounds)
    with override_settings(CACHES={"default": default, "pages": memory}):
        seconds_kept = seconds_of(client, path, rounds * 5)
    files = loaded_files(body.decode()) if body.lstrip().startswith(b"<!doctype html") else {}
    sizes = {"css": 0, "script": 0, "pictures": 0}
    for name, size in files.items():
        sizes[KINDS.get(Path(name).suffix, "pictures")] += size
    return Cost(
        queries=count,
        seconds=seconds,
        seconds_kept=seconds_kept,
        requests=1 + len(files),
        html=len(gzip.compress(body, 6)),
        **sizes,
    )
