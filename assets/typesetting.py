"""Sets pictures from templates of Typst. Only the worker does; a visitor's request never."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .fonts import FontSet

if TYPE_CHECKING:
    from typst import Compiler

POINTS_PER_INCH = 72  # so that a point of the template is a pixel of the picture


@cache
def compiler(template: Path, fonts: FontSet) -> Compiler:
    """The compiler of a template, kept because it remembers what it has read."""
    from typst import Compiler  # large, and only the worker needs it

    return Compiler(template, root=template.parent, font_paths=fonts.typst_fonts)


def png_of(template: Path, data: dict, fonts: FontSet) -> bytes:
    """The template's one page as a PNG. It finds `data` as JSON in `sys.inputs.data`.

    Raises typst.TypstError for a template that cannot be set.
    """
    return compiler(template, fonts).compile(
        format="png", ppi=POINTS_PER_INCH, sys_inputs={"data": json.dumps(data)}
    )
