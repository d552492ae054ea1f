"""The site's own line drawings: SVG files that templates place inline."""

from __future__ import annotations

from functools import cache
from pathlib import Path

DRAWINGS = Path(__file__).resolve().parent.parent / "templates" / "drawings"


@cache
def names() -> tuple[str, ...]:
    """The names of all drawings, in alphabetical order."""
    return tuple(sorted(path.stem for path in DRAWINGS.glob("*.svg")))


def choices() -> list[tuple[str, str]]:
    """The drawings as choices for a form field."""
    return [(name, name.replace("-", " ")) for name in names()]


@cache
def svg(name: str) -> str:
    """The SVG of a drawing as it stands in its file; empty for a name that is not there."""
    return (DRAWINGS / f"{name}.svg").read_text(encoding="utf-8").strip() if name in names() else ""
