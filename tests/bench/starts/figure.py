"""Draw gap over time from each start as an SVG picture: a panel per set and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from solver.init import Init
from tests.bench.picture import LEFT, Scale, axes, frame, heading, path_through, picture, text
from tests.bench.starts.comparison import INITS, Block, Interval
from tests.bench.starts.problems import TITLES

COLUMNS = 3
EARLIEST = 0.008
"""Seconds at the left edge."""

COLOURS = {Init.POLICY: "#d55e00", Init.CLASSICAL: "#0072b2", Init.RANDOM: "#555555", Init.AUTO: "#009e73"}
"""The colour-blind tell them apart too."""
DASHES = {Init.POLICY: "", Init.CLASSICAL: "6 3", Init.RANDOM: "1.5 2.5", Init.AUTO: "8 2 1.5 2"}
SHAPES = {
    Init.POLICY: "M-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0Z",
    Init.CLASSICAL: "M-2.4 -2.4H2.4V2.4H-2.4Z",
    Init.RANDOM: "M0 -3L2.8 2.2H-2.8Z",
    Init.AUTO: "M0 -4.6L4.6 0L0 4.6L-4.6 0Z",
}

MOST = 100.0
"""Percent; what is above lies on the upper edge."""

Place = tuple[float, float]


def draw(blocks: Sequence[Block]) -> str:
    """Return the picture.

    Parameters
    ----------
    blocks
        At least one; those of a panel one after the other, by budget.
    """
    by_panel = [list(group) for _, group in groupby(blocks, lambda block: (block.series, block.size))]
    present = {init for block in blocks for init in block.inits}
    title = "Gap to the best known over time, by what built the first plans"
    return picture(title, _legend(present), [_panel(panel) for panel in by_panel], COLUMNS)


def _legend(inits: set[Init]) -> Iterator[str]:
    x = float(LEFT)
    for init in INITS:
        if init in inits:
            yield _line([(x, 15), (x + 30, 15)], init)
            yield _mark(x + 15, 15, init)
            yield text(x + 36, 18.5, init, size=11)
            x += 56 + 6.5 * len(init)


def _panel(blocks: Sequence[Block]) -> Iterator[str]:
    bands = {init: [(block, Interval.of(block.of(init))) for block in blocks if init in block.inits] for init in INITS}
    drawn = {init: band for init, band in bands.items() if band}
    # A random start begins so high that it would leave the others no room.
    telling = drawn.keys() - {Init.RANDOM} or drawn.keys()
    highest = max(_high(interval) for init in telling for _, interval in drawn[init])
    latest = max(float(block.seconds.max()) for block in blocks)
    scale = Scale(EARLIEST, max(latest * 1.25, 10 * EARLIEST), min(max(highest * 1.1, 0.1), MOST))
    yield from heading(TITLES[blocks[0].series], f"{blocks[0].size} clients, {blocks[0].problems} problems")
    yield from axes(scale)
    for init, band in reversed(drawn.items()):  # the policy on top
        places = [(scale.x(float(block.seconds[block.inits.index(init)])), scale.y(i.mean)) for block, i in band]
        upper = [(x, scale.y(_high(interval))) for (x, _), (_, interval) in zip(places, band, strict=True)]
        lower = [(x, scale.y(_low(interval))) for (x, _), (_, interval) in zip(places, band, strict=True)]
        yield f'<path d="{path_through(upper + lower[::-1])}Z" fill="{COLOURS[init]}" fill-opacity="0.15"/>'
        yield _line(places, init)
        yield from (_mark(x, y, init) for x, y in places)
    yield frame()


def _low(interval: Interval) -> float:
    return interval.mean if interval.low is None else interval.low


def _high(interval: Interval) -> float:
    return interval.mean if interval.high is None else interval.high


def _line(places: Sequence[Place], init: Init) -> str:
    dash = f' stroke-dasharray="{DASHES[init]}"' if DASHES[init] else ""
    return f'<path d="{path_through(places)}" fill="none" stroke="{COLOURS[init]}" stroke-width="1.5"{dash}/>'


def _mark(x: float, y: float, init: Init) -> str:
    """Return a dot, a square or a triangle; a hollow diamond for auto, which often lies on one of the others."""
    fill = "none" if init is Init.AUTO else COLOURS[init]
    return (
        f'<path transform="translate({x:.1f} {y:.1f})" d="{SHAPES[init]}" fill="{fill}" stroke="{COLOURS[init]}"'
        ' stroke-width="1.2"/>'
    )
