"""The planar build against the plain one: the same lengths, neighbours, costs and search, without the matrix."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.genetic import solve
from solver.init import Init
from solver.problem import OPEN, PlaneMatrix, Problem, Travel, check, make_problem
from solver.search.data import Data, make_data
from solver.search.kernel import kernel
from solver.search.state import arc, arc_to

Rounding = Literal["round", "floor"]


def plane_of(seed: int, rounding: Rounding, clients: int = 90, copies: int = 1) -> PlaneMatrix:
    """Return a plane with clusters, equal distances and points on top of each other."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, 1000, (5, 2))
    points = centres[rng.integers(5, size=clients + 1)] + rng.normal(0, 60, (clients + 1, 2))
    if seed % 2:
        points = np.round(points / 20) * 20
    return PlaneMatrix(np.repeat(points, copies, axis=0), float(rng.choice([0.5, 1.0, 10.0])), rounding)


def problem_of(plane: PlaneMatrix, seed: int, vehicles: int | None = None) -> Problem:
    """Return a problem of one load, two vehicle types in every other case."""
    clients = plane.shape[1] - 1
    load = np.random.default_rng(seed).integers(1, 10, clients).tolist()
    capacity = [40, 25] if seed % 3 == 0 else [40]
    count = None if vehicles is None else [vehicles] * len(capacity)
    return make_problem(distance=plane, delivery=load, capacity=capacity, count=count)


def expanded(problem: Problem) -> Problem:
    """Return a problem with the matrix in place of the plane."""
    matrix: NDArray[np.int64] = np.asarray(problem.travel.distance)
    return replace(problem, travel=Travel(matrix, matrix, problem.travel.coordinates))


@kernel
def arcs(data, there):  # type: ignore[no-untyped-def]
    """Return all arcs between nodes, by `arc` or by `arc_to`."""
    nodes = data.n + 2 * data.slots
    table = np.empty((nodes, nodes), np.int64)
    for u in range(nodes):
        for v in range(nodes):
            table[u, v] = arc(data, 0, u, v) if there else arc_to(data, 0, u, v)
    return table


@pytest.mark.parametrize("rounding", ["round", "floor"])
@pytest.mark.parametrize("seed", range(4))
def test_reads_the_same_lengths_and_neighbours(seed: int, rounding: Rounding) -> None:
    problem = problem_of(plane_of(seed, rounding), seed, vehicles=4)
    planar, plain = make_data(problem), make_data(expanded(problem))
    assert planar.planar is not None
    assert planar.distance.size == 0
    assert plain.planar is None
    assert np.array_equal(arcs(planar, True), arcs(plain, True))
    assert np.array_equal(arcs(planar, False), arcs(plain, False))
    for name in ("neighbours", "near_out", "near_into", "absent_cost", "order_keys", "servable", "kind", "place"):
        assert np.array_equal(getattr(planar, name), getattr(plain, name)), name


@pytest.mark.parametrize(
    "plane",
    [
        PlaneMatrix(np.array([[0.0, 0.0], [1.0, 1.0]])),
        PlaneMatrix(np.zeros((100, 2))),
        PlaneMatrix(np.stack((np.arange(100.0), np.full(100, 5.0)), axis=1)),
        PlaneMatrix(np.eye(100)[:, :2] * 1e6),
        plane_of(1, "round", clients=30, copies=4),
    ],
)
def test_neighbours_of_odd_places(plane: PlaneMatrix) -> None:
    problem = problem_of(plane, 1)
    assert np.array_equal(make_data(problem).neighbours, make_data(expanded(problem)).neighbours)


@pytest.mark.parametrize("rounding", ["round", "floor"])
@pytest.mark.parametrize("seed", range(2))
def test_finds_the_same_solution(seed: int, rounding: Rounding) -> None:
    problem = problem_of(plane_of(seed, rounding), seed)
    planar, plain = (
        # A policy knows matrices only.
        solve(one, iterations=2000, threads=1, seed=seed, init=Init.CLASSICAL)
        for one in (problem, expanded(problem))
    )
    assert planar.solution == plain.solution
    assert planar.report.feasible
    assert planar.report.costs == plain.report.costs


def test_an_unlimited_fleet_has_no_vehicle_for_each_client() -> None:
    problem = problem_of(plane_of(0, "round", clients=900), 1)
    data = make_data(problem)
    load = int(problem.clients.delivery.sum())
    assert load / 40 < 2 * load // 40 < data.slots < 300
    assert check(problem, solve(problem, iterations=200, threads=2).solution).feasible


def test_what_the_plain_build_cannot_do_gets_a_matrix() -> None:
    plane = plane_of(0, "floor", clients=20)

    def built(problem: Problem) -> Data:
        data = make_data(problem)
        assert data.planar is None
        expected = make_data(expanded(problem))
        assert np.array_equal(data.distance, expected.distance)
        assert np.array_equal(data.duration, expected.duration)
        return data

    built(make_problem(distance=plane, delivery=[1] * 20, capacity=[9], windows=[[[0, 5000]]] * 20))
    built(make_problem(distance=plane, delivery=[1] * 20, capacity=[9], end_depot=[OPEN]))
    built(make_problem(distance=plane, pickup=[1] * 20, delivery=[1] * 20, capacity=[9]))
