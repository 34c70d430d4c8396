"""What moves of the local search are judged by equals what the plain check says of the changed routes."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solver.problem import Problem, Route, Solution, check
from solver.search.data import Data
from solver.search.figures import refresh
from solver.search.kernel import kernel
from solver.search.state import COST
from solver.search.swap_star import LEAST, PLACES, REMOVAL, find_places, judge_removals, place_without, swap_overlapping
from solver.search.within import move_metres, reversal_metres
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import call_true_cost, filled, stops_of
from tests.solver.search.test_search import assert_true

seeds = st.integers(0, 10**6)
builds = st.sampled_from(FEATURES)


@kernel
def call_reversal(data, state, first, last):
    return reversal_metres(data, state, first, last)


@kernel
def call_move(data, state, first, last, a):
    return move_metres(data, state, first, last, a)


@kernel
def call_refresh(data, state):
    for r in range(data.slots):
        refresh(data, state, r)


@kernel
def call_swap(data, state):
    state.amount[COST] = 0.0
    changed, tested = np.zeros(data.slots, np.int64), np.full(data.slots, -1)
    return swap_overlapping(data, state, changed, tested, 0)


@kernel
def exchange_cost(data, state, u, v):
    place, cost, figure = np.empty((data.n, PLACES), np.int32), np.empty((data.n, PLACES)), np.empty((data.n, 3))
    r, s = state.route[u], state.route[v]
    judge_removals(data, state, r, figure)
    judge_removals(data, state, s, figure)
    find_places(data, state, r, s, place, cost, figure)
    return figure[v, REMOVAL], place_without(data, state, u, v, place, cost)[0], figure[u, LEAST]


def metres(problem: Problem, data: Data, r: int, stops: list[int]) -> int:
    solution = Solution((Route(int(data.kind[r]), tuple(stops)),)) if stops else Solution()
    return sum(route.distance for route in check(problem, solution).routes)


@given(seeds, builds, st.data())
def test_moves_within_a_route_gain_what_the_check_says(seed: int, features: str, draw: st.DataObject) -> None:
    problem = random_problem(seed, features)
    data, state = filled(problem, seed)
    call_refresh(data, state)
    for r in np.flatnonzero(state.size >= 2).tolist():
        stops = stops_of(data, state, r)
        before = metres(problem, data, r, stops)
        i = draw.draw(st.integers(0, len(stops) - 1))
        j = draw.draw(st.integers(i, len(stops) - 1))
        turned = [*stops[:i], *reversed(stops[i : j + 1]), *stops[j + 1 :]]
        ours = call_reversal(data, state, stops[i], stops[j])
        assert ours == metres(problem, data, r, turned) - before
        outside = [*range(i), *range(j + 1, len(stops))]
        if not outside:
            continue
        at = draw.draw(st.sampled_from([-1, *outside] if i > 0 else outside))
        if at == i - 1:
            continue
        rest = [*stops[:i], *stops[j + 1 :]]
        after = 0 if at < 0 else rest.index(stops[at]) + 1
        moved = [*rest[:after], *stops[i : j + 1], *rest[after:]]
        ours = call_move(data, state, stops[i], stops[j], data.n + r if at < 0 else stops[at])
        assert ours == metres(problem, data, r, moved) - before


@given(seeds, st.data())
def test_the_best_place_without_a_client_is_found(seed: int, draw: st.DataObject) -> None:
    """SWAP* knows the cheapest place in a route that another client has left, though it keeps but three."""
    problem = random_problem(seed, "plain")
    data, state = filled(problem, seed)
    call_refresh(data, state)
    used = np.flatnonzero(state.size).tolist()
    if len(used) < 2:
        return
    r, s = draw.draw(st.permutations(used))[:2]
    u, v = (draw.draw(st.sampled_from(stops_of(data, state, one))) for one in (r, s))
    left = [c for c in stops_of(data, state, s) if c != v]
    price = float(data.distance_cost[data.kind[s]])
    whole = metres(problem, data, s, stops_of(data, state, s))
    taken = [metres(problem, data, s, [*left[:at], u, *left[at:]]) for at in range(len(left) + 1)]
    gone, best, least = exchange_cost(data, state, u, v)
    assert math.isclose(gone + best, price * (min(taken) - whole), abs_tol=1e-6)
    assert least <= best + 1e-6


@given(seeds, builds, st.integers(1, 2))
def test_swaps_never_make_worse_and_keep_every_rule(seed: int, features: str, windows: int) -> None:
    problem = random_problem(seed, features, window_number=windows)
    data, state = filled(problem, seed)
    before = call_true_cost(data, state)
    call_swap(data, state)
    state.amount[COST] = call_true_cost(data, state)
    assert state.amount[COST] <= before + 1e-6
    assert_true(problem, data, state)
