"""On real roads ten thousand pairs are what Dijkstra's algorithm says of the same turns, to the whole unit.

Liechtenstein lies in the folder of extracts (`tests.published.roads_folder`); central Helsinki comes with the program.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from solver.problem import UNREACHABLE
from solver.roads.modes import BUILT_IN
from solver.roads.network import DEGREE, Network, read_network
from solver.roads.osm import read_osm
from solver.roads.pieces import METRES
from solver.roads.router import Router
from solver.roads.weights import FAR, MOST_TIME, TIME_SHIFT
from tests.published import roads_folder
from tests.solver.roads.oracle import _at, oracle

HELSINKI = Path(__file__).parents[3] / "resources" / "roads" / "helsinki-centre.npz"
PLACES = ("helsinki", "liechtenstein")


@cache
def network_of(place: str) -> Network:
    if place == "helsinki":
        return read_network(HELSINKI)
    return read_osm(roads_folder() / "liechtenstein.osm.pbf")


@pytest.fixture(params=PLACES)
def network(request: pytest.FixtureRequest) -> Network:
    try:
        return network_of(request.param)
    except FileNotFoundError as error:
        pytest.skip(str(error))


@cache
def order_of(network: Network) -> np.ndarray:
    return Router(network, BUILT_IN["foot"]).order


def points_near(network: Network, number: int, seed: int) -> np.ndarray:
    """Return places some twenty metres from junctions."""
    random = np.random.default_rng(seed)
    junctions = network.node_place[random.integers(0, network.nodes, number)] / DEGREE
    return junctions + random.normal(0, 2e-4, junctions.shape)


def closures(network: Network, seed: int) -> np.ndarray:
    """Return a state in which one street in a hundred is closed and some are slow."""
    random = np.random.default_rng(seed)
    return random.choice([0.0, 0.3, 1.0], network.segments, p=[0.01, 0.09, 0.9])


@pytest.mark.parametrize("mode", ["car", "truck", "bicycle"])
def test_ten_thousand_pairs_are_those_of_a_plain_dijkstra(network: Network, mode: str) -> None:
    pace = closures(network, 1) if mode == "truck" else None
    router = Router(network, BUILT_IN[mode], pace, order_of(network))
    matrix = router.matrix(points_near(network, 500, 2))
    time, length = oracle(router._state.ground, pace, matrix.snaps, starts=20)
    time[np.arange(20), np.arange(20)] = length[np.arange(20), np.arange(20)] = 0
    able = time < UNREACHABLE
    np.testing.assert_array_equal(matrix.duration[:20], np.where(able, (time + 500) // 1000, UNREACHABLE))
    np.testing.assert_array_equal(matrix.distance[:20], np.where(able, (length + 5) // 10, UNREACHABLE))
    assert able.mean() > 0.3


def test_ten_thousand_pairs_are_those_of_scipy(network: Network) -> None:
    router = Router(network, BUILT_IN["car"], order=order_of(network))
    matrix = router.matrix(points_near(network, 100, 3))
    state, snaps, graph = router._state, matrix.snaps, router._state.ground.graph
    nodes, number = len(graph.edges), 100
    tail, head, weight = [graph.tail], [graph.head], [state.turns >> TIME_SHIFT]
    # Points are nodes of their own. A millisecond is added at each of them, since an arc of 0 is none to scipy.
    for i in range(number):
        for node, before in _at(state.ground, state.runs, snaps, i):
            arcs = np.arange(graph.first[node], graph.first[node + 1])
            arcs = arcs[state.turns[arcs] < FAR]
            tail += [np.full(len(arcs), nodes + i), [node]]
            head += [graph.head[arcs], [nodes + number + i]]
            weight += [((state.turns[arcs] - before) >> TIME_SHIFT) + 1, [(before >> TIME_SHIFT) + 1]]
    size = nodes + 2 * number
    arcs = csr_array(
        (np.concatenate(weight).astype(float), (np.concatenate(tail), np.concatenate(head))), shape=(size, size)
    )
    found = dijkstra(arcs, indices=np.arange(nodes, nodes + number))[:, nodes + number :]
    apart = snaps.segment[:, None] != snaps.segment
    able = np.isfinite(found)
    time = (np.where(able, found - 2, 0).astype(np.int64) & MOST_TIME) + 500
    wanted = np.where(able, time // 1000, UNREACHABLE)
    np.testing.assert_array_equal(matrix.duration[apart], wanted[apart])


@pytest.mark.parametrize("mode", ["van", "foot"])
def test_ways_measure_what_the_matrix_says(network: Network, mode: str) -> None:
    router = Router(network, BUILT_IN[mode], closures(network, 4), order_of(network))
    points = points_near(network, 600, 5)
    matrix = router.matrix(points)
    ways = router.ways(points[:300], points[300:])
    assert sum(len(way.edges) > 5 for way in ways) > 50
    for i, way in enumerate(ways):
        assert way.distance == matrix.distance[i, 300 + i]
        assert way.duration == matrix.duration[i, 300 + i]
        if way.distance < UNREACHABLE:
            step = np.diff(way.shape, axis=0) * METRES * [1, np.cos(np.radians(way.shape[0, 0]))]
            assert np.hypot(*step.T).sum() == pytest.approx(way.distance, rel=0.01, abs=3)


def test_most_places_are_reached_and_many_ways_back_are_others(network: Network) -> None:
    router = Router(network, BUILT_IN["car"], order=order_of(network))
    matrix = router.matrix(points_near(network, 300, 6))
    reached = matrix.duration < UNREACHABLE
    assert reached.mean() > 0.75
    assert (matrix.duration != matrix.duration.T)[reached & reached.T].mean() > 0.5
    cut = router.cut_off(matrix.points)
    free = np.array([one is None for one in cut])
    assert reached[np.ix_(free, free)].all()
    places = [one.place for one in cut if one is not None and one.place is not None]
    assert len(places) == (~free).sum()
    assert router.cut_off(places) == (None,) * len(places)
