"""Sets a card as a picture and keeps it in the storage. Only the worker does this."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

import budoux
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from structlog import get_logger

from assets.fonts import fonts_for, settable
from assets.typesetting import png_of
from pages import drawings
from pages.models import BasePage
from translations.languages import SOURCE_CODE, get_language

from .card import FOLDER, Card, cards_of

logger = get_logger(__name__)

TEMPLATE = Path(__file__).resolve().parent / "card.typ"
# The colours of static/css/tokens.css on the light ground.
COLOURS = {
    "paper": "#fbfaf5",
    "ink": "#1f2328",
    "muted": "#595857",
    "ai": "#165e83",
    "shu": "#b33a0b",
    "matsuba": "#3d6b3a",
    "murasaki": "#745399",
}
PILLARS = {
    "offices": "ai",
    "jet": "shu",
    "programmes": "matsuba",
    "multicultural": "murasaki",
}
MARK = "mark"
# Long Japanese phrases have another good place to end a line: before a word in katakana.
BEFORE_KATAKANA = re.compile("(?<=[\u3400-\u9fff])(?=[\u30a1-\u30fa\u30fc]{4})")
LONG_PHRASE = 8
HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
VIEW_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
# Caches in front may show a page's address of its old card for as long as they keep the page.
KEPT_AFTER_USE = timedelta(days=2)


@cache
def phrase_parser(subtag: str) -> budoux.Parser | None:
    """What finds the phrases of a language that is written without spaces.

    None where the typesetter's own knowledge of words serves better, as in Thai.
    """
    parsers = {
        "ja": budoux.load_default_japanese_parser,
        "zh": budoux.load_default_simplified_chinese_parser,
    }
    return parsers[subtag]() if subtag in parsers else None


def words_of(text: str, tag: str) -> list[list[str]]:
    """The text's words between spaces, each as the phrases that are best kept in one line."""
    parser = phrase_parser(tag.split("-")[0])
    words = [parser.parse(word) if parser else [word] for word in re.split(r"[ \n]+", text.strip())]
    return [
        [
            part
            for phrase in phrases
            for part in (BEFORE_KATAKANA.split(phrase) if len(phrase) > LONG_PHRASE else [phrase])
        ]
        for phrases in words
    ]


def coloured(name: str, hue: str) -> str:
    """A drawing as a file of its own, in the colours that the page's style would give it."""
    fills = {"paper": COLOURS["paper"], "patch": f"{hue};stroke:none"} | {
        f"p{number}": COLOURS[colour] for number, colour in enumerate(PILLARS.values(), start=1)
    }
    style = "".join(f".{part}{{fill:{fill}}}" for part, fill in fills.items())
    root = f'<svg xmlns="http://www.w3.org/2000/svg" color="{COLOURS["ink"]}" '
    svg = drawings.svg(name).replace("<svg ", root, 1)
    return svg.replace(">", f"><style>{style}</style>", 1)


def template_data(card: Card, families: list[str]) -> dict:
    """What the template needs to know of a card."""
    language = get_language(card.language_code)
    subtag, _, rest = language.tag.partition("-")
    hue = COLOURS[PILLARS.get(card.pillar, "ai")]
    drawing = card.drawing if card.drawing in drawings.names() else MARK
    width, height = VIEW_BOX.search(drawings.svg(drawing)).groups()
    return {
        "words": words_of(settable(card.title), language.tag),
        "section": settable(card.section),
        "organisation": settable(card.organisation),
        "fonts": families,
        "lang": subtag,
        "region": rest.lower() if len(rest) == 2 else None,
        "script": rest.lower() if len(rest) == 4 else "auto",
        "rtl": language.direction == "rtl",
        "tall": language.tall_glyphs,
        "dense": not language.words_spaced,
        "phrases-known": language.words_spaced or phrase_parser(subtag) is not None,
        "boxed": not language.words_spaced or bool(HANGUL.search(card.title)),
        "bars": card.pillar not in PILLARS,
        "mark": coloured(MARK, hue),
        "drawing": coloured(drawing, hue),
        "drawing_size": [int(width), int(height)],
        "colours": COLOURS | {"hue": hue},
    }


def picture_of(card: Card) -> bytes | None:
    """The card as a PNG; None, and a line in the log, when no font has all its signs."""
    text = f"CLAIR {card.organisation} {card.section} {card.title}"
    found = fonts_for(settable(text), get_language(card.language_code).tag)
    if found is None or not card.title.strip():
        logger.warning("card_without_font", language=card.language_code, title=card.title)
        return None
    fonts, families = found
    return png_of(TEMPLATE, template_data(card, families), fonts)


def make(card: Card) -> bool:
    """Makes the card's picture if it is not there. Gives whether it was made. Safe to run again."""
    if default_storage.exists(card.name):
        return False
    picture = picture_of(card)
    if picture is None:
        return False
    default_storage.save(card.name, ContentFile(picture))
    return True


def pages_with_cards():
    """The pages that have a card: all that can be read, as base pages, in a lasting order."""
    return (
        BasePage.objects.filter(live=True, depth__gt=1)
        .select_related("locale")
        .only("title", "path", "depth", "drawing", "content_type", "locale__language_code")
        .order_by("pk")
    )


def stored_names() -> set[str]:
    """The names of all cards in the storage."""
    try:
        _, files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return set()
    return {f"{FOLDER}/{file}" for file in files}


def delete_unused() -> int:
    """Deletes the cards that no page has had for some time. Gives how many."""
    used = {card.name for _, card in cards_of(pages_with_cards())}
    limit = timezone.now() - KEPT_AFTER_USE
    unused = [
        name for name in stored_names() - used if default_storage.get_modified_time(name) < limit
    ]
    for name in unused:
        default_storage.delete(name)
    return len(unused)


def general_picture() -> bytes:
    """The picture for whatever has no card of its own: CLAIR's name in English and Japanese."""
    return picture_of(
        Card(
            language_code=SOURCE_CODE,
            title="Council of Local Authorities for International Relations",
            section="自治体国際化協会",
            organisation="",
            pillar="",
            drawing=MARK,
        )
    )
