"""What the kernel tests share: filled states, their cost by the plain check, and doors to kernels without a wrapper."""

from __future__ import annotations

import math

import numpy as np

from solver.problem import Problem, Report, Route, Rule, Solution, check
from solver.search.data import Data, make_data
from solver.search.evaluate import joined_cost, walked_cost
from solver.search.figures import holds, refresh
from solver.search.insert_all import insert_all
from solver.search.kernel import kernel
from solver.search.laying import read_solution
from solver.search.openings import ANY
from solver.search.places import fits_route, insertion_cost
from solver.search.rng import make_rng
from solver.search.routes import make_state, true_cost
from solver.search.state import State, link, unlink


def filled(problem: Problem, seed: int) -> tuple[Data, State]:
    """Return a problem's data and a state with whatever greedy insertion can serve."""
    data = make_data(problem)
    state = make_state(data, make_rng(seed))
    insert_all(data, state, 0.1, ANY)
    return data, state


def checked_cost(problem: Problem, data: Data, state: State) -> float:
    """Return the state's cost as the plain check has it, absent clients at the search's price."""
    report = check(problem, read_solution(data, state))
    return routes_cost(report) + sum(float(data.absent_cost[c]) for c in report.unserved)


def routes_cost(report: Report) -> float:
    """Return what the routes of a report cost."""
    return sum(route.costs.total for route in report.routes)


def broken_rules(problem: Problem, solution: Solution) -> set[Rule]:
    """Return what is broken, required clients left out aside."""
    return {violation.rule for violation in check(problem, solution).violations} - {Rule.UNSERVED}


def route_cost(problem: Problem, vehicle_type: int, clients: list[int]) -> float:
    """Return the cost of one route by the plain check; infinite when it breaks a rule."""
    solution = Solution((Route(vehicle_type, tuple(clients)),)) if clients else Solution()
    broken = broken_rules(problem, solution)
    return math.inf if broken else routes_cost(check(problem, solution))


def stops_of(data: Data, state: State, slot: int) -> list[int]:
    """Return the clients of a slot, in order."""
    stops, node = [], int(state.next[data.n + slot])
    while node < data.n:
        stops.append(node)
        node = int(state.next[node])
    return stops


@kernel
def call_fits_route(data, state, c, r):
    return fits_route(data, state, c, r)


@kernel
def call_insertion_cost(data, state, c, u):
    return insertion_cost(data, state, c, u, np.inf)


@kernel
def call_joined_cost(data, state, k, a, one, two, three, b):
    chain = (np.int64(one), np.int64(two), np.int64(three))
    return joined_cost(data, state, k, a, chain, b, np.inf)


@kernel
def call_walked_cost(data, k, start, end, stops):
    return walked_cost(data, k, start, end, stops)


@kernel
def call_link(data, state, c, u):
    link(data, state, c, u)
    refresh(data, state, state.route[c])


@kernel
def call_unlink(data, state, c):
    r = state.route[c]
    unlink(data, state, c)
    refresh(data, state, r)


@kernel
def call_holds(data, state, r):
    return holds(data, state, r)


@kernel
def call_true_cost(data, state):
    return true_cost(data, state)
