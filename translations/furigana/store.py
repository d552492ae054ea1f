"""Makes, keeps and finds readings. Making needs the analyser; finding never does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from wagtail.models import Page

from translations.languages import LANGUAGES

from . import dictionary
from .analysis import Corrections, read
from .interface import interface_edition
from .markup import Readings
from .models import PageReadings, Reading, ReadSentence, sentence_key

# As many as one statement takes on every database.
BATCH = 500


def languages_with_furigana() -> tuple[str, ...]:
    """The codes of the languages whose readers can have readings shown."""
    return tuple(code for code, language in LANGUAGES.items() if language.furigana)


def find_readings(sentences: Iterable[str]) -> dict[str, Readings]:
    """The readings of those of the sentences that are known. One query."""
    keys = {sentence_key(sentence): sentence for sentence in sentences}
    if not keys:
        return {}
    rows = ReadSentence.objects.filter(key__in=keys).values_list("key", "readings")
    return {keys[key]: readings for key, readings in rows}


class CorrectionsByPage:
    """What people corrected, for the whole site and for single pages. One query."""

    def __init__(self) -> None:
        rows: dict[int | None, dict[str, str]] = defaultdict(dict)
        for page, word, reading in Reading.objects.values_list("page", "word", "reading"):
            rows[page][word] = reading
        self.rows = dict(rows)

    def of(self, page_id: int | None = None) -> Corrections:
        """What holds on a page, or, without one, anywhere."""
        own = self.rows.get(page_id, {}) if page_id else {}
        return Corrections(site=self.rows.get(None, {}), page=own)


def edition_of_sentences(corrections: Corrections) -> str:
    """What tells readings made with this dictionary and these corrections from others."""
    words = sorted(corrections.site.items()), sorted(corrections.page.items())
    return f"{dictionary.edition()}-{sentence_key(repr(words))[:12]}"


def edition_of_page(corrections: Corrections) -> str:
    """The same for a page, on which the interface has words too."""
    return f"{edition_of_sentences(corrections)}-{interface_edition(languages_with_furigana())}"


def make_for_sentences(sentences: Iterable[str]) -> None:
    """Makes the readings of sentences, wherever they stand. Safe to run again."""
    corrections = CorrectionsByPage().of()
    current = edition_of_sentences(corrections)
    rows = {
        (key := sentence_key(text)): ReadSentence(
            key=key, text=text, readings=read(text, corrections), edition=current
        )
        for text in sentences
    }
    ReadSentence.objects.bulk_create(
        # In one order everywhere, so that two workers do not wait for each other.
        [rows[key] for key in sorted(rows)],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["text", "readings", "edition"],
    )


def make_for_page(page_id: int, sentences: Iterable[str], published_at: datetime | None) -> bool:
    """Makes the readings of a page's sentences, as it was published then.

    Says whether readers see others than before. Safe to run again.
    """
    corrections = CorrectionsByPage().of(page_id)
    readings = {text: [list(pair) for pair in read(text, corrections)] for text in sentences}
    with transaction.atomic():
        before = PageReadings.objects.select_for_update().filter(page=page_id).first()
        PageReadings.objects.update_or_create(
            page_id=page_id,
            defaults={
                "readings": readings,
                "edition": edition_of_page(corrections),
                "published_at": published_at,
            },
        )
        make_for_sentences(readings)
    return before is None or before.readings != readings


def renew_sentences() -> None:
    """Makes again what an older dictionary or other corrections made."""
    current = edition_of_sentences(CorrectionsByPage().of())
    old = ReadSentence.objects.exclude(edition=current).values_list("text", flat=True)
    make_for_sentences(list(old))


def pages_to_make(every_page: bool = False) -> list[int]:
    """The live pages whose readings were never made, not since they were last published, or with
    another dictionary, other corrections or other words of the interface. Two queries.

    All live pages in Japanese, if wanted.
    """
    corrections = CorrectionsByPage()
    rows = (
        Page.objects.filter(live=True, depth__gte=2)
        .filter(locale__language_code__in=languages_with_furigana())
        .order_by("path")
        .values_list("pk", "last_published_at", "furigana__published_at", "furigana__edition")
    )
    return [
        pk
        for pk, published_at, made_for, made_with in rows
        if every_page
        or made_for != published_at
        or made_with != edition_of_page(corrections.of(pk))
    ]


def forget_unused(used: Iterable[str]) -> int:
    """Forgets what stands neither on a live page nor among those `used`. Gives how many."""
    PageReadings.objects.filter(page__live=False).delete()
    kept = set(used)
    for readings in PageReadings.objects.values_list("readings", flat=True).iterator():
        kept.update(readings)
    unused = [
        key
        for key, text in ReadSentence.objects.values_list("key", "text").iterator()
        if text not in kept
    ]
    for start in range(0, len(unused), BATCH):
        ReadSentence.objects.filter(key__in=unused[start : start + BATCH]).delete()
    return len(unused)
