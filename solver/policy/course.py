"""A course of training: imitation, then REINFORCE, judged on problems set apart and resumable at any step."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError

from solver.policy.examples import Examples
from solver.policy.imitation import Imitation
from solver.policy.layout import EDITION
from solver.policy.network import Network
from solver.policy.plans import roll_out
from solver.policy.reinforcement import DrawProblem, Reinforcement
from solver.policy.stage import Stage
from solver.policy.training import learn
from solver.policy.weights import Weights, WeightsError, read_arrays, write_arrays
from solver.policy.world import World, make_world
from solver.problem import Problem
from solver.search.data import make_data

JUDGED_EVERY = 100
"""Steps between two looks at the problems set apart."""

GREEDY_AND_SAMPLED = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What a course is.

    Parameters
    ----------
    rollouts, rate
        Of REINFORCE: how many in all, and the learning rate.
    seed
        Of problems, rollouts and first weights.
    sizes
        Clients of the problems, or none to let them grow.
    examples, guided, imitation_rate
        Of imitation before that: problems whose plans are followed, rollouts that follow them, and the learning rate.
    days
        What problems are drawn from, in words.
    """

    rollouts: int
    rate: float = 3e-4
    seed: int = 1
    sizes: tuple[int, ...] = ()
    examples: int = 0
    guided: int = 0
    imitation_rate: float = 2e-3
    days: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a course stands.

    Parameters
    ----------
    stage
        Name of the stage of the last steps.
    step, rollouts
        So far, of all stages.
    seconds
        Of this run, the looks at problems set apart left out.
    drawing, learning
        Rollouts per second of either half, since the last mark; where a step learns from some of its rollouts only,
        the others count as well.
    greedy, best
        Mean cost of a greedy rollout, and of the best of eight, over the reference cost of the problems set apart.
    entropy
        Mean of the decisions, natural units.
    """

    stage: str
    step: int
    rollouts: int
    seconds: float
    drawing: float
    learning: float
    greedy: float
    best: float
    entropy: float


class Course:
    """Training under way.

    Parameters
    ----------
    plan
        What is to be done.
    draw
        Draws a problem of so many clients.
    apart
        Problems set apart, each with the cost that it is compared with.
    examples
        What is imitated first, nothing when None; made before the course is run.
    weights
        To begin with; new ones when None.
    device
        Where gradients are taken.
    threads
        Of the rollouts, and of whoever makes the examples.
    """

    def __init__(
        self,
        plan: Plan,
        draw: DrawProblem,
        apart: Sequence[tuple[Problem, float]],
        *,
        examples: Examples | None = None,
        weights: Weights | None = None,
        device: str = "cpu",
        threads: int = 2,
    ) -> None:
        self.plan, self.examples, self.threads = plan, examples, threads
        self.step = 0
        self.rollouts = 0
        self._stages: list[Stage] = []
        if examples is not None:
            self._stages.append(Imitation(plan.guided, plan.imitation_rate, examples))
        if plan.rollouts or examples is None:
            self._stages.append(Reinforcement(plan.rollouts, plan.rate, draw, plan.sizes))
        self._apart = [(make_world(make_data(problem)), cost) for problem, cost in apart]
        self._network = Network(weights or Weights.new(plan.seed), device)
        self._begin_stage(0)

    def _begin_stage(self, number: int) -> None:
        self._at, self._began = number, (self.step, self.rollouts)
        stage = self._stages[number]
        # Moments of another stage's gradients would be of no use: what is made small is another thing.
        self._optimizer = torch.optim.Adam(self._network.parameters.values(), lr=stage.rate, betas=stage.betas)

    def run(self, should_stop: Callable[[], bool] = lambda: False) -> Iterator[Mark]:
        """Train to the end of the plan or until told to stop; yield how it stands, first of all before any training."""
        seconds = drawing = learning = 0.0
        since, entropy = self.rollouts, 0.0
        with ThreadPoolExecutor(self.threads) as pool:
            while True:
                stage = self._stages[self._at]
                ended = self.rollouts - self._began[1] >= stage.rollouts
                over = (ended and stage is self._stages[-1]) or should_stop()
                if self.step % JUDGED_EVERY == 0 or ended or over:
                    greedy, best = self._judge(pool)
                    done = self.rollouts - since
                    pace = (done / max(drawing, 1e-9), done / max(learning, 1e-9)) if done else (0.0, 0.0)
                    yield Mark(stage.name, self.step, self.rollouts, seconds, *pace, greedy, best, entropy)
                    drawing = learning = 0.0
                    since = self.rollouts
                if over:
                    return
                if ended:
                    self._begin_stage(self._at + 1)
                began = time.perf_counter()
                drawn, entropy = self._advance(pool)
                took = time.perf_counter() - began
                drawing, learning, seconds = drawing + drawn, learning + took - drawn, seconds + took

    def _advance(self, pool: ThreadPoolExecutor) -> tuple[float, float]:
        """Take one step; return the seconds that its rollouts took, and the mean entropy of decisions."""
        began = time.perf_counter()
        stage, (first, before) = self._stages[self._at], self._began
        fraction = (self.rollouts - before) / stage.rollouts
        # What a step draws depends on its number only, so a resumed course goes on as if it had never stopped.
        random = np.random.default_rng((self.plan.seed, self.step))
        batch, weight = stage.rehearse(random, fraction, self.weights(), pool)
        drawn = time.perf_counter() - began
        self._optimizer.zero_grad()
        entropy = learn(self._network, batch, weight)
        torch.nn.utils.clip_grad_norm_(list(self._network.parameters.values()), 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = stage.rate_at(self.step - first, fraction)
        self._optimizer.step()
        self.step += 1
        self.rollouts += len(batch.rollouts)
        return drawn, entropy

    def _judge(self, pool: ThreadPoolExecutor) -> tuple[float, float]:
        weights = self.weights()

        def one(pair: tuple[World, float]) -> tuple[float, float]:
            world, reference = pair
            costs = [rollout.cost / reference for rollout in roll_out(world, weights, GREEDY_AND_SAMPLED, seed=1)]
            return costs[0], min(costs)

        ratios = np.array(list(pool.map(one, self._apart))).reshape(-1, 2)
        return (float(ratios[:, 0].mean()), float(ratios[:, 1].mean())) if len(ratios) else (float("nan"), float("nan"))

    def weights(self) -> Weights:
        """Return the weights as they are now."""
        return self._network.weights()

    def save(self, path: Path) -> None:
        """Write all that is needed to go on: weights, the optimizer's moments, and where the course stands."""
        arrays = {f"weight/{name}": array for name, array in self.weights().items()}
        for name, parameter in self._network.parameters.items():
            moments = self._optimizer.state.get(parameter)
            if moments:
                arrays[f"mean/{name}"] = moments["exp_avg"].cpu().numpy()
                arrays[f"square/{name}"] = moments["exp_avg_sq"].cpu().numpy()
                # Of its own: a weight that no decision of a step has used is left out of that step.
                arrays[f"steps/{name}"] = moments["step"].cpu().numpy()
        told = {"edition": EDITION, "plan": asdict(self.plan)}
        told |= {"step": self.step, "rollouts": self.rollouts, "stage": self._at, "began": self._began}
        write_arrays(path, arrays, {"course": json.dumps(told)})

    def resume(self, path: Path) -> None:
        """Go on from where a course was saved.

        Raises
        ------
        WeightsError
            If the file is damaged, of another edition, or of a course with another plan.
        """
        try:
            arrays, card = read_arrays(path)
            told = json.loads(card["course"])
        except (SafetensorError, KeyError, ValueError, TypeError) as error:
            raise WeightsError(f"{path.name} is no saved course: {error}") from error
        if told.get("edition") != EDITION:
            raise WeightsError(f"{path.name} is of edition {told.get('edition')}, expected {EDITION}")
        self._compare(path, told.get("plan"))
        weights = Weights({name.partition("/")[2]: a for name, a in arrays.items() if name.startswith("weight/")})
        self.step, self.rollouts = int(told["step"]), int(told["rollouts"])
        self._begin_stage(int(told["stage"]))
        self._began = (int(told["began"][0]), int(told["began"][1]))
        with torch.no_grad():
            for name, parameter in self._network.parameters.items():
                parameter.copy_(torch.from_numpy(weights[name]))
                if f"mean/{name}" in arrays:
                    self._optimizer.state[parameter] = {
                        "step": torch.tensor(float(arrays[f"steps/{name}"])),
                        "exp_avg": torch.tensor(arrays[f"mean/{name}"], device=self._network.device),
                        "exp_avg_sq": torch.tensor(arrays[f"square/{name}"], device=self._network.device),
                    }

    def _compare(self, path: Path, plan: object) -> None:
        own = json.loads(json.dumps(asdict(self.plan)))
        if not isinstance(plan, dict) or set(plan) != set(own):
            raise WeightsError(f"{path.name} is of a course of an older kind")
        other = [f"{name} is {plan[name]} there and {own[name]} here" for name in own if plan[name] != own[name]]
        if other:
            raise WeightsError(f"{path} is of a course with another plan: {', '.join(other)}")
