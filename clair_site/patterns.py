"""The pattern page of development: every component in every kind of script, on one page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from jet.chart import draw_chart
from offices.models import EventPage, OfficePage
from offices.world import marks
from pages.access_map import draw_ways
from pages.blocks import BodyBlock, UntranslatedCharBlock
from pages.blocks.data import FiguresBlock
from pages.links import Link
from pages.models import BasePage, Figure, NewsPage
from pages.surroundings import Crumb, LanguageLink, Surroundings
from translations.freshness import Freshness

from .pattern_words import WORDS, Words

SOME_DAY = date(2026, 11, 23)
SOME_PAGE = 1
DRAWINGS = (
    "guide-emergency",
    "guide-earthquake",
    "guide-doctor",
    "guide-address",
    "guide-waste",
    "guide-help",
)
PILLARS = ("offices", "jet", "programmes", "multicultural")
# Time zone, latitude, longitude and area of some offices.
PLACES = (
    ("America/New_York", 40.71, -74.01, "US CA"),
    ("Europe/London", 51.51, -0.13, "GB IE"),
    ("Europe/Paris", 48.86, 2.35, "FR ES"),
    ("Asia/Seoul", 37.57, 126.98, "KR"),
    ("Australia/Sydney", -33.87, 151.21, "AU NZ"),
)


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """All components in the language of `?lang=`, one of those of `WORDS`."""
    words = WORDS.get(request.GET.get("lang", ""), WORDS["en"])
    with override(words.language.code):
        return render(request, "patterns/patterns.html", sample_page(words))


def sample_page(words: Words) -> dict[str, Any]:
    """What the template shows, in a language's words."""
    home = BasePage(title=words.phrase, url_path="/home/", summary=words.sentence, pk=SOME_PAGE)
    pages = [
        BasePage(title=words.phrase, url_path="/home/", summary=words.sentence, drawing=drawing)
        for drawing in DRAWINGS
    ]
    return {
        "language": words.language,
        "words": words,
        "all_words": WORDS.values(),
        "surroundings": sample_surroundings(words),
        "page": home,
        "links": {SOME_PAGE: Link("/en/", words.phrase, words.language)},
        "body": [sample_block(name, words) for name in BodyBlock().child_blocks],
        "notices": [notice_of_kind(kind, words) for kind in ("information", "urgent")],
        "pages": pages,
        "pillars": [
            {"name": name, "page": BasePage(title=words.phrase, summary=words.sentence, drawing=d)}
            for name, d in ((pillar, f"pillar-{pillar}") for pillar in PILLARS)
        ],
        "news": [
            NewsPage(title=words.phrase, url_path="/home/", summary=words.sentence, date=SOME_DAY)
        ],
        "events": [sample_event(words)],
        "offices": sample_offices(words),
        "chart": draw_chart([(str(2000 + n), 4000 + 90 * n) for n in range(26)]),
        "ways": draw_ways(
            {"line": words.phrase, "station": words.phrase, "exit": n, "minutes": n * 4}
            for n in (1, 2)
        ),
        "form": SampleForm({"name": words.phrase, "email": "@"}, label_suffix=""),
        "some_day": SOME_DAY,
    }


class SampleForm(forms.Form):
    """A form that was sent with a mistake in it."""

    name = forms.CharField()
    email = forms.EmailField()
    agreed = forms.BooleanField()


def sample_surroundings(words: Words) -> Surroundings:
    """A page's place on the site: as deep and in as many languages as pages are."""
    return Surroundings(
        language=words.language,
        menu=[Crumb(phrase, "/en/") for phrase in words.phrases],
        breadcrumbs=[Crumb(phrase, "/en/") for phrase in words.phrases[:2]],
        languages=[
            LanguageLink(other.language, f"?lang={code}", other is words)
            for code, other in WORDS.items()
        ],
        pillar="multicultural",
        freshness=Freshness(SOME_DAY, stale=True, machine=True, reviewed=False, source_url="/en/"),
    )


def sample_block(name: str, words: Words) -> blocks.BoundBlock:
    """A block of a body, as its preview has it, but in a language's words."""
    block = BasePage._meta.get_field("body").stream_block.child_blocks[name]
    return block.bind(in_words(block, block.get_preview_value(), words))


def notice_of_kind(kind: str, words: Words) -> blocks.BoundBlock:
    """A notice of one kind."""
    notice = sample_block("notice", words)
    notice.value["kind"] = kind
    return notice


def in_words(block: blocks.Block, value: Any, words: Words) -> Any:
    """A block's value with a language's words in all its texts, optional ones too."""
    if isinstance(block, FiguresBlock):
        return [sample_figure(words, value) for value in (7, 5933, 80862)]
    if isinstance(block, TableBlock):
        heads = [words.phrase, words.phrase]
        rows = [[words.phrase, words.sentence], [words.phrase, "5,933"]]
        return value | {"table_caption": words.sentence, "data": [heads, *rows]}
    if isinstance(block, blocks.RichTextBlock):
        return RichText(words.prose)
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks.items()
        return block.normalize({n: in_words(b, value.get(n), words) for n, b in children})
    if isinstance(block, blocks.ListBlock):
        return block.normalize([in_words(block.child_block, item, words) for item in value])
    if isinstance(block, blocks.PageChooserBlock):
        return Page.from_db(None, ["id"], [SOME_PAGE])
    if isinstance(block, blocks.EmailBlock):
        return "desk@example.org"
    if isinstance(block, blocks.URLBlock):
        return "https://www.example.org/"
    if isinstance(block, blocks.TextBlock):
        return words.sentence
    if isinstance(block, blocks.CharBlock) and not isinstance(block, UntranslatedCharBlock):
        return words.phrase
    return value


def sample_figure(words: Words, value: int) -> Figure:
    """A figure with an older one of its series."""
    texts = {"unit": words.phrases[2], "counts": words.phrase, "source": words.sentence}
    figure, older = (
        Figure(value=number, qualifier=qualifier, as_of=SOME_DAY, precision="month", **texts)
        for number, qualifier in ((value, "over"), (value // 2, "exact"))
    )
    older.history = []
    figure.history = [older]
    return figure


def sample_event(words: Words) -> EventPage:
    """An event of one hour."""
    now = timezone.now()
    return EventPage(
        title=words.phrase,
        url_path="/home/",
        kind="seminar",
        place=words.phrase,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        time_zone="Asia/Tokyo",
    )


def sample_offices(words: Words) -> list[OfficePage]:
    """Offices all over the world, each with its mark on the map."""
    places = marks(tuple((latitude, longitude) for _, latitude, longitude, _ in PLACES))
    offices = []
    for (zone, latitude, longitude, codes), mark in zip(PLACES, places, strict=True):
        office = OfficePage(
            title=words.phrase,
            city=words.phrase,
            url_path="/home/",
            time_zone=zone,
            latitude=latitude,
            longitude=longitude,
            area_codes=codes,
            drawing="skyline-paris",
        )
        office.mark = mark
        offices.append(office)
    return offices
