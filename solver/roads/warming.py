"""Compiles or loads the kernels of roads before somebody waits for them."""

from __future__ import annotations

import numpy as np

from solver.roads.modes import Access, Mode, RoadClass
from solver.roads.network import Network
from solver.roads.router import Router


def warm_roads() -> None:
    """Find ways on a street with a bend and a side street: whatever roads need compiled is then."""
    router = Router(_street(), Mode(""))
    points = np.array([[0.0, 0.0], [0.0, 0.002], [0.001, 0.001]])
    matrix = router.matrix(points[:2])
    closed = router.with_pace(np.array([1.0, 1.0, 0.0], dtype=np.float32))
    router.extended(matrix, points)
    router.durations(points, np.ones((2, len(RoadClass))))
    router.ways(points[:1], points[1:2])
    closed.cut_off(points)


def _street() -> Network:
    """Return two streets from west to east and one to the north, between four junctions."""
    places = np.array([[0, 0], [0, 10_000], [0, 20_000], [10_000, 10_000]], dtype=np.int32)
    ends = np.array([[0, 1], [1, 2], [1, 3]], dtype=np.int32)
    segments = len(ends)
    bytes_, words = np.zeros(segments, dtype=np.uint8), np.zeros(segments, dtype=np.uint16)
    return Network(
        node_place=places,
        segment_node=ends,
        segment_way=np.arange(segments, dtype=np.int32),
        segment_length=np.full(segments, 1110, dtype=np.int32),
        segment_shape=np.arange(0, 2 * segments + 1, 2, dtype=np.int32),
        shape=places[ends].reshape(-1, 2),
        access=np.full((segments, 2), Access.CAR, dtype=np.uint8),
        restricted=bytes_,
        signals=np.zeros((segments, 2), dtype=np.uint8),
        way_class=np.full(segments, RoadClass.RESIDENTIAL, dtype=np.uint8),
        way_surface=bytes_,
        way_speed=np.zeros((segments, 2), dtype=np.uint16),
        way_height=words,
        way_width=words,
        way_length=words,
        way_weight=words,
        way_hazmat=np.zeros(segments, dtype=np.bool_),
        way_name=np.full(segments, -1, dtype=np.int32),
        way_id=np.arange(segments, dtype=np.int64),
        turn=np.empty((0, 2), dtype=np.int32),
        turn_modes=np.empty(0, dtype=np.uint8),
        address_place=np.empty((0, 2), dtype=np.int32),
        address_text=np.empty((0, 4), dtype=np.int32),
    )
