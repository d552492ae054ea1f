"""Work on pictures that the `media` queue does."""

from __future__ import annotations

from celery import shared_task
from wagtail.images import get_image_model

RENDITIONS = (
    *(
        f"format-{kind}|width-{width}"
        for width in (400, 800, 1200)
        for kind in ("avif", "webp", "jpeg")
    ),
    "fill-1200x630",  # for shared links
)


@shared_task
def make_renditions(picture_id: int) -> None:
    """Makes the sizes and formats of a picture that templates use. Safe to run again.

    Nothing happens for a picture that has been deleted since, or for an SVG, which needs none.
    """
    picture = get_image_model().objects.filter(pk=picture_id).first()
    if picture is None or picture.is_svg():
        return
    picture.get_renditions(*RENDITIONS)
