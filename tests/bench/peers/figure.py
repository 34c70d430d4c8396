"""Draw gap over time as an SVG picture: a panel per class and size."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from tests.bench.peers.curves import EARLIEST, Panel, Point, Series
from tests.bench.peers.selection import OURS

COLUMNS = 4
WIDTH, HEIGHT = 232, 190
"""Of one panel with its texts, pixels."""
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 40, 28
"""Around the plot of a panel."""
HEAD = 34
"""Height of the legend above all panels."""

STYLE = {OURS: "#d55e00", "pyvrp": "#0072b2", "hgs": "#009e73", "ortools": "#aa4499", "vroom": "#806000"}
"""Colours that the colour-blind tell apart too."""
OTHER = "#555555"

MARKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
"""Percent; those that fit are labelled."""
MOST = 100.0
"""Percent; what is above lies on the upper edge."""


def draw(panels: Sequence[Panel]) -> str:
    """Return the picture.

    Parameters
    ----------
    panels
        At least one.
    """
    columns = min(COLUMNS, len(panels))
    rows = math.ceil(len(panels) / columns)
    # a legend of five names is wider than one panel
    width, height = max(columns * WIDTH, 2 * WIDTH), HEAD + rows * HEIGHT
    body = [f'<rect width="{width}" height="{height}" fill="white"/>', *_legend(panels)]
    for number, panel in enumerate(panels):
        x, y = number % columns * WIDTH, HEAD + number // columns * HEIGHT
        body += [f'<g transform="translate({x} {y})">', *_panel(panel), "</g>"]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="Helvetica, Arial, sans-serif" font-size="10" fill="#222222">',
            "<title>Gap to the best known over time</title>",
            *body,
            "</svg>",
            "",
        ]
    )


def _legend(panels: Sequence[Panel]) -> Iterator[str]:
    titles = {series.solver: series.title for panel in panels for series in panel.series}
    order = [*STYLE, *sorted(titles.keys() - STYLE.keys())]
    x = float(LEFT)
    for solver in order:
        if solver in titles:
            series = Series(solver, titles[solver], ())
            yield _line([(x, 15), (x + 22, 15)], series)
            yield _mark(x + 11, 15, series, complete=True)
            yield _text(x + 28, 18.5, titles[solver], size=11)
            x += 48 + 6.5 * len(titles[solver])


def _panel(panel: Panel) -> Iterator[str]:
    latest = max(point.seconds for series in panel.series for point in series.points)
    highest = max(point.gap for series in panel.series for point in series.points)
    scale = _Scale(max(latest * 1.25, 10 * EARLIEST), min(max(highest * 1.2, 0.1), MOST))
    yield _text(LEFT, 14, panel.title, size=11, weight="bold")
    yield _text(LEFT, 28, f"{panel.size} clients", fill="#666666")
    yield from _axes(scale)
    for series in sorted(panel.series, key=lambda one: one.solver == OURS):  # ours on top
        places = [(scale.x(point.seconds), scale.y(point.gap)) for point in series.points]
        yield _line(_steps(series.course, scale) or places, series)
        yield from _marks(series, series.points, places)
    yield f'<path d="M{LEFT} {TOP}H{WIDTH - RIGHT}V{HEIGHT - BOTTOM}H{LEFT}Z" fill="none" stroke="#999999"/>'


def _steps(course: Sequence[tuple[float, float]], scale: _Scale) -> list[tuple[float, float]]:
    """Return the corners of a falling staircase; it comes in through the upper edge where it begins above."""
    places: list[tuple[float, float]] = []
    for seconds, gap in course:
        if gap <= scale.highest:
            before = places[-1][1] if places else scale.y(scale.highest if seconds > EARLIEST else gap)
            places += [(scale.x(seconds), before), (scale.x(seconds), scale.y(gap))]
    return places


class _Scale:
    """Seconds on a log scale, gaps on one of square roots: it has a zero, and room for what is close to it."""

    def __init__(self, latest: float, highest: float) -> None:
        self.latest, self.highest = latest, highest

    def x(self, seconds: float) -> float:
        share = math.log(max(seconds, EARLIEST) / EARLIEST) / math.log(self.latest / EARLIEST)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, gap: float) -> float:
        share = math.sqrt(min(max(gap, 0), self.highest) / self.highest)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _axes(scale: _Scale) -> Iterator[str]:
    bottom = HEIGHT - BOTTOM
    for seconds in (0.1, 1, 10, 100, 1000):
        if EARLIEST < seconds <= scale.latest:
            x = scale.x(seconds)
            yield f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#e6e6e6"/>'
            yield _text(x, bottom + 13, f"{seconds:g} s", anchor="middle")
    yield _text(LEFT - 4, bottom + 3, "0 %", anchor="end")
    below = float(bottom)
    for gap in MARKS:
        y = scale.y(gap)
        if gap <= scale.highest and below - y >= 15:
            below = y
            yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#e6e6e6"/>'
            yield _text(LEFT - 4, y + 3, f"{gap:g} %", anchor="end")


def _marks(series: Series, points: Iterable[Point], places: Iterable[tuple[float, float]]) -> Iterator[str]:
    for point, (x, y) in zip(points, places, strict=True):
        yield _mark(x, y, series, complete=point.complete)


def _mark(x: float, y: float, series: Series, *, complete: bool) -> str:
    """Return a dot; a hollow one where some runs came to no answer."""
    colour = STYLE.get(series.solver, OTHER)
    fill = colour if complete else "white"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{fill}" stroke="{colour}" stroke-width="1.4"/>'


def _line(places: Sequence[tuple[float, float]], series: Series) -> str:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    own = series.solver == OURS
    look = 'stroke-width="2.2"' if own else 'stroke-width="1.2" stroke-dasharray="4 3"'
    return f'<path d="M{path}" fill="none" stroke="{STYLE.get(series.solver, OTHER)}" {look}/>'


def _text(
    x: float, y: float, text: str, *, size: float = 10, anchor: str = "start", weight: str = "", fill: str = ""
) -> str:
    more = (f' font-weight="{weight}"' if weight else "") + (f' fill="{fill}"' if fill else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"{more}>{escape(text)}</text>'
