"""A state's links, lists and figures stay true however it is changed."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solver.problem import Rule, Solution, check
from solver.search.annealing import keep
from solver.search.data import Data, make_data
from solver.search.laying import read_solution, write_solution
from solver.search.rng import make_rng
from solver.search.routes import copy_routes, make_state
from solver.search.state import ABSENT, ABSENT_COUNT, USED, State
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import broken_rules, call_holds, call_link, call_unlink, checked_cost, filled

seeds = st.integers(0, 10**6)
builds = st.sampled_from(FEATURES)


def assert_sound(data: Data, state: State) -> None:
    absent = set(np.flatnonzero(state.route[: data.n] == ABSENT).tolist())
    assert absent == set(state.absent[: state.number[ABSENT_COUNT]].tolist())
    for r in range(data.slots):
        node, count = data.n + r, 0
        while (after := int(state.next[node])) < data.n:
            assert state.prev[after] == node
            assert state.route[after] == r
            node, count = after, count + 1
        assert after == data.n + data.slots + r
        assert state.size[r] == count
        assert (state.free_at[r] < 0) == (count > 0)
    assert state.number[USED] == np.count_nonzero(state.size)
    for k in range(len(data.profile)):
        stack = state.free[data.first_slot[k] :][: state.free_count[k]].tolist()
        assert sorted(stack) == [r for r in np.flatnonzero(state.size == 0) if data.kind[r] == k]


@given(seeds, builds, st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=40))
def test_any_linking_and_unlinking_keeps_it_sound(seed: int, features: str, moves: list[tuple[int, int]]) -> None:
    problem = random_problem(seed, features)
    data = make_data(problem)
    state = make_state(data, make_rng(seed))
    if data.slots == 0:
        return
    for client, place in moves:
        c = client % data.n
        if state.route[c] == ABSENT:
            served = np.flatnonzero(state.route[: data.n] != ABSENT).tolist()
            behind = [*served, *range(data.n, data.n + data.slots)]
            call_link(data, state, c, behind[place % len(behind)])
        else:
            call_unlink(data, state, c)
        assert_sound(data, state)
        if not broken_rules(problem, read_solution(data, state)) & {Rule.TIME_WINDOW, Rule.SHIFT, Rule.DEPOT_HOURS}:
            # How long a late route lasts is the check's own affair: the search never keeps one.
            assert math.isclose(state.amount[0], checked_cost(problem, data, state), rel_tol=1e-9, abs_tol=1e-6)
        for r in np.flatnonzero(state.size):
            route = read_solution(data, state).routes[int(np.count_nonzero(state.size[:r]))]
            allowed = all(problem.clients.allowed[c, route.vehicle_type] for c in route.clients)
            late = broken_rules(problem, Solution((route,)))
            if allowed and not late:
                assert call_holds(data, state, r)
            elif allowed and Rule.TIME_WINDOW not in late:
                assert not call_holds(data, state, r)


@given(seeds, builds)
def test_routes_go_through_a_solution_unchanged(seed: int, features: str) -> None:
    problem = random_problem(seed, features)
    data, state = filled(problem, seed)
    solution = read_solution(data, state)
    other = make_state(data, make_rng(seed + 1))
    write_solution(data, other, solution)
    assert sorted(read_solution(data, other).routes, key=str) == sorted(solution.routes, key=str)
    keep(state)
    copy_routes(data, other, state.best)
    assert read_solution(data, other) == solution
    assert_sound(data, other)


@given(seeds, builds, st.randoms(use_true_random=False))
def test_of_broken_routes_only_what_fits_is_taken(seed: int, features: str, random) -> None:  # type: ignore[no-untyped-def]
    problem = random_problem(seed, features)
    data = make_data(problem)
    types = range(problem.vehicles.number)
    clients = range(data.n)
    wild = Solution.of(
        (random.choice(types), [random.choice(clients) for _ in range(random.randint(0, 9))]) for _ in range(5)
    )
    state = make_state(data, make_rng(seed))
    write_solution(data, state, wild)
    assert_sound(data, state)
    taken = read_solution(data, state)
    assert not broken_rules(problem, taken)
    assert check(problem, taken).costs.total >= 0
