"""Orders hold each segment once, and any of them gives the same ways."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.roads.modes import BUILT_IN
from solver.roads.network import Network
from solver.roads.order import bisected, order_segments
from solver.roads.router import Router
from tests.solver.roads.grids import grid
from tests.solver.roads.random_networks import random_network, random_points


@given(seed=st.integers(0, 2**32 - 1))
def test_any_order_gives_the_same_matrix(seed: int) -> None:
    network = random_network(seed)
    points = random_points(seed, network, 8)
    by_flow, by_halves = order_segments(network), bisected(network)
    at_random = np.random.default_rng(seed).permutation(network.segments).astype(np.int32)
    wanted = Router(network, BUILT_IN["car"], order=by_flow).matrix(points)
    for order in (by_halves, at_random):
        assert sorted(order.tolist()) == list(range(network.segments))
        matrix = Router(network, BUILT_IN["car"], order=order).matrix(points)
        np.testing.assert_array_equal(matrix.duration, wanted.duration)
        np.testing.assert_array_equal(matrix.distance, wanted.distance)


def depth(network: Network, order: np.ndarray) -> int:
    return int(Router(network, BUILT_IN["car"], order=order)._state.ground.hierarchy.depth.max())


def test_both_orders_keep_the_hierarchy_flat() -> None:
    network = grid(30, 30)
    assert depth(network, order_segments(network)) < 350
    assert depth(network, bisected(network)) < 450
    assert depth(network, np.arange(network.segments, dtype=np.int32)) > 1000


def test_without_routingkit_the_area_is_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "routingkit_cch", None)
    network = grid(4, 5)
    np.testing.assert_array_equal(order_segments(network), bisected(network))


def test_a_network_without_streets_has_an_order() -> None:
    network = random_network(1, segments=0)
    router = Router(network, BUILT_IN["car"])
    assert router.order.tolist() == []
    matrix = router.matrix([[60.0, 25.0], [60.1, 25.0]])
    assert matrix.distance[0, 1] > 1_000_000
    assert router.matrix(np.empty((0, 2))).distance.shape == (0, 0)
    assert router.ways(np.empty((0, 2)), np.empty((0, 2))) == ()
    assert [cut is not None for cut in router.cut_off([[60.0, 25.0]])] == [True]
