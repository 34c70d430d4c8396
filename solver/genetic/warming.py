"""Loads or compiles kernels before somebody waits for them: all of them, or those of a problem first."""

from __future__ import annotations

from contextlib import suppress

import numpy as np

from solver.builds import POLICY
from solver.genetic.island import warm_division
from solver.genetic.schedule import SINGLE
from solver.genetic.solve import solve
from solver.init import Init
from solver.policy.plans import warm_rollouts
from solver.policy.shipped import load_policy
from solver.policy.weights import WeightsError
from solver.problem import ALONE, PlaneMatrix, Problem, Solution, make_problem
from solver.problem.scope import Scope
from solver.search.data import make_data

PARTS = ("rich", POLICY, "whole", "timed", "plain", "planar")
"""All that there is to load. What a dispatcher's days need comes first."""

WARM_ITERATIONS = 10 * int(SINGLE)
"""Twice as many on five clients as make a single round: crossover and education come after the first."""


def parts_for(problem: Problem) -> tuple[str, ...]:
    """Return the parts that a solve of a problem needs."""
    data = make_data(problem)
    if data.planar is not None:
        build = "planar"
    elif data.whole is not None:
        build = "whole"
    elif data.rich is not None:
        build = "rich"
    else:
        build = "plain" if data.timed is None else "timed"
    return build, POLICY


def warm_up(*parts: str) -> None:
    """Compile or load kernels by solving small problems, and the policy where there is one.

    Parameters
    ----------
    parts
        Some of `PARTS`; all when none is named.
    """
    for part in parts or PARTS:
        if part == POLICY:
            with suppress(WeightsError):  # a search that wants them does without, and says so in the log
                load_policy()
                warm_rollouts()
        else:
            _warm_build(part)


def _warm_build(build: str) -> None:
    problem = _small_problem(build)
    # Begun classically, as the policy is warmed by itself.
    result = solve(problem, iterations=WARM_ITERATIONS, threads=1, init=Init.CLASSICAL)
    solve(problem, iterations=1, threads=1, initial=result.solution)
    one_left_out = Solution(result.solution.routes[1:])
    solve(problem, iterations=1, threads=1, initial=one_left_out, scope=Scope.insert_only())
    warm_division(make_data(problem))


def _small_problem(build: str) -> Problem:
    """Return a problem of five clients that is solved by a build."""
    line = [[abs(i - j) for j in range(6)] for i in range(6)]
    windows = [[[0, 50]]] * 5
    match build:
        case "plain":
            return make_problem(distance=line, delivery=[1] * 5, capacity=[3])
        case "timed":
            return make_problem(distance=line, delivery=[1] * 5, capacity=[3], windows=windows)
        case "planar":
            return make_problem(distance=PlaneMatrix(np.eye(6)[:, :2]), delivery=[1] * 5, capacity=[3])
        case "rich":
            return make_problem(distance=line, delivery=[1] * 5, capacity=[3], windows=windows, duration_cost=[1.0])
    return make_problem(
        distance=line, delivery=[1] * 5, capacity=[3], windows=windows, duration_cost=[1.0], max_trips=[2],
        reload_depot=[0], release=[0, 0, 1, 2, 3], group=[0, 0, ALONE, ALONE, ALONE],
    )  # fmt: skip
