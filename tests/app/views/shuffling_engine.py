"""An engine whose routes come in another order each time, and say nothing of who drives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

from solver.problem import Problem, Solution, check
from solver.worker import Engine, serve
from tests.solver.fake_engine import FakeProgress, FakeResult, improving, nothing


def shuffling(problem: Problem, *, on_progress: Callable[[FakeProgress], None], **asked: Any) -> FakeResult:
    """Improve a plan, and turn the order of its routes with every answer."""
    turns = count(1)

    def turned(solution: Solution) -> Solution:
        by = next(turns) % max(len(solution.routes), 1)
        return Solution((*solution.routes[by:], *solution.routes[:by]))

    def told(progress: FakeProgress) -> None:
        on_progress(replace(progress, solution=turned(progress.solution)))

    result = improving(problem, on_progress=told, **asked)
    solution = turned(result.solution)
    return replace(result, solution=solution, report=check(result.problem, solution))


def serve_shuffling(connection: Any) -> None:
    serve(connection, lambda: Engine(shuffling, nothing))
