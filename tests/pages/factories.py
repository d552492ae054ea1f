"""Small trees of pages for tests, beside whatever the database holds already."""

from __future__ import annotations

import itertools
import uuid
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import Locale, Page, Site

from pages.models import Figure, HomePage, StandardPage
from tests.assets.factories import make_paper, make_picture

AnyPage = TypeVar("AnyPage", bound=Page)
numbers = itertools.count(1)


def make_locale(code: str) -> Locale:
    """The locale of a language, made if there is none."""
    return Locale.objects.get_or_create(language_code=code)[0]


def publish(page: AnyPage) -> AnyPage:
    """Publishes the page as it is in memory, as an editor does. Gives it as it is then stored."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def add_live(parent: Page, page: AnyPage) -> AnyPage:
    """Puts a new page below `parent`, live from the start. Gives it as it is then stored."""
    page.first_published_at = page.last_published_at = timezone.now()
    # Another view of the parent may have been given children since.
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    return type(page).objects.get(pk=page.pk)


def make_home(**fields: Any) -> HomePage:
    """A live English home page with nothing below it, which the site now begins at."""
    number = next(numbers)
    values = {"title": "Council", "slug": f"home-{number}", "locale": make_locale("en")}
    home = add_live(Page.get_first_root_node(), HomePage(**(values | fields)))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.root_page = home
    site.save()
    return home


def make_page(parent: Page, model: type[AnyPage] = StandardPage, **fields: Any) -> AnyPage:
    """A live page below `parent`, in its language."""
    number = next(numbers)
    values = {"title": f"Page {number}", "slug": f"page-{number}", "locale": parent.locale}
    return add_live(parent, model(**(values | fields)))


def make_figure(**fields: Any) -> Figure:
    """An English figure of a series of its own."""
    number = next(numbers)
    values = {
        "key": f"figure-{number}",
        "series": f"series-{number}",
        "value": 5933,
        "unit": "people",
        "counts": "JET participants",
        "source": "JET Programme",
        "locale": make_locale("en"),
    }
    return Figure.objects.create(**(values | fields))


def block(kind: str, value: Any) -> dict:
    """A block as a stream stores it, with an id of its own."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def notices(count: int) -> list[dict]:
    """A body of `count` notices, each with words of its own."""
    return [
        block("notice", {"kind": "warning", "title": f"Notice {n}", "text": f"Avoid lift {n}."})
        for n in range(1, count + 1)
    ]


def every_block(linked: Page, *figures: Figure) -> list[dict]:
    """A body with each kind of block; it links to the page and shows the figures."""
    return [
        block(
            "text",
            "<h2>Before you <b>move</b></h2><p>Ask your"
            f' <a linktype="page" id="{linked.pk}">town hall</a> or call'
            ' <a href="https://www.example.org/desk">the desk</a>.</p>'
            "<ul><li>Passport</li><li>Residence card</li></ul>",
        ),
        block("notice", {"kind": "urgent", "title": "Do not use lifts", "text": "They can stop."}),
        block(
            "steps",
            [
                block("item", {"title": "Drop to the floor", "text": "Get under a strong table."}),
                block("item", {"title": "Wait", "text": ""}),
            ],
        ),
        block(
            "accordion",
            [block("item", {"title": "And my children?", "text": "<p>They <b>come</b> too.</p>"})],
        ),
        block(
            "cards",
            [
                block(
                    "item",
                    {
                        "title": "Where to ask",
                        "text": "Desks that help.",
                        "page": linked.pk,
                        "drawing": "guide-help",
                    },
                )
            ],
        ),
        block("quotation", {"text": "The bonds remain.", "name": "A former ALT", "role": "Writer"}),
        block("figures", [block("item", figure.pk) for figure in figures]),
        block(
            "table",
            {
                "data": [["Year", "Wait"], ["1987", "848"], ["2025", "Wait"]],
                "cell": [],
                "mergeCells": [],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "table_header_choice": "both",
                "table_caption": "Participants",
            },
        ),
        block(
            "image",
            {"image": make_picture().pk, "alt_text": "A red lantern", "caption": "The festival"},
        ),
        block(
            "document",
            {"document": make_paper().pk, "title": "Application form", "text": "For the desk."},
        ),
        block(
            "video",
            {"url": "https://www.example.org/video", "title": "A drill", "text": "Six minutes."},
        ),
        block(
            "contact",
            {
                "name": "A section",
                "text": "What it is for",
                "telephone": "00-0000-0000",
                "fax": "",
                "email": "desk@example.org",
                "website": "https://www.example.org/",
                "address": "Second floor",
            },
        ),
    ]
