"""How promptly the engine answers: first plan, Stop, the budget, and a change of the problem.

``python -m tests.bench.bench_contract`` prints one JSON object; milliseconds. *Over* is by how much a solve exceeds its
budget, which may be 3 % of it or 30 ms, whichever is more.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace

import numpy as np
import pytest

from solver.kernel_cache import use_kernel_cache

use_kernel_cache()  # before anything imports numba

from solver.genetic import Progress, solve, warm_up  # noqa: E402
from solver.problem import ANY, Problem, make_problem  # noqa: E402

SIZES = (100, 500, 1000)
BUDGETS = (0.25, 1.0, 3.0)


def make_city(clients: int, seed: int = 1) -> Problem:
    """Build a problem of one depot, two vehicle types and time windows of four hours."""
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 20_000, (clients + 1, 2))
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))).astype(np.int64)
    opening = rng.integers(0, 5, clients) * 3600
    return make_problem(
        distance=distance,
        duration=distance // 10,
        coordinates=points,
        delivery=rng.integers(1, 20, clients),
        windows=np.stack((opening, opening + 4 * 3600), axis=1)[:, None, :],
        service=np.full(clients, 300),
        capacity=[150, 250],
        count=[clients // 8, clients // 8],
        fixed_cost=[5000.0, 8000.0],
        shift_end=[9 * 3600, 9 * 3600],
    )


def over(problem: Problem, seconds: float) -> float:
    """Return by how many milliseconds a solve exceeds its budget; negative when it ends early."""
    began = time.perf_counter()
    solve(problem, seconds=seconds)
    return 1000.0 * (time.perf_counter() - began - seconds)


def first_plan(problem: Problem) -> float:
    """Return the milliseconds from the call to the first plan."""
    began = time.perf_counter()
    told: list[float] = []
    solve(problem, seconds=0.05, on_progress=lambda _: told.append(time.perf_counter()))
    return 1000.0 * (told[0] - began)


def stop(problem: Problem, after: float) -> float:
    """Return the milliseconds from Stop to the answer."""
    pressed = threading.Event()
    at: list[float] = []
    timer = threading.Timer(after, lambda: (at.append(time.perf_counter()), pressed.set()))
    timer.start()
    solve(problem, seconds=60.0, should_stop=pressed.is_set)
    ended = time.perf_counter()
    timer.join()
    return 1000.0 * (ended - at[0])


def change(problem: Problem, after: float) -> float:
    """Return the milliseconds from a change (moved client, vehicle taken, client locked) to a plan that has it."""
    location, lock = problem.clients.location.copy(), np.full(problem.clients.number, ANY)
    location[0], lock[1] = location[5], 0
    count = problem.vehicles.count - np.array([1, 0])
    news = replace(
        problem,
        clients=replace(problem.clients, location=location),
        vehicles=replace(problem.vehicles, count=count),
        locks=replace(problem.locks, vehicle=lock),
    )
    began, sent, told = time.perf_counter(), [], []

    def changed() -> Problem | None:
        if sent or time.perf_counter() - began < after:
            return None
        sent.append(time.perf_counter())
        return news

    def note(progress: Progress) -> None:
        if progress.problem is news:
            told.append(time.perf_counter())

    solve(problem, seconds=after + 0.5, changed=changed, on_progress=note)
    return 1000.0 * (told[0] - sent[0])


def measure() -> dict[str, object]:
    """Return all figures by number of clients."""
    warm_up()
    made: dict[str, object] = {}
    for size in SIZES:
        city = make_city(size)
        made[str(size)] = {
            "first plan": round(first_plan(city), 1),
            "over": {f"{seconds:g} s": round(over(city, seconds), 1) for seconds in BUDGETS},
            "stop": [round(stop(city, after), 1) for after in (0.3, 0.7, 1.1)],
            "change": [round(change(city, after), 1) for after in (0.3, 1.0)],
        }
    return made


@pytest.mark.timeout(900)
def test_contract() -> None:
    print(json.dumps(measure()))


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
