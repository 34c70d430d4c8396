"""What the engine answers as figures: its routes stand in an order of its own, a plan's in that of the fleet."""

from __future__ import annotations

from dataclasses import replace

from app.model.evaluation import Evaluation, evaluation_of, to_solution
from app.model.plan import Plan
from app.model.scenario import Scenario
from solver.problem import Problem, Report, Solution


def figures_of(
    scenario: Scenario, problem: Problem, plan: Plan, solution: Solution, report: Report, unbound: Problem | None = None
) -> Evaluation:
    """Return the figures of an answer, route by route as the plan has them.

    Parameters
    ----------
    scenario
        Gives the names; it may be newer than the problem.
    problem, solution, report
        What was solved, and the answer.
    plan
        What `app.model.evaluation.to_plan` has made of it.
    unbound
        The same problem without locks, where there may be some.

    Raises
    ------
    KeyError
        If the plan is not of that solution.
    """
    planned = to_solution(problem, plan)
    return evaluation_of(scenario, problem, planned, in_order_of(planned, solution, report), unbound)


def in_order_of(planned: Solution, solution: Solution, report: Report) -> Report:
    """Return the report of a solution for one of the same routes in another order.

    Parameters
    ----------
    planned
        The same routes in the order that is wanted.
    solution, report
        What was checked.

    Raises
    ------
    KeyError
        If the routes are not the same.
    """
    found: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for index, route in enumerate(solution.routes):
        found.setdefault((route.vehicle_type, route.clients), []).append(index)
    order = [found[route.vehicle_type, route.clients].pop(0) for route in planned.routes]
    if order == sorted(order):
        return report
    place = {index: place for place, index in enumerate(order)} | {-1: -1}  # what no route breaks stays at the end
    moved = [replace(one, route=place[one.route]) for one in report.violations]
    moved.sort(key=lambda one: one.route if one.route >= 0 else len(order))
    return replace(report, routes=tuple(report.routes[index] for index in order), violations=tuple(moved))
