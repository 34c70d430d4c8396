"""An engine without a search, for the tests of prices: it obeys locks and puts the other stops in order."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from solver.init import FirstPlan, Init
from solver.problem import ANY, Problem, Route, Solution, check
from solver.worker import Engine, serve
from tests.solver.fake_engine import FakeProgress, FakeResult, nothing


def ordering(
    problem: Problem,
    *,
    seconds: float,
    initial: Solution | None,
    should_stop: Callable[[], bool],
    on_progress: Callable[[FakeProgress], None],
    **_: object,
) -> FakeResult:
    """Visit those who keep no place in the order of their numbers, and take all of the time for it.

    From nothing it starts with one route of everybody.
    """
    routes = []
    everybody = Route(0, tuple(range(problem.clients.number)), 0)
    for route in (initial or Solution((everybody,))).routes:
        free = iter(sorted(client for client in route.clients if problem.locks.position[client] == ANY))
        stops = [one if problem.locks.position[one] != ANY else next(free) for one in route.clients]
        routes.append(replace(route, clients=tuple(stops)))
    best, started = Solution(tuple(routes)), time.perf_counter()
    report, first = check(problem, best), FirstPlan(None, 0.0)
    on_progress(FakeProgress(best, report.costs.total, report.feasible, 0.0, 1, problem, first))
    while time.perf_counter() - started < seconds and not should_stop():
        time.sleep(0.001)
    assert first.by in (None, Init.AUTO)
    return FakeResult(best, report, time.perf_counter() - started, first, 1, problem)


def serve_ordering(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(ordering, nothing))
