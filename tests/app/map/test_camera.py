from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.camera import Camera, Margins, Surroundings

cameras = st.builds(
    Camera,
    x=st.floats(-1e7, 1e7),
    y=st.floats(-1e7, 1e7),
    units_per_pixel=st.floats(0.01, 1e5),
    width=st.integers(1, 4000),
    height=st.integers(1, 3000),
)
pixels = st.floats(-5000, 5000)


@given(cameras, pixels, pixels)
def test_pixels_there_and_back(camera: Camera, px: float, py: float) -> None:
    assert camera.to_pixel(*camera.to_map(px, py)) == pytest.approx((px, py), abs=1e-3)


@given(cameras, st.floats(0.1, 10), pixels, pixels)
def test_zoom_keeps_the_point_below_the_cursor(camera: Camera, factor: float, px: float, py: float) -> None:
    nearer = camera.zoomed(factor, px, py)
    assert nearer.units_per_pixel == pytest.approx(camera.units_per_pixel / factor)
    size = camera.units_per_pixel * 10_000
    assert nearer.to_map(px, py) == pytest.approx(camera.to_map(px, py), abs=1e-6 * size + 1e-6)


@given(cameras, pixels, pixels, pixels, pixels)
def test_pan_moves_the_map_with_the_mouse(camera: Camera, px: float, py: float, dx: float, dy: float) -> None:
    below = camera.to_map(px, py)
    assert camera.panned(dx, dy).to_map(px + dx, py + dy) == pytest.approx(below, abs=1e-9 * 1e7 + 1e-3)


def test_north_is_up() -> None:
    camera = Camera(width=100, height=100)
    assert camera.to_map(50, 0)[1] > camera.to_map(50, 100)[1]
    assert camera.to_map(100, 50)[0] > camera.to_map(0, 50)[0]


@given(st.integers(200, 2000), st.integers(200, 2000), st.floats(1, 1e6), st.floats(1, 1e6))
def test_fitted_rectangle_is_in_view_with_its_margins(width: int, height: int, wide: float, high: float) -> None:
    margins = Margins(40, 30, 20, 10)
    camera = Camera(width=width, height=height).fitted((10, 20, 10 + wide, 20 + high), margins)
    left, top = camera.to_pixel(10, 20 + high)
    right, bottom = camera.to_pixel(10 + wide, 20)
    room = (left - 40, top - 30, width - 20 - right, height - 10 - bottom)
    assert min(room) == pytest.approx(0, abs=0.1)  # and no smaller than it must be
    assert room[0] == pytest.approx(room[2], abs=0.1)
    assert room[1] == pytest.approx(room[3], abs=0.1)


def test_surroundings_serve_until_the_view_leaves_them() -> None:
    camera = Camera(width=100, height=100)
    around = Surroundings.of(camera)
    assert around.serves(camera)
    assert around.serves(camera.panned(90, -90))
    assert not around.serves(camera.panned(110, 0))
    assert around.serves(camera.zoomed(1.5, 50, 50))
    assert not around.serves(camera.zoomed(2.5, 50, 50))
    assert not around.serves(camera.zoomed(1 / 4, 50, 50))
    assert not Surroundings().serves(camera)
