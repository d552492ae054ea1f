"""The world map: where a place lies on it, and where its mark finds room."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "static" / "images" / "world.svg"

# Units of the drawing. Degrees of longitude are counted from the middle, east of Greenwich.
WIDTH, HEIGHT = 1000, 415
MIDDLE = 150.0
NORTH = 75.0
TOKYO = (35.68, 139.76)
# How far apart the numbers of two places stand: on a phone they are as large as a fingertip.
ROOM = 74.0
# A part of the map is this much wider than high, and not so narrow that nobody knows where it is.
VIEW_RATIO = 1.5
NARROWEST_VIEW = 150

# Patterson's cylindrical projection (2014): north is up everywhere, so that any part of the one
# drawing can be shown alone, and the far north is not blown up as Mercator does.
SCALE = WIDTH / (2 * math.pi)
PATTERSON = ((1, 1.0148), (5, 0.23185), (7, -0.14499), (9, 0.02406))


def northing(latitude: float) -> float:
    """How far north of the equator a latitude lies on the drawing."""
    angle = math.radians(latitude)
    return SCALE * sum(factor * angle**power for power, factor in PATTERSON)


def project_east(latitude: float, east: float) -> tuple[float, float]:
    """Where a place lies on the drawing; `east` is its degrees east of the map's middle."""
    return WIDTH / 2 + SCALE * math.radians(east), northing(NORTH) - northing(latitude)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place lies on the drawing, right of its left edge and below its upper edge."""
    return project_east(latitude, (longitude - MIDDLE + 540) % 360 - 180)


def curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A way from one point of the drawing to another as an SVG path, bent to the north."""
    (x, y), (end_x, end_y) = start, end
    top = (y + end_y) / 2 - abs(end_x - x) / 6
    return f"M{x:.0f} {y:.0f}Q{(x + end_x) / 2:.0f} {top:.0f} {end_x:.0f} {end_y:.0f}"


@dataclass(frozen=True)
class Mark:
    """A place on the drawing: where it is, where its number stands, the way to it from Tokyo."""

    x: int
    y: int
    number_x: int
    number_y: int
    way: str

    @property
    def name_before(self) -> bool:
        """Whether the name stands before the number: away from the place, where it fits."""
        return ROOM * 2 < self.number_x < self.x


@lru_cache(maxsize=64)  # places stay where they are, and finding room takes a millisecond
def marks(places: tuple[tuple[float, float], ...]) -> tuple[Mark, ...]:
    """A mark for each place (latitude, longitude). Numbers that would overlap move apart."""
    tokyo = project(*TOKYO)
    points = [project(*place) for place in places]
    numbers = spread(points, tokyo)
    return tuple(
        Mark(round(x), round(y), round(number_x), round(number_y), curve(tokyo, (x, y)))
        for (x, y), (number_x, number_y) in zip(points, numbers, strict=True)
    )


def spread(
    points: list[tuple[float, float]], kept_free: tuple[float, float]
) -> list[tuple[float, float]]:
    """The points, moved until they have room from each other, and half as much from `kept_free`."""
    moved = [list(point) for point in points]
    for _ in range(100):
        for point in moved:
            x, y = point[0] - kept_free[0], point[1] - kept_free[1]
            if (distance := math.hypot(x, y)) < ROOM / 2:
                point[0] = kept_free[0] + x * ROOM / 2 / (distance or 1)
                point[1] = kept_free[1] + y * ROOM / 2 / (distance or 1)
        for number, one in enumerate(moved):
            for other in moved[:number]:
                x, y = one[0] - other[0] or 0.1, one[1] - other[1]
                distance = math.hypot(x, y)
                if distance < ROOM:
                    push = (ROOM - distance) / 2 / distance
                    one[0], one[1] = one[0] + x * push, one[1] + y * push
                    other[0], other[1] = other[0] - x * push, other[1] - y * push
        for point in moved:
            point[0] = min(max(point[0], ROOM / 2), WIDTH - ROOM / 2)
            point[1] = min(max(point[1], ROOM / 2), HEIGHT - ROOM / 2)
    return [(x, y) for x, y in moved]


@cache
def boxes() -> dict[str, tuple[float, ...]]:
    """The countries that the drawing has, each with the box around it: left, top, right, bottom."""
    found = re.findall(r'id="(\w+)" data-box="([^"]+)"', FILE.read_text(encoding="utf-8"))
    return {code: tuple(map(float, box.split())) for code, box in found}


def view_of(countries: Sequence[str], latitude: float, longitude: float) -> str:
    """The part of the drawing that shows some countries and a place, as an SVG viewBox."""
    x, y = project(latitude, longitude)
    parts = [boxes()[code] for code in countries] + [(x, y, x, y)]
    left, top = min(part[0] for part in parts), min(part[1] for part in parts)
    right, bottom = max(part[2] for part in parts), max(part[3] for part in parts)
    width = max((right - left) * 1.3, (bottom - top) * 1.3 * VIEW_RATIO, NARROWEST_VIEW)
    height = width / VIEW_RATIO
    return (
        f"{(left + right - width) / 2:.0f} {(top + bottom - height) / 2:.0f}"
        f" {width:.0f} {height:.0f}"
    )
