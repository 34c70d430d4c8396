"""One solve: from a problem and a budget to the best solution found, with word of progress on the way."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from solver.genetic.island import Island
from solver.problem import Problem, Report, Solution, check, make_problem
from solver.search.data import make_data

HOT, COLD = 1.0, 0.01
"""Temperatures at the start and the end of a solve, in mean arcs."""

SLICE_SECONDS = 0.015
"""Work between two looks at the clock and at ``should_stop``."""

SLICE_ITERATIONS = 500
"""The same where iterations are the budget: fixed, so that a seed gives a run twice."""

REPORT_SECONDS = 0.1
"""Least time between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The best so far.

    Parameters
    ----------
    solution
        Its routes.
    cost
        In cost units, as `check` has it.
    feasible
        Whether it breaks nothing.
    elapsed
        Seconds since the solve began.
    iterations
        Ruins and recreations so far, all islands together.
    """

    solution: Solution
    cost: float
    feasible: bool
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
    began = time.perf_counter()
    if seconds is None and iterations is None:
        raise ValueError("a solve needs a budget: seconds or iterations")
    data = make_data(problem)
    islands = [Island(data, seed * 1000 + number) for number in range(threads or os.cpu_count() or 1)]
    islands[0].start(initial)
    first = time.perf_counter() - began

    def report(island: Island) -> None:
        if on_progress is not None:
            solution = island.best_solution()
            verdict = check(problem, solution)
            done = sum(one.iterations for one in islands)
            elapsed = time.perf_counter() - began
            on_progress(Progress(solution, verdict.costs.total, verdict.feasible, elapsed, done))

    report(islands[0])
    for island in islands[1:]:
        island.start(initial)
    if data.n > 1 and data.slots > 0:
        _search(islands, began, seconds, iterations, report, should_stop)
    solution = min(islands, key=lambda island: island.cost).best_solution()
    return Result(
        solution=solution,
        report=check(problem, solution),
        elapsed=time.perf_counter() - began,
        first_solution_seconds=first,
        iterations=sum(island.iterations for island in islands),
    )


def _search(
    islands: list[Island],
    began: float,
    seconds: float | None,
    iterations: int | None,
    report: Callable[[Island], None],
    should_stop: Callable[[], bool] | None,
) -> None:
    mean_arc = islands[0].mean_arc()
    reported, told = islands[0].cost, began
    done, piece = 0, SLICE_ITERATIONS if seconds is None else 50
    spent = began
    with ThreadPoolExecutor(len(islands), thread_name_prefix="island") as pool:
        while True:
            now = time.perf_counter()
            fraction = 0.0
            if seconds is not None:
                fraction = (now - began) / seconds
                if done:
                    pace = (now - spent) / piece
                    left = max(began + seconds - now, 0.0)
                    piece = max(1, int(min(SLICE_SECONDS, left) / max(pace, 1e-9)))
                spent = now
            if iterations is not None:
                fraction = max(fraction, done / iterations)
                piece = min(piece, iterations - done)
            best = min(islands, key=lambda island: island.cost)
            if best.cost < reported - 1e-9 and now - told >= REPORT_SECONDS:
                reported, told = best.cost, now
                report(best)
            if fraction >= 1.0 or (should_stop is not None and should_stop()):
                return
            temperature = mean_arc * HOT * (COLD / HOT) ** fraction
            work = [pool.submit(island.advance, piece, temperature, temperature) for island in islands]
            for one in work:
                one.result()
            done += piece


def warm_up() -> None:
    """Compile or load every kernel, in all builds, by solving small problems."""
    line = [[abs(i - j) for j in range(6)] for i in range(6)]
    windows = [[[0, 50]]] * 5
    for problem in (
        make_problem(distance=line, delivery=[1] * 5, capacity=[3]),
        make_problem(distance=line, delivery=[1] * 5, capacity=[3], windows=windows),
        make_problem(distance=line, delivery=[1] * 5, capacity=[3], windows=windows, duration_cost=[1.0]),
    ):
        solve(problem, iterations=2, threads=1)
