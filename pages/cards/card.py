"""What a page's card says, and the name that follows from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from translations.languages import LANGUAGES

VERSION = 1  # of the template: another one gives every card another name
FOLDER = "images/cards"
SIZE = (1200, 630)
SECTION_DEPTH = 3


@dataclass(frozen=True)
class Card:
    """Everything that can be seen on a card. Equal cards have the same name, others another.

    So the name needs no record and no look-up, and no cache ever shows an old picture.
    """

    language_code: str
    title: str
    section: str
    organisation: str
    pillar: str
    drawing: str

    @property
    def name(self) -> str:
        """The file's name in the storage."""
        content = json.dumps([VERSION, *astuple(self)])
        return f"{FOLDER}/{hashlib.sha256(content.encode()).hexdigest()[:24]}.png"


def card_of(page: Page, section: str, language_code: str) -> Card:
    """The card of a page, in the language in force; `section` is the title of its page of depth 3.

    Takes a page's own model or whatever has its title, depth, pillar and drawing. Asks no query.
    """
    return Card(
        language_code=language_code,
        title=page.title,
        section=section if page.depth > SECTION_DEPTH else "",
        organisation=_("Council of Local Authorities for International Relations"),
        pillar=page.pillar,
        drawing=page.drawing,
    )


def section_path(path: str) -> str:
    """The tree path of the page's section."""
    return path[: Page.steplen * SECTION_DEPTH]


def cards_of(pages: Iterable[Page]) -> Iterator[tuple[Page, Card]]:
    """The pages with their cards, each in its own language. Two queries besides the pages' own.

    The pages are base pages with their locale; those in a language that the site lacks are left
    out.
    """
    sections = dict(
        Page.objects.filter(depth=SECTION_DEPTH, live=True).values_list("path", "title")
    )
    for page in pages:
        code = page.locale.language_code
        if code not in LANGUAGES:
            continue
        # A base page knows the fields of all pages; what is a constant of its model, the model.
        model = ContentType.objects.get_for_id(page.content_type_id).model_class()
        page.pillar = getattr(model, "pillar", "")
        with override(code):
            yield page, card_of(page, sections.get(section_path(page.path), ""), code)
