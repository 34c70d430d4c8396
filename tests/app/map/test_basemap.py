from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from shapely import Polygon, box

from app.map.basemap import BaseMap, Floats, clipped_line, clipped_ring, smoothed
from app.map.projection import Mercator
from app.resources import resource


@pytest.fixture(scope="module")
def world() -> BaseMap:
    return BaseMap(resource("basemap/world.npz"))


def on_land(world: BaseMap, lat: float, lon: float, scale: float) -> bool:
    """Count crossings of a ray, as the even-odd rule has it."""
    x, y = (float(v) for v in Mercator().to_map(lat, lon))
    crossings = 0
    for ring in world.land((x - 800 * scale, y - 800 * scale, x + 800 * scale, y + 800 * scale), scale):
        following = np.roll(ring, -1, axis=0)
        spans = (ring[:, 1] > y) != (following[:, 1] > y)
        a, b = ring[spans], following[spans]
        crossings += np.count_nonzero(a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > x)
    return crossings % 2 == 1


@pytest.mark.parametrize("scale", [20.0, 200.0, 2000.0, 20000.0])
@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [
        (60.6, 25.0, True),  # north of Helsinki
        (59.8, 25.0, False),  # Gulf of Finland
        (52.0, 10.0, True),
        (0.0, -30.0, False),
        (66.5, 179.5, True),  # Chukotka, this side of the date line
        (66.5, -176.0, True),  # and beyond it
        (-80.0, 100.0, True),  # Antarctica goes around the world
        (-80.0, -130.0, True),
        (42.0, 51.0, False),  # the Caspian Sea is a hole
    ],
)
def test_land_is_where_it_is(world: BaseMap, lat: float, lon: float, land: bool, scale: float) -> None:
    assert on_land(world, lat, lon, scale) == land


def test_border_of_finland_and_russia_is_near_vaalimaa(world: BaseMap) -> None:
    x, y = (float(v) for v in Mercator().to_map(60.6, 27.9))
    reach = 30_000.0
    lines = world.borders((x - reach, y - reach, x + reach, y + reach), 100.0)
    assert lines
    nearest = min(float(np.hypot(line[:, 0] - x, line[:, 1] - y).min()) for line in lines)
    assert nearest < reach


def test_detail_follows_the_scale(world: BaseMap) -> None:
    x, y = (float(v) for v in Mercator().to_map(62.0, 22.0))
    rect = (x - 1e6, y - 1e6, x + 1e6, y + 1e6)
    counts = [sum(map(len, world.land(rect, scale))) for scale in (1000.0, 4000.0, 16000.0)]
    assert counts[0] > 2 * counts[1] > 4 * counts[2] > 0


def test_base_map_with_pickles_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.npz"
    np.savez(path, scale=np.array([object()]), translate=np.zeros(2))
    with pytest.raises(ValueError, match="allow_pickle"):
        BaseMap(path)


@given(npst.arrays(np.float64, st.tuples(st.integers(3, 12), st.just(2)), elements=st.integers(-20, 20).map(float)))
def test_clipped_ring_is_the_intersection(points: Floats) -> None:
    polygon = Polygon(points)
    if not polygon.is_valid:
        return
    clipped = clipped_ring(points, (-8.0, -6.0, 9.0, 7.0))
    expected = polygon.intersection(box(-8.0, -6.0, 9.0, 7.0)).area
    x, y = clipped[:, 0], clipped[:, 1]
    area = abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)) / 2 if len(clipped) else 0.0
    assert area == pytest.approx(expected, abs=1e-6)


def test_clipped_line_keeps_whole_segments_that_reach_in() -> None:
    line = np.array([[-9.0, 0.0], [-5.0, 0.0], [0.0, 0.0], [5.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.5]])
    pieces = clipped_line(line, (-1.0, -1.0, 1.0, 1.0))
    assert [piece.tolist() for piece in pieces] == [
        [[-5.0, 0.0], [0.0, 0.0], [5.0, 0.0]],
        [[9.0, 9.0], [0.0, 0.5]],
    ]


def test_smoothing_keeps_the_ends_of_a_line_and_cuts_corners_of_a_ring() -> None:
    line = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0]])
    smooth = smoothed(line, 2, closed=False)
    assert smooth[0].tolist() == [0.0, 0.0]
    assert smooth[-1].tolist() == [4.0, 4.0]
    assert [4.0, 0.0] not in smooth.tolist()
    square = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
    assert len(smoothed(square, 1, closed=True)) == 8
    assert smoothed(square, 0, closed=True) is square
