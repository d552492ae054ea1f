"""Measures search over many pages, in a database of its own that is dropped at the end."""

from __future__ import annotations

import html
import random
import re
import statistics
import time
import uuid
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

import polib
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.search.backends import get_search_backend

from clair_site.bench.scratch import scratch_database
from pages.models import BasePage, HomePage, StandardPage
from pages.search.query import find
from translations import search_backend
from translations.languages import LANGUAGES, SOURCE_CODE
from translations.text_analysis import document_tokens

SCRATCH = "clair_scale_search"
BATCH = 1000
# Texts of the site's own guide, about as many as a page of it has.
TEXTS_A_PAGE = (8, 40)
TAG = re.compile(r"<[^>]*>")

# What people ask, from the rare to the word that almost every page has, by kind.
QUESTIONS = (
    ("rare", "en", "tsunami shelter"),
    ("typical", "en", "earthquake"),
    ("typical", "de", "Erdbeben"),
    ("typical", "ja", "避難所"),
    ("typical", "th", "แผ่นดินไหว"),
    ("typical", "ko", "지진은"),
    ("common", "en", "Japan"),
    ("common", "ja", "日本"),
    ("common", "ja", "水"),
    ("common", "vi", "nhat ban"),
    ("two common", "en", "Japan city"),
    ("two common", "ja", "日本 自治体"),
    ("everywhere", "fr", "CLAIR"),
    ("other script", "en", "日本"),
    ("nothing", "en", "qqqqqq"),
)


class Command(BaseCommand):
    """Times are of this machine; the ratio to a look-up by key in the same run holds anywhere."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--pages", type=int, default=5000, help="How many, in all languages.")
        parser.add_argument("--rounds", type=int, default=5, help="How often each is asked.")
        parser.add_argument(
            "--keep", action="store_true", help="Leave the database for another run, and use it."
        )

    def handle(self, *, pages: int, rounds: int, keep: bool, **options) -> None:
        with scratch_database(SCRATCH, keep=keep):
            started = time.perf_counter()
            if not StandardPage.objects.exists():
                fill(pages)
            self.stdout.write(
                f"{connection.vendor}: {StandardPage.objects.count()} pages in {len(LANGUAGES)}"
                f" languages, made in {time.perf_counter() - started:.0f} s"
            )
            self.measure(rounds)

    def measure(self, rounds: int) -> None:
        """One line for each question."""
        pk = Page.objects.filter(depth=3).values_list("pk", flat=True)[0]
        floor = median_seconds(lambda: Page.objects.get(pk=pk), 50)
        self.stdout.write(f"a look-up by key: {floor * 1000:.2f} ms")
        self.stdout.write(f"{'':<14}{'found':>6}{'queries':>9}{'ms':>8}{'× look-up':>11}")
        for kind, code, question in QUESTIONS:

            def ask(code: str = code, question: str = question):
                return find(question, LANGUAGES[code], {})

            found = ask()
            with CaptureQueriesContext(connection) as queries:
                ask()
            seconds = median_seconds(ask, rounds)
            self.stdout.write(
                f"{kind:<14}{found.total:>6}{len(queries):>9}{seconds * 1000:>8.0f}"
                f"{seconds / floor:>11.0f}  {code}: {question}"
            )


def median_seconds(work: Callable[[], object], rounds: int) -> float:
    """How long the work takes by the clock."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def own_texts(folder: Path) -> dict[str, list[str]]:
    """The texts of the site's content in each language, in the same order."""
    texts: dict[str, list[str]] = {code: [] for code in LANGUAGES}
    catalogues = {
        code: {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(str(path))}
        for code in LANGUAGES
        if (path := folder / f"{code}.po").exists()
    }
    for context, text in next(iter(catalogues.values())):
        for code in LANGUAGES:
            shown = text
            if code != SOURCE_CODE:
                shown = catalogues.get(code, {}).get((context, text)) or text
            texts[code].append(html.unescape(TAG.sub("", shown)))
    return texts


def fill(count: int) -> None:
    """Makes a home page in each language and the rest below, as translations of each other.

    Titles and texts are the site's own, put together anew.
    """
    texts = own_texts(settings.BASE_DIR / "content")
    with transaction.atomic():
        fill_from(texts, count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def fill_from(texts: dict[str, list[str]], count: int) -> None:
    """Writes the pages and their index."""
    homes = make_homes()
    title_numbers = [
        n for n, text in enumerate(texts[SOURCE_CODE]) if 5 <= len(text) <= 60 and "\n" not in text
    ]
    backend = get_search_backend()
    with patch.object(search_backend, "document_tokens", tokens_by_line):
        rows: list[StandardPage] = []
        for page in new_pages(count, homes, texts, title_numbers):
            rows.append(page)
            if len(rows) == BATCH:
                store(rows, backend)
                rows = []
        if rows:
            store(rows, backend)


@lru_cache(maxsize=100_000)
def line_tokens(line: str, *language_codes: str) -> str:
    """What a line is found by. The same lines come again and again."""
    return document_tokens(line, *language_codes)


def tokens_by_line(text: str, *language_codes: str) -> str:
    """As `document_tokens`: no token reaches over the end of a line."""
    return " ".join(line_tokens(line, *language_codes) for line in text.split("\n"))


def make_homes() -> dict[str, HomePage]:
    """A home page in each language."""
    root = Page.get_first_root_node()
    homes = {}
    for code in LANGUAGES:
        locale, _ = Locale.objects.get_or_create(language_code=code)
        homes[code] = root.add_child(
            instance=HomePage(title="CLAIR", slug=f"bench-{code}", locale=locale, live=True)
        )
    Site.objects.all().delete()
    Site.objects.create(hostname="127.0.0.1", is_default_site=True, root_page=homes[SOURCE_CODE])
    return homes


def new_pages(
    count: int, homes: dict[str, HomePage], texts: dict[str, list[str]], title_numbers: list[int]
) -> Iterator[StandardPage]:
    """Pages that are not stored yet, language after language for each text."""
    chance = random.Random(13)  # noqa: S311 (the same pages in every run)
    first = Page.objects.order_by("-pk")[0].pk + 1
    now = timezone.now()
    content_type = ContentType.objects.get_for_model(StandardPage)
    for number in range(-(-count // len(homes))):
        key = uuid.UUID(int=chance.getrandbits(128), version=4)
        title = chance.choice(title_numbers)
        body = chance.sample(range(len(texts[SOURCE_CODE])), chance.randint(*TEXTS_A_PAGE))
        for place, (code, home) in enumerate(homes.items()):
            if number * len(homes) + place >= count:
                return
            yield StandardPage(
                id=first + number * len(homes) + place,
                page_ptr_id=first + number * len(homes) + place,
                basepage_ptr_id=first + number * len(homes) + place,
                path=Page._get_path(home.path, home.depth + 1, number + 1),
                depth=home.depth + 1,
                numchild=0,
                title=texts[code][title],
                draft_title=texts[code][title],
                slug=f"page-{number}",
                url_path=f"{home.url_path}page-{number}/",
                live=True,
                content_type=content_type,
                locale_id=home.locale_id,
                translation_key=key,
                first_published_at=now,
                last_published_at=now,
                summary=texts[code][body[0]][:400],
                body=[("text", f"<p>{html.escape(texts[code][n])}</p>") for n in body],
            )


def store(pages: list[StandardPage], backend) -> None:
    """Writes the rows of each table at once, and the index."""
    for model in (Page, BasePage, StandardPage):
        own_fields: list[models.Field] = model._meta.local_concrete_fields
        model._base_manager._insert(pages, fields=own_fields, using=connection.alias)
    backend.get_index_for_model(StandardPage).add_items(StandardPage, pages)
