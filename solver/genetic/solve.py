"""One solve: from a problem and a budget to the best solution found, with word of progress on the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from solver.genetic.evolution import Evolution
from solver.genetic.founding import Founding
from solver.genetic.living import Changes, Habitat
from solver.genetic.population import Individual
from solver.genetic.schedule import Budget
from solver.init import ROLLOUTS, FirstPlan, Init
from solver.problem import Problem, Report, Solution, check
from solver.problem.carry import carry
from solver.problem.scope import Kind, Part, Scope, part_of


@dataclass(frozen=True, slots=True)
class Progress:
    """The best so far.

    Parameters
    ----------
    solution
        Its routes.
    elapsed
        Seconds since the solve began.
    iterations
        Ruins and recreations so far, all islands together.
    problem
        What it solves: the newest, where the problem changes on the way.
    first
        Where the search came from.
    """

    solution: Solution
    elapsed: float
    iterations: int
    problem: Problem
    first: FirstPlan

    def report(self) -> Report:
        """Check the solution: cost by part and all else. It takes a while; do it in a thread of your own."""
        return check(self.problem, self.solution)


@dataclass(frozen=True, slots=True)
class Result:
    """What a solve came to.

    Parameters
    ----------
    solution, report
        The best solution, and what `check` says of it.
    elapsed
        Seconds in all.
    first
        Where the search came from.
    iterations
        Ruins and recreations, all islands together.
    problem
        What it solves: the newest, where the problem changed on the way.
    """

    solution: Solution
    report: Report
    elapsed: float
    first: FirstPlan
    iterations: int
    problem: Problem


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    initial: Solution | None = None,
    scope: Scope | None = None,
    init: Init = Init.AUTO,
    rollouts: int = ROLLOUTS,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    changed: Callable[[], Problem | None] | None = None,
) -> Result:
    """Search for a good solution.

    Parameters
    ----------
    problem
        What to solve.
    seconds, iterations
        The budget: wall-clock time, or ruins and recreations per island; with both, whichever ends first.
    seed
        With ``iterations`` and ``threads`` alike, the same seed gives the same answer.
    threads
        Islands, one a core; all cores by default.
    initial
        Where to start from, feasible or not: routes that break a rule keep what of them does not, and whom that leaves
        out is inserted. The answer is never worse than that.
    scope
        What may change of ``initial``; everything by default.
    init, rollouts
        What builds the first plans where none is given, and how many rollouts of the policy there are at most.
    on_progress
        Called for the first solution at once, then for improvements at most ten times a second.
    should_stop
        Asked at least every 20 ms.
    changed
        Asked as often; returns the problem as it is now if it has changed since it was last asked, else None. The
        plans found so far are repaired for it (see `solver.problem.carry`), and the rest of the budget goes to it.

    Raises
    ------
    ValueError
        If no budget or no rollout is given, if a part is to be solved of a plan that is not given, or if the problem is
        to change while only a part is solved.
    IndexError
        If ``initial`` or ``scope`` names what there is not.
    """
    budget = Budget(seconds, iterations)
    init = Init(init)  # a name will do
    scope = scope or Scope.everything()
    if changed is not None and scope.kind is not Kind.EVERYTHING:
        raise ValueError("a problem can change only while all of it is solved")
    if rollouts < 1:
        raise ValueError("a policy needs at least one rollout")
    part = part_of(problem, initial, scope)
    changes = Changes(changed or (lambda: None))
    islands = threads or os.cpu_count() or 1
    stopped = should_stop or (lambda: False)

    def tell(habitat: Habitat, first: FirstPlan, individual: Individual) -> None:
        if on_progress is not None:
            plan = habitat.plan_of(individual)
            on_progress(Progress(plan, budget.elapsed, budget.done * islands, problem, first))

    def interrupted() -> bool:
        return stopped() or changes.waiting()

    settlers, warm = [] if part.initial is None else [part.initial], False
    first: FirstPlan | None = None
    while True:
        habitat = Habitat(part, seed, islands, Founding(init, rollouts, seed, seconds, iterations), warm=warm)
        best = habitat.found(settlers[0] if settlers else None)
        first = first or FirstPlan(habitat.init, budget.elapsed)
        tell(habitat, first, best)
        best = habitat.settle(settlers[1:], interrupted)
        if not habitat.barren:
            best = Evolution(habitat, budget, seed, partial(tell, habitat, first), interrupted).run()
        news = changes.take()
        if news is None:
            break
        settlers, warm = [carry(plan, problem, news) for plan in habitat.emigrants(best)], True
        problem, part = news, Part(news, None)
        budget.start_anew()
    solution = habitat.plan_of(best)
    report = check(problem, solution)
    return Result(solution, report, budget.elapsed, first, budget.done * islands, problem)
