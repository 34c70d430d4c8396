"""Unbroken runs of rows, which is how Qt wants to hear of rows that change."""

from __future__ import annotations

from collections.abc import Sequence

MOST_RUNS = 40
"""More scattered runs than this are shown quicker by a reset of the model, or by telling of all rows between them."""


def runs_of(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last row of every unbroken run of sorted rows."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
