"""However a search begins, its plans keep the rules, a seed gives them twice, and no weights are no trouble."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from solver.genetic import Progress, founding, solve
from solver.genetic.founding import Founding, policy_suits
from solver.genetic.living import Habitat
from solver.genetic.population import broken_pairs
from solver.init import Init
from solver.policy.days import Mix, draw_day
from solver.policy.decoder import Decoder, make_decoder
from solver.policy.layout import EDITION
from solver.policy.own import VARIABLE
from solver.policy.plans import draw
from solver.policy.rollout import Rollout
from solver.policy.weights import LARGEST, Weights
from solver.policy.world import ForeignError, World, make_world
from solver.problem import ANY, PlaneMatrix, Problem, Rule, Solution, check, make_problem
from solver.problem.scope import Part
from solver.search.data import make_data
from tests.solver.genetic.test_solve import uniform_problem
from tests.solver.random_problems import FEATURES, each_trait, random_problem
from tests.solver.search.harness import broken_rules, routes_cost

seeds = st.integers(0, 10**6)
inits = st.sampled_from(list(Init))
learned = st.sampled_from([Init.AUTO, Init.POLICY])

ENDLESS = 10**9
"""Iterations that are never made: a budget in which crossovers follow."""


def forgiven(problem: Problem) -> set[Rule]:
    """Return what the search has a price for, so that even a classical start may break it."""
    positions = {Rule.LOCK} if (problem.locks.position != ANY).any() else set()
    return positions | ({Rule.MAX_DURATION} if problem.locks.driven.any() else set())


JOINED = {Init.POLICY, Init.CLASSICAL}
"""A policy's start may be beaten by a classical one, which joins it."""


def expected(problem: Problem, init: Init) -> set[Init | None]:
    """Return what may build the first plan."""
    data = make_data(problem)
    if data.n < 2 or data.slots == 0:
        return {None}
    if init in (Init.CLASSICAL, Init.RANDOM):
        return {init}
    try:
        make_world(data)
    except ForeignError:
        return {Init.CLASSICAL}
    return set(JOINED) if init is Init.POLICY or policy_suits(data) else {Init.CLASSICAL}


def begun(problem: Problem, init: Init, **settings: object) -> tuple[Solution, Solution]:
    """Return the first plan and the last of a search."""
    told: list[Progress] = []
    settings = {"iterations": 30, "threads": 1} | settings
    result = solve(problem, init=init, on_progress=told.append, **settings)  # type: ignore[arg-type]
    assert told[0].first == result.first
    assert 0.0 < result.first.seconds <= told[0].elapsed
    return told[0].solution, result.solution


def founded(problem: Problem, init: Init, threads: int = 1, rollouts: int = 8, iterations: int = ENDLESS) -> Habitat:
    """Return a habitat with its first individuals."""
    habitat = Habitat(Part(problem, None), 3, threads, Founding(init, rollouts, 3, None, iterations))
    habitat.found(None)
    habitat.settle([], lambda: False)
    return habitat


# What a search begins with


@given(seeds, inits, st.integers(1, 2))
def test_whatever_builds_the_first_plan_it_keeps_the_rules(seed: int, init: Init, threads: int) -> None:
    problem = each_trait(seed)
    told: list[Progress] = []
    result = solve(problem, iterations=30, seed=seed, threads=threads, init=init, on_progress=told.append)
    assert result.first.by in expected(problem, init)
    for plan in (told[0].solution, told[-1].solution, result.solution):
        assert not broken_rules(problem, plan) - forgiven(problem)


@given(seeds, inits)
@settings(max_examples=20)
def test_a_given_plan_goes_before_all_of_them(seed: int, init: Init) -> None:
    problem = random_problem(seed)
    given = solve(problem, iterations=200, seed=seed, threads=1).solution
    first, _ = begun(problem, init, initial=given)
    if not broken_rules(problem, given):
        assert check(problem, first).costs.total <= check(problem, given).costs.total + 1e-6
    assert solve(problem, iterations=1, threads=1, initial=given, init=init).first.by is None


def test_each_way_to_begin_leads_to_another_plan() -> None:
    problem = draw_day(np.random.default_rng(1), 60, Mix(windows=0.0, fleet=1.0))
    firsts = [begun(problem, init)[0] for init in (Init.POLICY, Init.CLASSICAL, Init.RANDOM)]
    assert len(set(firsts)) == 3
    assert all(check(problem, first).feasible for first in firsts)


def test_the_best_of_many_rollouts_is_no_worse_than_the_greedy_one() -> None:
    problem = uniform_problem(60)
    greedy, best = (check(problem, begun(problem, Init.POLICY, rollouts=number)[0]).costs.total for number in (1, 16))
    assert best <= greedy + 1e-6


@pytest.mark.parametrize("init", list(Init))
@pytest.mark.parametrize("number", [0, -1])
def test_no_rollout_is_too_few(init: Init, number: int) -> None:
    with pytest.raises(ValueError, match="at least one rollout"):
        solve(uniform_problem(5), iterations=1, init=init, rollouts=number)


# The same twice


@given(seeds, inits, st.integers(1, 2), st.sampled_from([1, 2, 8, 11]), st.sampled_from([30, 6000]))
@settings(max_examples=40)
def test_a_seed_gives_the_same_twice(seed: int, init: Init, threads: int, rollouts: int, iterations: int) -> None:
    problem = random_problem(seed, clients=8 if iterations > 1000 else None)  # the longer ones polish
    one, other = (
        begun(problem, init, seed=seed, threads=threads, rollouts=rollouts, iterations=iterations) for _ in range(2)
    )
    assert one == other


# No weights, strange problems, and hardly any problem


def of_another_edition(path: Path) -> None:
    save_file(dict(Weights.new(1)), path, metadata={"edition": str(EDITION + 1)})


def truncated(path: Path) -> None:
    Weights.new(1).save(path)
    path.write_bytes(path.read_bytes()[:-1000])


USELESS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "no weights of a policy at"),
    "truncated": (truncated, "damaged"),
    "empty": (lambda path: path.write_bytes(b""), "damaged"),
    "noise": (lambda path: path.write_bytes(np.random.default_rng(1).bytes(10_000)), "damaged"),
    "text": (lambda path: path.write_text("weights"), "damaged"),
    "another edition": (of_another_edition, f"is of edition {EDITION + 1}, expected {EDITION}"),
    "a folder": (lambda path: path.mkdir(), "folder"),
}


@pytest.mark.parametrize("what", USELESS)
@pytest.mark.parametrize("init", [Init.AUTO, Init.POLICY])
def test_weights_that_are_of_no_use_are_told_of_and_the_start_is_classical(
    what: str, init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make, said = USELESS[what]
    path = tmp_path / "weights.safetensors"
    make(path)
    monkeypatch.setenv(VARIABLE, str(path))
    problem = random_problem(4, "rich", clients=20)
    assert policy_suits(make_data(problem))
    with caplog.at_level(logging.INFO):
        plans = begun(problem, init)
    assert plans == begun(problem, Init.CLASSICAL)
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    for part in ("no learned policy, the start is classical", str(path), said):
        assert part in record.getMessage()
    assert solve(problem, iterations=1, init=init).first.by is Init.CLASSICAL


@pytest.mark.parametrize("init", [Init.CLASSICAL, Init.RANDOM])
def test_who_asks_for_no_policy_needs_no_weights(
    init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with caplog.at_level(logging.INFO):
        begun(uniform_problem(20), init)
    assert not caplog.records


STRANGE: dict[str, dict[str, object]] = {
    "coordinates instead of a matrix": {"distance": PlaneMatrix(np.arange(8.0).reshape(4, 2))},
    "trips": {"max_trips": [2], "reload_depot": [0]},
    "release": {"release": [0, 1, 2]},
    "groups": {"group": [0, 0, -1]},
    "locks": {"locked_vehicle": [0, -1, -1]},
    "published": {"published_vehicle": [0, -1, -1], "published_weight": 1.0},
}


@pytest.mark.parametrize("feature", STRANGE)
def test_a_problem_that_the_policy_does_not_know_starts_as_ever(feature: str, caplog: pytest.LogCaptureFixture) -> None:
    stated = {"distance": np.ones((4, 4)) - np.eye(4), "delivery": [1] * 3, "capacity": [2], "count": [3]}
    problem = make_problem(**(stated | STRANGE[feature]))  # type: ignore[arg-type]
    with caplog.at_level(logging.INFO):
        plans = begun(problem, Init.POLICY)
    assert plans == begun(problem, Init.CLASSICAL)
    [record] = caplog.records
    assert record.getMessage().startswith("the learned policy does not know")
    assert feature in record.getMessage()


@pytest.mark.parametrize("init", list(Init))
def test_hardly_any_problem_is_no_trouble(init: Init) -> None:
    nobody = make_problem(distance=[[0]], client_location=[], capacity=[1])
    one = make_problem(distance=[[0, 3], [4, 0]], delivery=[1], capacity=[1])
    two = make_problem(distance=[[0, 3, 3], [4, 0, 1], [4, 1, 0]], delivery=[1, 1], capacity=[2])
    no_vehicle = make_problem(distance=two.travel.distance[0], delivery=[1, 1], capacity=[2], count=[0])
    for problem, cost, left in ((nobody, 0, ()), (one, 7, ()), (two, 8, ()), (no_vehicle, 0, (0, 1))):
        result = solve(problem, iterations=100, init=init)
        assert result.report.costs.total == cost
        assert result.report.unserved == left


@pytest.mark.parametrize("init", list(Init))
@pytest.mark.parametrize(
    "more",
    [{"delivery": [9] * 6}, {"allowed": np.zeros((6, 1), np.bool_)}, {"windows": [[[0, 0]]] * 6}, {"max_stops": [0]}],
    ids=["too large", "not allowed", "too late", "no stop"],
)
def test_nobody_can_be_served(init: Init, more: dict[str, object]) -> None:
    stated: dict[str, object] = {"distance": 5 * (np.ones((7, 7)) - np.eye(7)), "delivery": [1] * 6, "capacity": [3]}
    problem = make_problem(**(stated | more))  # type: ignore[arg-type]
    for iterations in (1, 4000):  # the longer one polishes
        result = solve(problem, iterations=iterations, init=init, threads=2)
        assert result.report.unserved == tuple(range(6))
        assert not result.solution.routes


# Weights of a training that went wrong


def test_weights_too_large_to_reckon_with_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "huge.safetensors"
    weights = Weights.new(1)
    weights["step.direct"][0] = -3e38  # which nobody could construct
    weights.save(path)
    monkeypatch.setenv(VARIABLE, str(path))
    problem = uniform_problem(20)
    assert begun(problem, Init.POLICY) == begun(problem, Init.CLASSICAL)
    assert "step.direct holds numbers beyond" in caplog.text


@given(seeds, st.sampled_from([0.0, 1.0, 30.0, LARGEST]), st.booleans())
@settings(max_examples=30)
def test_weights_that_make_no_sense_still_make_plans(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: float, alike: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "senseless.safetensors"
    random = np.random.default_rng(seed)
    signs = 1.0 if alike else -1.0
    weights = Weights({name: random.choice([1.0, signs], a.shape) * size for name, a in Weights.new(1).items()})
    weights.save(path)
    problem = random_problem(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(path))
        result = solve(problem, iterations=30, seed=seed, threads=1, init=Init.POLICY)
    assert not broken_rules(problem, result.solution)
    data = make_data(problem)
    if data.n > 1 and data.slots:
        assert result.first.by in JOINED
        decoder = make_decoder(make_world(data), weights)
        for part in (decoder.step_from, decoder.step_to, decoder.seed_to):
            assert np.isfinite(part).all()


# A population from rollouts


@given(seeds, st.sampled_from(FEATURES), learned, st.integers(1, 2))
@settings(max_examples=30)
def test_a_long_budget_begins_with_unlike_individuals_that_keep_the_rules(
    seed: int, features: str, init: Init, threads: int
) -> None:
    problem = random_problem(seed, features)
    habitat = founded(problem, init, threads)
    individuals = habitat.population.individuals
    for individual in individuals:
        report = check(problem, habitat.plan_of(individual))
        assert not {violation.rule for violation in report.violations} - {Rule.UNSERVED}
        absent = sum(float(habitat.data.absent_cost[c]) for c in report.unserved)
        assert individual.cost == pytest.approx(routes_cost(report) + absent, rel=1e-9, abs=1e-6)
    for one, other in combinations(individuals, 2):
        assert one.cost != other.cost or broken_pairs(habitat.data.n, one.next, other.next) > 0.0
    costs = [individual.cost for individual in individuals]
    assert costs == sorted(costs)
    for island in habitat.islands:
        assert island.cost == pytest.approx(costs[0])


def test_rollouts_fill_a_population_only_where_crossovers_follow() -> None:
    problem = uniform_problem(40)
    polished = founded(problem, Init.POLICY).population.individuals
    assert len(polished) > 4
    assert polished[0].cost < check(problem, begun(problem, Init.POLICY, seed=3)[0]).costs.total
    # The greedy rollout or savings, and the best of all rollouts.
    assert len(founded(problem, Init.POLICY, iterations=400 * 40).population.individuals) <= 3
    assert len(founded(problem, Init.CLASSICAL).population.individuals) == 1


def test_no_rollout_is_polished_once_it_is_to_stop() -> None:
    habitat = Habitat(Part(uniform_problem(40), None), 3, 2, Founding(Init.POLICY, 8, 3, None, ENDLESS))
    habitat.found(None)
    habitat.settle([], lambda: True)
    assert len(habitat.population.individuals) <= 2


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the turns of all rollouts that are drawn from now on."""
    turns: list[int] = []

    def noted(world: World, decoder: Decoder, seed: int, turn: int) -> Rollout:
        turns.append(turn)
        return draw(world, decoder, seed, turn)

    monkeypatch.setattr(founding, "draw", noted)
    return turns


@pytest.mark.parametrize("threads", [1, 2])
def test_as_many_rollouts_are_drawn_as_are_asked_for(threads: int, drawn: list[int]) -> None:
    begun(uniform_problem(20), Init.POLICY, rollouts=7, threads=threads)
    assert sorted(drawn) == list(range(7))


def test_a_short_budget_draws_few_rollouts(drawn: list[int]) -> None:
    problem = uniform_problem(300)
    begun(problem, Init.POLICY, rollouts=2)  # loads the kernels
    drawn.clear()
    result = solve(problem, seconds=0.02, threads=1, init=Init.POLICY, rollouts=1000)
    assert result.report.feasible
    assert 1 <= len(drawn) < 20  # of some milliseconds each
    assert result.elapsed < 1.0  # far more than promised: this machine may be busy


def test_no_rollout_is_drawn_once_it_is_to_stop(drawn: list[int]) -> None:
    begun(uniform_problem(20), Init.POLICY, rollouts=100, should_stop=lambda: True)
    assert len(drawn) < 20


def test_whoever_is_asked_whether_to_stop_is_asked_by_one_thread() -> None:
    asked: set[int] = set()

    def should_stop() -> bool:
        asked.add(threading.get_ident())
        return False

    solve(uniform_problem(8), iterations=6000, threads=2, init=Init.POLICY, should_stop=should_stop)
    assert asked == {threading.get_ident()}
