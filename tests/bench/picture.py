"""Pictures of gap over time: panels with axes in a grid, as SVG. What is drawn in a panel is its owner's affair."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape

WIDTH, HEIGHT = 232, 190
"""Of one panel with its texts, pixels."""
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 40, 28
"""Around the plot of a panel."""
HEAD = 34
"""Height of the legend above all panels."""

DECADES = (0.01, 0.1, 1, 10, 100, 1000)
"""Seconds; those that fit are labelled."""
MARKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
"""Percent; those that fit are labelled."""


class Scale:
    """Seconds on a log scale, gaps on one of square roots: it has a zero, and room for what is close to it.

    Parameters
    ----------
    earliest, latest
        Seconds at the left and right edge.
    highest
        Gap at the upper edge, percent; what is above lies on that edge.
    """

    def __init__(self, earliest: float, latest: float, highest: float) -> None:
        self.earliest, self.latest, self.highest = earliest, latest, highest

    def x(self, seconds: float) -> float:
        """Return where a time lies, pixels."""
        share = math.log(max(seconds, self.earliest) / self.earliest) / math.log(self.latest / self.earliest)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, gap: float) -> float:
        """Return where a gap lies, pixels."""
        share = math.sqrt(min(max(gap, 0), self.highest) / self.highest)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def picture(title: str, legend: Iterable[str], panels: Sequence[Iterable[str]], columns: int) -> str:
    """Return a whole picture, on white, so that a dark page does not swallow it.

    Parameters
    ----------
    title
        What it is of, for who cannot see it.
    legend, panels
        Elements; those of a panel with its upper left corner as the origin. At least one panel.
    columns
        Panels side by side, at most.
    """
    columns = min(columns, len(panels))
    rows = math.ceil(len(panels) / columns)
    # a legend of five names is wider than one panel
    width, height = max(columns * WIDTH, 2 * WIDTH), HEAD + rows * HEIGHT
    body = [f'<rect width="{width}" height="{height}" fill="white"/>', *legend]
    for number, panel in enumerate(panels):
        x, y = number % columns * WIDTH, HEAD + number // columns * HEIGHT
        body += [f'<g transform="translate({x} {y})">', *panel, "</g>"]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="Helvetica, Arial, sans-serif" font-size="10" fill="#222222">',
            f"<title>{escape(title)}</title>",
            *body,
            "</svg>",
            "",
        ]
    )


def heading(title: str, below: str) -> Iterator[str]:
    """Yield the two lines above a panel."""
    yield text(LEFT, 14, title, size=11, weight="bold")
    yield text(LEFT, 28, below, fill="#666666")


def axes(scale: Scale) -> Iterator[str]:
    """Yield the lines and labels of a panel's scales."""
    bottom = HEIGHT - BOTTOM
    for seconds in DECADES:
        if scale.earliest < seconds <= scale.latest:
            x = scale.x(seconds)
            yield f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#e6e6e6"/>'
            yield text(x, bottom + 13, f"{seconds:g} s", anchor="middle")
    yield text(LEFT - 4, bottom + 3, "0 %", anchor="end")
    below = float(bottom)
    for gap in MARKS:
        y = scale.y(gap)
        if gap <= scale.highest and below - y >= 15:
            below = y
            yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#e6e6e6"/>'
            yield text(LEFT - 4, y + 3, f"{gap:g} %", anchor="end")


def frame() -> str:
    """Return the edge of a panel's plot, which belongs over its lines."""
    return f'<path d="M{LEFT} {TOP}H{WIDTH - RIGHT}V{HEIGHT - BOTTOM}H{LEFT}Z" fill="none" stroke="#999999"/>'


def text(
    x: float, y: float, words: str, *, size: float = 10, anchor: str = "start", weight: str = "", fill: str = ""
) -> str:
    """Return a line of text."""
    more = (f' font-weight="{weight}"' if weight else "") + (f' fill="{fill}"' if fill else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def path_through(places: Sequence[tuple[float, float]]) -> str:
    """Return the data of a path through some places."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
