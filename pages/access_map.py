"""The drawing of the ways from stations to the door: a row each, as places for a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FIRST, ROW = 64, 104


@dataclass(frozen=True)
class Way:
    """One row: a route and how far down its rails lie."""

    route: Any
    y: int

    @property
    def above(self) -> int:
        """Where the line's name stands."""
        return self.y - 22

    @property
    def top(self) -> int:
        """Where the sign of the exit begins."""
        return self.y - 13

    @property
    def below(self) -> int:
        """Where the station's name stands."""
        return self.y + 32


@dataclass(frozen=True)
class Ways:
    """All rows, and the building that they lead to."""

    rows: list[Way]

    @property
    def ground(self) -> int:
        """The street: the lower edge of the building."""
        return FIRST + ROW * (len(self.rows) - 1) + 60

    @property
    def height(self) -> int:
        """The height of the whole drawing."""
        return self.ground + 4

    @property
    def door(self) -> int:
        """The upper edge of the door."""
        return self.ground - 30

    @property
    def windows(self) -> int:
        """The lower edge of the windows."""
        return self.ground - 44


def draw_ways(routes: Iterable[Any]) -> Ways:
    """The rows for some routes, in their order."""
    return Ways([Way(route, FIRST + ROW * number) for number, route in enumerate(routes)])
