"""Answers without an engine: its searches move one customer at a time, as long as that helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.model.compile import compile_scenario
from app.model.evaluation import to_plan, to_solution
from app.model.patch import State
from app.model.prices import Outcome
from app.model.why.answers import answer
from app.model.why.explanation import Explanation
from app.model.why.questions import Question
from app.model.why.searching import Found, Search, answer_with
from solver.problem import Problem, Route, Solution, check


def explain(question: Question, state: State, find: Callable[[Search], Found] | None = None) -> Explanation:
    """Return the answer to a question."""
    return answer_with(answer(question, state, compile_scenario(state.scenario)), find or descend)


def descend(search: Search) -> Found:
    """Find a plan by moving one customer at a time as long as that helps."""
    problem = search.problem
    solution = to_solution(problem, search.start) if search.start is not None else Solution(())
    best = _outcome(problem, solution)
    while True:
        found = min(((_outcome(problem, one), number, one) for number, one in enumerate(_moves(problem, solution))))
        if found[0] >= best:
            plan = to_plan(problem, solution, search.state.plan)
            return Found(plan, check(problem, to_solution(problem, plan)))
        best, _, solution = found


def _outcome(problem: Problem, solution: Solution) -> Outcome:
    return Outcome.of(check(problem, solution))


def _moves(problem: Problem, solution: Solution) -> Iterator[Solution]:
    used = {(route.vehicle_type, route.vehicle) for route in solution.routes}
    homes = []
    for kind in range(problem.vehicles.number):
        free = [v for v in range(int(problem.vehicles.count[kind])) if (kind, v) not in used]
        homes += [Route(kind, (), free[0])] if free else []
    for client in range(problem.clients.number):
        rest = [
            Route(route.vehicle_type, tuple(c for c in route.clients if c != client), route.vehicle)
            for route in (*solution.routes, *homes)
        ]
        for index, route in enumerate(rest):
            for place in range(len(route.clients) + 1):
                clients = (*route.clients[:place], client, *route.clients[place:])
                moved = [*rest]
                moved[index] = Route(route.vehicle_type, clients, route.vehicle)
                yield Solution(tuple(one for one in moved if one.clients))
