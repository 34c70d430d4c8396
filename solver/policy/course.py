"""A course of training: from small problems to large ones, judged on problems set apart, resumable at any step."""

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

from solver.policy.days import Mix, draw_day
from solver.policy.layout import EDITION
from solver.policy.network import Network
from solver.policy.plans import roll_out
from solver.policy.training import advantages, draw_batch, learn
from solver.policy.weights import Weights, WeightsError, read_arrays, write_arrays
from solver.policy.world import World, make_world
from solver.problem import Problem
from solver.search.data import make_data

STAGES = ((0.0, (50,)), (0.35, (50, 100)), (0.7, (100, 200)), (0.9, (100, 200, 500)))
"""From which fraction of a course on problems have how many clients."""

CLIENTS_A_STEP = 1600
"""Clients in the problems of a step: of small ones there are more."""

FEWEST_PROBLEMS = 4
ALL_EACH = 16
"""Problems in a step at least, and rollouts of each."""

WARMING = 20
"""Steps until the learning rate is what it shall be."""

JUDGED_EVERY = 100
"""Steps between two looks at the problems set apart."""

GREEDY_AND_SAMPLED = 8

DrawProblem = Callable[[np.random.Generator, int], Problem]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a course is.

    Parameters
    ----------
    rollouts
        How many in all.
    rate
        Learning rate, which falls to a tenth in the last third.
    seed
        Of problems, rollouts and first weights.
    sizes
        Clients of the problems, or none for the stages of `STAGES`.
    """

    rollouts: int
    rate: float = 1e-3
    seed: int = 1
    sizes: tuple[int, ...] = ()

    def sizes_at(self, fraction: float) -> tuple[int, ...]:
        """Return how many clients problems may have at a fraction of the course."""
        return self.sizes or next(sizes for begin, sizes in reversed(STAGES) if fraction >= begin)

    def rate_at(self, step: int, fraction: float) -> float:
        """Return the learning rate at a step."""
        return float(self.rate * min(1.0, (step + 1) / WARMING) * 0.1 ** max(0.0, 3.0 * fraction - 2.0))


@dataclass(frozen=True, slots=True)
class Mark:
    """How a course stands.

    Parameters
    ----------
    step, rollouts
        So far.
    seconds
        Of this run, the looks at problems set apart left out.
    drawing, learning
        Rollouts per second of either half, since the last mark.
    greedy, best
        Mean cost of a greedy rollout, and of the best of eight, over the reference cost of the problems set apart.
    entropy
        Mean of the decisions, natural units.
    """

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
    weights
        To begin with; new ones when None.
    device
        Where gradients are taken.
    threads
        Of the rollouts.
    """

    def __init__(
        self,
        plan: Plan,
        draw: DrawProblem,
        apart: Sequence[tuple[Problem, float]],
        *,
        weights: Weights | None = None,
        device: str = "cpu",
        threads: int = 2,
    ) -> None:
        self.plan = plan
        self.step = 0
        self.rollouts = 0
        self._draw = draw
        self._apart = [(make_world(make_data(problem)), cost) for problem, cost in apart]
        self._network = Network(weights or Weights.new(plan.seed), device)
        self._optimizer = torch.optim.Adam(self._network.parameters.values(), lr=plan.rate, betas=(0.9, 0.99))
        self._threads = threads

    def run(self, should_stop: Callable[[], bool] = lambda: False) -> Iterator[Mark]:
        """Train to the end of the plan or until told to stop; yield how it stands, first of all before any training."""
        seconds = drawing = learning = 0.0
        since, entropy = 0, 0.0
        with ThreadPoolExecutor(self._threads) as pool:
            while True:
                over = self.rollouts >= self.plan.rollouts or should_stop()
                if self.step % JUDGED_EVERY == 0 or over:
                    greedy, best = self._judge(pool)
                    done = self.rollouts - since
                    pace = (done / max(drawing, 1e-9), done / max(learning, 1e-9)) if done else (0.0, 0.0)
                    yield Mark(self.step, self.rollouts, seconds, *pace, greedy, best, entropy)
                    drawing = learning = 0.0
                    since = self.rollouts
                if over:
                    return
                began = time.perf_counter()
                drawn, entropy = self._advance(pool)
                ended = time.perf_counter()
                drawing, learning, seconds = drawing + drawn, learning + ended - began - drawn, seconds + ended - began

    def _advance(self, pool: ThreadPoolExecutor) -> tuple[float, float]:
        """Take one step; return the seconds that its rollouts took, and the mean entropy of decisions."""
        began = time.perf_counter()
        fraction = self.rollouts / self.plan.rollouts
        # What a step draws depends on its number only, so a resumed course goes on as if it had never stopped.
        random = np.random.default_rng((self.plan.seed, self.step))
        clients = int(random.choice(self.plan.sizes_at(fraction)))
        problems = [self._draw(random, clients) for _ in range(max(FEWEST_PROBLEMS, CLIENTS_A_STEP // max(clients, 1)))]
        batch = draw_batch(problems, self.weights(), ALL_EACH, int(random.integers(1 << 31)), pool)
        drawn = time.perf_counter() - began
        self._optimizer.zero_grad()
        entropy = learn(self._network, batch, advantages(batch.cost).reshape(-1))
        torch.nn.utils.clip_grad_norm_(list(self._network.parameters.values()), 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = self.plan.rate_at(self.step, fraction)
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
        told = {"step": self.step, "rollouts": self.rollouts, "edition": EDITION, "plan": asdict(self.plan)}
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
        if told.get("plan") != json.loads(json.dumps(asdict(self.plan))):
            raise WeightsError(f"{path.name} is of a course with another plan: {told.get('plan')}")
        weights = Weights({name.partition("/")[2]: a for name, a in arrays.items() if name.startswith("weight/")})
        self.step, self.rollouts = int(told["step"]), int(told["rollouts"])
        with torch.no_grad():
            for name, parameter in self._network.parameters.items():
                parameter.copy_(torch.from_numpy(weights[name]))
                if f"mean/{name}" in arrays:
                    self._optimizer.state[parameter] = {
                        "step": torch.tensor(float(arrays[f"steps/{name}"])),
                        "exp_avg": torch.tensor(arrays[f"mean/{name}"], device=self._network.device),
                        "exp_avg_sq": torch.tensor(arrays[f"square/{name}"], device=self._network.device),
                    }


def days_apart(seed: int, number: int, clients: int, mix: Mix) -> list[Problem]:
    """Draw problems to judge a course by; no course with another seed draws them."""
    random = np.random.default_rng((seed, 1 << 20))
    return [draw_day(random, clients, mix) for _ in range(number)]
