"""The engine's own process: it takes a problem from the window's process and answers with the best so far.

Four threads share it. The main one searches. One listens, so that a stop, or the end of the window, is noticed in the
middle of a search. One reports: it runs the plain `check` on the newest solution and sends it, so that neither holds
up the search. The search itself runs its islands in further threads.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from solver.channels import Channel
from solver.messages import Answer, Best, Failed, Failure, Finished, Ready, Shutdown, Solve, Stop, Update
from solver.problem import Problem, check
from solver.problem.scope import Kind
from solver.wire import Known, receive, send

if TYPE_CHECKING:
    from solver.genetic import Progress, Result

logger = logging.getLogger(__name__)

INTERVAL = 0.1
"""Seconds between two progress messages, at least."""

SHARE = 0.1
"""Part of the time that checking and sending progress may take; large problems are therefore reported less often."""

NICENESS = 5
"""How far the search stands back behind the window, which redraws with what the search finds on the same cores."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What the worker needs from a search.

    Parameters
    ----------
    solve
        As `solver.genetic.solve`.
    warm_up
        Loads whatever a first solve would otherwise wait for, a part at a time.
    parts
        What can be loaded; what is wanted most comes first.
    parts_for
        Those that a problem needs.
    tidy_up
        Clears away what is not needed any more, in a thread of its own, once everything is loaded.
    """

    solve: Callable[..., Result]
    warm_up: Callable[[str], object]
    tidy_up: Callable[[], object] = lambda: None
    parts: tuple[str, ...] = ("all",)
    parts_for: Callable[[Problem], tuple[str, ...]] = lambda _: ("all",)


def genetic_engine() -> Engine:
    """Import the real engine; this loads numba, which takes most of a second."""
    from solver.kernel_cache import use_kernel_cache

    use_kernel_cache()  # before anything imports numba
    from solver.genetic import PARTS, parts_for, solve, warm_up
    from solver.kernel_shelf import tidy_kernels

    return Engine(solve, warm_up, tidy_kernels, PARTS, parts_for)


def serve(connection: Channel, engine: Callable[[], Engine] = genetic_engine) -> None:
    """Answer requests until asked to shut down, or until the other end of the pipe is gone.

    Runs as the target of a spawned process, or in another Python (`solver.remote`), and never returns while the pipe is
    open.

    Parameters
    ----------
    connection
        Carries `solver.messages`, both ways.
    engine
        Imports and returns the engine; tests pass a small one of their own.
    """
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal goes to the window, which then says goodbye
    outbox = _Outbox(connection)
    desk = _Desk(connection)
    started = time.perf_counter()
    loaded = engine()
    warming = _Warming(loaded, lambda: outbox.send(Ready(time.perf_counter() - started)))
    while True:
        while warming.unfinished and not desk.waiting():
            warming.go_on()
        outbox.send(_answer(desk.next(), loaded, warming, desk, outbox))


class _Warming:
    """Loads the engine a part at a time, so that who is in a hurry waits for what a problem needs and no more."""

    def __init__(self, engine: Engine, finished: Callable[[], object]):
        self._engine = engine
        self._finished = finished
        self._cold = list(engine.parts)

    @property
    def unfinished(self) -> bool:
        return bool(self._cold)

    def go_on(self) -> None:
        """Load the next part."""
        self._load(self._cold[0])

    def prepare(self, problem: Problem) -> None:
        """Load what is missing for a problem."""
        if self._cold:
            for part in self._engine.parts_for(problem):
                if part in self._cold:
                    self._load(part)

    def _load(self, part: str) -> None:
        self._cold.remove(part)
        self._engine.warm_up(part)
        if not self._cold:
            self._finished()
            threading.Thread(target=self._engine.tidy_up, name="tidy", daemon=True).start()


def _answer(request: Solve, engine: Engine, warming: _Warming, desk: _Desk, outbox: _Outbox) -> Answer:
    """Do one job; whatever goes wrong in it becomes an answer too."""
    revisions = _Revisions(request, desk)
    reporter = _Reporter(request, revisions, outbox)
    part: dict[str, Any] = (
        {"scope": request.scope} if request.scope.kind is not Kind.EVERYTHING else {"changed": revisions.newer}
    )
    try:
        warming.prepare(request.problem)
        result = engine.solve(
            request.problem,
            seconds=request.seconds,
            seed=request.seed,
            initial=request.initial,
            init=request.init,
            rollouts=request.rollouts,
            on_progress=reporter.offer,
            should_stop=lambda: desk.stopped(request.job),
            **part,
        )
    except MemoryError:
        logger.exception("job %d ran out of memory", request.job)
        return Failed(request.job, Failure.MEMORY)
    except Exception:  # the process must outlive any mistake of the search
        logger.exception("job %d failed", request.job)
        return Failed(request.job, Failure.ERROR)
    finally:
        reporter.close()
    best = Best(
        request.job,
        result.solution,
        result.report,
        result.elapsed,
        request.seconds,
        result.iterations,
        result.first,
        revisions.of(result.problem),
    )
    return Finished(best, desk.stopped(request.job))


class _Outbox:
    """The sending end, for several threads."""

    def __init__(self, connection: Channel):
        self._connection = connection
        self._lock = threading.Lock()

    def send(self, answer: Answer) -> None:
        with self._lock:
            try:
                send(self._connection, answer)
            except OSError:  # the window is gone, so nobody is left to work for
                os._exit(0)


class _Desk:
    """Takes requests in while the search is busy: jobs wait in line, stops and changed problems count at once."""

    def __init__(self, connection: Channel):
        self._connection = connection
        self._jobs: SimpleQueue[Solve] = SimpleQueue()
        self._stopped = 0
        self._update: Update | None = None
        threading.Thread(target=self._listen, name="listener", daemon=True).start()

    def waiting(self) -> bool:
        """Whether there is a job to do."""
        return not self._jobs.empty()

    def next(self) -> Solve:
        """Wait for the next job."""
        return self._jobs.get()

    def stopped(self, job: int) -> bool:
        """Whether a job is to end."""
        return job <= self._stopped

    def update(self, job: int) -> Update | None:
        """The newest change of a job's problem, None when there is none."""
        update = self._update
        return update if update is not None and update.job == job else None

    def _listen(self) -> None:
        known = Known()
        while True:
            try:
                request = receive(self._connection, known)
            except (EOFError, OSError):
                request = Shutdown()
            match request:
                case Solve(job=job):
                    self._stopped = max(self._stopped, job - 1)
                    self._jobs.put(request)
                case Update():
                    self._update = request
                case Stop(job=job):
                    self._stopped = max(self._stopped, job)
                case Shutdown():
                    # Nothing has to be put in order, and the main thread may be deep in a compilation.
                    os._exit(0)


class _Revisions:
    """Knows the problems that a job has had, and which is which."""

    def __init__(self, request: Solve, desk: _Desk):
        self._job, self._desk = request.job, desk
        self._newest = 0
        # A problem that nobody works on or reports about any more need not be kept.
        self._number: WeakKeyDictionary[Problem, int] = WeakKeyDictionary({request.problem: 0})

    def newer(self) -> Problem | None:
        """Return the problem as it is now, if it has changed since this was last asked."""
        update = self._desk.update(self._job)
        if update is None or update.revision <= self._newest:
            return None
        self._newest = self._number[update.problem] = update.revision
        return update.problem

    def of(self, problem: Problem) -> int:
        """Return the number of a problem that the search has been given."""
        return self._number[problem]


class _Reporter:
    """Sends the newest solution of one job: the first of a problem at once, later ones as often as is reasonable."""

    def __init__(self, request: Solve, revisions: _Revisions, outbox: _Outbox):
        self._request = request
        self._revisions = revisions
        self._outbox = outbox
        self._newest: Progress | None = None
        self._closed = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="reporter", daemon=True)
        self._thread.start()

    def offer(self, progress: Progress) -> None:
        """Take a solution to be sent, unless a newer one comes before its turn."""
        with self._changed:
            self._newest = progress
            self._changed.notify()

    def close(self) -> None:
        """Send nothing any more; when this returns, nothing is on its way either."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while (progress := self._next()) is not None:
            begun = time.perf_counter()
            report = check(progress.problem, progress.solution)
            self._outbox.send(
                Best(
                    self._request.job,
                    progress.solution,
                    report,
                    progress.elapsed,
                    self._request.seconds,
                    progress.iterations,
                    progress.first,
                    self._revisions.of(progress.problem),
                )
            )
            taken = time.perf_counter() - begun
            with self._changed:
                self._changed.wait_for(partial(self._urgent, progress.problem), max(INTERVAL, taken / SHARE) - taken)

    def _urgent(self, reported: Problem) -> bool:
        """Whether what is next cannot wait: the end, or the first solution of a problem that has changed."""
        return self._closed or (self._newest is not None and self._newest.problem is not reported)

    def _next(self) -> Progress | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._newest is not None)
            progress, self._newest = self._newest, None
            return None if self._closed else progress
