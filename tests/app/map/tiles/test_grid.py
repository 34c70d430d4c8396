from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.camera import Camera
from app.map.projection import WORLD, Mercator
from app.map.tiles.grid import TILE_PIXELS, Cell, Tile, cells_of, rect_of, side, zoom_for

ALL_ZOOMS = (0, 22)
cameras = st.builds(
    Camera,
    x=st.floats(-WORLD, WORLD),
    y=st.floats(-WORLD, WORLD),
    units_per_pixel=st.floats(0.05, 1e5),
    width=st.integers(1, 3000),
    height=st.integers(1, 2000),
)


@pytest.mark.parametrize(
    ("lat", "lon", "tile"),
    [
        # as other programs have it: the well-known formula of "slippy map tile names"
        (60.1699, 24.9384, Tile(12, 2331, 1185)),
        (-33.8688, 151.2093, Tile(10, 942, 614)),
        (0.1, -0.1, Tile(1, 0, 0)),
        (85.0, -179.9, Tile(3, 0, 0)),
    ],
)
def test_places_lie_in_the_tiles_that_other_programs_say(lat: float, lon: float, tile: Tile) -> None:
    x, y = (float(one) for one in Mercator().to_map(lat, lon))
    left, bottom, right, top = rect_of(Cell(*tile))
    assert left <= x < right
    assert bottom < y <= top


@given(cameras)
def test_cells_cover_the_view_and_no_more(camera: Camera) -> None:
    cells = cells_of(camera, ALL_ZOOMS)
    left, bottom, right, top = camera.rect
    assert len(set(cells)) == len(cells)
    for cell in cells:
        west, south, east, north = rect_of(cell)
        assert west <= right
        assert east >= left
        assert south <= top
        assert north >= bottom
    if cells:
        columns, rows = {cell.column for cell in cells}, {cell.row for cell in cells}
        assert len(cells) == len(columns) * len(rows)
        assert rect_of(min(cells))[0] <= left + 1e-6
        assert rect_of(max(cells))[2] >= right - 1e-6
        assert min(rect_of(cell)[1] for cell in cells) <= max(bottom, -WORLD) + 1e-6
        assert max(rect_of(cell)[3] for cell in cells) >= min(top, WORLD) - 1e-6


@given(cameras)
def test_tiles_exist_in_the_world(camera: Camera) -> None:
    for cell in cells_of(camera, ALL_ZOOMS, ring=1):
        zoom, x, y = cell.tile
        assert 0 <= x < 1 << zoom
        assert 0 <= y < 1 << zoom


@given(st.floats(0.05, 1e5))
def test_tiles_are_drawn_near_their_own_size(scale: float) -> None:
    assert 2**-0.51 <= side(zoom_for(scale)) / scale / TILE_PIXELS <= 2**0.51


def test_the_middle_comes_first() -> None:
    x, y = (float(one) for one in Mercator().to_map(60.1699, 24.9384))
    camera = Camera(x, y, side(12) / TILE_PIXELS, 1500, 1200)
    cells = cells_of(camera, ALL_ZOOMS)
    assert cells[0].tile == Tile(12, 2331, 1185)
    assert cells[-1].row in (min(cell.row for cell in cells), max(cell.row for cell in cells))


def test_a_source_is_asked_for_what_it_has_only() -> None:
    camera = Camera(0.0, 0.0, side(12) / TILE_PIXELS, 800, 600)
    assert {cell.zoom for cell in cells_of(camera, (0, 10))} == {10}
    assert not cells_of(camera, (13, 15))
    assert not cells_of(replace(camera, units_per_pixel=1e6), (3, 15))


def test_a_ring_goes_around() -> None:
    camera = Camera(10.0, 10.0, side(12) / TILE_PIXELS, 800, 600)
    inner, outer = cells_of(camera, ALL_ZOOMS), cells_of(camera, ALL_ZOOMS, ring=1)
    assert set(inner) < set(outer)
    assert min(cell.column for cell in outer) == min(cell.column for cell in inner) - 1
    assert max(cell.row for cell in outer) == max(cell.row for cell in inner) + 1


@given(st.integers(0, 20), st.data())
def test_children_have_their_parent(zoom: int, data: st.DataObject) -> None:
    tile = Tile(zoom, *(data.draw(st.integers(0, (1 << zoom) - 1)) for _ in range(2)))
    assert {child.parent for child in tile.children} == {tile}
    west, south, east, north = rect_of(Cell(*tile))
    boxes = [rect_of(Cell(*child)) for child in tile.children]
    assert (min(box[0] for box in boxes), max(box[3] for box in boxes)) == pytest.approx((west, north), abs=1e-6)
    assert (max(box[2] for box in boxes), min(box[1] for box in boxes)) == pytest.approx((east, south), abs=1e-6)
    assert [one.zoom for one in tile.ancestors(0)] == list(range(zoom - 1, -1, -1))
