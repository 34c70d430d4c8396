"""The population keeps what is good and unlike; the schedule fills the budget; crossovers are sound."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.genetic.crossover import exchange_routes
from solver.genetic.population import ELITE, LARGEST, Individual, Population, broken_pairs
from solver.genetic.schedule import (
    COLD,
    COLD_TIMED,
    HOT,
    MILD,
    MOST_FOUNDERS,
    SINGLE,
    VARIED,
    WARM,
    Budget,
    plan_rounds,
)
from solver.search.annealing import anneal, keep
from tests.solver.genetic.test_solve import uniform_problem
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import filled
from tests.solver.search.test_search import assert_true

seeds = st.integers(0, 10**6)


def chain(order: list[int], clients: int) -> np.ndarray:
    """Return one route as successors, with one slot."""
    successors = np.full(clients + 2, -1, dtype=np.int32)
    for a, b in itertools.pairwise([clients, *order, clients + 1]):
        successors[a] = b
    return successors


@given(seeds, st.sampled_from(FEATURES))
def test_a_child_keeps_every_rule(seed: int, features: str) -> None:
    problem = random_problem(seed, features, window_number=1 + seed % 2)
    data, state = filled(problem, seed)
    if data.slots == 0:
        return
    keep(state)
    one = state.best.copy()
    anneal(data, state, 50, 1e6, 1e6)
    other = state.next.copy()
    for _ in range(3):
        exchange_routes(data, state, one, other)
        assert_true(problem, data, state)


def test_a_child_of_twins_is_their_like() -> None:
    data, state = filled(uniform_problem(30), 3)
    twin = state.next.copy()
    exchange_routes(data, state, twin, twin)
    assert broken_pairs(data.n, state.next, twin) == 0.0


def test_broken_pairs_count_changed_successors() -> None:
    one, other = chain([0, 1, 2, 3], 4), chain([0, 2, 1, 3], 4)
    assert broken_pairs(4, one, one) == 0.0
    assert broken_pairs(4, one, other) == 0.75


def test_the_population_is_sorted_has_no_twins_and_keeps_the_elite() -> None:
    rng = np.random.default_rng(1)
    population = Population(8)
    costs = rng.permutation(60).tolist()
    for cost in costs:
        individual = Individual(chain(rng.permutation(8).tolist(), 8), float(cost))
        population.add(individual)
        population.add(Individual(individual.next.copy(), float(cost)))
    kept = [one.cost for one in population.individuals]
    assert kept == sorted(set(kept))
    assert len(kept) == LARGEST
    assert kept[:ELITE] == [0.0, 1.0, 2.0, 3.0]
    assert population.best.cost == 0.0


def test_fitness_knows_how_far_apart_individuals_are_after_others_have_gone() -> None:
    rng = np.random.default_rng(2)
    population = Population(8)
    for _ in range(2 * LARGEST):
        population.add(Individual(chain(rng.permutation(8).tolist(), 8), float(rng.integers(20))))
    anew = Population(8)
    for individual in population.individuals:
        anew.add(individual)
    assert [one.cost for one in anew.individuals] == [one.cost for one in population.individuals]
    assert anew.fitness().tolist() == population.fitness().tolist()


def test_parents_differ_where_they_can() -> None:
    population = Population(3)
    population.add(Individual(chain([0, 1, 2], 3), 1.0))
    rng = np.random.default_rng(1)
    one, other = population.parents(rng)
    assert one is other
    population.add(Individual(chain([2, 1, 0], 3), 2.0))
    for _ in range(20):
        one, other = population.parents(rng)
        assert one is not other


@pytest.mark.parametrize("timed", [False, True])
@pytest.mark.parametrize("divisible", [False, True])
@pytest.mark.parametrize("per_client", [0.1, 50.0, 100.0, 1000.0, 1e6])
@pytest.mark.parametrize("warm", [False, True])
def test_rounds_fill_the_budget_without_a_gap_and_end_cold(
    per_client: float, warm: bool, divisible: bool, timed: bool
) -> None:
    rounds = plan_rounds(per_client, divisible, warm=warm, timed=timed)
    assert rounds[0].hot == (WARM if warm else HOT)
    assert rounds[0].begin == 0.0
    assert rounds[-1].end == pytest.approx(1.0)
    assert all(a.end == pytest.approx(b.begin) for a, b in itertools.pairwise(rounds))
    assert not rounds[0].crossover
    for one in rounds:
        assert one.temperature(one.begin) == pytest.approx(one.hot)
        assert one.temperature(one.end) == pytest.approx(COLD_TIMED if timed else COLD)
        assert not (one.crossover and one.divided)
    assert (len(rounds) > 1) == (per_client >= SINGLE)


def test_a_short_round_begins_mild_the_larger_the_problem_the_sooner() -> None:
    assert plan_rounds(10.0, clients=5000)[0].hot == plan_rounds(40.0, clients=5000)[0].hot == MILD
    assert plan_rounds(10.0, clients=500)[0].hot == MILD
    assert plan_rounds(40.0, clients=500)[0].hot == plan_rounds(10.0, clients=100)[0].hot == HOT
    assert plan_rounds(40.0, clients=500, varied=True)[0].hot == VARIED
    assert plan_rounds(100.0, clients=5000)[0].hot == HOT
    assert plan_rounds(10.0, clients=5000, warm=True)[0].hot == WARM


def test_the_more_there_is_the_more_founders_there_are() -> None:
    founders = [sum(not one.crossover for one in plan_rounds(per_client)) for per_client in (500.0, 6000.0, 1e6)]
    assert founders == [2, 4, MOST_FOUNDERS]
    assert sum(not one.crossover for one in plan_rounds(1e6, divisible=True)) == 1


def test_a_budget_ends_with_whichever_limit_comes_first() -> None:
    budget = Budget(seconds=1000.0, iterations=100)
    assert budget.fraction < 0.01
    budget.done = 50
    assert budget.fraction == pytest.approx(0.5)
    assert budget.capacity(pace=1e-9) == 100.0
    assert budget.capacity(pace=100.0) == pytest.approx(60.0, abs=1)
    short = Budget(seconds=0.01, iterations=10**9)
    time.sleep(0.02)
    assert short.fraction > 1.0
