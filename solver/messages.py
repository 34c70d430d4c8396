"""What the window's process and the engine's process say to each other; see `solver.worker`.

Jobs are numbered by the sender and only ever grow, so an answer to an older question is told from a newer one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from solver.init import ROLLOUTS, FirstPlan, Init
from solver.problem import Problem, Report, Solution
from solver.problem.scope import Scope


@dataclass(frozen=True, slots=True, eq=False)
class Solve:
    """Please solve; a job that is still running ends first, as if it had been stopped.

    Parameters
    ----------
    job
        Number of the job, larger than any before.
    problem
        What to solve.
    seconds
        Time limit of the search.
    seed
        Of the random numbers.
    initial
        A solution to start from, of this very problem, feasible or not, or None.
    scope
        What of it may change.
    init, rollouts
        What builds the first plans where none is given, and how many rollouts of the policy there are at most.
    """

    job: int
    problem: Problem
    seconds: float
    seed: int = 1
    initial: Solution | None = None
    scope: Scope = field(default=Scope.everything())
    init: Init = Init.AUTO
    rollouts: int = ROLLOUTS


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """The problem of a job has changed; its search goes on with what it has found, in the time that is left.

    The newest counts. One that comes when the job has ended, or for a job that solves a part only, is not heard: the
    answers say by their revision which problem they are about.

    Parameters
    ----------
    job
        Number of the job, running or waiting.
    problem
        What to solve from now on; clients and vehicle types are matched by their ids.
    revision
        Number of the change, 1 or more, larger than any before of this job.
    """

    job: int
    problem: Problem
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Stop:
    """Please end this job, and every older one, with the best that it has."""

    job: int


@dataclass(frozen=True, slots=True)
class Shutdown:
    """Please exit. So does a worker whose pipe is closed."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine is loaded and its kernels are compiled.

    Parameters
    ----------
    seconds
        How long that took.
    """

    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The best solution of a running job so far, or the one that it ended with.

    Parameters
    ----------
    job
        Number of the job.
    solution
        The routes.
    report
        What `solver.problem.check` says of them.
    elapsed
        Seconds of search when it was found, or when the search ended.
    budget
        Time limit of the search, seconds.
    iterations
        Done so far.
    first
        Where the search came from.
    revision
        Which problem it is of: 0 is the one of `Solve`, others are those of `Update`.
    """

    job: int
    solution: Solution
    report: Report
    elapsed: float
    budget: float
    iterations: int
    first: FirstPlan
    revision: int = 0

    @property
    def cost(self) -> float:
        """Cost of the solution, in cost units."""
        return self.report.costs.total

    @property
    def feasible(self) -> bool:
        """Whether the solution breaks nothing."""
        return self.report.feasible


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A job has ended: its time was up, or it was stopped.

    Parameters
    ----------
    best
        What it ended with.
    stopped
        Whether it ended before its time because it was asked to.
    """

    best: Best
    stopped: bool

    @property
    def job(self) -> int:
        """Number of the job."""
        return self.best.job


class Failure(Enum):
    """Why a job has no answer."""

    MEMORY = auto()  # there was not enough for a problem of this size
    ERROR = auto()  # one that the solver could not deal with; it is in the log


@dataclass(frozen=True, slots=True)
class Failed:
    """A job has ended without an answer; the worker is well and takes the next one.

    Parameters
    ----------
    job
        Number of the job.
    why
        The cause; the whole of it is in the log.
    """

    job: int
    why: Failure


Request = Solve | Update | Stop | Shutdown
"""What the window's process sends."""

Answer = Ready | Best | Finished | Failed
"""What the engine's process sends."""
