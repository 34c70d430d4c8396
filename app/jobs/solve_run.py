"""What there is to know about a solve: where it is, what it may change, how it goes and why it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from app.model.patch import State
from app.model.plan import Plan
from solver.init import FirstPlan
from solver.messages import Best
from solver.problem import Problem
from solver.problem.scope import Scope


class SolveState(Enum):
    """Where a solve is."""

    IDLE = auto()
    PREPARING = auto()  # the problem is compiled and sent; the engine may still be loading
    SOLVING = auto()  # there are routes
    STOPPING = auto()


class Ending(StrEnum):
    """Why a solve ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    EDITED = "edited"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sample:
    """One point of the cost curve.

    Parameters
    ----------
    elapsed, budget
        Seconds of search so far, and in all.
    cost
        In the scenario's currency.
    feasible
        Whether the plan breaks nothing.
    iterations
        Of the search so far.
    first
        Where the search came from.
    """

    elapsed: float
    budget: float
    cost: float
    feasible: bool
    iterations: int
    first: FirstPlan


@dataclass(frozen=True, slots=True)
class Task:
    """What a solve is for.

    Parameters
    ----------
    scope
        What may change of the present plan.
    keep_weight
        Cost, in the scenario's currency, that is added in the search for each customer on another vehicle than now: how
        much the plan is to be kept as it is.
    proposes
        Whether the result is only proposed; else it is an edit.
    """

    scope: Scope = field(default_factory=Scope.everything)
    keep_weight: float = 0.0
    proposes: bool = False


@dataclass(slots=True, eq=False)
class Run:
    """What is known about the solve in hand.

    Parameters
    ----------
    seconds, seed
        Time limit and random numbers.
    task
        What it is for.
    state
        What is solved: that of the beginning, or of the last edit that the solver has to know of.
    problem
        What it was compiled to; None until it is.
    revision
        How many such edits there have been.
    sent
        Whether the engine has the job.
    best, plan
        The newest answer of the engine about this state, and the newest plan that is shown.
    began
        On the monotonic clock, when there was a first plan.
    ending
        Why it is about to end.
    """

    seconds: float
    seed: int
    task: Task
    state: State
    problem: Problem | None = None
    revision: int = 0
    sent: bool = False
    best: Best | None = None
    plan: Plan = field(default_factory=Plan)
    began: float | None = None
    ending: Ending = Ending.FINISHED
