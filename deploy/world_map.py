"""Draws static/images/world.svg: `PYTHONPATH=. python deploy/world_map.py FOLDER`.

FOLDER holds the npm package world-atlas 2.0.2, which is Natural Earth's data as TopoJSON. Land is
one shape without borders; countries are shapes of their own, by their ISO 3166 codes, for showing
the area of an office. Large ones are taken from the coarse data and small ones from the finer.
"""

import json
import sys
from pathlib import Path

import yaml
from babel.core import get_global

from offices.world import FILE, HEIGHT, MIDDLE, TOKYO, WIDTH, project, project_east

CONTENT = Path(__file__).resolve().parent.parent / "content" / "pages" / "offices"
# How far a line may be from the true one, and the smallest island, in units of the drawing.
LAND = (0.8, 3)
COUNTRY = (0.5, 3)
LARGE = 300
SOUTH = -60
SMALLEST_MARK = 2.5

Point = tuple[float, float]
Ring = list[Point]


def rings_of(topology: dict, geometry: dict) -> list[Ring]:
    """The rings of a geometry, as longitude and latitude."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(number: int) -> Ring:
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][~number if number < 0 else number]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        return points[::-1] if number < 0 else points

    if geometry["type"] == "GeometryCollection":
        return [ring for each in geometry["geometries"] for ring in rings_of(topology, each)]
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [
        [point for number in ring for point in arc(number)[:-1]]
        for polygon in polygons
        for ring in polygon
    ]


def unrolled(ring: Ring) -> Ring:
    """The ring in degrees from the map's middle, going on beyond 180 where it crosses the edge."""
    points: Ring = []
    for longitude, latitude in ring:
        east = (longitude - MIDDLE + 540) % 360 - 180
        if points:
            east += 360 * round((points[-1][0] - east) / 360)
        points.append((east, latitude))
    return points


def clipped(ring: Ring, edge: float, side: int) -> Ring:
    """The part of the ring on one side of a meridian: `side` 1 for what is east of it, or -1."""
    kept: Ring = []
    for (x, y), (next_x, next_y) in zip(ring, ring[1:] + ring[:1], strict=True):
        inside, next_inside = side * (x - edge) >= 0, side * (next_x - edge) >= 0
        if inside:
            kept.append((x, y))
        if inside != next_inside:
            kept.append((edge, y + (next_y - y) * (edge - x) / (next_x - x)))
    return kept


def on_the_map(ring: Ring) -> list[Ring]:
    """The ring as it lies on the map: in two parts when it crosses the map's edge."""
    east = unrolled(ring)
    parts = []
    for turn in (-360, 0, 360):
        part = clipped(clipped([(x + turn, y) for x, y in east], -180, 1), 180, -1)
        if len(part) > 2:
            parts.append([project_east(y, x) for x, y in part])
    return parts


def drawn(topology: dict, layer: str, code: str = "") -> list[Ring]:
    """The rings of a layer, or of one country of it, as they lie on the map."""
    codes = get_global("territory_aliases")
    shapes = topology["objects"][layer]["geometries"]
    return [
        part
        for geometry in shapes
        if not code or code in codes.get(geometry.get("id"), ())
        for ring in rings_of(topology, geometry)
        if max(latitude for _, latitude in ring) > SOUTH
        for part in on_the_map(ring)
        if max(y for _, y in part) > 0
    ]


def area(ring: Ring) -> float:
    """The area inside a ring."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs)) / 2


def simplified(points: Ring, tolerance: float) -> Ring:
    """The line with fewer points, nowhere further from it than `tolerance` (Douglas, Peucker)."""
    if len(points) < 3:
        return points
    (x, y), (end_x, end_y) = points[0], points[-1]
    length = ((end_x - x) ** 2 + (end_y - y) ** 2) ** 0.5

    def distance(point: Point) -> float:
        if not length:
            return ((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5
        return abs((end_x - x) * (y - point[1]) - (x - point[0]) * (end_y - y)) / length

    furthest = max(range(1, len(points) - 1), key=lambda number: distance(points[number]))
    if distance(points[furthest]) <= tolerance:
        return [points[0], points[-1]]
    before = simplified(points[: furthest + 1], tolerance)
    return before[:-1] + simplified(points[furthest:], tolerance)


def step(tenths: int) -> str:
    """A number of tenths in as few characters as SVG allows."""
    return f"{tenths / 10:g}".replace("0.", ".") if abs(tenths) < 10 else f"{tenths / 10:g}"


def path(rings: list[Ring], tolerance: float, smallest: float) -> str:
    """The rings as an SVG path with steps of a tenth of a unit; small islands are left out."""
    text = ""
    for ring in rings:
        if area(ring) < smallest:
            continue
        middle = len(ring) // 2
        line = simplified(ring[: middle + 1], tolerance)[:-1]
        line += simplified(ring[middle:] + ring[:1], tolerance)[:-1]
        points = [(round(x * 10), round(y * 10)) for x, y in line]
        x, y = points[0]
        text += f"M{x / 10:g} {y / 10:g}l"
        steps = []
        for next_x, next_y in points[1:]:
            if (next_x, next_y) != (x, y):
                steps.append(f"{step(next_x - x)} {step(next_y - y)}")
            x, y = next_x, next_y
        text += " ".join(steps).replace(" -", "-") + "z"
    return text


def dot(rings: list[Ring]) -> str:
    """A country that is too small to be seen, as a square that can be."""
    x, y = max(rings, key=area)[0]
    half = SMALLEST_MARK / 2
    return f"M{x - half:.1f} {y - half:.1f}h{SMALLEST_MARK}v{SMALLEST_MARK}h-{SMALLEST_MARK}z"


def countries() -> list[str]:
    """The codes of the countries in all offices' areas, as the content has them."""
    pages = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in CONTENT.glob("*.yaml")]
    return sorted({code for page in pages for code in page.get("area_codes", "").split()})


def main(folder: str) -> None:
    """Writes the drawing."""
    coarse = json.loads(Path(folder, "countries-110m.json").read_text())
    fine = json.loads(Path(folder, "countries-50m.json").read_text())
    x, y = project(*TOKYO)
    shapes = [
        f'<path id="land" d="{path(drawn(coarse, "land"), *LAND)}"/>',
        f'<path id="tokyo" vector-effect="non-scaling-stroke" d="M{x:.0f} {y:.0f}h0"/>',
    ]
    for code in countries():
        rings = drawn(coarse, "countries", code)
        if max(map(area, rings), default=0) < LARGE:
            rings = drawn(fine, "countries", code)
        left, top, right, bottom = bounds(rings)
        shapes.append(
            f'<path id="{code.lower()}" data-box="{left} {top} {right} {bottom}"'
            f' d="{path(rings, *COUNTRY) or dot(rings)}"/>'
        )
    FILE.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        + "\n".join(shapes)
        + "</svg>\n",
        encoding="utf-8",
    )


def bounds(rings: list[Ring]) -> tuple[int, int, int, int]:
    """The box around a country without its far and small parts: left, top, right, bottom."""
    largest = max(map(area, rings))
    main = [point for ring in rings if area(ring) >= largest / 4 for point in ring]
    xs, ys = zip(*main, strict=True)
    return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))


if __name__ == "__main__":
    main(sys.argv[1])
