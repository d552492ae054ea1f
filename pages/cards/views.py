"""The address of a card: the card, or the site's general one while it is not made."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .card import FOLDER
from .shared import GENERAL

NAME = re.compile(r"[0-9a-f]{24}\.png")
# A card's name says what is on it, so it never changes.
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"
END_OF_PNG = b"IEND\xaeB`\x82"


@require_safe
def card(request: HttpRequest, file: str) -> HttpResponse:
    """A card by its name. Makes nothing, asks no query."""
    if not NAME.fullmatch(file):
        raise Http404
    picture, kept = read(f"{FOLDER}/{file}"), FOR_EVER
    if picture is None:
        picture, kept = Path(finders.find(GENERAL)).read_bytes(), FOR_A_WHILE
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": kept})


def read(name: str) -> bytes | None:
    """The stored picture; None while it is not there, or not all of it."""
    try:
        with default_storage.open(name) as file:
            picture = file.read()
    except FileNotFoundError:
        return None
    return picture if picture.endswith(END_OF_PNG) else None
