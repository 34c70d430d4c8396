"""Whole routes: emptying a state, laying routes into it, reading them out again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.problem import ANY as SOME_VEHICLE
from solver.problem import Route, Solution
from solver.search.data import Data
from solver.search.figures import holds, refresh, roadworthy
from solver.search.flags import on
from solver.search.kernel import inner, kernel
from solver.search.state import (
    ABSENT,
    ABSENT_COUNT,
    COST,
    ELSEWHERE,
    MEMBERS,
    State,
    free_slot,
    idle_vehicle,
    link,
    unlink,
)


def make_state(data: Data, rng: NDArray[np.uint64]) -> State:
    """Return a state with every client absent."""
    n, slots = data.n, data.slots
    nodes = n + 2 * slots
    dims = data.delivery.shape[1]
    vehicles = int(data.first_vehicle[-1])
    state = State(
        next=np.empty(nodes, np.int32),
        prev=np.empty(nodes, np.int32),
        route=np.empty(nodes, np.int32),
        onward=np.zeros(nodes, np.int32),
        ride=np.zeros(nodes, np.int32),
        size=np.zeros(slots, np.int32),
        route_load=np.zeros((slots, dims, 2), np.int64),
        room=np.zeros(slots, np.int64),
        length=np.zeros(slots, np.int64),
        duration_share=np.zeros(slots),
        route_cost=np.zeros(slots),
        time=np.zeros((nodes, 8), np.int64),
        load=np.zeros((nodes, dims, 6), np.int64),
        metres=np.zeros((nodes, 2), np.int64),
        liking=np.zeros((nodes, 2)),
        position=np.zeros(nodes, np.int32),
        free=np.zeros(slots, np.int32),
        free_at=np.zeros(slots, np.int32),
        free_count=np.zeros(len(data.profile), np.int32),
        member=np.arange(n, dtype=np.int32),
        absent=np.zeros(n, np.int32),
        absent_at=np.zeros(n, np.int32),
        log=np.zeros((4 * n + 64, 2), np.int32),
        stamp=np.zeros(slots, np.int64),
        touched=np.zeros(slots, np.int32),
        pool=np.zeros(n + 1, np.int32),
        pool_key=np.zeros(n + 1),
        number=np.zeros(8, np.int64),
        vehicle=np.zeros(slots, np.int32),
        head=np.zeros(vehicles, np.int32),
        trips=np.zeros(vehicles, np.int32),
        stops=np.zeros(vehicles, np.int32),
        travelled=np.zeros(vehicles, np.int64),
        seconds=np.zeros(vehicles, np.int64),
        displaced=np.zeros(vehicles, np.int64),
        idle=np.zeros(vehicles, np.int32),
        idle_at=np.zeros(vehicles, np.int32),
        idle_count=np.zeros(len(data.profile), np.int32),
        plan=np.zeros((slots, 2), np.int32),
        offer=np.zeros(2, np.int32),
        undo_plan=np.zeros((4 * n + 64, 2), np.int32),
        seen=np.zeros(slots, np.int64),
        goods=np.zeros(slots, np.int64),
        chain=np.zeros((slots, 6), np.int64),
        chosen=np.zeros(len(data.group_first) - 1, np.int32),
        speaker=np.zeros(len(data.group_first) - 1, np.int32),
        amount=np.zeros(2),
        best=np.empty(nodes, np.int32),
        rng=rng,
    )
    clear(data, state)
    return state


@kernel
def clear(data, state):
    """Take every client out of every route."""
    n, slots = data.n, data.slots
    for r in range(slots):
        start, end = n + r, n + slots + r
        state.next[start], state.prev[end] = end, start
        state.next[end], state.prev[start] = -1, -1
        state.route[start] = state.route[end] = r
        state.size[r] = state.onward[start] = state.ride[start] = 0
        for d in range(data.delivery.shape[1]):
            state.route_load[r, d, 0] = state.route_load[r, d, 1] = 0
        state.length[r] = 0
        state.room[r] = data.capacity[data.kind[r], 0]
        state.duration_share[r] = state.route_cost[r] = 0.0
        state.stamp[r] = 0
    for k in range(len(data.profile)):
        first, last = data.first_slot[k], data.first_slot[k + 1]
        state.free_count[k] = last - first
        for i in range(last - first):
            state.free[first + i] = last - 1 - i
            state.free_at[last - 1 - i] = i
    for entry in range(len(state.number)):
        state.number[entry] = 0
    state.amount[COST] = 0.0
    for c in range(n):
        state.next[c] = state.prev[c] = state.absent_at[c] = -1
        state.route[c] = ELSEWHERE
    for c in range(n):
        look_after(data, state, c)
    if on(data.whole):
        _clear_vehicles(data, state)
    for r in range(slots):
        refresh(data, state, r)


@inner
def look_after(data, state, c):
    """Take a client in, absent, that was elsewhere."""
    state.member[state.number[MEMBERS]] = c
    state.number[MEMBERS] += 1
    state.route[c] = ABSENT
    if on(data.whole) and data.group[c] >= 0:
        g = data.group[c]
        state.chosen[g] = -1
        state.speaker[g] = data.group_member[data.group_first[g]]
        if state.speaker[g] != c:
            return
    state.absent[state.number[ABSENT_COUNT]] = c
    state.absent_at[c] = state.number[ABSENT_COUNT]
    state.number[ABSENT_COUNT] += 1
    state.amount[COST] += data.absent_cost[c]


@kernel
def hold_part(data, state, successor, part_of_slot, part_of_client, part):
    """Lay one part of some routes into a state, which then looks after these alone.

    Parameters
    ----------
    successor
        Successors of all routes, shape ``(nodes,)``.
    part_of_slot, part_of_client
        Shapes ``(slots,)`` and ``(clients,)``; of the clients, only those that are in no route matter.
    part
        The part to hold.
    """
    n = data.n
    clear(data, state)
    state.number[MEMBERS] = state.number[ABSENT_COUNT] = 0
    state.amount[COST] = 0.0
    for c in range(n):
        state.route[c], state.absent_at[c] = ELSEWHERE, -1
        if part_of_client[c] == part:
            look_after(data, state, c)
    for k in range(len(data.profile)):
        first = data.first_slot[k]
        count = 0
        for r in range(data.first_slot[k + 1] - 1, first - 1, -1):
            state.free_at[r] = -1
            if part_of_slot[r] == part:
                state.free[first + count], state.free_at[r] = r, count
                count += 1
        state.free_count[k] = count
    for r in range(data.slots):
        if part_of_slot[r] == part:
            _follow(data, state, r, successor)


@inner
def _follow(data, state, r, successor):
    node = data.n + r
    c = successor[node]
    while c < data.n:
        link(data, state, c, node)
        node = c
        c = successor[c]
    if state.size[r] > 0:
        refresh(data, state, r)


@inner
def _clear_vehicles(data, state):
    for k in range(len(data.profile)):
        first, last = data.first_vehicle[k], data.first_vehicle[k + 1]
        state.idle_count[k] = last - first
        for i in range(last - first):
            v = last - 1 - i
            state.idle[first + i], state.idle_at[v] = v, i
            state.head[v] = -1
            state.trips[v] = state.stops[v] = 0
            state.travelled[v] = state.seconds[v] = state.displaced[v] = 0
        for r in range(data.first_slot[k], data.first_slot[k + 1]):
            state.vehicle[r] = first if data.trips else r
    for r in range(data.slots):
        state.plan[r, 0] = state.plan[r, 1] = -1
        state.seen[r] = state.goods[r] = 0


@inner
def drop_route(data, state, r):
    """Take every client out of a route; `refresh` of the route is the caller's duty."""
    c = state.next[data.n + r]
    while c < data.n:
        after = state.next[c]
        unlink(data, state, c)
        c = after


@inner
def empty_route(data, state, r):
    """Take every client out of a route, and refresh it."""
    drop_route(data, state, r)
    refresh(data, state, r)


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
            if not (holds(data, state, r) and roadworthy(data, state, r)):
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
        if not (holds(data, state, node - data.n) and roadworthy(data, state, node - data.n)):
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
        if choosy and not (holds(data, state, r) and roadworthy(data, state, r)):
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
            if not (holds(data, state, r) and roadworthy(data, state, r)):
                unlink(data, state, c)
                refresh(data, state, r)
                continue
        node = c
    refresh(data, state, r)


@kernel
def copy_routes(data, state, successor):
    """Lay routes given as successors (the ``next`` array of another state) into this one."""
    clear(data, state)
    if on(data.whole) and data.trips:
        _copy_trips(data, state, successor)
        return
    for r in range(data.slots):
        _follow(data, state, r, successor)


@inner
def _copy_trips(data, state, successor):
    """Lay routes of several trips: the end of a trip leads to the next one, that of the last to ``-2 - vehicle``."""
    n, slots = data.n, data.slots
    later = np.zeros(slots, np.bool_)
    for r in range(slots):
        if successor[n + slots + r] >= 0:
            later[successor[n + slots + r] - n] = True
    for first in range(slots):
        if later[first] or successor[n + first] >= n:
            continue
        end = n + slots + first
        while successor[end] >= 0:
            end = successor[end] + slots
        v, r, before = -2 - successor[end], first, -1
        while r >= 0:
            state.plan[r, 0], state.plan[r, 1] = v, before
            node = n + r
            c = successor[node]
            while c < n:
                link(data, state, c, node)
                node = c
                c = successor[c]
            refresh(data, state, r)
            before, r = r, successor[n + slots + r] - n


@inner
def true_cost(data, state):
    """The cost from scratch: routes, and absent clients at their price."""
    total = 0.0
    for r in range(data.slots):
        if state.size[r] > 0:
            refresh(data, state, r)
            total += state.route_cost[r]
    for i in range(state.number[ABSENT_COUNT]):
        total += data.absent_cost[state.absent[i]]
    return total
