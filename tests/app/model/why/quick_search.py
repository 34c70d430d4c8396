"""A search that is quick enough to be asked a thousand times: customers move one at a time, while that helps.

Routes are checked one by one and remembered, as `check_route`, `check_fleet` and `check_service` allow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from app.model.evaluation import to_plan, to_solution
from app.model.prices import Outcome
from app.model.why.searching import Found, Search
from solver.problem import Problem, Route, Solution, check, check_fleet, check_route, check_service

MOST_STEPS = 12
"""Moves of a search at most."""

Routes = tuple[Route, ...]


def quick_search(search: Search) -> Found:
    """Return a plan that is at least as good as the one to begin with."""
    problem = search.problem
    routes = to_solution(problem, search.start).routes if search.start is not None else ()
    judge = _Judge(problem)
    best = judge.outcome(routes)
    for _ in range(MOST_STEPS):
        better = next((one for one in _moves(problem, routes) if judge.outcome(one) < best), None)
        if better is None:
            break
        routes, best = better, judge.outcome(better)
    plan = to_plan(problem, Solution(routes), search.state.plan)
    return Found(plan, check(problem, to_solution(problem, plan)))


class _Judge:
    """Tells what plans are worth; each route is walked once."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

        @cache
        def of_route(route: Route) -> Outcome:
            report, broken = check_route(problem, route)
            return Outcome(len(broken), report.costs.total)

        @cache
        def of_service(visits: frozenset[int]) -> Outcome:
            _, left_out, broken = check_service(problem, Counter(visits))
            return Outcome(len(broken), left_out)

        self._of_route, self._of_service = of_route, of_service

    def outcome(self, routes: Routes) -> Outcome:
        """Return what a plan breaks and costs."""
        parts = [self._of_route(route) for route in routes if route.clients]
        parts.append(self._of_service(frozenset(client for route in routes for client in route.clients)))
        fleet = sum(1 for _ in check_fleet(self._problem, Solution(routes)))
        return Outcome(fleet + sum(one.broken for one in parts), sum(one.cost for one in parts))


def _moves(problem: Problem, routes: Routes) -> Iterator[Routes]:
    """Yield every plan in which one customer is somewhere else, those who are left out first."""
    used = {(route.vehicle_type, route.vehicle) for route in routes}
    homes = []
    for kind in range(problem.vehicles.number):
        free = (v for v in range(int(problem.vehicles.count[kind])) if (kind, v) not in used)
        homes += [Route(kind, (), vehicle) for vehicle in (next(free, None),) if vehicle is not None]
    served = {client for route in routes for client in route.clients}
    for client in sorted(range(problem.clients.number), key=served.__contains__):
        rest = [replace(one, clients=tuple(c for c in one.clients if c != client)) for one in (*routes, *homes)]
        for index, route in enumerate(rest):
            for place in range(len(route.clients) + 1):
                clients = (*route.clients[:place], client, *route.clients[place:])
                moved = [*rest]
                moved[index] = replace(route, clients=clients)
                yield tuple(one for one in moved if one.clients)
        if client in served:
            yield tuple(one for one in rest if one.clients)
