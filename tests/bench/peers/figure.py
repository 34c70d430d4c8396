"""Draw gap over time as an SVG picture: a panel per class and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.bench.peers.curves import EARLIEST, Panel, Point, Series
from tests.bench.peers.selection import OURS
from tests.bench.picture import LEFT, Scale, axes, frame, heading, path_through, picture, text

COLUMNS = 4

STYLE = {OURS: "#d55e00", "pyvrp": "#0072b2", "hgs": "#009e73", "ortools": "#aa4499", "vroom": "#806000"}
"""Colours that the colour-blind tell apart too."""
OTHER = "#555555"

MOST = 100.0
"""Percent; what is above lies on the upper edge."""


def draw(panels: Sequence[Panel]) -> str:
    """Return the picture.

    Parameters
    ----------
    panels
        At least one.
    """
    return picture("Gap to the best known over time", _legend(panels), [_panel(panel) for panel in panels], COLUMNS)


def _legend(panels: Sequence[Panel]) -> Iterator[str]:
    titles = {series.solver: series.title for panel in panels for series in panel.series}
    order = [*STYLE, *sorted(titles.keys() - STYLE.keys())]
    x = float(LEFT)
    for solver in order:
        if solver in titles:
            series = Series(solver, titles[solver], ())
            yield _line([(x, 15), (x + 22, 15)], series)
            yield _mark(x + 11, 15, series, complete=True)
            yield text(x + 28, 18.5, titles[solver], size=11)
            x += 48 + 6.5 * len(titles[solver])


def _panel(panel: Panel) -> Iterator[str]:
    latest = max(point.seconds for series in panel.series for point in series.points)
    highest = max(point.gap for series in panel.series for point in series.points)
    scale = Scale(EARLIEST, max(latest * 1.25, 10 * EARLIEST), min(max(highest * 1.2, 0.1), MOST))
    yield from heading(panel.title, f"{panel.size} clients")
    yield from axes(scale)
    for series in sorted(panel.series, key=lambda one: one.solver == OURS):  # ours on top
        places = [(scale.x(point.seconds), scale.y(point.gap)) for point in series.points]
        yield _line(_steps(series.course, scale) or places, series)
        yield from _marks(series, series.points, places)
    yield frame()


def _steps(course: Sequence[tuple[float, float]], scale: Scale) -> list[tuple[float, float]]:
    """Return the corners of a falling staircase; it comes in through the upper edge where it begins above."""
    places: list[tuple[float, float]] = []
    for seconds, gap in course:
        if gap <= scale.highest:
            before = places[-1][1] if places else scale.y(scale.highest if seconds > EARLIEST else gap)
            places += [(scale.x(seconds), before), (scale.x(seconds), scale.y(gap))]
    return places


def _marks(series: Series, points: Iterable[Point], places: Iterable[tuple[float, float]]) -> Iterator[str]:
    for point, (x, y) in zip(points, places, strict=True):
        yield _mark(x, y, series, complete=point.complete)


def _mark(x: float, y: float, series: Series, *, complete: bool) -> str:
    """Return a dot; a hollow one where some runs came to no answer."""
    colour = STYLE.get(series.solver, OTHER)
    fill = colour if complete else "white"
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{fill}" stroke="{colour}" stroke-width="1.4"/>'


def _line(places: Sequence[tuple[float, float]], series: Series) -> str:
    own = series.solver == OURS
    look = 'stroke-width="2.2"' if own else 'stroke-width="1.2" stroke-dasharray="4 3"'
    return f'<path d="{path_through(places)}" fill="none" stroke="{STYLE.get(series.solver, OTHER)}" {look}/>'
