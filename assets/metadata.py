"""Takes out of pictures what cameras write into them, above all where they were taken."""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

# What the formats that can be uploaded hold beside the picture itself.
HARMLESS = {
    *("icc_profile", "transparency", "gamma", "srgb", "chromaticity", "dpi", "jfif"),
    *("jfif_version", "jfif_unit", "jfif_density", "adobe", "adobe_transform", "background"),
    *("progressive", "progression", "interlace", "aspect", "version", "loop", "duration"),
    *("timestamp", "extension"),
}
QUALITY = {"JPEG": 95, "WEBP": 95, "AVIF": 90}


def without_metadata(file: BinaryIO) -> bytes | None:
    """The picture upright and without metadata; None when it holds none.

    An SVG and an animation are left as they are: cameras make neither.
    """
    try:
        image = Image.open(file)
    except UnidentifiedImageError:
        return None
    kind = {"MPO": "JPEG"}.get(image.format, image.format)  # telephones put several into one file
    if image.format != "MPO" and getattr(image, "is_animated", False):
        return None
    if not image.getexif() and set(image.info) <= HARMLESS:
        return None
    upright = ImageOps.exif_transpose(image)
    kept = {
        name: upright.info[name] for name in ("icc_profile", "transparency") if name in upright.info
    }
    upright.info = kept
    clean = io.BytesIO()
    options = {"quality": QUALITY[kind]} if kind in QUALITY else {}
    upright.save(clean, kind, **options, **kept)
    return clean.getvalue()
