"""A bar chart as numbers for a template: no library, no script, the page's own colours."""

from __future__ import annotations

from dataclasses import dataclass

HEIGHT = 200
STEP = 16
BAR = 11


@dataclass(frozen=True)
class Bar:
    """One bar, in the chart's own units; `value` is None where there is no number.

    A marked bar has its label below it, a named one its value above it.
    """

    label: str
    value: int | None
    x: int
    y: int
    height: int
    marked: bool
    named: bool


@dataclass(frozen=True)
class Chart:
    """A chart of bars and the lines behind them."""

    bars: list[Bar]
    width: int
    height: int
    bar_width: int
    lines: list[tuple[int, int]]

    @property
    def view_width(self) -> int:
        """The width with room for the values at the side."""
        return self.width + 56


def draw_chart(values: list[tuple[str, int | None]]) -> Chart:
    """Bars for labelled values, the highest as tall as the chart.

    Every tenth bar is labelled; the highest and the last show their values.

    The lines are pairs of a round value and its place from the top.
    """
    numbers = [value for _, value in values if value is not None]
    highest = max(numbers, default=0) or 1
    scale = HEIGHT / highest
    bars = []
    for position, (label, value) in enumerate(values):
        height = round((value or 0) * scale)
        bars.append(
            Bar(
                label=label,
                value=value,
                x=position * STEP,
                y=HEIGHT - height,
                height=height,
                marked=position in (0, len(values) - 1) or label.endswith("0"),
                named=value is not None and (value == highest or position == len(values) - 1),
            )
        )
    lines = [
        (value, HEIGHT - round(value * scale)) for value in range(0, highest + 1, 2000) if numbers
    ]
    return Chart(bars, len(values) * STEP, HEIGHT, BAR, lines)
