"""Ruin, recreation, education and constructive starts keep every rule and know what they cost."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.problem import Backhauls, Problem, check, make_problem
from solver.search.annealing import anneal, keep
from solver.search.data import Data, make_data
from solver.search.insert_all import insert_all
from solver.search.laying import read_solution
from solver.search.local_search import educate
from solver.search.neighbours import nearest
from solver.search.openings import ANY
from solver.search.rng import make_rng
from solver.search.routes import copy_routes, make_state
from solver.search.savings import PUT_OFF, savings_apply, savings_start
from solver.search.state import BEST, COST, State
from tests.solver.random_problems import FEATURES, random_problem, whole_problem
from tests.solver.search.harness import broken_rules, call_link, call_true_cost, checked_cost, filled
from tests.solver.search.test_state import assert_sound

seeds = st.integers(0, 10**6)
builds = st.sampled_from(FEATURES)


def assert_true(problem: Problem, data: Data, state: State) -> None:
    assert_sound(data, state)
    assert not broken_rules(problem, read_solution(data, state))
    assert math.isclose(state.amount[COST], checked_cost(problem, data, state), rel_tol=1e-9, abs_tol=1e-6)


@given(seeds, builds, st.integers(1, 2), st.sampled_from([0.01, 5.0, 1000.0]))
def test_annealing_keeps_every_rule(seed: int, features: str, windows: int, temperature: float) -> None:
    problem = random_problem(seed, features, window_number=windows)
    data, state = filled(problem, seed)
    if data.slots == 0:
        return
    keep(state)
    first = float(state.amount[BEST])
    for _ in range(5):
        anneal(data, state, 40, temperature, temperature / 2)
        assert_true(problem, data, state)
    assert state.amount[BEST] <= first
    best = float(state.amount[BEST])
    copy_routes(data, state, state.best.copy())
    assert_true(problem, data, state)
    assert math.isclose(call_true_cost(data, state), best, rel_tol=1e-9, abs_tol=1e-6)


@given(seeds, builds, st.integers(1, 2))
def test_education_never_makes_worse(seed: int, features: str, windows: int) -> None:
    problem = random_problem(seed, features, window_number=windows)
    data, state = filled(problem, seed)
    before = float(state.amount[COST])
    assert educate(data, state) <= before + 1e-6
    assert_true(problem, data, state)


def test_education_finds_what_is_plain_to_see() -> None:
    """Two routes that cross each other's side of the depot are sorted out, and a twisted route is untangled."""
    x = np.array([0, -3, -2, -1, 1, 2, 3]) * 10
    problem = make_problem(
        distance=np.abs(x[:, None] - x[None]), delivery=[1] * 6, capacity=[3], count=[2], fixed_cost=[1]
    )
    data = make_data(problem)
    state = make_state(data, make_rng(1))
    for r, stops in enumerate(([0, 4, 1], [3, 2, 5])):
        node = data.n + r
        for c in stops:
            call_link(data, state, c, node)
            node = c
    assert educate(data, state) == 2 * 60 + 2


@given(seeds, builds, st.integers(1, 2), st.sampled_from([(), ("backhauls",), ("no road",), ("backhauls", "no road")]))
def test_savings_keep_every_rule(seed: int, features: str, windows: int, traits: tuple[str, ...]) -> None:
    problem = whole_problem(seed, traits, features, window_number=windows)
    data = make_data(problem)
    if not savings_apply(data):
        return
    state = make_state(data, make_rng(seed))
    savings_start(data, state, 0.02)
    assert_sound(data, state)
    assert not broken_rules(problem, read_solution(data, state))
    insert_all(data, state, 0.0, ANY)
    assert_sound(data, state)
    assert not broken_rules(problem, read_solution(data, state))
    assert math.isclose(call_true_cost(data, state), checked_cost(problem, data, state), rel_tol=1e-9, abs_tol=1e-6)


def test_savings_join_what_lies_together() -> None:
    """The classic picture: two clusters, two full vehicles."""
    points = np.array([[0, 0], [10, 0], [11, 0], [10, 1], [-10, 0], [-11, 0], [-10, 1]]) * 100
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))
    problem = make_problem(distance=distance, delivery=[1] * 6, capacity=[3], count=[6])
    data = make_data(problem)
    state = make_state(data, make_rng(1))
    savings_start(data, state)
    solution = read_solution(data, state)
    assert {frozenset(route.clients) for route in solution.routes} == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}
    assert check(problem, solution).feasible


@pytest.mark.parametrize("mode", [Backhauls.LAST, Backhauls.LOADED])
def test_savings_join_backhauls_behind_linehauls(mode: Backhauls) -> None:
    """Goods go out on one side and come back on the other: a round trip each, on which no arc leads back."""
    points = np.array([[0, 0], [10, 1], [20, 1], [20, -1], [10, -1], [-10, 1], [-20, 1], [-20, -1], [-10, -1]]) * 100
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))
    load = np.array([1, 1, 0, 0, 1, 1, 0, 0])
    problem = make_problem(distance=distance, delivery=load, pickup=1 - load, capacity=[2], count=[8], backhauls=[mode])
    data = make_data(problem)
    state = make_state(data, make_rng(1))
    savings_start(data, state, PUT_OFF[0])
    solution = read_solution(data, state)
    assert check(problem, solution).feasible
    assert {frozenset(route.clients) for route in solution.routes} == {frozenset({0, 1, 2, 3}), frozenset({4, 5, 6, 7})}


@given(seeds, st.integers(1, 30), st.integers(1, 12))
def test_neighbours_are_the_nearest(seed: int, clients: int, most: int) -> None:
    rng = np.random.default_rng(seed)
    length = rng.integers(0, 1000, (clients + 1, clients + 1)).astype(np.int32)
    place = np.arange(1, clients + 1)
    nothing = np.zeros(clients, dtype=np.int64)
    nobody, anyone = np.full(len(place), -1, np.int32), np.ones((len(place), 1), np.bool_)
    lists = nearest(length, length, place, nothing, nothing, nothing, nobody, anyone, False, most)
    assert lists.shape == (clients, min(most, clients - 1))
    either = np.minimum(length, length.T)[1:, 1:].astype(float)
    np.fill_diagonal(either, np.inf)
    for c in range(clients):
        assert c not in lists[c]
        np.testing.assert_array_equal(either[c, lists[c]], np.sort(either[c])[: lists.shape[1]])


def test_whom_no_vehicle_may_serve_both_are_no_neighbours() -> None:
    length = np.array([[0, 1, 9], [1, 0, 9], [9, 9, 0]], dtype=np.int32)
    place, nothing = np.arange(3), np.zeros(3, dtype=np.int64)
    nobody, allowed = np.full(3, -1, np.int32), np.array([[True, False], [False, True], [True, True]])
    lists = nearest(length, length, place, nothing, nothing, nothing, nobody, allowed, False, 2)
    assert lists.tolist() == [[2, 0], [2, 1], [0, 1]]


def test_waiting_and_lateness_make_clients_distant() -> None:
    """Of two clients at the same place the one whose window fits is the nearer."""
    length = np.array([[0, 10, 10], [10, 0, 0], [10, 0, 0]], dtype=np.int32)
    place, service = np.arange(3), np.zeros(3, dtype=np.int64)
    early, late = np.array([0, 100000, 0]), np.array([50, 100050, 50])
    nobody, anyone = np.full(len(place), -1, np.int32), np.ones((len(place), 1), np.bool_)
    lists = nearest(length, length, place, service, early, late, nobody, anyone, True, 2)
    assert lists[0].tolist() == [2, 1]
