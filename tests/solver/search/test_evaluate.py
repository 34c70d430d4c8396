"""Every constant-time evaluation equals what the plain check says of the changed routes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from solver.search.evaluate import NOBODY
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import (
    call_fits_route,
    call_insertion_cost,
    call_joined_cost,
    call_walked_cost,
    checked_cost,
    filled,
    route_cost,
    stops_of,
)

seeds = st.integers(0, 10**6)
builds = st.sampled_from(FEATURES)


def same(ours: float, theirs: float) -> bool:
    return ours == theirs or math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-6)


@given(seeds, builds)
def test_inserting_a_client_costs_what_the_check_says(seed: int, features: str) -> None:
    problem = random_problem(seed, features)
    data, state = filled(problem, seed)
    for c in np.flatnonzero(state.route[: data.n] < 0):
        for r in range(data.slots):
            k, stops = int(data.kind[r]), stops_of(data, state, r)
            before = route_cost(problem, k, stops)
            nodes = [data.n + r, *stops]
            for place, u in enumerate(nodes):
                changed = [*stops[:place], int(c), *stops[place:]]
                ours = math.inf
                if call_fits_route(data, state, c, r):
                    ours = call_insertion_cost(data, state, c, u)
                event("feasible" if math.isfinite(ours) else "infeasible")
                assert same(ours, route_cost(problem, k, changed) - before), (c, r, place)


@given(seeds, builds, st.data())
def test_joining_parts_of_two_routes_costs_what_the_check_says(seed: int, features: str, draw: st.DataObject) -> None:
    problem = random_problem(seed, features)
    data, state = filled(problem, seed)
    used = np.flatnonzero(state.size)
    if len(used) == 0:
        return
    r = int(draw.draw(st.sampled_from(list(used))))
    k = int(data.kind[r])
    kin = [int(s) for s in used if data.kin[data.kind[s]] == data.kin[k]]
    s = draw.draw(st.sampled_from(kin))
    mine, theirs = stops_of(data, state, r), stops_of(data, state, s)
    head = draw.draw(st.integers(0, len(mine)))
    tail = draw.draw(st.integers(head if r == s else 0, len(theirs)))
    kept = set(mine[:head]) | set(theirs[tail:])
    spare = [c for c in range(data.n) if c not in kept]
    chain = draw.draw(st.lists(st.sampled_from(spare), max_size=3, unique=True)) if spare else []
    a = mine[head - 1] if head else data.n + r
    b = theirs[tail] if tail < len(theirs) else data.n + data.slots + s
    trio = [*chain, *[NOBODY] * (3 - len(chain))]
    ours = call_joined_cost(data, state, k, a, *trio, b)
    event("feasible" if math.isfinite(ours) else "infeasible")
    assert same(ours, route_cost(problem, k, [*mine[:head], *chain, *theirs[tail:]]))


@given(seeds, builds, st.integers(1, 3), st.randoms(use_true_random=False))
def test_walking_a_route_costs_what_the_check_says(seed: int, features: str, windows: int, random) -> None:  # type: ignore[no-untyped-def]
    problem = random_problem(seed, features, window_number=windows)
    data, _ = filled(problem, seed)
    for r in range(data.slots):
        stops = random.sample(range(data.n), random.randint(0, min(6, data.n)))
        k = int(data.kind[r])
        ours = call_walked_cost(data, k, data.n + r, data.n + data.slots + r, np.array(stops, dtype=np.int32))
        assert same(ours, route_cost(problem, k, stops))


@given(seeds, builds, st.integers(1, 2))
def test_a_filled_state_knows_its_cost(seed: int, features: str, windows: int) -> None:
    problem = random_problem(seed, features, window_number=windows)
    data, state = filled(problem, seed)
    assert same(float(state.amount[0]), checked_cost(problem, data, state))


@pytest.mark.parametrize("features", FEATURES)
def test_builds_are_what_the_problem_needs(features: str) -> None:
    data, _ = filled(random_problem(5, features, clients=12), 5)
    assert (data.timed is not None, data.rich is not None) == (features != "plain", features == "rich")
