"""Times as text."""

from __future__ import annotations

import pytest

from app.model.units import clock, span


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "00:00"), (8 * 3600 + 300, "08:05"), (8 * 3600 + 7, "08:00:07"), (86400, "00:00 +1"), (-60, "23:59 -1"),
     (2 * 86400 + 3600, "01:00 +2")],
)  # fmt: skip
def test_clock(seconds: int, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "1 h 00 min"), (7500, "2 h 05 min")]
)
def test_span(seconds: int, text: str) -> None:
    assert span(seconds) == text
