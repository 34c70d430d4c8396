"""A policy comes to decide as good plans ask it to, and examples outlive whoever makes them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from solver.policy import imitation
from solver.policy.course import Course, Plan
from solver.policy.days import Mix, draw_day
from solver.policy.decoder import make_decoder
from solver.policy.examples import AT_ONCE, Examples, ExamplesError
from solver.policy.imitation import Imitation
from solver.policy.layout import CONDITION
from solver.policy.rollout import STEPS, make_rollout, roll
from solver.policy.weights import Weights
from solver.problem import Problem, Solution
from solver.search.rng import make_rng
from tests.solver.policy.policies import odd_weights, world_of

draw = partial(draw_day, mix=Mix())


def expert(problem: Problem) -> Solution:
    """Return a plan by a policy that no new one resembles."""
    world = world_of(problem)
    rollout = make_rollout(world)
    roll(world, make_decoder(world, odd_weights(7)), np.zeros(CONDITION, np.float32), 0.0, make_rng(1), rollout)
    return Solution.of(rollout.routes)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def some(number: int, *, seed: int = 1, sizes: tuple[int, ...] = (8, 12)) -> Examples:
    return Examples(number, draw, seed, sizes, "rich days")


def likelihood(examples: Examples, weights: Weights) -> float:
    """Return the mean log-probability of a decision that follows the examples as the policy likes best."""
    total, decisions = 0.0, 0
    for number, plan in enumerate(examples.plans):
        world = world_of(examples.problem(number))
        rollout = make_rollout(world, recording=True, guide=plan)
        roll(world, make_decoder(world, weights), np.zeros(CONDITION, np.float32), 0.0, make_rng(1), rollout)
        total, decisions = total + rollout.likelihood, decisions + int(rollout.number[STEPS:].sum())
    return total / decisions


def test_imitation_raises_the_log_probability_of_the_examples(
    tmp_path: Path, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imitation, "CLIENTS_A_STEP", 400)
    examples = some(12)
    list(examples.make(expert, tmp_path / "examples.jsonl", pool))
    plan = Plan(rollouts=0, examples=12, guided=800, imitation_rate=0.02, seed=1)
    course = Course(plan, draw, (), examples=examples)
    before = likelihood(examples, course.weights())
    list(course.run())
    assert 0.7 * before < likelihood(examples, course.weights()) < 0.0


def test_every_decision_of_a_step_counts_the_same(tmp_path: Path, pool: ThreadPoolExecutor) -> None:
    examples = some(6)
    list(examples.make(expert, tmp_path / "examples.jsonl", pool))
    batch, weight = Imitation(100, 1e-3, examples).rehearse(np.random.default_rng(1), 0.0, odd_weights(1), pool)
    assert sum(len(rollout.routes) for rollout in batch.rollouts) > 0
    # What is made small is the mean over rollouts of weight times log-probability.
    np.testing.assert_allclose(weight / len(batch.rollouts), -1 / batch.decisions)
    served = sum(len(stops) for rollout in batch.rollouts for _, stops in rollout.routes)
    assert served >= imitation.CLIENTS_A_STEP


def test_a_plan_that_serves_nobody_can_be_imitated(pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imitation, "CLIENTS_A_STEP", 20)
    examples = some(1)
    examples.plans.append(Solution())
    batch, weight = Imitation(100, 1e-3, examples).rehearse(np.random.default_rng(1), 0.0, odd_weights(1), pool)
    assert len(batch.rollouts) == len(weight) == 20
    assert np.isfinite(weight).all()


def test_the_learning_rate_of_imitation_falls_to_a_twentieth() -> None:
    stage = Imitation(100, 2e-3, some(1))
    rates = [stage.rate_at(1000, fraction) for fraction in (0.0, 0.6, 0.8, 1.0)]
    assert rates[0] == rates[1] == 2e-3
    assert rates[1] > rates[2] > rates[3] == pytest.approx(1e-4)
    assert stage.rate_at(0, 0.0) == pytest.approx(2e-3 / stage.warming)


def test_examples_that_were_interrupted_are_made_no_second_time(tmp_path: Path, pool: ThreadPoolExecutor) -> None:
    path, number = tmp_path / "examples.jsonl", AT_ONCE + 3
    whole = some(number)
    assert list(whole.make(expert, path, pool)) == [AT_ONCE, number]
    text = path.read_text()
    path.write_text(text[: text.rindex("\n", 0, -1) + 5])  # its writer was killed in the last line

    asked: list[Problem] = []

    def remembering(problem: Problem) -> Solution:
        asked.append(problem)
        return expert(problem)

    rest = some(number)
    rest.load(path)
    assert len(rest.plans) == number - 1
    assert list(rest.make(remembering, path, pool)) == [number]
    assert len(asked) == 1
    assert rest.plans == whole.plans
    assert path.read_text() == text


def test_no_more_examples_are_read_than_are_wanted(tmp_path: Path, pool: ThreadPoolExecutor) -> None:
    path = tmp_path / "examples.jsonl"
    whole = some(5)
    list(whole.make(expert, path, pool))
    few = some(3)
    few.load(path)
    assert few.plans == whole.plans[:3]
    assert list(few.make(expert, path, pool)) == []


def test_an_empty_file_of_examples_is_one_that_was_interrupted(tmp_path: Path, pool: ThreadPoolExecutor) -> None:
    path = tmp_path / "examples.jsonl"
    path.write_text('{"seed": 1, "si')
    examples = some(2)
    examples.load(path)
    list(examples.make(expert, path, pool))
    again = some(2)
    again.load(path)
    assert again.plans == examples.plans


def test_examples_of_other_problems_and_broken_lines_are_refused(tmp_path: Path, pool: ThreadPoolExecutor) -> None:
    path = tmp_path / "examples.jsonl"
    list(some(2).make(expert, path, pool))
    with pytest.raises(ExamplesError, match="other problems"):
        some(2, seed=2).load(path)
    head, _, last = path.read_text().splitlines()
    for broken in ("", "[[0, 3]]", "{}1", '[["van", [1]]]'):
        path.write_text(f"{head}\n{broken}\n{last}\n")
        with pytest.raises(ExamplesError, match="line 2: expected routes such as"):
            some(2).load(path)
