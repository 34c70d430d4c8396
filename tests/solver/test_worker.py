"""The engine's process, seen from the other end of its pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
import pytest

from solver.init import ROLLOUTS, FirstPlan, Init
from solver.messages import Best, Failed, Failure, Finished, Ready, Shutdown, Solve, Stop, Update
from solver.problem import Locks, PlaneMatrix, check, make_problem
from solver.wire import Known, receive, send
from solver.worker import serve
from tests.solver import fake_engine
from tests.solver.fake_engine import in_order, make_square, part_without
from tests.solver.random_problems import whole_problem, with_traffic
from tests.solver.random_solutions import obedient_solution

PATIENCE = 20.0
"""Seconds that an answer may take on a busy machine before the test gives up."""


@dataclass
class Worker:
    process: BaseProcess
    pipe: Connection

    def send(self, request: object) -> None:
        send(self.pipe, request)

    def receive(self) -> object:
        assert self.pipe.poll(PATIENCE), "no answer"
        return receive(self.pipe)

    def until(self, kind: type) -> list[object]:
        """Return all answers up to the first one of a kind."""
        answers = [self.receive()]
        while not isinstance(answers[-1], kind):
            answers.append(self.receive())
        return answers


@contextmanager
def spawned(serve: Callable[[Connection], None]) -> Iterator[Worker]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        yield Worker(process, here)
    finally:
        process.kill()
        process.join()
        here.close()
        process.close()


@pytest.fixture
def worker() -> Iterator[Worker]:
    with spawned(fake_engine.serve_improving) as made:
        assert isinstance(made.receive(), Ready)
        yield made


def test_first_solution_at_once_and_then_at_most_ten_a_second(worker: Worker) -> None:
    begun = time.perf_counter()
    worker.send(Solve(1, make_square(30), seconds=1.0))
    first = worker.receive()
    assert isinstance(first, Best)
    assert time.perf_counter() - begun < 0.5
    *rest, last = worker.until(Finished)
    assert isinstance(last, Finished)
    assert not last.stopped
    assert 1 <= len(rest) <= 11
    assert all(isinstance(best, Best) and best.job == 1 for best in rest)


def test_each_plan_has_passed_the_plain_check(worker: Worker) -> None:
    problem = make_square(30)
    worker.send(Solve(1, problem, seconds=0.5))
    *progress, last = worker.until(Finished)
    assert isinstance(last, Finished)
    for best in (*progress, last.best):
        assert isinstance(best, Best)
        assert best.report == check(problem, best.solution)
        assert best.budget == 0.5
    assert last.best.cost <= progress[0].cost  # type: ignore[attr-defined]


def test_starts_from_the_given_solution(worker: Worker) -> None:
    problem = make_square(12, vehicles=3)
    worker.send(Solve(1, problem, seconds=0.0, initial=in_order(problem)))
    last = worker.until(Finished)[-1]
    assert isinstance(last, Finished)
    assert last.best.solution == in_order(problem)


def test_every_answer_says_where_the_search_came_from(worker: Worker) -> None:
    problem = make_square(12)
    cases = ((None, Init.RANDOM, Init.RANDOM), (None, Init.AUTO, Init.POLICY), (in_order(problem), Init.AUTO, None))
    for job, (initial, init, by) in enumerate(cases, start=1):
        worker.send(Solve(job, problem, seconds=0.3, initial=initial, init=init))
        *progress, last = worker.until(Finished)
        assert isinstance(last, Finished)
        assert {best.first for best in progress} == {last.best.first}  # type: ignore[attr-defined]
        assert last.best.first.by is by
        assert last.best.first.seconds <= progress[0].elapsed  # type: ignore[attr-defined]


def test_the_search_is_told_how_to_begin() -> None:
    with spawned(fake_engine.serve_at_once) as worker:
        worker.until(Ready)
        worker.send(Solve(1, make_square(5), seconds=1.0, init=Init.RANDOM, rollouts=31))
        worker.send(Solve(2, make_square(5), seconds=1.0))
        asked, default = worker.receive(), worker.receive()
    assert isinstance(asked, Finished)
    assert isinstance(default, Finished)
    assert (asked.best.first.by, asked.best.iterations) == (Init.RANDOM, 31)
    assert (default.best.first.by, default.best.iterations) == (Init.AUTO, ROLLOUTS)


def test_stop_is_honoured_within_100_ms(worker: Worker) -> None:
    worker.send(Solve(1, make_square(30), seconds=60.0))
    worker.until(Best)
    begun = time.perf_counter()
    worker.send(Stop(1))
    last = worker.until(Finished)[-1]
    assert time.perf_counter() - begun < 0.1
    assert isinstance(last, Finished)
    assert last.stopped


def test_stop_that_overtakes_its_job_still_counts(worker: Worker) -> None:
    problem = make_square(30)
    worker.send(Solve(1, problem, seconds=60.0))
    worker.send(Solve(2, problem, seconds=60.0))  # ends the first
    worker.send(Stop(2))
    first, second = worker.until(Finished)[-1], worker.until(Finished)[-1]
    assert isinstance(first, Finished)
    assert isinstance(second, Finished)
    assert (first.job, second.job) == (1, 2)


def test_stale_stop_does_not_end_a_later_job(worker: Worker) -> None:
    worker.send(Stop(1))
    worker.send(Solve(2, make_square(5), seconds=0.3))
    last = worker.until(Finished)[-1]
    assert isinstance(last, Finished)
    assert last.best.elapsed >= 0.3
    assert not last.stopped


def test_a_changed_problem_is_answered_by_plans_of_it(worker: Worker) -> None:
    old, new = make_square(30), make_square(24, seed=1)
    worker.send(Solve(1, old, seconds=60.0))
    worker.until(Best)
    worker.send(Update(1, new))
    answers = [worker.receive()]
    while answers[-1].revision == 0:  # type: ignore[attr-defined]
        answers.append(worker.receive())
    first = answers[-1]
    worker.send(Stop(1))
    last = worker.until(Finished)[-1]
    assert isinstance(first, Best)
    assert isinstance(last, Finished)
    for best in (first, last.best):
        assert best.revision == 1
        assert best.report == check(new, best.solution)
    assert last.best.cost <= first.cost


def test_the_newest_change_counts_also_of_a_job_that_waits(worker: Worker) -> None:
    worker.send(Solve(1, make_square(30), seconds=0.3))
    worker.send(Solve(2, make_square(30), seconds=0.3))
    worker.send(Update(2, make_square(20), revision=1))
    worker.send(Update(2, make_square(10), revision=2))
    first, second = worker.until(Finished)[-1], worker.until(Finished)[-1]
    assert isinstance(first, Finished)
    assert isinstance(second, Finished)
    assert (first.best.revision, second.best.revision) == (0, 2)
    assert second.best.report == check(make_square(10), second.best.solution)


def test_a_change_of_a_job_that_has_ended_is_not_heard(worker: Worker) -> None:
    worker.send(Solve(1, make_square(5), seconds=0.0))
    worker.until(Finished)
    worker.send(Update(1, make_square(6)))
    worker.send(Solve(2, make_square(5), seconds=0.1))
    last = worker.until(Finished)[-1]
    assert isinstance(last, Finished)
    assert last.best.revision == 0


def test_the_real_engine_goes_on_with_a_changed_problem_and_with_what_it_has_found() -> None:
    old = replace(make_square(60), name="before")
    new = part_without(old, gone=[3, 40])
    with spawned(serve) as worker:
        assert worker.pipe.poll(8 * PATIENCE), "not ready"  # all kernels are loaded, and compiled where none are kept
        assert isinstance(worker.receive(), Ready)
        worker.send(Solve(1, old, seconds=60.0, init=Init.RANDOM))
        worker.until(Best)
        time.sleep(0.2)
        worker.send(Update(1, new))
        answers = [worker.receive()]
        while answers[-1].revision == 0:  # type: ignore[attr-defined]
            answers.append(worker.receive())
        repaired, before = answers[-1], answers[:-1]
        worker.send(Stop(1))
        last = worker.until(Finished)[-1]
    assert isinstance(repaired, Best)
    assert isinstance(last, Finished)
    assert {best.first for best in answers} == {last.best.first}  # type: ignore[attr-defined]
    assert last.best.first.by is Init.RANDOM
    for best in (repaired, last.best):
        assert best.revision == 1
        assert best.report == check(new, best.solution)
        assert best.report.feasible
    for best in before:
        assert isinstance(best, Best)
        # On straight lines nobody makes a detour by not being visited, so a plan that goes on from there costs less.
        assert repaired.cost <= best.cost
        assert best.report == check(old, best.solution)


def test_failure_says_why_and_the_worker_lives_on() -> None:
    with spawned(fake_engine.serve_raising) as worker:
        worker.until(Ready)
        worker.send(Solve(1, make_square(1), seconds=1.0))
        worker.send(Solve(2, make_square(2), seconds=1.0))
        worker.send(Solve(3, make_square(3), seconds=0.1))
        failed, memory = worker.receive(), worker.receive()
        assert failed == Failed(1, Failure.ERROR)
        assert memory == Failed(2, Failure.MEMORY)
        assert isinstance(worker.until(Finished)[-1], Finished)


def test_imports_neither_the_app_nor_qt() -> None:
    with spawned(fake_engine.serve_without_window) as worker:
        worker.until(Ready)
        worker.send(Solve(1, make_square(3), seconds=0.0))
        assert isinstance(worker.receive(), Best | Finished)


def test_exits_when_the_pipe_closes(worker: Worker) -> None:
    worker.send(Solve(1, make_square(30), seconds=60.0))
    worker.until(Best)
    worker.pipe.close()
    worker.process.join(PATIENCE)
    assert worker.process.exitcode == 0


def test_who_asks_early_waits_for_what_the_problem_needs(tmp_path: Path) -> None:
    path = tmp_path / "parts"
    with spawned(partial(fake_engine.serve_in_parts, path=str(path))) as worker:
        worker.send(Solve(1, make_square(3), seconds=0.0))
        worker.until(Ready)
    assert path.read_text().split() == ["usual", "odd", "3", "dull", "rare"]


def test_exits_on_shutdown_even_in_the_middle_of_the_warm_up() -> None:
    with spawned(fake_engine.serve_slowly) as worker:
        worker.send(Shutdown())
        worker.process.join(PATIENCE)
        assert worker.process.exitcode == 0


def test_ignores_ctrl_c(worker: Worker) -> None:
    assert worker.process.pid is not None
    os.kill(worker.process.pid, signal.SIGINT)
    worker.send(Solve(1, make_square(5), seconds=0.1))
    assert isinstance(worker.until(Finished)[-1], Finished)


@pytest.mark.skipif(sys.platform == "win32", reason="there it keeps its priority")
def test_stands_back_behind_the_window(worker: Worker) -> None:
    assert worker.process.pid is not None
    own, other = (os.getpriority(os.PRIO_PROCESS, pid) for pid in (os.getpid(), worker.process.pid))
    assert other > own


def test_broken_engine_ends_the_process() -> None:
    with spawned(fake_engine.serve_broken) as worker:
        worker.process.join(PATIENCE)
        assert worker.process.exitcode == 1


def arrived_at_the_other_end(message: object) -> object:
    here, there = get_context("spawn").Pipe()
    sender = threading.Thread(target=send, args=(here, message))
    sender.start()
    arrived = receive(there)
    sender.join()
    here.close()
    there.close()
    return arrived


def test_large_problem_arrives_whole_and_read_only() -> None:
    problem = make_square(400, profiles=3)
    arrived = arrived_at_the_other_end(Solve(1, problem, 1.0))
    assert isinstance(arrived, Solve)
    assert np.array_equal(arrived.problem.travel.distance, problem.travel.distance)
    assert not arrived.problem.travel.distance.flags.writeable
    assert arrived.problem.travel.distance.flags.aligned
    assert arrived.problem.clients.ids == problem.clients.ids


@pytest.mark.parametrize("seed", range(10))
def test_all_that_a_problem_can_state_arrives_and_so_do_trips(seed: int) -> None:
    problem = whole_problem(seed)
    initial = obedient_solution(problem, seed)
    arrived = arrived_at_the_other_end(Solve(1, problem, 1.0, initial=initial))
    assert isinstance(arrived, Solve)
    assert arrived.initial == initial
    assert arrived.problem.objective == problem.objective
    report = check(arrived.problem, initial)
    assert report == check(problem, initial)
    first = FirstPlan(Init.POLICY, 0.01)
    there = arrived_at_the_other_end(Best(1, initial, report, 0.5, 1.0, 7, first))
    assert isinstance(there, Best)
    assert (there.report, there.first) == (report, first)


def test_hours_travel_and_their_least_durations_once() -> None:
    problem = with_traffic(make_square(50), 1, periods=4)
    arrived = arrived_at_the_other_end(Solve(1, problem, 1.0))
    assert isinstance(arrived, Solve)
    travel = arrived.problem.travel
    assert travel.hours is not None
    assert travel.duration is travel.hours.least
    assert problem.travel.hours is not None
    assert np.array_equal(travel.hours.duration, problem.travel.hours.duration)


def test_a_plane_travels_as_its_points_and_once() -> None:
    problem = make_problem(distance=PlaneMatrix(np.random.default_rng(1).random((300, 2)), 1000.0))
    arrived = arrived_at_the_other_end(Solve(1, problem, 1.0))
    assert isinstance(arrived, Solve)
    travel = arrived.problem.travel
    assert travel.duration is travel.distance
    assert np.array_equal(np.asarray(travel.distance), np.asarray(problem.travel.distance))


def test_travel_that_stays_the_same_is_sent_once() -> None:
    problem = make_square(400)
    free = Locks.none(problem.clients.number)
    locked = replace(problem, locks=replace(free, vehicle=np.where(np.arange(400) == 7, 0, free.vehicle)))
    other = make_square(30)
    sent, got = Known(), Known()
    for message in (Solve(1, problem, 1.0), Update(1, locked), Update(1, other), Update(1, problem)):
        here, there = get_context("spawn").Pipe()
        sizes: list[int] = []

        class Counting:
            def send_bytes(self, data: bytes, here: Connection = here, sizes: list[int] = sizes) -> None:
                sizes.append(len(data))
                here.send_bytes(data)

        thread = threading.Thread(target=send, args=(Counting(), message, sent))
        thread.start()
        arrived = receive(there, got)
        thread.join()
        here.close()
        there.close()
        assert isinstance(arrived, Solve | Update)
        assert np.array_equal(np.asarray(arrived.problem.travel.distance), np.asarray(message.problem.travel.distance))
        assert np.array_equal(arrived.problem.locks.vehicle, message.problem.locks.vehicle)
        assert (sum(sizes) < 200_000) == (message.problem is locked or message.problem is other)


PARENT = """
import sys, time
from multiprocessing import get_context
from solver.messages import Solve
from solver.wire import receive, send
from solver.worker import serve
from tests.solver import fake_engine

if __name__ == "__main__":
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=fake_engine.serve_improving, args=(there,))
    process.start()
    there.close()
    receive(here)
    send(here, Solve(1, fake_engine.make_square(30), 600.0))
    receive(here)
    print(process.pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_does_not_outlive_a_killed_parent(tmp_path, pytestconfig) -> None:  # type: ignore[no-untyped-def]
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(pytestconfig.rootpath)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert lives(pid)
        parent.kill()
        parent.wait()
    limit = time.monotonic() + 5.0
    while lives(pid) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not lives(pid)


def lives(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be reaped."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except FileNotFoundError:
        return False
