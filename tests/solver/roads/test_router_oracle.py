"""Matrices and ways are those of Dijkstra's algorithm, to the whole unit, on networks with everything in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.problem import UNREACHABLE
from solver.roads.modes import BUILT_IN, Mode, ModeKind
from solver.roads.router import Router
from solver.roads.snapping import Snaps
from tests.solver.roads.oracle import oracle
from tests.solver.roads.random_networks import random_network, random_pace, random_points

SEEDS = st.integers(0, 2**32 - 1)
MODES = st.sampled_from([*BUILT_IN.values(), Mode("chemicals", ModeKind.TRUCK, hazmat=True, speed_factor=0.7)])


def whole(time: np.ndarray, length: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return metres and seconds of decimetres and milliseconds."""
    able = time < UNREACHABLE
    return np.where(able, (length + 5) // 10, UNREACHABLE), np.where(able, (time + 500) // 1000, UNREACHABLE)


@given(seed=SEEDS, mode=MODES, paced=st.booleans())
def test_matrices_are_those_of_dijkstra(seed: int, mode: Mode, paced: bool) -> None:
    network = random_network(seed)
    pace = random_pace(seed, network.segments) if paced else None
    router = Router(network, mode, pace)
    matrix = router.matrix(random_points(seed, network, 9))
    distance, duration = whole(*oracle(router._state.ground, pace, matrix.snaps))
    same = (matrix.points[:, None] == matrix.points).all(axis=2)
    distance[same] = duration[same] = 0
    np.testing.assert_array_equal(matrix.duration, duration)
    np.testing.assert_array_equal(matrix.distance, distance)


@given(seed=SEEDS, mode=MODES)
def test_ways_are_as_long_as_the_matrix_says(seed: int, mode: Mode) -> None:
    network = random_network(seed)
    router = Router(network, mode, random_pace(seed, network.segments))
    points = random_points(seed, network, 7)
    matrix = router.matrix(points)
    one, other = (index.ravel() for index in np.indices((7, 7)))
    for i, j, way in zip(one, other, router.ways(points[one], points[other]), strict=True):
        assert way.distance == matrix.distance[i, j]
        assert way.duration == matrix.duration[i, j]
        if way.distance == UNREACHABLE:
            assert not len(way.shape)
            continue
        np.testing.assert_allclose(way.shape[[0, -1]], matrix.snaps.place[[i, j]], atol=1e-7)
        if not len(way.edges):
            assert points[i].tolist() == points[j].tolist()
            continue
        assert way.distance == pytest.approx(along(router, matrix.snaps, way.edges, i, j), abs=1)
        tails, heads = network.segment_node.ravel(), network.segment_node[:, ::-1].ravel()
        np.testing.assert_array_equal(heads[way.edges[:-1]], tails[way.edges[1:]])


def along(router: Router, snaps: Snaps, edges: np.ndarray, i: int, j: int) -> float:
    """Add up what the edges of a way measure, metres."""
    lengths = router.network.segment_length[edges >> 1] / 10
    begin, end = (
        1 - snaps.fraction[point] if edge & 1 else snaps.fraction[point]
        for point, edge in ((i, edges[0]), (j, edges[-1]))
    )
    return float(lengths.sum() - lengths[0] * begin - lengths[-1] * (1 - end))


@given(seed=SEEDS, more=st.integers(0, 3), fewer=st.integers(0, 3))
def test_an_extended_matrix_is_the_whole_matrix(seed: int, more: int, fewer: int) -> None:
    network = random_network(seed)
    router = Router(network, BUILT_IN["car"], random_pace(seed, network.segments))
    points = random_points(seed, network, 12)
    old, new = points[: 12 - more], np.random.default_rng(seed).permutation(points[fewer:])
    extended = router.extended(router.matrix(old), new)
    again = router.extended(extended, points)
    for matrix, wanted in ((extended, router.matrix(new)), (again, router.matrix(points))):
        np.testing.assert_array_equal(matrix.duration, wanted.duration)
        np.testing.assert_array_equal(matrix.distance, wanted.distance)
        np.testing.assert_array_equal(matrix.snaps.segment, wanted.snaps.segment)


def test_a_matrix_grows_where_it_lies_and_the_one_before_stays_as_it_is() -> None:
    network = random_network(5)
    router = Router(network, BUILT_IN["foot"])
    points = random_points(5, network, 9)
    points[4] = points[1]
    small = router.matrix(points[:6])
    before = small.duration.copy()
    one = router.extended(small, points[[0, 1, 2, 3, 4, 5, 6]])
    other = router.extended(small, points[[0, 1, 2, 3, 4, 5, 7, 0]])
    assert np.shares_memory(one.duration, small.duration)
    assert not np.shares_memory(other.duration, small.duration)
    np.testing.assert_array_equal(small.duration, before)
    np.testing.assert_array_equal(one.duration, router.matrix(one.points).duration)
    np.testing.assert_array_equal(other.duration, router.matrix(other.points).duration)
    with pytest.raises(ValueError, match="read-only"):
        one.duration[0, 0] = 1


@given(seed=SEEDS)
def test_another_pace_is_another_router(seed: int) -> None:
    network = random_network(seed)
    pace = random_pace(seed, network.segments)
    points = random_points(seed, network, 8)
    usual = Router(network, BUILT_IN["van"])
    paced = usual.with_pace(pace)
    wanted = Router(network, BUILT_IN["van"], pace, usual.order).matrix(points)
    np.testing.assert_array_equal(paced.matrix(points).duration, wanted.duration)
    np.testing.assert_array_equal(paced.extended(usual.matrix(points), points).duration, wanted.duration)


@given(seed=SEEDS)
def test_durations_of_periods_are_those_of_slower_roads(seed: int) -> None:
    network = random_network(seed)
    pace = random_pace(seed, network.segments)
    points = random_points(seed, network, 8)
    factors = np.random.default_rng(seed).uniform(0.3, 1.2, (3, 15))
    factors[2] = factors[0]
    router = Router(network, BUILT_IN["car"], pace)
    durations = router.durations(points, factors)
    assert durations.dtype == np.int32
    for period, factor in enumerate(factors):
        slower = router.with_pace(pace * factor[network.way_class[network.segment_way]])
        np.testing.assert_array_equal(durations[period], slower.matrix(points).duration)
