"""The closed list of sizes and formats that pictures are shown in. Nothing else is ever made.

`docs/features/pictures.md` has the widths that pictures are shown at, from which the list follows.
"""

WIDTHS = (400, 800, 1100, 1400)
FORMATS = ("avif", "webp", "jpeg")
# The widest first, since it gives the picture's place on the page its size.
IN_TEXT = tuple(f"format-{kind}|width-{width}" for width in reversed(WIDTHS) for kind in FORMATS)
# What reads shared links does not know newer formats.
FOR_SHARED_LINKS = "fill-1200x630|format-jpeg"
RENDITIONS = (*IN_TEXT, FOR_SHARED_LINKS)
