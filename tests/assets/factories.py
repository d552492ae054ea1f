"""Pictures and documents made on the spot."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image

from assets.models import Paper, Picture


def make_picture(width: int = 1600, height: int = 900, title: str = "Festival") -> Picture:
    """A PNG of one colour in the library."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#7a1f2b").save(file, "PNG")
    return Picture.objects.create(title=title, file=ImageFile(file, name="festival.png"))


def make_drawing(title: str = "Drawing") -> Picture:
    """An SVG in the library."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'
    return Picture.objects.create(title=title, file=ImageFile(io.BytesIO(svg), name="drawing.svg"))


def make_paper(
    title: str = "Application form",
    content: bytes = b"A form.",
    name: str = "form.txt",
    **fields: Any,
) -> Paper:
    """A document in the library, a text unless it has another name."""
    return Paper.objects.create(title=title, file=ContentFile(content, name=name), **fields)
