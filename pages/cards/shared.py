"""The picture that a page's head names for whoever shares its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.templatetags.static import static

from assets.renditions import FOR_SHARED_LINKS
from translations.languages import Language

from .card import SECTION_DEPTH, SIZE, card_of

if TYPE_CHECKING:
    from pages.models import BasePage

# The picture for everything that has no card of its own; `manage.py make_cards --general` made it.
GENERAL = "images/card.png"


@dataclass(frozen=True)
class SharedPicture:
    """A picture as the Open Graph protocol describes it; `url` without the site's address."""

    url: str
    type: str
    width: int
    height: int
    alt: str


def shared_picture(
    page: BasePage, steps: list[tuple[str, str]], language: Language
) -> SharedPicture:
    """What an editor chose, if it is ready; else the page's card. `steps` are the pages above.

    Asks one query where an editor chose a picture, and none otherwise. A card that is not made yet
    has its address already, and there the site's general one is shown for so long.
    """
    if page.image and (ready := page.image.ready_renditions(FOR_SHARED_LINKS)):
        chosen = ready[FOR_SHARED_LINKS]
        alt = page.image.description or page.title
        return SharedPicture(chosen.url, "image/jpeg", chosen.width, chosen.height, alt)
    if not settings.SOCIAL_CARDS:
        return SharedPicture(static(GENERAL), "image/png", *SIZE, "CLAIR")
    # The section of /en/offices/paris/ is the page of /en/offices/.
    section = next((title for title, address in steps if address.count("/") == SECTION_DEPTH), "")
    card = card_of(page, section, language.code)
    return SharedPicture(
        default_storage.url(card.name), "image/png", *SIZE, f"{page.title} | CLAIR"
    )
