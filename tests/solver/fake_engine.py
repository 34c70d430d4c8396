"""Small engines that a spawned worker can import by name."""

from __future__ import annotations

import faulthandler
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from solver.init import ROLLOUTS, FirstPlan, Init
from solver.problem import Problem, Report, Solution, check, make_problem
from solver.problem.scope import Scope
from solver.worker import Engine, serve


@dataclass(frozen=True)
class FakeProgress:
    solution: Solution
    cost: float
    feasible: bool
    elapsed: float
    iterations: int
    problem: Problem
    first: FirstPlan


@dataclass(frozen=True)
class FakeResult:
    solution: Solution
    report: Report
    elapsed: float
    first: FirstPlan
    iterations: int
    problem: Problem


def make_square(clients: int, vehicles: int = 5, profiles: int = 1, seed: int = 0) -> Problem:
    """Build a problem with clients at random in a square; costs are small numbers."""
    points = np.random.default_rng(seed).integers(0, 1000, size=(clients + 1, 2))
    away = points[:, None, :] - points[None, :, :]
    distance = np.rint(np.hypot(away[..., 0], away[..., 1])).astype(np.int64)
    return make_problem(distance=np.repeat(distance[None], profiles, axis=0), coordinates=points, count=[vehicles])


def part_without(problem: Problem, gone: list[int]) -> Problem:
    """Build a problem of the same clients but some; they keep their ids."""
    keep = np.setdiff1d(np.arange(problem.clients.number), gone)
    return make_problem(
        distance=problem.travel.distance,
        coordinates=problem.travel.coordinates,
        client_location=problem.clients.location[keep],
        client_ids=[problem.clients.ids[client] for client in keep],
        count=problem.vehicles.count,
    )


def in_order(problem: Problem) -> Solution:
    """One route per vehicle, clients as they are numbered."""
    vehicles = int(problem.vehicles.count[0])
    parts = np.array_split(np.arange(problem.clients.number), vehicles)
    return Solution.of((0, part) for part in parts)


def improving(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 1,
    initial: Solution | None = None,
    init: Init = Init.AUTO,
    rollouts: int = ROLLOUTS,
    on_progress: Callable[[FakeProgress], None],
    should_stop: Callable[[], bool],
    changed: Callable[[], Problem | None] = lambda: None,
    scope: Scope | None = None,
) -> FakeResult:
    """Swap neighbours where that is cheaper, until the time is up; start anew on changes. A part is solved as all is.

    What was asked to build the first plan is said to have done so, the policy where nothing was.
    """
    rng = np.random.default_rng(seed)
    started = time.perf_counter()
    best = initial or in_order(problem)
    report = check(problem, best)
    iterations = 0
    by = Init.POLICY if init is Init.AUTO else init
    first = FirstPlan(None if initial else by, time.perf_counter() - started)
    on_progress(FakeProgress(best, report.costs.total, report.feasible, first.seconds, iterations, problem, first))
    while (elapsed := time.perf_counter() - started) < seconds and not should_stop():
        iterations += 1
        if (news := changed()) is not None:
            problem, best = news, in_order(news)
            report = check(problem, best)
        routes = [list(route.clients) for route in best.routes]
        route = routes[rng.integers(len(routes))]
        if len(route) > 1:
            at = int(rng.integers(len(route) - 1))
            route[at], route[at + 1] = route[at + 1], route[at]
            other = Solution.of((0, clients) for clients in routes)
            if problem.clients.number > 100 or check(problem, other).costs.total < report.costs.total:
                best, report = other, check(problem, other)
        on_progress(FakeProgress(best, report.costs.total, report.feasible, elapsed, iterations, problem, first))
        time.sleep(0.001)
    return FakeResult(best, check(problem, best), time.perf_counter() - started, first, iterations, problem)


def raising(problem: Problem, **_: object) -> FakeResult:
    raise RuntimeError("a secret of the engine")


def raising_once(problem: Problem, **arguments: object) -> FakeResult:
    """Fail for problems of one client, run out of memory for two, else solve."""
    if problem.clients.number == 1:
        raise RuntimeError("a secret of the engine")
    if problem.clients.number == 2:
        raise MemoryError
    return improving(problem, **arguments)  # type: ignore[arg-type]


def needs_no_window(problem: Problem, **arguments: object) -> FakeResult:
    """Fail when Qt or the app has been imported into this process."""
    unwanted = [name for name in sys.modules if name.split(".")[0] in {"PySide6", "pyqtgraph", "app"}]
    if unwanted:
        raise AssertionError(unwanted)
    return improving(problem, **arguments)  # type: ignore[arg-type]


def at_once(problem: Problem, *, init: Init, rollouts: int, **_: object) -> FakeResult:
    """Answer without a search, with as many iterations as there may be rollouts."""
    plan = in_order(problem)
    return FakeResult(plan, check(problem, plan), 0.0, FirstPlan(init, 0.0), rollouts, problem)


def serve_at_once(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(at_once, nothing))


def nothing(_: str) -> None:
    """Warm up nothing."""


def compile_for_ever(_: str) -> None:
    """Stand for a warm-up that takes minutes, in pure Python as a compilation does."""
    while True:
        sum(range(1000))


def serve_improving(connection):  # type: ignore[no-untyped-def]
    serve(connection, improving_engine)


def improving_engine() -> Engine:
    return Engine(improving, nothing)


def serve_tidying(connection, path: str):  # type: ignore[no-untyped-def]
    """Make a file where the real engine would remove some."""
    serve(connection, lambda: Engine(improving, nothing, Path(path).touch))


def serve_raising(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(raising_once, nothing))


def serve_faulty(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(faulty, nothing))


def faulty(problem: Problem, **_: object) -> FakeResult:
    """Be ended by the system."""
    faulthandler._sigsegv()
    raise AssertionError


def serve_in_parts(connection, path: str):  # type: ignore[no-untyped-def]
    """Write down which part is loaded, and how many clients are solved for; loading the first takes half a second."""

    def note(word: str) -> None:
        with Path(path).open("a") as file:
            file.write(f"{word}\n")

    def warm_up(part: str) -> None:
        note(part)
        if part == "usual":
            time.sleep(0.5)

    def noted(problem: Problem, **given: object) -> FakeResult:
        note(str(problem.clients.number))
        return improving(problem, **given)  # type: ignore[arg-type]

    parts = ("usual", "dull", "rare", "odd")
    serve(connection, lambda: Engine(noted, warm_up, lambda: None, parts, lambda _: ("usual", "odd")))


def serve_half_loaded(connection):  # type: ignore[no-untyped-def]
    """Do jobs, and never come to an end with loading what they do not need."""

    def warm_up(part: str) -> None:
        time.sleep(1.0 if part == "needed" else 3600.0)

    serve(connection, lambda: Engine(improving, warm_up, lambda: None, ("needed", "rest"), lambda _: ("needed",)))


def serve_slowly(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(improving, compile_for_ever))


def serve_without_window(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(needs_no_window, nothing))


def broken_engine() -> Engine:
    raise ImportError("no such library")


def serve_broken(connection):  # type: ignore[no-untyped-def]
    serve(connection, broken_engine)


def leaving_all_out(problem: Problem, *, on_progress: Callable[[FakeProgress], None], **_: object) -> FakeResult:
    """Serve nobody."""
    nobody, first = Solution.of(()), FirstPlan(Init.CLASSICAL, 0.0)
    report = check(problem, nobody)
    on_progress(FakeProgress(nobody, report.costs.total, report.feasible, 0.0, 0, problem, first))
    return FakeResult(nobody, report, 0.0, first, 0, problem)


def serve_nobody(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(leaving_all_out, nothing))


def deaf(problem: Problem, *, changed: Callable[[], Problem | None], **arguments: object) -> FakeResult:
    """Solve what was given first, whatever changes."""
    return improving(problem, **arguments)  # type: ignore[arg-type]


def serve_deaf(connection):  # type: ignore[no-untyped-def]
    serve(connection, lambda: Engine(deaf, nothing))
