"""Seconds are pixels and back, and zooming and panning keep what they promise to keep."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.axis import COARSEST, FINEST, TimeAxis

times = st.floats(-1e6, 1e6)
pixels = st.floats(-2000, 4000)
axes = st.builds(TimeAxis, times, st.floats(FINEST, COARSEST), st.integers(1, 4000))


@given(axes, pixels)
def test_a_pixel_and_its_time_are_one_another(axis: TimeAxis, px: float) -> None:
    assert axis.to_pixel(axis.to_time(px)) == pytest.approx(px, abs=1e-3)


@given(axes, pixels, st.floats(0.01, 100))
def test_zooming_keeps_what_is_below_the_mouse(axis: TimeAxis, px: float, factor: float) -> None:
    nearer = axis.zoomed(factor, px)
    assert nearer.to_time(px) == pytest.approx(axis.to_time(px), abs=1e-2)
    assert FINEST <= nearer.scale <= COARSEST


@given(axes, st.floats(-500, 500))
def test_panning_moves_by_pixels(axis: TimeAxis, dx: float) -> None:
    assert axis.panned(dx).to_pixel(axis.to_time(100.0)) == pytest.approx(100.0 + dx, abs=1e-3)


@given(st.integers(200, 4000), st.floats(0, 1e5), st.floats(0, 1e5))
def test_what_is_fitted_lies_within_the_margins(width: int, begin: float, length: float) -> None:
    axis = TimeAxis(width=width).fitted(begin, begin + length, 24.0)
    left, right = axis.to_pixel(np.array([begin, begin + length])).tolist()
    assert 24 - 1e-6 <= left <= right <= width - 24 + 1e-6
    assert left == pytest.approx(width - right, abs=1e-3)


@given(axes, times, st.floats(0, 1e5))
def test_held_axes_look_at_some_of_the_day(axis: TimeAxis, begin: float, length: float) -> None:
    held = axis.held(begin, begin + length)
    middle = held.to_time(held.width / 2)
    assert begin - 1e-3 <= middle <= begin + length + 1e-3
    assert held.scale == axis.scale


@given(axes.filter(lambda axis: axis.width > 200), times)
def test_what_is_brought_into_view_is_in_view(axis: TimeAxis, at: float) -> None:
    shown = axis.showing(at, at, 60.0)
    assert 60 - 1e-3 <= shown.to_pixel(at) <= axis.width - 60 + 1e-3


def test_what_is_in_view_already_moves_nothing() -> None:
    axis = TimeAxis(1000.0, 10.0, 500)
    assert axis.showing(3000.0, 3100.0, 60.0) == axis
