"""A search whose problem changes goes on with what it has found, repaired for the new one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.genetic import Progress, solve
from solver.genetic.founding import Founding
from solver.genetic.living import Habitat
from solver.genetic.schedule import Budget
from solver.init import Init
from solver.problem import ALONE, ANY, Problem, Route, Rule, Solution, check
from solver.problem.carry import carry, name_vehicles
from solver.problem.records import Clients
from solver.problem.scope import Scope, part_of
from tests.solver.genetic.test_solve import uniform_problem
from tests.solver.random_problems import each_trait
from tests.solver.random_solutions import random_solution
from tests.solver.search.harness import broken_rules

seeds = st.integers(0, 10**6)

FORGIVEN = {Rule.LOCK, Rule.MAX_DURATION}
"""A wrong position has its price in the search, above that of a client left out; so has, by a lower bound, a duration
behind a driven client who was late."""


def with_clients(problem: Problem, chosen: list[int]) -> Problem:
    """Return a problem with these of its clients only, in this order."""
    clients, at = problem.clients, np.array(chosen, dtype=np.int64)
    cut = {part.name: getattr(clients, part.name)[at] for part in fields(clients) if part.name != "ids"}
    cut["group"] = np.full(len(at), ALONE)
    free = np.full(len(at), ANY)
    return replace(
        problem,
        clients=Clients(ids=tuple(clients.ids[c] for c in chosen), **cut),
        locks=replace(problem.locks, vehicle=free, position=free, driven=np.zeros(len(at), dtype=np.bool_)),
        published=replace(problem.published, vehicle=problem.published.vehicle[at]),
    )


def changed_problem(problem: Problem, seed: int) -> Problem:
    """Return a problem with clients removed, added, moved and locked, and with vehicles taken away."""
    rng = np.random.default_rng([seed, 41])
    n = problem.clients.number
    made = with_clients(problem, rng.permutation(n)[: int(rng.integers(1, n + 1))].tolist())
    location = made.clients.location.copy()
    location[rng.random(len(location)) < 0.2] = rng.choice(problem.clients.location)
    made = replace(made, clients=replace(made.clients, location=location))
    count = np.maximum(made.vehicles.count - rng.integers(0, 3, made.vehicles.number), 0)
    if made.locks.vehicle.size and count.sum():
        count = np.maximum(count, 1)
        first = np.concatenate(([0], np.cumsum(count)))
        vehicle, c = int(rng.integers(0, first[-1])), int(rng.integers(0, len(location)))
        kind = int(np.searchsorted(first, vehicle, side="right")) - 1
        lock = np.where(np.arange(len(location)) == c, vehicle, ANY)
        if made.clients.allowed[c, kind]:
            made = replace(made, vehicles=replace(made.vehicles, count=count), locks=replace(made.locks, vehicle=lock),
                           published=replace(made.published, vehicle=np.full(len(location), ANY)))  # fmt: skip
    return made


def once(problem: Problem, after: int = 0) -> Callable[[], Problem | None]:
    """Return what tells of a change at the call of this number, and of none before or afterwards."""
    calls = iter(range(10**9))
    return lambda: problem if next(calls) == after else None


def price(problem: Problem, plan: Solution) -> tuple[int, float]:
    report = check(problem, plan)
    return sum(violation.rule is Rule.UNSERVED for violation in report.violations), report.costs.total


@given(seeds)
def test_a_carried_plan_keeps_who_stays_on_the_vehicle_and_in_order(seed: int) -> None:
    old = each_trait(seed)
    new = changed_problem(old, seed)
    plan = random_solution(old, seed)
    carried = carry(plan, old, new)
    check(new, carried)
    was = {(old.vehicles.ids[r.vehicle_type], tuple(old.clients.ids[c] for c in r.clients)) for r in plan.routes}
    here = set(new.clients.ids)
    kept = {(kind, tuple(one for one in clients if one in here)) for kind, clients in was}
    now = {(new.vehicles.ids[r.vehicle_type], tuple(new.clients.ids[c] for c in r.clients)) for r in carried.routes}
    assert now <= kept
    assert not {one.rule for one in check(new, carried).violations} & {Rule.FLEET}


@given(seeds)
@settings(max_examples=40)
def test_repair_breaks_nothing_and_the_search_never_loses_it(seed: int) -> None:
    problem = each_trait(seed)
    plan = random_solution(problem, seed)
    founding = Founding(Init.CLASSICAL, 1, seed, None, 30)
    habitat = Habitat(part_of(problem, plan, Scope.everything()), seed, 1, founding)
    repaired = habitat.plan_of(habitat.found(habitat.part.initial))
    assert habitat.init is None
    assert not broken_rules(problem, repaired) - FORGIVEN
    result = solve(problem, iterations=30, seed=seed, threads=1, initial=plan)
    if not broken_rules(problem, repaired):
        (left, cost), (left_before, cost_before) = price(problem, result.solution), price(problem, repaired)
        assert left < left_before or (left == left_before and cost <= cost_before + 1e-6)


@given(seeds, st.integers(0, 2))
@settings(max_examples=40)
def test_whatever_changes_the_answer_is_sound_and_of_the_new_problem(seed: int, after: int) -> None:
    old = each_trait(seed)
    new = changed_problem(old, seed)
    told: list[Progress] = []
    answers = [
        solve(old, iterations=600, seed=seed, threads=2, changed=once(new, after), on_progress=told.append)
        for _ in range(2)
    ]
    result = answers[0]
    assert result.problem is new or after > 0  # where there is nothing to search for, it ends at once
    assert told[-1].problem is result.problem
    assert not broken_rules(result.problem, result.solution) - FORGIVEN
    assert result.report == check(result.problem, result.solution)
    assert answers[1].solution == result.solution


def test_a_small_change_keeps_what_was_found() -> None:
    old = uniform_problem(80)
    new = with_clients(old, list(range(78)))
    told: list[Progress] = []
    solve(old, iterations=4000, seed=1, threads=1, changed=once(new, 15), on_progress=told.append)
    before = [one for one in told if one.problem is old]
    after = [one for one in told if one.problem is new]
    assert after[0].report().costs.total <= before[-1].report().costs.total + 1e-6
    costs = [one.report().costs.total for one in after]
    assert costs == sorted(costs, reverse=True)


def test_a_change_that_comes_at_the_very_end_still_counts() -> None:
    old = uniform_problem(30)
    new = with_clients(old, list(range(20)))
    asked = [None, None, None, new]
    result = solve(old, iterations=400, threads=1, changed=lambda: asked.pop(0) if asked else None)
    assert result.problem is new
    assert result.report.feasible


def test_the_budget_is_that_of_all_problems_together() -> None:
    old = uniform_problem(60)
    began = time.perf_counter()
    result = solve(old, seconds=0.6, threads=1, changed=once(with_clients(old, list(range(50))), 10))
    assert 0.55 < time.perf_counter() - began < 1.2
    assert result.problem is not old
    budget = Budget(None, 100)
    budget.done = 40
    budget.start_anew()
    assert budget.fraction == 0.0
    budget.done = 70
    assert budget.fraction == pytest.approx(0.5)
    assert budget.capacity(1.0) == 60


def test_progress_after_a_change_comes_at_once() -> None:
    old = uniform_problem(200)
    new = with_clients(old, [c for c in range(200) if c % 10])
    told: list[tuple[float, Progress]] = []
    ready = threading.Event()
    sent: list[float] = []

    def changed() -> Problem | None:
        if ready.is_set() and not sent:
            sent.append(time.perf_counter())
            return new
        return None

    threading.Timer(0.3, ready.set).start()
    solve(old, seconds=0.8, changed=changed, on_progress=lambda one: told.append((time.perf_counter(), one)))
    first = next(at for at, one in told if one.problem is new)
    assert first - sent[0] < 1.0  # far more than promised: this machine may be busy


def test_routes_take_the_vehicles_that_their_clients_are_locked_to() -> None:
    problem = uniform_problem(6)
    locks = replace(problem.locks, vehicle=np.array([ANY, 4, ANY, ANY, 2, ANY]))
    plan = Solution.of([(0, [0, 1]), (0, [2, 3]), (0, [4, 5])])
    assert name_vehicles(problem, plan) is plan
    named = name_vehicles(replace(problem, locks=locks), plan)
    assert [route.vehicle for route in named.routes] == [4, 0, 2]


def test_of_vehicles_taken_away_those_with_least_to_do_go_first() -> None:
    problem = uniform_problem(6)
    fewer = replace(problem, vehicles=replace(problem.vehicles, count=np.array([2])))
    plan = Solution.of([(0, [0]), (0, [1, 2]), (0, [3, 4, 5])])
    assert {route.clients for route in carry(plan, problem, fewer).routes} == {(1, 2), (3, 4, 5)}
    named = Solution((Route(0, (0,), 0), Route(0, (1, 2), 1), Route(0, (3, 4, 5), 2)))
    assert {route.clients for route in carry(named, problem, fewer).routes} == {(0,), (1, 2)}


def test_a_problem_cannot_change_under_a_part() -> None:
    problem = uniform_problem(5)
    plan = Solution.of([(0, range(5))])
    with pytest.raises(ValueError, match="all of it"):
        solve(problem, iterations=1, initial=plan, scope=Scope.order_only(), changed=lambda: None)
