"""One solve: from a problem and a budget to the best solution found, with word of progress on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from solver.builds import BUILDS
from solver.genetic.evolution import Evolution
from solver.genetic.island import Island, solution_of, warm_division
from solver.genetic.population import Individual
from solver.genetic.schedule import SINGLE, Budget
from solver.problem import ALONE, PlaneMatrix, Problem, Report, Solution, check, make_problem
from solver.search.data import make_data


@dataclass(frozen=True, slots=True)
class Progress:
    """The best so far; whoever shows it runs `check` on it first, in a thread of their own.

    Parameters
    ----------
    solution
        Its routes.
    elapsed
        Seconds since the solve began.
    iterations
        Ruins and recreations so far, all islands together.
    """

    solution: Solution
    elapsed: float
    iterations: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a solve came to.

    Parameters
    ----------
    solution, report
        The best solution, and what `check` says of it.
    elapsed
        Seconds in all.
    first_solution_seconds
        When the first solution stood.
    iterations
        Ruins and recreations, all islands together.
    """

    solution: Solution
    report: Report
    elapsed: float
    first_solution_seconds: float
    iterations: int


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    initial: Solution | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """Search for a good solution.

    Parameters
    ----------
    problem
        What to solve.
    seconds, iterations
        The budget: wall-clock time, or ruins and recreations per island; with both, whichever ends first.
    seed
        With ``iterations`` and ``threads`` alike, the same seed gives the same answer.
    threads
        Islands, one a core; all cores by default.
    initial
        Where to start from; its feasible or infeasible routes are taken as they are.
    on_progress
        Called for the first solution at once, then for improvements at most ten times a second.
    should_stop
        Asked at least every 20 ms.

    Raises
    ------
    ValueError
        If no budget is given.
    """
    budget = Budget(seconds, iterations)
    data = make_data(problem)
    islands = [Island(data, seed * 1000 + number) for number in range(threads or os.cpu_count() or 1)]
    islands[0].start(initial)
    first = budget.elapsed

    def report(individual: Individual) -> None:
        if on_progress is not None:
            on_progress(Progress(solution_of(data, individual), budget.elapsed, budget.done * len(islands)))

    best = islands[0].best
    report(best)
    if data.n > 1 and data.slots > 0:
        best = Evolution(data, islands, budget, seed, report, should_stop or (lambda: False)).run()
    solution = solution_of(data, best)
    return Result(solution, check(problem, solution), budget.elapsed, first, budget.done * len(islands))


WARM_ITERATIONS = 10 * int(SINGLE)
"""Twice as many on five clients as make a single round: crossover and education come after the first."""


def warm_up(*builds: str) -> None:
    """Compile or load every kernel by solving small problems.

    Parameters
    ----------
    builds
        Some of `solver.builds.BUILDS`; all when none is named.
    """
    line = [[abs(i - j) for j in range(6)] for i in range(6)]
    windows = [[[0, 50]]] * 5
    problems = {
        "plain": make_problem(distance=line, delivery=[1] * 5, capacity=[3]),
        "timed": make_problem(distance=line, delivery=[1] * 5, capacity=[3], windows=windows),
        "planar": make_problem(distance=PlaneMatrix(np.eye(6)[:, :2]), delivery=[1] * 5, capacity=[3]),
        "rich": make_problem(distance=line, delivery=[1] * 5, capacity=[3], windows=windows, duration_cost=[1.0]),
    }
    problems["whole"] = make_problem(
        distance=line, delivery=[1] * 5, capacity=[3], windows=windows, duration_cost=[1.0], max_trips=[2],
        reload_depot=[0], release=[0, 0, 1, 2, 3], group=[0, 0, ALONE, ALONE, ALONE],
    )  # fmt: skip
    for build in builds or BUILDS:
        result = solve(problems[build], iterations=WARM_ITERATIONS, threads=1)
        solve(problems[build], iterations=1, threads=1, initial=result.solution)
        warm_division(make_data(problems[build]))
