"""Legs that take longer at some hours: the kernels' clock is the plain one, and every cost is the check's."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.genetic import solve
from solver.problem import Hours, Problem, Rule, Solution, check, make_problem
from solver.problem.hours import DAY
from solver.problem.scope import Scope
from solver.search.annealing import anneal, keep
from solver.search.clock import arrival, latest_departure
from solver.search.data import make_data
from solver.search.kernel import kernel
from solver.search.laying import read_solution, write_solution
from solver.search.rng import make_rng
from solver.search.routes import copy_routes, make_state
from solver.search.state import BEST, COST
from tests.solver.brute_force import best_by_force
from tests.solver.random_problems import each_trait, random_problem, with_traffic
from tests.solver.search.harness import call_walked_cost, filled, route_cost
from tests.solver.search.test_whole import assert_true

seeds = st.integers(0, 10**6)


@kernel
def call_arrival(data, k, u, v, now):
    return arrival(data, k, u, v, now)


@kernel
def call_latest_departure(data, k, u, v, until):
    return latest_departure(data, k, u, v, until)


def busy(seed: int, clients: int | None = None, windows: int = 1) -> Problem:
    return with_traffic(each_trait(seed, clients=clients, window_number=windows), seed)


@given(seeds)
def test_the_clock_of_the_kernels_is_the_plain_one(seed: int) -> None:
    problem = with_traffic(random_problem(seed, "rich"), seed)
    data = make_data(problem)
    if data.slots == 0:
        return
    rng = np.random.default_rng(seed)
    for _ in range(20):
        k = int(rng.integers(0, problem.vehicles.number))
        start = int(problem.depots.location[problem.vehicles.start_depot[k]])
        a, b = rng.integers(-1, data.n, 2).tolist()
        if b < 0 or not problem.vehicles.count[k]:
            continue
        leg = (start if a < 0 else int(problem.clients.location[a]), int(problem.clients.location[b]))
        u = data.n + int(data.first_slot[k]) if a < 0 else a
        time = int(rng.integers(-300, 1500) + DAY * rng.integers(-1, 3))
        clock = problem.travel.clock(int(problem.vehicles.profile[k]))
        assert clock is not None
        assert call_arrival(data, k, u, b, time) == clock.arrival(leg, time)
        assert call_latest_departure(data, k, u, b, time) == clock.latest_departure(leg, time)


def test_only_the_whole_build_is_changed_by_hours() -> None:
    problem = random_problem(5, "rich", clients=8)
    data, hourly = make_data(problem), make_data(with_traffic(problem, 5, periods=3))
    assert (data.whole, data.hourly, hourly.whole, hourly.hourly) == (None, 0, 1, 1)
    assert hourly.by_hour.shape == (*data.duration.shape, 3)
    assert (hourly.by_hour.min(axis=3) == hourly.duration).all()
    other = make_data(replace(problem, clients=replace(problem.clients, release=np.full(8, 3))))
    assert (other.whole, other.hourly, other.by_hour.size) == (1, 0, 0)
    assert other._numba_type_ is hourly._numba_type_


@given(seeds)
def test_what_arcs_take_at_least_is_the_least_of_all_hours(seed: int) -> None:
    data = make_data(busy(seed))
    assert (data.by_hour.min(axis=3) == data.duration).all()


@given(seeds, st.integers(1, 2), st.sampled_from([0.01, 5.0, 1000.0]))
def test_annealing_keeps_every_rule_and_knows_its_cost(seed: int, windows: int, temperature: float) -> None:
    problem = busy(seed, windows=windows)
    data, state = filled(problem, seed)
    if data.slots == 0:
        return
    assert_true(problem, data, state)
    keep(state)
    for _ in range(3):
        anneal(data, state, 40, temperature, temperature / 2)
        assert_true(problem, data, state)
    best = float(state.amount[BEST])
    copy_routes(data, state, state.best.copy())
    assert math.isclose(state.amount[COST], best, rel_tol=1e-9, abs_tol=1e-6)
    solution = read_solution(data, state)
    other = make_state(data, make_rng(seed))
    write_solution(data, other, solution)
    assert sorted(read_solution(data, other).routes, key=str) == sorted(solution.routes, key=str)


@given(seeds, st.integers(1, 2), st.randoms(use_true_random=False))
def test_walking_a_route_costs_what_the_check_says(seed: int, windows: int, random) -> None:  # type: ignore[no-untyped-def]
    problem = with_traffic(random_problem(seed, "rich", window_number=windows), seed)
    data, _ = filled(problem, seed)
    for r in range(data.slots):
        stops = random.sample(range(data.n), random.randint(0, min(6, data.n)))
        k = int(data.kind[r])
        ours = call_walked_cost(data, k, data.n + r, data.n + data.slots + r, np.array(stops, dtype=np.int32))
        theirs = route_cost(problem, k, stops)
        assert ours == theirs or math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-6)


@given(seeds, st.integers(1, 2))
def test_a_whole_solve_keeps_every_rule(seed: int, windows: int) -> None:
    """With crossover and education; then what it left out is inserted, and half of it ordered anew."""
    problem = busy(seed, windows=windows)
    result = solve(problem, iterations=40 * problem.clients.number * 3, threads=1, seed=seed)
    unmet = {Rule.UNSERVED} if not (problem.locks.position >= 0).any() else {Rule.UNSERVED, Rule.LOCK}
    if problem.locks.driven.any():
        unmet.add(Rule.MAX_DURATION)  # as in `test_whole`
    assert {violation.rule for violation in result.report.violations} <= unmet
    for scope in (Scope.insert_only(), Scope.order_only()):
        part = solve(problem, iterations=20, threads=1, initial=Solution(result.solution.routes[1:]), scope=scope)
        assert {violation.rule for violation in part.report.violations} <= unmet


@pytest.mark.parametrize("seed", range(24))
def test_tiny_problems_are_solved_to_the_optimum(seed: int) -> None:
    problem = busy(seed, clients=4, windows=1 + seed % 2)
    while not 0 < problem.vehicles.count.sum() <= 4:
        seed += 1000
        problem = busy(seed, clients=4, windows=1 + seed % 2)
    result, best = solve(problem, iterations=2000, seed=seed, threads=1), best_by_force(problem)
    if best.left == 0:
        assert result.report.feasible
        slack = problem.objective.change * problem.published.weight  # as in `test_whole`
        assert best.cost - 1e-6 <= result.report.costs.total <= best.cost + slack + 1e-6


def rush(problem_hours: Hours, **more: object) -> Problem:
    size = problem_hours.duration.shape[-1]
    return make_problem(distance=np.ones((size, size)) - np.eye(size), hours=problem_hours, **more)  # type: ignore[arg-type]


def test_the_rush_hour_is_driven_round() -> None:
    # From 100 on the first client is far away; whoever goes there first is done before.
    quick, slow = np.full((3, 3), 40, dtype=np.int32), np.full((3, 3), 40, dtype=np.int32)
    slow[:, 1] = slow[1, :] = 400
    hours = Hours(np.array([0, 100]), np.stack((quick, slow))[None] * (1 - np.eye(3, dtype=np.int32)))
    result = solve(rush(hours, duration_cost=[1.0], count=[1]), iterations=200, threads=1)
    assert [route.clients for route in result.solution.routes] == [(0, 1)]
    assert result.report.costs.duration == 120.0


def test_a_plan_is_carried_to_other_hours() -> None:
    problem = busy(11, clients=8)
    steady = replace(problem, travel=replace(problem.travel, hours=None))
    news = iter([steady, problem])

    def changed() -> Problem | None:
        return next(news, None)

    result = solve(problem, iterations=300, threads=1, changed=changed)
    assert check(problem, result.solution).costs.total == result.report.costs.total
