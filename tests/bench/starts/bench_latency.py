"""How long rollouts take: one problem at a time, on one core, all kernels loaded.

``python -m tests.bench.starts latency`` prints a table. A problem as the kernels see it (`solver.search.data`) is there
already, as in a solve. Of each problem the median of many repeats counts, of a size the mean over problems; processor
time decides, which on an idle machine is the wall clock's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from solver.init import ROLLOUTS
from solver.policy.days import PLAIN, Mix, draw_day
from solver.policy.decoder import make_decoder
from solver.policy.plans import draw, warm_rollouts
from solver.policy.shipped import load_policy
from solver.policy.weights import Weights
from solver.policy.world import make_world
from solver.problem import Problem
from solver.search.data import make_data
from tests.bench.peers.tables import table

BARS = {100: 10.0, 500: 60.0, 1000: 150.0}
"""Milliseconds that all rollouts may take, by clients; the greedy one alone half of that."""

MIXES = {"plain": PLAIN, "rich": Mix()}
PROBLEMS, REPEATS = 5, 20

CPU, WALL = range(2)
ENCODED, GREEDY, ALL = range(3)
"""Moments: the encoder is done, the greedy rollout, all of them."""


@dataclass(frozen=True, eq=False)
class Latency:
    """What rollouts take, for problems of one size.

    Parameters
    ----------
    days
        Which mix of constraints.
    clients
        Of each problem.
    spans
        Milliseconds from the beginning, shape ``(problems, clocks, moments)``.
    """

    days: str
    clients: int
    spans: NDArray[np.float64]

    def mean(self, clock: int, moment: int) -> float:
        """Return the mean over problems, milliseconds."""
        return float(self.spans[:, clock, moment].mean())

    @property
    def within(self) -> bool:
        """Whether it is as short as it has to be."""
        bar = BARS[self.clients]
        return self.mean(CPU, ALL) <= bar and self.mean(CPU, GREEDY) <= bar / 2


def measure(problems: int = PROBLEMS, repeats: int = REPEATS) -> Iterator[Latency]:
    """Yield the figures of each mix and size, of a fixed seed."""
    warm_rollouts()
    weights = load_policy()
    for days, mix in MIXES.items():
        for clients in BARS:
            random = np.random.default_rng((clients, len(days)))
            drawn = (draw_day(random, clients, mix) for _ in range(problems))
            yield Latency(days, clients, np.stack([spans(problem, weights, repeats) for problem in drawn]))


def spans(problem: Problem, weights: Weights, repeats: int) -> NDArray[np.float64]:
    """Return the median milliseconds until each moment, shape ``(clocks, moments)``."""
    data = make_data(problem)

    def once() -> list[tuple[float, float]]:
        moments = [_now()]
        world = make_world(data)
        decoder = make_decoder(world, weights)
        moments.append(_now())
        draw(world, decoder, 1, 0)
        moments.append(_now())
        for turn in range(1, ROLLOUTS):
            draw(world, decoder, 1, turn)
        return [*moments, _now()]

    once()  # whatever this problem is the first to need
    moments = np.array([once() for _ in range(repeats)])
    taken = 1000.0 * np.median(moments[:, 1:] - moments[:, :1], axis=0)
    return np.asarray(taken.T)


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def table_of(measured: list[Latency]) -> str:
    """Return the figures as a Markdown table."""
    header = ["days", "clients", "world and encoder", "greedy in all", f"{ROLLOUTS} rollouts in all"]
    header += ["slowest problem", "by the wall clock", "at most", ""]
    rows = []
    for one in measured:
        bar = BARS[one.clients]
        rows.append(
            [
                one.days,
                str(one.clients),
                *(f"{one.mean(CPU, moment):.1f} ms" for moment in (ENCODED, GREEDY, ALL)),
                f"{one.spans[:, CPU, ALL].max():.1f} ms",
                f"{one.mean(WALL, GREEDY):.1f}, {one.mean(WALL, ALL):.1f} ms",
                f"{bar / 2:g}, {bar:g} ms",
                "yes" if one.within else "**no**",
            ]
        )
    return table(header, rows)


@pytest.mark.timeout(900)
def test_rollouts_are_in_time() -> None:
    measured = list(measure())
    print(table_of(measured))
    assert all(one.within for one in measured)
