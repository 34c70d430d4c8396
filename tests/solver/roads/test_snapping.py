"""Points meet the nearest road, on the right side of it, and rather one from which one gets everywhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.roads.network import DEGREE, Network
from solver.roads.pieces import METRES, Pieces
from solver.roads.snapping import REACH, Snapper
from tests.solver.roads.grids import grid
from tests.solver.roads.random_networks import random_network


def snapper(network: Network, island: tuple[int, ...] = ()) -> Snapper:
    usable = np.ones(network.segments, dtype=np.bool_)
    connected = usable.copy()
    connected[list(island)] = False
    return Snapper(network, usable, connected)


def plainly(network: Network, point: np.ndarray) -> float:
    """Return metres to the nearest piece of a network, piece by piece."""
    scale = METRES * np.array([1, np.cos(np.radians(point[0]))])
    best = np.inf
    for segment in range(network.segments):
        line = network.shape[network.segment_shape[segment] : network.segment_shape[segment + 1]] / DEGREE
        for a, b in zip((line[:-1] - point) * scale, (line[1:] - point) * scale, strict=True):
            step = b - a
            share = np.clip(-(a @ step) / max(step @ step, 1e-12), 0, 1)
            best = min(best, float(np.hypot(*(a + share * step))))
    return best


@given(seed=st.integers(0, 2**32 - 1), reach=st.sampled_from([50.0, 320.0, 5000.0]))
def test_the_nearest_piece_is_the_nearest_of_all(seed: int, reach: float) -> None:
    network = random_network(seed)
    points = np.array([60.005, 25.005]) + np.random.default_rng(seed).normal(0, 0.02, (20, 2))
    found = Pieces(network, np.arange(network.segments)).nearest(points, reach)
    for i, point in enumerate(points):
        wanted = plainly(network, point)
        if wanted > reach:
            assert found.segment[i] == -1
            assert np.isinf(found.distance[i])
            assert found.place[i].tolist() == point.tolist()
        else:
            assert found.distance[i] == pytest.approx(wanted, abs=0.01)
            away = (found.place[i] - point) * METRES * [1, np.cos(np.radians(point[0]))]
            assert np.hypot(*away) == pytest.approx(wanted, abs=0.01)
            assert 0 <= found.fraction[i] <= 1


def test_side_and_share_are_those_of_the_street_as_it_was_drawn() -> None:
    network = grid(1, 2)  # to the east
    east = network.node_place[1, 1] / DEGREE - 25.0
    snaps = snapper(network).snap(
        np.array([[60.0002, 25.0 + east / 4], [59.9998, 25.0 + east / 2], [60.0, 25.0], [60.0, 25.0 + 2 * east]])
    )
    assert snaps.side.tolist() == [1, -1, 0, 0]
    assert snaps.fraction.tolist() == pytest.approx([0.25, 0.5, 0, 1], abs=1e-6)
    assert snaps.distance == pytest.approx([22.2, 22.2, 0, 100], abs=0.1)


def test_an_island_is_taken_only_if_it_is_much_nearer() -> None:
    network = grid(3, 2, metres=150.0)  # segments 0, 1 and 2 to the east, from south to north
    snap = snapper(network, island=(0, 3, 4)).snap
    near_to_both = snap(np.array([[60.0 + 60 / METRES, 25.001]]))
    assert near_to_both.segment.tolist() == [1]
    assert near_to_both.connected.tolist() == [True]
    on_the_island = snap(np.array([[60.0 + 10 / METRES, 25.001]]))
    assert on_the_island.segment.tolist() == [0]
    assert on_the_island.connected.tolist() == [False]


def test_what_is_far_from_all_roads_is_on_none() -> None:
    snaps = snapper(grid(2, 2)).snap(
        np.array([[60.0 - 0.99 * REACH / METRES, 25.0], [60.0 - 1.01 * REACH / METRES, 25.0]])
    )
    assert snaps.segment[0] >= 0
    assert snaps.segment[1] == -1
    assert not snaps.connected[1]


def test_a_network_without_streets_has_no_nearest_one() -> None:
    network = grid(2, 2)
    nothing = np.zeros(network.segments, dtype=np.bool_)
    snaps = Snapper(network, nothing, nothing).snap(np.array([[60.0, 25.0]]))
    assert snaps.segment.tolist() == [-1]


def test_long_pieces_are_found_all_along() -> None:
    network = grid(1, 2)
    far = network.shape.copy()
    far[1] = [round(61 * DEGREE), round(27 * DEGREE)]
    network = replace(network, shape=far)
    share = np.linspace(0, 1, 50)[:, None]
    points = np.array([60.0, 25.0]) * (1 - share) + np.array([61.0, 27.0]) * share
    found = Pieces(network, np.array([0])).nearest(points, 100.0)
    assert (found.segment == 0).all()
    np.testing.assert_allclose(found.fraction, share[:, 0], atol=1e-4)
