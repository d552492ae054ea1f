"""Makes the readings of pages in the worker: of one that was published, and of all that lack them.

A page is rendered as its readers see it, so that what others give it has readings too: the menu,
dates, figures, listings.
"""

from __future__ import annotations

from django.dispatch import Signal
from django.utils.translation import override
from structlog import get_logger
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page

from pages.addresses import public_path
from pages.models import BasePage
from pages.routing import find_place
from pages.surroundings import surroundings_of
from translations.furigana.interface import interface_sentences
from translations.furigana.markup import sentences, take_apart
from translations.furigana.store import (
    find_readings,
    forget_unused,
    languages_with_furigana,
    make_for_page,
    make_for_sentences,
    pages_to_make,
    renew_sentences,
)
from translations.languages import get_language

logger = get_logger(__name__)

# Sent with `page_ids`: these pages show other readings than before.
readings_changed = Signal()


def find_page(page_id: int) -> BasePage | None:
    """The live page in a language with furigana, as its own model; None for any other."""
    row = Page.objects.filter(
        pk=page_id,
        live=True,
        depth__gte=2,
        locale__language_code__in=languages_with_furigana(),
    ).first()
    if row is None or not issubclass(row.specific_class or Page, BasePage):
        return None
    return row.specific


def page_sentences(page: BasePage) -> list[str]:
    """The sentences that readers of the page see, without furigana."""
    language = get_language(page.locale.language_code)
    path = public_path(page.url_path, language.code)
    with override(language.code):
        place = find_place(language.code, path.removeprefix(f"/{language.code}/"))
        if place is None:
            return []
        request = get_dummy_request(path=path)
        request.surroundings = surroundings_of(page, place, language)
        html = page.serve(request).render().content.decode()
    return sentences(take_apart(html))


def make_page(page_id: int) -> bool:
    """Makes the readings of one page. Says whether it shows others than before."""
    page = find_page(page_id)
    if page is None:
        return False
    return make_for_page(page.pk, page_sentences(page), page.last_published_at)


def make_published(page_id: int) -> None:
    """Makes the readings of a page that was published, and of those above it, which list it."""
    page = find_page(page_id)
    if page is None:
        return
    above = Page.objects.ancestor_of(page).filter(depth__gte=2).values_list("pk", flat=True)
    tell([pk for pk in (page_id, *above) if make_page(pk)])


def make_missing(every_page: bool = False) -> None:
    """Makes the readings of everything that has none or outdated ones; forgets those unused.

    Every page's, if wanted: what others give it can change without its being published. A page that
    fails is logged and tried again the next time; the others are made.
    """
    used = [text for code in languages_with_furigana() for text in interface_sentences(code)]
    known = find_readings(used)
    make_for_sentences([text for text in used if text not in known])
    renew_sentences()
    changed = []
    for pk in pages_to_make(every_page):
        try:
            if make_page(pk):
                changed.append(pk)
        except Exception:
            logger.exception("no_readings_made", page=pk)
    forget_unused(used)
    tell(changed)


def tell(page_ids: list[int]) -> None:
    """Says which pages show other readings now, so that kept copies of them can be forgotten."""
    if page_ids:
        readings_changed.send(sender=Page, page_ids=page_ids)
