"""Solutions in and out of a state: routes of the problem's own kind laid into it, and read out again."""

from __future__ import annotations

import numpy as np

from solver.problem import ANY as SOME_VEHICLE
from solver.problem import Route, Solution
from solver.search.data import Data
from solver.search.figures import refresh, sound
from solver.search.flags import on
from solver.search.kernel import inner, kernel
from solver.search.routes import clear, empty_route
from solver.search.state import ABSENT, State, free_slot, idle_vehicle, link, unlink


def read_solution(data: Data, state: State) -> Solution:
    """Return the routes of a state, in order of slot."""
    routes = []
    named = data.locked or data.told
    following = state.next.tolist()  # a node at a time is ten times as fast without numpy
    for r in np.flatnonzero(state.size).tolist():
        if state.prev[data.n + r] >= 0:
            continue  # a later trip of a vehicle
        stops: list[int] = []
        reloads: list[int] = []
        node = following[data.n + r]
        while node >= 0:
            if node < data.n:
                stops.append(node)
            elif node < data.n + data.slots:
                reloads.append(len(stops))
            node = following[node]
        vehicle = int(data.ordinal[state.vehicle[r]]) if named else SOME_VEHICLE
        routes.append(Route(int(data.kind[r]), tuple(stops), vehicle, tuple(reloads)))
    return Solution.of(routes)


def write_solution(data: Data, state: State, solution: Solution) -> None:
    """Lay a solution into a state.

    A route that breaks a rule keeps only the clients that can be appended one after the other without breaking it;
    the others, those that no slot is left for, and second visits stay absent.
    """
    kinds = np.array([route.vehicle_type for route in solution.routes], dtype=np.int64)
    ends = np.cumsum([len(route.clients) for route in solution.routes], dtype=np.int64)
    stops = np.array([client for route in solution.routes for client in route.clients], dtype=np.int64)
    vehicles = np.array([_vehicle_of(data, route) for route in solution.routes], dtype=np.int64)
    cuts = np.zeros(len(stops), dtype=np.bool_)
    for route, end in zip(solution.routes, ends.tolist(), strict=True):
        cuts[[end - len(route.clients) + at for at in route.reloads]] = True
    lay_routes(data, state, kinds, ends, stops, vehicles, cuts)


def _vehicle_of(data: Data, route: Route) -> int:
    """Return the kernels' number of a route's vehicle, or -1 when any will do."""
    first, last = data.first_vehicle[route.vehicle_type : route.vehicle_type + 2]
    found = np.flatnonzero((data.ordinal[first:last] == route.vehicle) & (route.vehicle >= 0))
    return int(first + found[0]) if len(found) else -1


@kernel
def lay_routes(data, state, kinds, ends, stops, vehicles, cuts):
    """Lay routes into a cleared state; see `write_solution`.

    Parameters
    ----------
    kinds, ends
        Shape ``(routes,)``: vehicle type, and where in ``stops`` the next route begins.
    stops
        Clients of all routes, one after the other.
    vehicles
        Shape ``(routes,)``: vehicle, or -1 when any will do.
    cuts
        Shape of ``stops``: whether the vehicle is loaded anew before.
    """
    clear(data, state)
    if on(data.whole):
        for named in range(1, -1, -1):
            begin = 0
            for i in range(len(kinds)):
                if (vehicles[i] >= 0) == (named == 1):
                    _lay_vehicle(data, state, kinds[i], vehicles[i], stops[begin : ends[i]], cuts[begin : ends[i]])
                begin = ends[i]
        return
    begin = 0
    for i in range(len(kinds)):
        r = free_slot(data, state, kinds[i])
        if r >= 0:
            _append(data, state, r, stops[begin : ends[i]], False)
            if not sound(data, state, r):
                empty_route(data, state, r)
                _append(data, state, r, stops[begin : ends[i]], True)
        begin = ends[i]


@inner
def _lay_vehicle(data, state, k, v, stops, cuts):
    if v < 0:
        v = idle_vehicle(data, state, k)
    if v < 0 or state.trips[v] > 0:
        return
    _append_trips(data, state, k, v, stops, cuts, False)
    if not _sound(data, state, v):
        while state.trips[v] > 0:
            empty_route(data, state, (state.head[v] if data.trips else data.n + v) - data.n)
        _append_trips(data, state, k, v, stops, cuts, True)


@inner
def _sound(data, state, v):
    if state.trips[v] == 0:
        return True
    node = state.head[v] if data.trips else data.n + v
    while node >= 0:
        if not sound(data, state, node - data.n):
            return False
        node = state.next[data.slots + node]
    return True


@inner
def _append_trips(data, state, k, v, stops, cuts, choosy):
    last, node, fresh = -1, -1, True
    for i in range(len(stops)):
        c = stops[i]
        fresh = fresh or (cuts[i] and data.trips > 0)
        if state.route[c] != ABSENT or not data.allowed[c, k]:
            continue
        if data.group[c] >= 0 and state.chosen[data.group[c]] >= 0:
            continue
        r = last
        if fresh:
            if data.trips and state.free_count[k] == 0:
                return
            r = state.free[data.first_slot[k] + state.free_count[k] - 1] if data.trips else v
            state.plan[r, 0], state.plan[r, 1] = v, last
            node = data.n + r
        link(data, state, c, node)
        refresh(data, state, r)
        if choosy and not sound(data, state, r):
            unlink(data, state, c)
            refresh(data, state, r)
            continue
        last, node, fresh = r, c, False


@inner
def _append(data, state, r, stops, choosy):
    node = data.n + r
    for c in stops:
        if state.route[c] != ABSENT or not data.allowed[c, data.kind[r]]:
            continue
        link(data, state, c, node)
        if choosy:
            refresh(data, state, r)
            if not sound(data, state, r):
                unlink(data, state, c)
                refresh(data, state, r)
                continue
        node = c
    refresh(data, state, r)
