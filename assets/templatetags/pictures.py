"""The template tag that shows a picture of the library."""

from __future__ import annotations

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import Picture as PictureElement

from assets.models import Picture, PictureRendition
from assets.renditions import IN_TEXT

register = template.Library()

FALLBACK = "format-jpeg"
# A picture whose renditions are not made yet is shown as it was uploaded, if it is no heavier.
MOST_BYTES_AS_UPLOADED = 500_000
LATER = {"loading": "lazy", "decoding": "async"}
AT_ONCE = {"fetchpriority": "high"}


def different(renditions: dict[str, PictureRendition]) -> dict[str, PictureRendition]:
    """The renditions without those of a size that is there: a small picture is never blown up."""
    seen = set()
    found = {}
    for spec, rendition in renditions.items():
        key = (spec.partition("|")[0], rendition.width)
        if key not in seen:
            seen.add(key)
            found[spec] = rendition
    return found


@register.simple_tag
def ready_picture(picture: Picture, alt: str, sizes: str, at_once: bool = False) -> SafeString:
    """A picture in its ready sizes and formats; `at_once` for the one that is seen first.

    Makes nothing: what the worker has not made yet is left out. Before it has made anything, a
    light picture is shown as it was uploaded, and of a heavy one its words.
    """
    attributes = {"alt": alt} | (AT_ONCE if at_once else LATER)
    ready = {} if picture.is_svg() else different(picture.ready_renditions(*IN_TEXT))
    if any(spec.startswith(FALLBACK) for spec in ready):
        element = PictureElement(ready, {"sizes": sizes, **attributes})
        return mark_safe(element.__html__())  # noqa: S308 (Wagtail escapes the attributes)
    if picture.is_svg() or (picture.file_size or MOST_BYTES_AS_UPLOADED) < MOST_BYTES_AS_UPLOADED:
        place = {"src": picture.file.url, "width": picture.width, "height": picture.height}
        return format_html("<img{}>", flatatt(place | attributes))
    return format_html("<p>{}</p>", alt)
