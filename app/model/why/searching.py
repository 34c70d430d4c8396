"""Answers that need searches, apart from who does the searches.

An answer is a generator: it yields a `Search` and is sent what was `Found`, yields a `Progress` whenever more is known,
and returns the `Explanation`. It never waits and knows no thread, process or clock.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

from app.model.patch import State
from app.model.plan import Lock, Plan
from app.model.why.explanation import Explanation
from solver.problem import Problem, Report, Rule
from solver.problem.scope import Scope


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """A search that an answer waits for.

    Parameters
    ----------
    state
        The scenario, and the plan whose locks bind the search.
    problem
        What these compile to, with the locks: see `app.model.locks.with_plan`.
    start
        A plan to begin with; None begins with nothing.
    seconds
        Time limit.
    scope
        What may change of ``start``.
    """

    state: State
    problem: Problem
    start: Plan | None
    seconds: float
    scope: Scope = field(default_factory=Scope.everything)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search has found: a plan over `Search.state`, and what `solver.problem.check` says of it."""

    plan: Plan
    report: Report

    def keeps(self, locks: Mapping[str, Lock]) -> bool:
        """Whether everybody whom the search was bound by is served where a lock holds them.

        Where rules contradict locks, a search may leave out who is locked: a plan of that kind answers no question.
        """
        return locks.keys() <= self.plan.served and not any(one.rule is Rule.LOCK for one in self.report.violations)


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """How far an answer is.

    Parameters
    ----------
    done, of
        Searches.
    so_far
        What is known already, None when nothing is.
    """

    done: int
    of: int
    so_far: Explanation | None = None


Answering = Generator[Search | Progress, Found | None, Explanation]
"""What answers a question; a `Progress` is answered with None."""


def answer_with(answering: Answering, find: Callable[[Search], Found]) -> Explanation:
    """Run an answer to its end.

    Parameters
    ----------
    answering
        The answer.
    find
        Does a search, and returns when that has ended.
    """
    found: Found | None = None
    while True:
        try:
            step = answering.send(found)
        except StopIteration as end:
            explanation: Explanation = end.value
            return explanation
        found = find(step) if isinstance(step, Search) else None
