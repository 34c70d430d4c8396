"""Each way of removing clients leaves a sound state that undoing brings back, and nobody moves who must not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.search.annealing import undo
from solver.search.kernel import kernel
from solver.search.ruin import begin
from solver.search.ruin_clients import MOST_REMOVED, detour_metres, remove_related, remove_route, remove_worst
from solver.search.state import ABSENT_COUNT, COST, LOG_LENGTH
from solver.search.vehicles import exchange_vehicles
from tests.solver.random_problems import FEATURES, each_trait, random_problem
from tests.solver.search.harness import call_unlink, filled, stops_of
from tests.solver.search.test_search import assert_true

seeds = st.integers(0, 10**6)


@kernel
def call_related(data, state, seed):
    begin(state)
    remove_related(data, state, seed)


@kernel
def call_worst(data, state, seed):
    begin(state)
    remove_worst(data, state, seed)


@kernel
def call_route(data, state, seed):
    begin(state)
    remove_route(data, state, seed)


@kernel
def call_exchange(data, state, seed):
    begin(state)
    exchange_vehicles(data, state, seed)


@kernel
def call_undo(data, state):
    undo(data, state)


@kernel
def call_detour(data, state, c):
    return detour_metres(data, state, c)


ways = pytest.mark.parametrize("remove", [call_related, call_worst, call_route])


@ways
@given(seed=seeds, features=st.sampled_from(FEATURES))
@settings(max_examples=30)
def test_removal_is_undone_by_the_log(remove, seed: int, features: str) -> None:  # type: ignore[no-untyped-def]
    problem = random_problem(seed, features)
    data, state = filled(problem, seed)
    if data.slots == 0:
        return
    before, cost = [stops_of(data, state, r) for r in range(data.slots)], float(state.amount[COST])
    served = data.n - int(state.number[ABSENT_COUNT])
    remove(data, state, seed % data.n)
    removed = int(state.number[LOG_LENGTH])
    assert data.n - int(state.number[ABSENT_COUNT]) == served - removed
    if remove is not call_route:
        assert removed <= MOST_REMOVED
        lonely = bool((data.neighbours[seed % data.n] == seed % data.n).any())
        assert removed > 0 or served == 0 or data.neighbours.shape[1] < data.n - 1 or lonely
    call_undo(data, state)
    assert [stops_of(data, state, r) for r in range(data.slots)] == before
    assert math.isclose(state.amount[COST], cost, rel_tol=1e-9, abs_tol=1e-6)
    assert_true(problem, data, state)


@given(seed=seeds, windows=st.integers(1, 2))
@settings(max_examples=50)
def test_an_exchange_of_vehicles_is_undone_by_the_log(seed: int, windows: int) -> None:
    problem = random_problem(seed, "rich", window_number=windows)
    data, state = filled(problem, seed)
    if data.slots == 0:
        return
    before, cost = [stops_of(data, state, r) for r in range(data.slots)], float(state.amount[COST])
    call_exchange(data, state, seed % data.n)
    call_undo(data, state)
    assert [stops_of(data, state, r) for r in range(data.slots)] == before
    assert math.isclose(state.amount[COST], cost, rel_tol=1e-9, abs_tol=1e-6)
    assert_true(problem, data, state)


@ways
@given(seed=seeds)
@settings(max_examples=30)
def test_who_keeps_a_position_stays(remove, seed: int) -> None:  # type: ignore[no-untyped-def]
    data, state = filled(each_trait(seed), seed)
    if data.slots == 0:
        return
    pinned = np.flatnonzero((data.pin >= 0) & (state.route[: data.n] >= 0))
    before, routes = state.next.copy(), state.route[pinned].copy()
    remove(data, state, seed % data.n)
    np.testing.assert_array_equal(state.route[pinned], routes)
    call_undo(data, state)
    np.testing.assert_array_equal(state.next[: data.n], before[: data.n])


def test_a_detour_is_what_a_removal_saves() -> None:
    for seed in range(20):
        data, state = filled(random_problem(seed, "rich"), seed)
        for c in np.flatnonzero(state.route[: data.n] >= 0).tolist():
            r, length, detour = int(state.route[c]), int(state.length[state.route[c]]), call_detour(data, state, c)
            call_unlink(data, state, c)
            assert detour == length - state.length[r]
