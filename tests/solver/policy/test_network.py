"""The network in torch and the kernels have the same numbers, teacher-forced and rolled out in lock step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.policy.batched import Rolled, Script, roll_batch
from solver.policy.batched_rules import Worlds
from solver.policy.encoder import embed
from solver.policy.network import Decisions, Network, Scenes, chunks, decisions_of, scores
from solver.policy.rollout import Rollout
from solver.policy.weights import Weights
from solver.policy.world import World
from solver.problem import Route, Solution, check
from tests.solver.policy.policies import conditions_of, crowd, day, odd_weights, recorded, world_of
from tests.solver.routefinder import VARIANTS, routefinder_problem

EACH = 3
NEAR = 1e-4
"""By how much log-probabilities may differ: sums of tens of decisions in float32."""

seeds = st.integers(0, 10**6)
HEADS = ("step", "seed", "kind")


class Stage:
    """Worlds, a policy, and rollouts of both kinds."""

    def __init__(self, worlds: Sequence[World], weights: Weights, seed: int = 0) -> None:
        self.worlds, self.weights, self.network = list(worlds), weights, Network(weights)
        self.scenes = Scenes.of(self.worlds)
        self.embedded = self.network.embed(self.scenes).detach()
        self.scene = np.arange(len(self.worlds)).repeat(EACH)
        self.conditions = conditions_of(seed, len(self.scene))

    def kernel(self, temperature: float) -> list[Rollout]:
        return recorded(self.worlds, self.weights, self.conditions, temperature)

    def torch(
        self,
        temperature: float = 1.0,
        follow: Sequence[Rollout] | None = None,
        seed: int = 0,
        recording: bool = False,
    ) -> Rolled:
        script = None if follow is None else Script.of(follow, [self.worlds[s].n for s in self.scene])
        return roll_batch(
            self.network,
            self.embedded,
            Worlds.of(self.worlds),
            torch.from_numpy(self.scene),
            torch.from_numpy(self.conditions),
            temperature,
            torch.Generator().manual_seed(seed),
            script,
            recording,
        )

    def forced(self, head: str, rollouts: Sequence[Rollout]) -> tuple[Decisions, torch.Tensor]:
        decisions = decisions_of(head, rollouts, self.conditions, self.scene.tolist(), self.scenes)
        return decisions, self.network.likelihoods(self.embedded, head, decisions)[0].detach()

    def of_rollouts(self, decisions: Decisions, likelihood: torch.Tensor) -> torch.Tensor:
        return torch.zeros(len(self.scene)).index_add(0, decisions.rollout, likelihood)


def stage(seed: int, number: int = 6) -> Stage:
    return Stage([world_of(problem) for problem in crowd(seed, number)], odd_weights(seed % 7), seed)


@pytest.mark.parametrize("seed", range(4))
def test_embeddings_agree(seed: int) -> None:
    both = stage(seed, 10)
    for world, begin, end in zip(both.worlds, both.scenes.first, both.scenes.first[1:], strict=False):
        np.testing.assert_allclose(embed(world, both.weights), both.embedded[begin:end].numpy(), atol=2e-5)


@pytest.mark.parametrize("seed", range(4))
def test_what_was_recorded_has_the_probability_that_it_was_drawn_with(seed: int) -> None:
    both = stage(seed, 10)
    rollouts = both.kernel(1.0)
    total = sum(both.of_rollouts(*both.forced(head, rollouts)) for head in HEADS)
    assert isinstance(total, torch.Tensor)
    np.testing.assert_allclose(total.numpy(), [rollout.likelihood for rollout in rollouts], atol=NEAR)


@pytest.mark.parametrize("seed", range(6))
def test_lock_step_follows_the_kernel(seed: int) -> None:
    both = stage(seed, 10)
    rollouts = both.kernel(float(seed % 3))
    result = both.torch(follow=rollouts)
    assert [result.routes(number) for number in range(len(rollouts))] == [rollout.routes for rollout in rollouts]
    np.testing.assert_allclose(result.cost.numpy(), [rollout.cost for rollout in rollouts], rtol=1e-9)
    np.testing.assert_allclose(result.likelihood.numpy(), [rollout.likelihood for rollout in rollouts], atol=NEAR)


def test_lock_step_follows_the_kernel_through_all_variants() -> None:
    both = Stage([world_of(routefinder_problem(name, 12, 3)) for name in VARIANTS], odd_weights(3))
    rollouts = both.kernel(1.0)
    result = both.torch(follow=rollouts)
    assert [result.routes(number) for number in range(len(rollouts))] == [rollout.routes for rollout in rollouts]
    np.testing.assert_allclose(result.cost.numpy(), [rollout.cost for rollout in rollouts], rtol=1e-9)
    np.testing.assert_allclose(result.likelihood.numpy(), [rollout.likelihood for rollout in rollouts], atol=NEAR)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_choices_are_the_same_but_for_ties(seed: int) -> None:
    both = stage(seed, 10)
    rollouts = both.kernel(0.0)
    result = both.torch(0.0)
    strayed = [number for number, rollout in enumerate(rollouts) if result.routes(number) != rollout.routes]
    assert len(strayed) <= len(rollouts) // 10
    followed = both.torch(follow=rollouts, recording=True)
    tied = set().union(*(ties(both, head, followed.decisions[head]) for head in HEADS))
    assert set(strayed) <= tied


def ties(both: Stage, head: str, decisions: Decisions) -> set[int]:
    """Return the rollouts in which a choice was the best by a hair only."""
    p = both.network.parameters
    own = origin = None
    if head != "kind":
        own = torch.cat((both.embedded @ p[f"{head}.to"], p[f"{head}.home"][None]))[decisions.own]
    if head == "step":
        origin = (both.embedded @ p["step.from"])[decisions.here]
    score = scores(p, head, decisions.feature, decisions.context, own, origin)
    best = score.masked_fill(decisions.own < 0, -torch.inf).topk(2, 1).values
    return set(decisions.rollout[best[:, 0] - best[:, 1] < 2e-5].tolist())


@pytest.mark.parametrize("seed", range(4))
def test_lock_step_records_what_the_kernel_records(seed: int) -> None:
    both = stage(seed, 10)
    rollouts = both.kernel(1.0)
    result = both.torch(follow=rollouts, recording=True)
    for head in HEADS:
        decisions, likelihood = both.forced(head, rollouts)
        mine = result.decisions[head]
        assert len(mine.choice) == len(decisions.choice)
        again = both.network.likelihoods(both.embedded, head, mine)[0].detach()
        np.testing.assert_allclose(
            both.of_rollouts(mine, again).numpy(), both.of_rollouts(decisions, likelihood).numpy(), atol=NEAR
        )


@settings(max_examples=15)
@given(seeds)
def test_lock_step_keeps_every_rule(seed: int) -> None:
    problems = [day(seed + number) for number in range(3)]
    both = Stage([world_of(problem) for problem in problems], odd_weights(seed % 7), seed)
    result = both.torch(seed=seed)
    for number, scene in enumerate(both.scene):
        routes = result.routes(number)
        report = check(problems[scene], Solution(tuple(Route(kind, clients) for kind, clients in routes)))
        assert {violation.rule.name for violation in report.violations} <= {"UNSERVED"}
        absent = sum(float(both.worlds[scene].absent_cost[c]) for c in report.unserved)
        cost = report.costs.total - report.costs.unserved + absent
        assert result.cost[number].item() == pytest.approx(cost)


def test_lock_step_draws_by_the_same_probabilities() -> None:
    """Means of many rollouts of one problem differ by what chance explains."""
    world, weights, number = world_of(day(11, 15)), odd_weights(2), 400
    both = Stage([world], weights)
    both.scene, both.conditions = np.zeros(number, np.int64), np.zeros((number, 8), np.float32)
    kernel, lock_step = both.kernel(1.0), both.torch()
    for one, other in (
        (np.array([rollout.cost for rollout in kernel]), lock_step.cost.numpy()),
        (np.array([rollout.likelihood for rollout in kernel]), lock_step.likelihood.numpy()),
    ):
        assert abs(one.mean() - other.mean()) < 4 * np.hypot(one.std(), other.std()) / number**0.5


def test_a_generator_gives_the_same_twice() -> None:
    both = stage(2)
    one, same, other = both.torch(seed=1), both.torch(seed=1), both.torch(seed=2)
    assert (one.stops == same.stops).all()
    assert (one.cost == same.cost).all()
    assert (one.stops != other.stops).any()


def test_rollouts_do_not_know_of_each_other() -> None:
    """A problem beside larger ones gets the routes that it gets alone."""
    both = stage(3)
    together = both.torch(0.0)
    for number, world in enumerate(both.worlds):
        alone = Stage([world], both.weights)
        alone.conditions = both.conditions[number * EACH : (number + 1) * EACH]
        result = alone.torch(0.0)
        for one in range(EACH):
            assert result.cost[one].item() == pytest.approx(together.cost[number * EACH + one].item())


def test_a_script_that_asks_for_the_impossible_has_no_probability() -> None:
    both = Stage([world_of(day(4, 12))], odd_weights(1))
    script = Script.of(both.kernel(1.0), [12] * EACH)
    astray = Script(script.kinds, script.seeds, torch.full_like(script.steps, 11))
    result = roll_batch(
        both.network, both.embedded, Worlds.of(both.worlds), torch.zeros(EACH, dtype=torch.int64),
        torch.from_numpy(both.conditions), script=astray,
    )  # fmt: skip
    assert (result.likelihood == -torch.inf).all()


@pytest.mark.parametrize("head", HEADS)
def test_chunks_are_the_whole_in_parts(head: str) -> None:
    both = stage(5)
    decisions, likelihood = both.forced(head, both.kernel(1.0))
    total = torch.zeros(len(both.scene))
    number = 0
    for part in chunks(decisions, 100):
        assert (part.own >= 0).any(0).all()  # no column of nothing
        total = total.index_add(0, part.rollout, both.network.likelihoods(both.embedded, head, part)[0].detach())
        number += len(part.choice)
    assert number == len(likelihood)
    np.testing.assert_allclose(total.numpy(), both.of_rollouts(decisions, likelihood).numpy(), atol=NEAR)
