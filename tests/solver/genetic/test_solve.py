"""A solve: right on small problems, the same twice, within its budget, and never at a loss."""

from __future__ import annotations

import math
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.genetic import Progress, solve
from solver.problem import Problem, Rule, Solution, check, make_problem
from tests.solver.brute_force import best_by_force
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import broken_rules

seeds = st.integers(0, 10**6)


def uniform_problem(clients: int, seed: int = 1) -> Problem:
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 1000, (clients + 1, 2))
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))
    return make_problem(
        distance=distance, coordinates=points, delivery=rng.integers(1, 10, clients), capacity=[40], count=[clients]
    )


@pytest.mark.parametrize(
    "more",
    [{}, {"windows": [[[0, 10_000]]] * 6}, {"max_distance": [1000]}, {"max_trips": [2], "reload_depot": [0]}],
    ids=["plain", "timed", "rich", "whole"],
)
def test_optional_clients_are_served_that_pay_together_but_not_alone(more: dict[str, object]) -> None:
    # A village of five a hundred away from the depot, each worth sixty; and one near by, who is not worth the way.
    place = np.array([0, 100, 101, 102, 103, 104, -20])
    problem = make_problem(
        distance=np.abs(place[:, None] - place),
        delivery=[1] * 6,
        capacity=[5],
        required=[False] * 6,
        prize=[60.0] * 5 + [30.0],
        count=[2],
        **more,  # type: ignore[arg-type]
    )
    result = solve(problem, iterations=500, threads=1)
    assert result.report.feasible
    assert result.report.costs.total == 2 * 104 + 30


@pytest.mark.parametrize("features", FEATURES)
@pytest.mark.parametrize("seed", range(6))
def test_tiny_problems_are_solved_to_the_optimum(features: str, seed: int) -> None:
    problem = random_problem(seed, features, clients=4, window_number=1 + seed % 2)
    while problem.vehicles.count.sum() > 4 or problem.vehicles.count.sum() == 0:
        seed += 100
        problem = random_problem(seed, features, clients=4, window_number=1 + seed % 2)
    result = solve(problem, iterations=2000, seed=seed, threads=1)
    left = sum(violation.rule is Rule.UNSERVED for violation in result.report.violations)
    optimum = best_by_force(problem)
    assert not broken_rules(problem, result.solution)
    assert left == optimum.left
    assert math.isclose(result.report.costs.total, optimum.cost, rel_tol=1e-9, abs_tol=1e-6)


@given(seeds, st.sampled_from(FEATURES), st.integers(1, 2))
@settings(max_examples=30)
def test_the_same_seed_gives_the_same_answer(seed: int, features: str, threads: int) -> None:
    problem = random_problem(seed, features)
    first, second = (solve(problem, iterations=300, seed=seed, threads=threads) for _ in range(2))
    assert first.solution == second.solution
    assert first.iterations == second.iterations


def test_a_longer_search_is_no_worse_than_a_shorter_one_by_much() -> None:
    problem = uniform_problem(60)
    short, long = (solve(problem, iterations=count, seed=3, threads=1).report.costs.total for count in (200, 20000))
    assert long <= short


@pytest.mark.parametrize("features", FEATURES)
def test_a_start_is_never_made_worse(features: str) -> None:
    for seed in range(10):
        problem = random_problem(seed, features)
        good = solve(problem, iterations=500, seed=seed, threads=1)
        again = solve(problem, iterations=1, seed=seed + 1, threads=2, initial=good.solution)
        left = [len(one.report.violations) for one in (good, again)]
        assert left[1] <= left[0]
        if left[1] == left[0]:
            assert again.report.costs.total <= good.report.costs.total + 1e-6


def test_a_start_that_breaks_rules_is_repaired() -> None:
    problem = uniform_problem(20)
    heap = Solution.of([(0, range(20))])
    assert not check(problem, heap).feasible
    assert solve(problem, iterations=1, threads=1, initial=heap).report.feasible


def test_the_budget_is_kept() -> None:
    problem = uniform_problem(200)
    solve(problem, iterations=10)
    for seconds in (0.1, 0.5):
        result = solve(problem, seconds=seconds)
        assert result.elapsed >= seconds * 0.9
        assert result.elapsed < seconds + 0.5  # far more than promised: this machine may be busy
        assert 0 < result.first.seconds < result.elapsed


def test_progress_begins_at_once_and_gets_better() -> None:
    problem = uniform_problem(150)
    told: list[Progress] = []
    result = solve(problem, seconds=0.8, on_progress=told.append)
    costs = [check(problem, one.solution).costs.total for one in told]
    assert told[0].iterations == 0
    assert all(check(problem, one.solution).feasible for one in told)
    assert costs == sorted(costs, reverse=True)
    assert result.report.costs.total <= costs[-1]
    gaps = np.diff([one.elapsed for one in told[1:]])
    assert (gaps > 0.09).all()


def test_stop_ends_the_search() -> None:
    problem = uniform_problem(100)
    stop = threading.Event()
    timer = threading.Timer(0.2, stop.set)
    timer.start()
    began = time.perf_counter()
    result = solve(problem, seconds=30, should_stop=stop.is_set)
    timer.join()
    assert time.perf_counter() - began < 5
    assert result.report.feasible


@pytest.mark.parametrize("budget", [{}, {"seconds": 0}, {"iterations": 0}, {"seconds": -1.0}, {"seconds": math.nan}])
def test_a_budget_must_be_positive(budget: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="budget"):
        solve(uniform_problem(3), **budget)  # type: ignore[arg-type]


def test_no_client_and_no_vehicle_are_no_trouble() -> None:
    nobody = make_problem(distance=[[0]], client_location=[], capacity=[1])
    assert solve(nobody, iterations=10).report.feasible
    nothing = make_problem(distance=[[0, 1], [1, 0]], count=[0], capacity=[1])
    report = solve(nothing, iterations=10).report
    assert report.unserved == (0,)
    assert not report.feasible


def test_one_client_is_served() -> None:
    one = make_problem(distance=[[0, 3], [4, 0]], delivery=[1], capacity=[1])
    assert solve(one, iterations=10).report.costs.total == 7


def test_who_cannot_be_served_is_left_out_and_the_rest_is_served() -> None:
    windows = [[[0, 9]], [[0, 9]], [[0, 0]], [[0, 9]]]
    problem = make_problem(distance=np.ones((5, 5)) - np.eye(5), delivery=[1, 9, 1, 1], capacity=[3], windows=windows)
    report = solve(problem, iterations=200).report
    assert report.unserved == (1, 2)


def test_an_optional_client_comes_only_if_the_detour_is_worth_it() -> None:
    distance = [[0, 1, 50], [1, 0, 50], [50, 50, 0]]
    for prize, unserved in ((98.0, (1,)), (102.0, ())):
        problem = make_problem(
            distance=distance, delivery=[1, 1], capacity=[2], required=[True, False], prize=[0, prize], count=[1]
        )
        assert solve(problem, iterations=200).report.unserved == unserved


def test_the_favourite_vehicle_comes_unless_it_costs_too_much() -> None:
    for dislike, chosen in ((5.0, 0), (50.0, 1)):
        problem = make_problem(
            distance=[[0, 10], [10, 0]],
            delivery=[1],
            capacity=[1, 1],
            distance_cost=[1.0, 2.0],
            preference=[[dislike, 0.0]],
        )
        assert [route.vehicle_type for route in solve(problem, iterations=50).solution.routes] == [chosen]
