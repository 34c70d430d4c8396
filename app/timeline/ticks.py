"""Where the axis has ticks."""

from __future__ import annotations

import math

from app.model.scenario import DAY
from app.timeline.axis import TimeAxis

LABEL_PIXELS = 72.0
"""Least distance of two labelled ticks."""

STEPS = (
    (60, 15),
    (120, 30),
    (300, 60),
    (600, 120),
    (900, 300),
    (1800, 600),
    (3600, 900),
    (2 * 3600, 1800),
    (3 * 3600, 3600),
    (6 * 3600, 3600),
    (12 * 3600, 3 * 3600),
    (DAY, 6 * 3600),
    (2 * DAY, DAY),
    (7 * DAY, DAY),
)
"""Seconds between labelled ticks and between small ones, from fine to coarse: what divides an hour or a day."""


def steps(axis: TimeAxis) -> tuple[int, int]:
    """Return the finest steps whose labels have room."""
    return next((step for step in STEPS if step[0] / axis.scale >= LABEL_PIXELS), STEPS[-1])


def ticks(axis: TimeAxis, step: int) -> list[int]:
    """Return the multiples of a step in view, seconds since midnight."""
    return [place * step for place in range(math.ceil(axis.left / step), math.floor(axis.right / step) + 1)]
