"""The window's side of the engine: solve, stop, progress, and what happens when the engine's process dies."""

from __future__ import annotations

import logging
from itertools import count

from PySide6.QtCore import QObject, Qt, Signal

from app.jobs.worker_link import Gone, WorkerLink
from app.jobs.worker_process import MakeProcess, Serve, SpawnedProcess
from app.language import tr
from solver import worker
from solver.init import ROLLOUTS, Init
from solver.messages import Best, Failed, Failure, Finished, Ready, Request, Solve, Stop, Update
from solver.problem import Problem, Solution
from solver.problem.scope import Scope

logger = logging.getLogger(__name__)

_FAILED = {
    Failure.MEMORY: tr("There was not enough memory to solve a problem of this size."),
    Failure.ERROR: tr("The solver met an error that it could not deal with. Details are in Help > Crash Reports."),
}


class SolverClient(QObject):
    """Solves problems in a process that is kept warm, one at a time; no method but `shutdown` ever waits for it.

    Parameters
    ----------
    parent
        Owner.
    serve
        What the process runs; tests put an engine of their own there.
    make_process
        The way in which processes are started. Where another way than the usual one fails, the usual one takes over.

    Signals
    -------
    ready()
        The engine is loaded; the next solve starts at once.
    progress(solver.messages.Best)
        A better solution of the running job, at most ten times a second.
    finished(solver.messages.Finished)
        The job has ended, by itself or because it was stopped.
    failed(str)
        The job has ended without an answer; a sentence for the user.
    freed()
        A job that nobody wants to hear of any more has been given up: the next can begin.
    died(str)
        The process has ended unasked, with the job if there was one; a sentence for the user. The next `solve` starts
        a new one.
    fell_back(str)
        Another way than the usual one to start the process has failed, and from now on it is done the usual way; a
        sentence for the user, or "" where `died` has told. A job that waited for the process begins there.
    job_broke(str)
        A job has met an error; what the process has written down of it, for whoever puts it right.
    process_broke(object, str)
        The process has ended unasked, whatever becomes of that; its exit code as in `Gone`, and what it has written.
    """

    ready = Signal()
    progress = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    freed = Signal()
    died = Signal(str)
    fell_back = Signal(str)
    job_broke = Signal(str)
    process_broke = Signal(object, str)

    _arrived = Signal(object, object)  # link, answer

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        serve: Serve = worker.serve,
        make_process: MakeProcess = SpawnedProcess,
    ) -> None:
        super().__init__(parent)
        self._serve = serve
        self._make_process = self._made_by = make_process
        self._link: WorkerLink | None = None
        self._killed = False  # by us, which says nothing against the way it was started
        self._dropped: list[WorkerLink] = []
        self._asked: list[Request] = []  # of the running job, as long as nobody has answered
        self._warm = False
        self._heard = False  # whether the process has answered anything: it does jobs before all of it is loaded
        self._jobs = count(1)
        self._job: int | None = None
        # Emitted in the link's reader thread; queued, so that everything else happens in the thread of the window.
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def warm(self) -> bool:
        """Whether there is a process whose engine is loaded."""
        return self._warm

    @property
    def job(self) -> int | None:
        """The running job."""
        return self._job

    @property
    def pid(self) -> int | None:
        """Number of the engine's process, None when there is none (yet)."""
        return self._link.pid if self._link else None

    def start(self) -> None:
        """Start the process and load the engine in the background; does nothing when that has been done."""
        if self._link is None:
            self._made_by, self._killed, self._heard = self._make_process, False, False
            self._link = WorkerLink(self._serve, self._arrived.emit, self._make_process)
            self._link.open()

    @property
    def make_process(self) -> MakeProcess:
        """The way in which processes are started."""
        return self._make_process

    def run_by(self, make_process: MakeProcess) -> None:
        """Start processes another way; one that is there makes room at once, or when its job is done.

        Parameters
        ----------
        make_process
            The way.
        """
        self._make_process = make_process
        if self._link is not None and self._job is None:
            self._make_room()
            self.start()

    def solve(
        self,
        problem: Problem,
        seconds: float,
        seed: int = 1,
        initial: Solution | None = None,
        init: Init = Init.AUTO,
        rollouts: int = ROLLOUTS,
        scope: Scope | None = None,
    ) -> int:
        """Start a job; one that is still running ends unheard.

        Parameters
        ----------
        problem
            What to solve.
        seconds
            Time limit of the search.
        seed
            Of the random numbers.
        initial
            A solution of ``problem`` to start from.
        init, rollouts
            What builds the first plans where there is none, and how many rollouts of the policy there are at most.
        scope
            What may change of ``initial``; everything when left out.

        Returns
        -------
        int
            Number of the job, as in the messages about it.
        """
        self._make_room()
        self.start()
        self._job, self._asked = next(self._jobs), []
        self._ask(Solve(self._job, problem, seconds, seed, initial, scope or Scope.everything(), init, rollouts))
        return self._job

    def update(self, problem: Problem, revision: int) -> None:
        """Tell the running job that its problem has changed; it goes on with what it has found.

        Parameters
        ----------
        problem
            What to solve from now on; clients and vehicle types are matched by their ids.
        revision
            Number of the change, larger than any before of this job. Answers say which problem they are about.
        """
        if self._link is not None and self._job is not None:
            self._ask(Update(self._job, problem, revision))

    def stop(self) -> None:
        """Ask the running job to end with the best it has; `finished` follows."""
        if self._link is not None and self._job is not None:
            self._ask(Stop(self._job))

    def abandon(self) -> None:
        """End the running job unheard."""
        self.stop()
        if self._job is not None:
            self._job = None
            self.freed.emit()

    def kill(self) -> None:
        """End a process that does not obey; `died` follows."""
        if self._link is not None:
            self._killed = True
            self._link.kill()

    def shutdown(self) -> None:
        """End the process and wait for it; afterwards no thread and no process is left, and no signal comes."""
        link, self._link = self._link, None
        self._job, self._warm = None, False
        for one in (*self._dropped, *([link] if link else [])):
            one.close()
        self._dropped.clear()

    def _ask(self, request: Request) -> None:
        assert self._link is not None
        self._link.send(request)
        if not self._heard:
            self._asked.append(request)

    def _make_room(self) -> None:
        """Drop a process that was started another way than wanted now."""
        if self._link is not None and self._made_by != self._make_process:
            self._link.drop()
            self._dropped.append(self._link)
            self._link, self._warm = None, False

    def _on_arrived(self, link: WorkerLink, answer: object) -> None:
        if link is not self._link:  # sent before it was shut down or dropped
            if isinstance(answer, Gone) and link in self._dropped:
                self._dropped.remove(link)
            return
        if not isinstance(answer, Gone):
            self._heard, self._asked = True, []
        match answer:
            case Ready(seconds=seconds):
                logger.info("the engine was ready after %.1f s", seconds)
                self._warm = True
                self.ready.emit()
            case Best(job=job) if job == self._job:
                self.progress.emit(answer)
            case Finished(job=job) if job == self._job:
                self._job = None
                self.finished.emit(answer)
            case Failed(job=job, why=why) if job == self._job:
                self._job = None
                if why is Failure.ERROR:
                    self.job_broke.emit(link.news())
                self.failed.emit(_FAILED[why])
            case Gone(exit_code=exit_code, written=written):
                if not self._killed:
                    self.process_broke.emit(exit_code, written)
                self._on_gone(exit_code)

    def _on_gone(self, exit_code: int | None) -> None:
        logger.error("the engine's process ended unasked, exit code %s", exit_code)
        solving, started = self._job is not None, self._heard
        self._link, self._warm = None, False
        unusual = self._made_by is not SpawnedProcess and not self._killed
        if unusual and not started:
            self._take_over()
            return
        self._job = None
        if unusual:
            self._make_process = SpawnedProcess
            self.died.emit(
                tr("The solver of the add-on environment ended unexpectedly. The next solve is done without it.")
            )
            self.fell_back.emit("")
        elif not started:
            self.died.emit(tr("The solver could not be started. Details are in Help > Crash Reports."))
        elif solving:
            self.died.emit(tr("The solver ended unexpectedly. The next solve starts a new one."))
        else:
            self.died.emit(tr("The solver ended unexpectedly while it was idle. The next solve starts a new one."))

    def _take_over(self) -> None:
        """Start the usual way, and ask there for what was asked for in vain."""
        self._make_process = SpawnedProcess
        self.start()
        assert self._link is not None
        for request in self._asked:
            self._link.send(request)
        self.fell_back.emit(
            tr("The solver of the add-on environment could not be started, so the program's own is used. Details are "
               "in Help > Crash Reports.")
        )  # fmt: skip
