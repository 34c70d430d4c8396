"""How a budget is spent: rounds of annealing, the first from a constructed start, the later ones from crossovers.

A round is a stretch of the budget, told in fractions of it, so that the same schedule serves seconds and iterations.
Short budgets are one round; longer ones anneal in full once or several times, and spend the rest on children that start
warm only.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise

COLD, COLD_TIMED = 0.01, 0.03
"""Temperature at the end of every round, in mean arcs; the second where time windows leave few moves open."""

HOT, MILD, WARM = 1.0, 0.3, 0.15
"""Temperature at the beginning of a round from a constructed start, of such a round that is short on a large problem,
and of one from a crossover."""

VARIED = 2.0
"""The same as `HOT` where time windows meet several kinds of vehicles and a round is not short: on site-dependent and
multi-depot instances 20 to 200 iterations per client end 0.7 to 4 % better than from `HOT`, on days with most rules at
once 1 to 3 %."""

SHORT, LARGE = 50.0, 2000
SHORTER, MEDIUM = 25.0, 300
"""Iterations per client and island below which a round is short, and clients from which on that matters: from `HOT` it
would not come back to what the start was. On 3,000 and 10,000 clients, 4 to 20 iterations for each do better by 0.2 to
0.5 % from `MILD`, and 80 do not; on 500 clients 5 to 20 do better by 0.1 to 0.4 %, from savings as from rollouts, and
40 do not; on 100 clients it makes no difference."""

SINGLE = 450.0
"""Iterations per client and island below which a single round pays best."""

LONG = 3000.0
"""Iterations per client and island from which on a third round before the crossovers pays where islands do not share a
solution, and where time does not matter, many founders and more children."""

FOUNDER, MOST_FOUNDERS = 400.0, 12
"""Iterations per client of a founder's round, from the start again, and such rounds at most: many individuals that
differ make a better population than few that are good."""

CHILD, CHILD_OF_MANY = 30.0, 15.0
"""Iterations per client of a child's round; the second where there are many founders, so that many children pay."""

MOST_CHILDREN = 800


@dataclass(frozen=True, slots=True)
class Round:
    """A stretch of the budget.

    Parameters
    ----------
    begin, end
        Fractions of the budget.
    hot
        Temperature at the beginning, in mean arcs.
    crossover
        Whether it starts from a child of two individuals.
    divided
        Whether each island improves a part of one common solution.
    cold
        Temperature at the end, in mean arcs.
    anew
        Whether it starts from the first solution, not from the best.
    """

    begin: float
    end: float
    hot: float
    crossover: bool = False
    divided: bool = False
    cold: float = COLD
    anew: bool = False

    def temperature(self, fraction: float) -> float:
        """Return the temperature at a fraction of the budget, in mean arcs."""
        part = (fraction - self.begin) / max(self.end - self.begin, 1e-9)
        return float(self.hot * (self.cold / self.hot) ** min(max(part, 0.0), 1.0))


def plan_rounds(
    per_client: float,
    divisible: bool = False,
    *,
    warm: bool = False,
    clients: int = 0,
    timed: bool = False,
    varied: bool = False,
) -> list[Round]:
    """Divide a budget.

    What is here was measured on CVRP instances of 100 to 1,000 clients with 0.25 to 10 seconds. Where islands can
    share one solution, a long first round beats several short ones; where they cannot, several rounds give the
    crossovers individuals that differ.

    Parameters
    ----------
    per_client
        Iterations that the whole budget has for each client on each island.
    divisible
        Whether a solution is large enough for islands to improve a part each.
    warm
        Whether to begin with good solutions, which a hot first round would forget.
    clients
        How many the problem has.
    timed
        Whether time matters.
    varied
        Whether it does for several kinds of vehicles.
    """
    short = (per_client < SHORT and clients >= LARGE) or (per_client < SHORTER and clients >= MEDIUM)
    hot = WARM if warm else MILD if short else VARIED if varied and per_client >= SHORTER else HOT
    cold = COLD_TIMED if timed else COLD
    if per_client < SINGLE:
        return [Round(0.0, 1.0, hot, divided=divisible, cold=cold)]
    if divisible or warm:
        number, crossing = 1, 0.7
    else:
        number, crossing = (2, 0.5) if per_client < LONG else (3, 0.3)
    anew = per_client >= LONG and not (divisible or warm or timed)
    if anew:
        number = int(min(max(per_client * crossing / FOUNDER, 2.0), MOST_FOUNDERS))
    marks = [crossing * i / number for i in range(number + 1)]
    rounds = [Round(begin, end, hot, divided=divisible, cold=cold, anew=anew) for begin, end in pairwise(marks)]
    rest = 1.0 - crossing
    children = int(min(max(per_client * rest / (CHILD_OF_MANY if anew else CHILD), 1.0), MOST_CHILDREN))
    for child in range(children):
        begin = crossing + rest * child / children
        rounds.append(Round(begin, crossing + rest * (child + 1) / children, WARM, crossover=True, cold=cold))
    return rounds


class Budget:
    """Wall-clock seconds, iterations of each island, or both: whichever ends first.

    Raises
    ------
    ValueError
        If neither is given, or one is not positive.
    """

    def __init__(self, seconds: float | None, iterations: int | None) -> None:
        given = [limit for limit in (seconds, iterations) if limit is not None]
        if not given or not all(limit > 0 for limit in given):
            raise ValueError("a solve needs a budget: a positive number of seconds or of iterations")
        self.began = time.perf_counter()
        self.seconds = seconds
        self.iterations = iterations
        self.done = 0
        self._from = 0.0
        self._done_before = 0

    def start_anew(self) -> None:
        """Plan with what is left: from now on fractions are of that."""
        self._from, self._done_before = self._spent, self.done

    @property
    def elapsed(self) -> float:
        """Seconds since the solve began."""
        return time.perf_counter() - self.began

    @property
    def fraction(self) -> float:
        """How much is spent of what there was at the start or at the last new one, 0 to 1 and a little over."""
        return (self._spent - self._from) / (1.0 - self._from) if self._from < 1.0 else 1.0

    @property
    def _spent(self) -> float:
        spent = 0.0 if self.seconds is None else self.elapsed / self.seconds
        return spent if self.iterations is None else max(spent, self.done / self.iterations)

    def capacity(self, pace: float) -> float:
        """Return how many iterations an island makes between two starts, at a pace in seconds an iteration."""
        done = self.done - self._done_before
        by_time = float("inf") if self.seconds is None else (self.seconds - self.elapsed) / max(pace, 1e-9) + done
        return by_time if self.iterations is None else min(by_time, float(self.iterations - self._done_before))
