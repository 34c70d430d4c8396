"""Split against brute force, and children of the order crossover: everybody once, every rule kept."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solver.genetic.choice import LEAST_CHANCE, CrossoverChoice
from solver.genetic.order_crossover import cross_orders, giant_tour, orders_cross
from solver.genetic.schedule import plan_rounds
from solver.genetic.split import split
from solver.genetic.warming import WARM_ITERATIONS
from solver.problem import Problem, make_problem
from solver.search.data import make_data
from solver.search.kernel import kernel
from solver.search.state import COST
from tests.solver.search.harness import call_true_cost, filled, route_cost
from tests.solver.search.test_search import assert_true

seeds = st.integers(0, 10**6)
builds = st.sampled_from(["plain", "timed", "rich"])


@kernel
def call_split(data, tour, most, longest):
    return split(data, tour, most, longest)


@kernel
def call_tour(data, state, successor):
    return giant_tour(data, state, successor)


def one_type(seed: int, features: str, clients: int) -> Problem:
    """Return a problem with one vehicle type, times and limits as the features say; the triangle inequality holds."""
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 100, (clients + 1, 2))
    distance = np.ceil(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))
    more: dict[str, object] = {}
    if features != "plain":
        opening = rng.integers(0, 300, clients)
        more |= {"windows": np.stack((opening, opening + rng.integers(20, 200, clients)), axis=1)[:, None]}
        more |= {"service": rng.integers(0, 10, (clients, 1)), "shift_end": [int(rng.integers(300, 700))]}
    if features == "rich":
        more |= {"pickup": rng.integers(0, 6, clients), "max_stops": [int(rng.integers(2, 6))], "duration_cost": [0.5]}
    return make_problem(
        distance=distance, coordinates=points, delivery=rng.integers(1, 10, clients), capacity=[25],
        count=[int(rng.integers(1, clients + 1))], fixed_cost=[int(rng.integers(0, 50))], **more,
    )  # fmt: skip


def best_cuts(problem: Problem, tour: list[int], most: int) -> tuple[int, float]:
    """Return how many clients from the beginning can be served, and at what cost, by trying all cuts."""
    known: dict[tuple[int, int], float] = {}
    for i, j in combinations(range(len(tour) + 1), 2):
        known[i, j] = route_cost(problem, 0, tour[i:j])
    for length in range(len(tour), 0, -1):
        costs = [
            sum(known[i, j] for i, j in zip((0, *cuts), (*cuts, length), strict=True))
            for number in range(min(most, length))
            for cuts in combinations(range(1, length), number)
        ]
        if min(costs) < math.inf:
            return length, min(costs)
    return 0, 0.0


@given(seeds, builds, st.integers(1, 7), st.integers(1, 7))
def test_split_is_the_best_of_all_cuts(seed: int, features: str, clients: int, most: int) -> None:
    problem = one_type(seed, features, clients)
    data = make_data(problem)
    tour = np.random.default_rng(seed).permutation(clients).astype(np.int32)
    ends = call_split(data, tour, most, clients)
    length, cost = best_cuts(problem, tour.tolist(), most)
    assert len(ends) <= most
    assert (ends[-1] if len(ends) else 0) == length
    cut = zip([0, *ends.tolist()[:-1]], ends.tolist(), strict=False)
    assert math.isclose(sum(route_cost(problem, 0, tour[i:j].tolist()) for i, j in cut), cost, abs_tol=1e-6)


@given(seeds, builds, st.integers(1, 25))
def test_a_child_holds_everybody_once_and_every_rule(seed: int, features: str, clients: int) -> None:
    problem = one_type(seed, features, clients)
    data, one = filled(problem, seed)
    _, other = filled(problem, seed + 1)
    _, child = filled(problem, seed + 2)
    assert orders_cross(data)
    cross_orders(data, child, one.next, other.next)
    assert_true(problem, data, child)
    assert math.isclose(call_true_cost(data, child), child.amount[COST], rel_tol=1e-9, abs_tol=1e-6)


@given(seeds, st.integers(1, 25))
def test_a_giant_tour_holds_everybody_served_once(seed: int, clients: int) -> None:
    problem = one_type(seed, "timed", clients)
    data, state = filled(problem, seed)
    tour, longest = call_tour(data, state, state.next)
    assert sorted(tour.tolist()) == np.flatnonzero(state.route[:clients] >= 0).tolist()
    assert longest == state.size.max()


def test_the_crossover_that_succeeds_is_drawn_more_often() -> None:
    choice = CrossoverChoice(2)
    assert choice.chances[0] > choice.chances[1] > LEAST_CHANCE
    rng = np.random.default_rng(1)
    for _ in range(300):
        drawn = choice.draw(rng)
        choice.learn(drawn, drawn == 1)
    assert choice.chances[1] > 0.85
    assert choice.chances[0] >= LEAST_CHANCE - 1e-12
    assert CrossoverChoice(1).draw(rng) == 0


def test_warming_up_reaches_the_crossovers() -> None:
    crossed = sum(this.crossover for this in plan_rounds(WARM_ITERATIONS / 5, divisible=False))
    assert crossed >= 10  # enough for each to be drawn
