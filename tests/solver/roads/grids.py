"""Small networks made by hand: streets in a grid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.roads.modes import RoadClass
from solver.roads.network import DEGREE, Network

EVERYBODY = 15
"""Bits of all modes."""


def grid(rows: int, columns: int, metres: float = 100.0, lat: float = 60.0, lon: float = 25.0) -> Network:
    """Return two-way residential streets between ``rows * columns`` junctions, row by row from the south-west.

    Segments to the east come first, row by row, then those to the north.
    """
    step = metres / 111_195.0
    place = np.array(
        [(lat + r * step, lon + c * step / np.cos(np.radians(lat))) for r in range(rows) for c in range(columns)]
    )
    node = np.arange(rows * columns).reshape(rows, columns)
    east = np.stack([node[:, :-1].ravel(), node[:, 1:].ravel()], axis=1)
    north = np.stack([node[:-1].ravel(), node[1:].ravel()], axis=1)
    segment_node = np.concatenate([east, north]).astype(np.int32)
    segments = len(segment_node)
    units = np.rint(place * DEGREE).astype(np.int32)
    none = np.zeros(segments, dtype=np.uint16)
    return Network(
        node_place=units,
        segment_node=segment_node,
        segment_way=np.arange(segments, dtype=np.int32),
        segment_length=np.full(segments, round(metres * 10), dtype=np.int32),
        segment_shape=np.arange(0, 2 * segments + 1, 2, dtype=np.int32),
        shape=units[segment_node].reshape(-1, 2),
        access=np.full((segments, 2), EVERYBODY, dtype=np.uint8),
        restricted=np.zeros(segments, dtype=np.uint8),
        signals=np.zeros((segments, 2), dtype=np.uint8),
        way_class=np.full(segments, RoadClass.RESIDENTIAL, dtype=np.uint8),
        way_surface=np.zeros(segments, dtype=np.uint8),
        way_speed=np.full((segments, 2), 36, dtype=np.uint16),
        way_height=none,
        way_width=none,
        way_length=none,
        way_weight=none,
        way_hazmat=np.zeros(segments, dtype=np.bool_),
        way_name=np.full(segments, -1, dtype=np.int32),
        way_id=np.arange(segments, dtype=np.int64),
        turn=np.empty((0, 2), dtype=np.int32),
        turn_modes=np.empty(0, dtype=np.uint8),
        address_place=np.array([[units[0, 0], units[0, 1]]], dtype=np.int32),
        address_text=np.array([[0, 1, -1, -1]], dtype=np.int32),
        names=("Main Street", "7"),
        source="grid",
    )


def one_way(network: Network, segment: int) -> Network:
    """Return the network with a segment that may be used in the direction drawn only."""
    access = network.access.copy()
    access[segment, 1] = 0
    return replace(network, access=access)
