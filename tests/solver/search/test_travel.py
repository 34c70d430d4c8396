"""No vehicle takes an arc that it may not take, and who can be reached all the same is served."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.genetic import solve
from solver.problem import UNREACHABLE, Backhauls, Problem, Solution, make_problem
from solver.search.annealing import anneal, keep
from solver.search.data import make_data
from solver.search.laying import read_solution, write_solution
from solver.search.local_search import educate
from solver.search.rng import make_rng
from solver.search.routes import make_state
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import broken_rules, filled
from tests.solver.search.test_search import assert_true

seeds = st.integers(0, 10**6)
builds = st.sampled_from(FEATURES)


def narrowed(seed: int, features: str) -> Problem:
    """Return a random problem with missing roads and rules on backhauls."""
    problem = random_problem(seed, features)
    rng = np.random.default_rng(seed + 1)
    travel, clients, vehicles = problem.travel, problem.clients, problem.vehicles
    distance, duration = travel.distance.copy(), travel.duration.copy()
    share = rng.random() * 0.4 * rng.integers(0, 2)
    for matrix in (distance, duration):
        matrix[rng.random(matrix.shape) < share] = UNREACHABLE
        matrix[:, np.arange(travel.locations), np.arange(travel.locations)] = 0
    back = rng.random((clients.number, 1)) < 0.4
    modes = rng.integers(0, 3, vehicles.number) * int(rng.integers(0, 2))
    return replace(
        problem,
        travel=replace(travel, distance=distance, duration=duration),
        clients=replace(
            clients,
            delivery=np.where(back, 0, clients.delivery),
            pickup=np.where(back, clients.delivery + rng.integers(0, 5), 0),
        ),
        vehicles=replace(vehicles, backhauls=modes),
    )


@given(seeds, builds, st.sampled_from([0.01, 5.0, 1000.0]))
def test_nobody_takes_an_arc_that_is_forbidden(seed: int, features: str, temperature: float) -> None:
    problem = narrowed(seed, features)
    data, state = filled(problem, seed)
    assert_true(problem, data, state)
    if data.slots == 0:
        return
    keep(state)
    for _ in range(3):
        anneal(data, state, 40, temperature, temperature / 2)
        assert_true(problem, data, state)
    educate(data, state)
    assert_true(problem, data, state)
    result = solve(problem, iterations=150, threads=1, initial=read_solution(data, state))
    assert not broken_rules(problem, result.solution)


@given(seeds, builds, st.randoms(use_true_random=False))
def test_of_routes_on_missing_roads_only_what_fits_is_taken(seed: int, features: str, random) -> None:  # type: ignore[no-untyped-def]
    problem = narrowed(seed, features)
    data = make_data(problem)
    types, clients = range(problem.vehicles.number), range(data.n)
    wild = Solution.of(
        (random.choice(types), random.sample(clients, random.randint(0, len(clients)))) for _ in range(3)
    )
    state = make_state(data, make_rng(seed))
    write_solution(data, state, wild)
    assert not broken_rules(problem, read_solution(data, state))


def test_linehauls_come_first_and_no_trip_is_for_backhauls_only() -> None:
    x = np.array([0, 1, 2, 3, 4])
    kwargs = {"distance": np.abs(x[:, None] - x[None]), "delivery": [0, 5, 0, 5], "pickup": [5, 0, 5, 0]}
    free, last = (
        solve(make_problem(capacity=[10], backhauls=[mode], **kwargs), iterations=300, threads=1)  # type: ignore[arg-type]
        for mode in (Backhauls.MIXED, Backhauls.LOADED)
    )
    assert free.report.costs.total == last.report.costs.total == 8
    assert [route.clients for route in last.solution.routes] == [(1, 3, 2, 0)]
    heavy = {**kwargs, "delivery": [0, 10, 0, 10], "pickup": [10, 0, 0, 0]}
    result = solve(make_problem(capacity=[10], backhauls=[Backhauls.LOADED], **heavy), iterations=300, threads=1)  # type: ignore[arg-type]
    assert result.report.feasible


@pytest.mark.parametrize("distance_cost", [1.0, 0.0])
def test_a_client_that_only_another_one_leads_to_is_served(distance_cost: float) -> None:
    no = UNREACHABLE
    distance = [[0, 5, no], [no, 0, 2], [5, no, 0]]
    problem = make_problem(distance=distance, delivery=[1, 1], capacity=[2], distance_cost=[distance_cost])
    result = solve(problem, iterations=200, threads=1)
    assert [route.clients for route in result.solution.routes] == [(0, 1)]
    assert result.report.feasible


def test_who_is_cut_off_is_left_out() -> None:
    no = UNREACHABLE
    distance = [[0, 5, no], [5, 0, no], [no, no, 0]]
    result = solve(make_problem(distance=distance, delivery=[1, 1], capacity=[2]), iterations=200, threads=1)
    assert result.report.unserved == (1,)
    assert [route.clients for route in result.solution.routes] == [(0,)]
