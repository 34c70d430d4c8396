"""Random small networks with everything in them that may bind: one-ways, bans, limits, restricted streets, loops."""

from __future__ import annotations

import numpy as np

from solver.roads.network import DEGREE, Network


def random_network(seed: int, nodes: int = 12, segments: int = 20) -> Network:
    """Return a network of streets between random places; segments may be parallel, bent or loops."""
    random = np.random.default_rng(seed)
    place = np.array([60.0, 25.0]) + random.uniform(0, 0.01, (nodes, 2))
    ends = random.integers(0, nodes, (segments, 2))
    bends = random.integers(0, 3, segments) + 2 * (ends[:, 0] == ends[:, 1])
    shapes = [
        np.concatenate([place[a : a + 1], place[[a] * n] + random.uniform(-0.002, 0.002, (n, 2)), place[b : b + 1]])
        for (a, b), n in zip(ends, bends, strict=True)
    ]
    edge_pairs = [
        (e, f)
        for e in range(2 * segments)
        for f in range(2 * segments)
        if ends[e >> 1][1 - (e & 1)] == ends[f >> 1][f & 1] and random.random() < 0.1
    ]
    small = random.integers(0, 6, segments)
    access = np.where(random.random((segments, 2)) < 0.8, 15, 0)
    return Network(
        node_place=np.rint(place * DEGREE).astype(np.int32),
        segment_node=ends.astype(np.int32),
        segment_way=np.arange(segments, dtype=np.int32),
        segment_length=random.integers(1, 20_000, segments).astype(np.int32),
        segment_shape=np.cumsum([0, *(len(shape) for shape in shapes)]).astype(np.int32),
        shape=np.rint(np.concatenate([np.empty((0, 2)), *shapes]) * DEGREE).astype(np.int32),
        access=access.astype(np.uint8),
        restricted=np.where(random.random(segments) < 0.2, 15, 0).astype(np.uint8),
        signals=random.integers(0, 2, (segments, 2)).astype(np.uint8),
        way_class=random.integers(0, 15, segments).astype(np.uint8),
        way_surface=random.integers(0, 4, segments).astype(np.uint8),
        way_speed=(10 * random.integers(0, 9, (segments, 2))).astype(np.uint16),
        way_height=np.where(small == 0, 300, 0).astype(np.uint16),
        way_width=np.zeros(segments, dtype=np.uint16),
        way_length=np.zeros(segments, dtype=np.uint16),
        way_weight=np.where(small == 1, 350, 0).astype(np.uint16),
        way_hazmat=small == 2,
        way_name=np.full(segments, -1, dtype=np.int32),
        way_id=np.arange(segments, dtype=np.int64),
        turn=np.array(edge_pairs, dtype=np.int32).reshape(-1, 2),
        turn_modes=np.full(len(edge_pairs), 15, dtype=np.uint8),
        address_place=np.empty((0, 2), dtype=np.int32),
        address_text=np.empty((0, 4), dtype=np.int32),
    )


def random_pace(seed: int, segments: int) -> np.ndarray:
    """Return a state of the roads in which some are closed and some are slow."""
    random = np.random.default_rng(seed)
    return random.choice([0.0, 0.4, 1.0, 1.0, 1.0], segments).astype(np.float32)


def random_points(seed: int, network: Network, number: int) -> np.ndarray:
    """Return places near the network, some of them twice, on one spot or on one street; shape ``(number, 2)``."""
    random = np.random.default_rng(seed)
    south, west, north, east = network.bounds
    points = random.uniform((south - 0.001, west - 0.001), (north + 0.001, east + 0.001), (number, 2))
    points[-1] = points[0]
    points[-2] = points[0] + 1e-4
    return points
