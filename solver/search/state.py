"""A solution that the search changes in place: linked routes, with figures of every route's beginning and end.

For each node the state keeps what the route is up to here (its prefix) and from here on (its suffix), so that a
move is evaluated by joining a prefix, at most a few nodes, and a suffix, in constant time. The join of time segments
is that of Vidal et al., "A unified solution framework for multi-attribute vehicle routing problems" (2014), section 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import UNLIMITED, Solution
from solver.search.bundle import Bundle
from solver.search.data import Data
from solver.search.flags import on
from solver.search.kernel import inner, kernel

ABSENT = -1
"""Route of a client that is in none."""

NEVER = -UNLIMITED
"""A latest time that nothing can meet."""

# Columns of `State.time`: exact bounds, then the segments' (duration, earliest, latest start) before and after.
READY, LATEST, PRE_DURATION, PRE_EARLY, PRE_LATE, SUF_DURATION, SUF_EARLY, SUF_LATE = range(8)
# Columns of `State.load`: (delivery, pickup, peak) before and after.
PRE_DELIVERY, PRE_PICKUP, PRE_PEAK, SUF_DELIVERY, SUF_PICKUP, SUF_PEAK = range(6)
# Entries of `State.number`.
ABSENT_COUNT, USED, LOG_LENGTH, STAMP, TOUCHED = range(5)
# Entries of `State.amount`.
COST, BEST = range(2)


@dataclass(frozen=True, eq=False)
class State(Bundle):
    """Arrays that kernels change; ``nodes`` is clients plus two per slot."""

    next: NDArray[np.int32]  # (nodes,)
    prev: NDArray[np.int32]  # (nodes,)
    route: NDArray[np.int32]  # (nodes,), slot, or ABSENT
    size: NDArray[np.int32]  # (slots,), clients
    route_load: NDArray[np.int64]  # (slots,), deliveries in the first dimension
    route_cost: NDArray[np.float64]  # (slots,), kept by `refresh` only
    time: NDArray[np.int64]  # (nodes, 8)
    load: NDArray[np.int64]  # (nodes, D, 6)
    metres: NDArray[np.int64]  # (nodes, 2), before and after
    liking: NDArray[np.float64]  # (nodes, 2), preference costs before and after
    position: NDArray[np.int32]  # (nodes,)
    free: NDArray[np.int32]  # (slots,), per type a stack of empty slots
    free_at: NDArray[np.int32]  # (slots,), place in the stack, or -1
    free_count: NDArray[np.int32]  # (K,)
    absent: NDArray[np.int32]  # (n,)
    absent_at: NDArray[np.int32]  # (n,), place in the list, or -1
    log: NDArray[np.int32]  # (2 n + 64, 2), what to undo: (client, node before it, or ABSENT for an insertion)
    stamp: NDArray[np.int64]  # (slots,), when a route was last touched or ruined
    touched: NDArray[np.int32]  # (slots,)
    pool: NDArray[np.int32]  # (n + 1,), clients to insert
    pool_key: NDArray[np.float64]  # (n + 1,)
    number: NDArray[np.int64]
    amount: NDArray[np.float64]
    best: NDArray[np.int32]  # (nodes,), successors of the best routes, of cost ``amount[BEST]``
    rng: NDArray[np.uint64]  # (1,)

    def __post_init__(self) -> None:
        self.seal()


def make_state(data: Data, rng: NDArray[np.uint64]) -> State:
    """Return a state with every client absent."""
    n, slots = data.n, data.slots
    nodes = n + 2 * slots
    dims = data.delivery.shape[1]
    state = State(
        next=np.empty(nodes, np.int32),
        prev=np.empty(nodes, np.int32),
        route=np.empty(nodes, np.int32),
        size=np.zeros(slots, np.int32),
        route_load=np.zeros(slots, np.int64),
        route_cost=np.zeros(slots),
        time=np.zeros((nodes, 8), np.int64),
        load=np.zeros((nodes, dims, 6), np.int64),
        metres=np.zeros((nodes, 2), np.int64),
        liking=np.zeros((nodes, 2)),
        position=np.zeros(nodes, np.int32),
        free=np.zeros(slots, np.int32),
        free_at=np.zeros(slots, np.int32),
        free_count=np.zeros(len(data.profile), np.int32),
        absent=np.zeros(n, np.int32),
        absent_at=np.zeros(n, np.int32),
        log=np.zeros((2 * n + 64, 2), np.int32),
        stamp=np.zeros(slots, np.int64),
        touched=np.zeros(slots, np.int32),
        pool=np.zeros(n + 1, np.int32),
        pool_key=np.zeros(n + 1),
        number=np.zeros(8, np.int64),
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
        state.size[r] = 0
        state.route_load[r] = 0
        state.route_cost[r] = 0.0
        state.stamp[r] = 0
    for k in range(len(data.profile)):
        first, last = data.first_slot[k], data.first_slot[k + 1]
        state.free_count[k] = last - first
        for i in range(last - first):
            state.free[first + i] = last - 1 - i
            state.free_at[last - 1 - i] = i
    total = 0.0
    for c in range(n):
        state.next[c] = state.prev[c] = -1
        state.route[c] = ABSENT
        state.absent[c] = state.absent_at[c] = c
        total += data.absent_cost[c]
    state.number[:] = 0
    state.number[ABSENT_COUNT] = n
    state.amount[COST] = total
    for r in range(slots):
        refresh(data, state, r)


@inner
def free_slot(data, state, k):
    """Return an empty slot of a vehicle type, or -1."""
    if state.free_count[k] == 0:
        return -1
    return state.free[data.first_slot[k] + state.free_count[k] - 1]


@inner
def _take_slot(data, state, r):
    first = data.first_slot[data.kind[r]]
    state.free_count[data.kind[r]] -= 1
    top = state.free[first + state.free_count[data.kind[r]]]
    hole = state.free_at[r]
    state.free[first + hole] = top
    state.free_at[top] = hole
    state.free_at[r] = -1
    state.number[USED] += 1


@inner
def _give_slot(data, state, r):
    k = data.kind[r]
    state.free[data.first_slot[k] + state.free_count[k]] = r
    state.free_at[r] = state.free_count[k]
    state.free_count[k] += 1
    state.number[USED] -= 1


@inner
def arc(data, k, u, v):
    """Metres from node to node for a vehicle type."""
    return data.distance[data.profile[k], data.place[u], data.place[v]]


@inner
def drive(data, k, u, v):
    """Seconds from node to node for a vehicle type."""
    return data.duration[data.profile[k], data.place[u], data.place[v]]


@inner
def link(data, state, c, u):
    """Put an absent client behind node ``u``; `refresh` of the route is the caller's duty where figures are kept."""
    v, r = state.next[u], state.route[u]
    k = data.kind[r]
    if state.size[r] == 0:
        _take_slot(data, state, r)
    if not on(data.rich):
        direct = 0 if state.size[r] == 0 else arc(data, k, u, v)
        state.amount[COST] += data.distance_cost[k] * (arc(data, k, u, c) + arc(data, k, c, v) - direct)
        if state.size[r] == 0:
            state.amount[COST] += data.fixed_cost[k]
    state.amount[COST] -= data.absent_cost[c]
    state.next[u], state.prev[c], state.next[c], state.prev[v] = c, u, v, c
    state.route[c] = r
    state.size[r] += 1
    state.route_load[r] += data.delivery[c, 0]
    state.number[ABSENT_COUNT] -= 1
    hole, last = state.absent_at[c], state.absent[state.number[ABSENT_COUNT]]
    state.absent[hole], state.absent_at[last] = last, hole
    state.absent_at[c] = -1


@inner
def unlink(data, state, c):
    """Take a client out of its route; `refresh` of the route is the caller's duty where figures are kept."""
    u, v, r = state.prev[c], state.next[c], state.route[c]
    k = data.kind[r]
    state.size[r] -= 1
    if not on(data.rich):
        direct = 0 if state.size[r] == 0 else arc(data, k, u, v)
        state.amount[COST] -= data.distance_cost[k] * (arc(data, k, u, c) + arc(data, k, c, v) - direct)
        if state.size[r] == 0:
            state.amount[COST] -= data.fixed_cost[k]
    state.amount[COST] += data.absent_cost[c]
    state.next[u], state.prev[v] = v, u
    state.route[c] = ABSENT
    state.route_load[r] -= data.delivery[c, 0]
    state.absent[state.number[ABSENT_COUNT]] = c
    state.absent_at[c] = state.number[ABSENT_COUNT]
    state.number[ABSENT_COUNT] += 1
    if state.size[r] == 0:
        _give_slot(data, state, r)


@inner
def service_start(data, c, arrival):
    """Earliest start of service on or after an arrival; past the last window, `UNLIMITED` times two."""
    for w in range(data.windows.shape[1]):
        if arrival <= data.windows[c, w, 1]:
            return max(arrival, data.windows[c, w, 0])
    return 2 * UNLIMITED


@inner
def latest_start(data, c, bound):
    """Latest start of service at or before a bound; before the first window, `NEVER`."""
    best = NEVER
    for w in range(data.windows.shape[1]):
        if data.windows[c, w, 0] <= bound:
            best = min(data.windows[c, w, 1], bound)
    return best


@inner
def join(duration_a, early_a, late_a, leg, duration_b, early_b, late_b):
    """Join two time segments without lateness: (duration, earliest, latest start) of a then b."""
    reach = duration_a + leg
    waiting = max(early_b - reach - late_a, 0)
    return duration_a + leg + duration_b + waiting, max(early_b - reach, early_a) - waiting, min(late_b - reach, late_a)


@inner
def refresh(data, state, r):
    """Recompute all figures of a route, and its share of the cost."""
    n, slots = data.n, data.slots
    k = data.kind[r]
    start, end = n + r, n + slots + r
    dims = data.delivery.shape[1]
    metres, liking = state.metres, state.liking
    metres[start, 0] = 0
    liking[start, 0] = 0.0
    state.position[start] = 0
    for d in range(dims):
        state.load[start, d, PRE_DELIVERY] = state.load[start, d, PRE_PICKUP] = state.load[start, d, PRE_PEAK] = 0
        state.load[end, d, SUF_DELIVERY] = state.load[end, d, SUF_PICKUP] = state.load[end, d, SUF_PEAK] = 0
    if on(data.timed):
        state.time[start, READY] = data.leave_from[k]
        state.time[start, PRE_DURATION] = 0
        state.time[start, PRE_EARLY] = data.leave_from[k]
        state.time[start, PRE_LATE] = data.leave_until[k]
    u = start
    while u != end:
        v = state.next[u]
        state.position[v] = state.position[u] + 1
        metres[v, 0] = metres[u, 0] + (0 if state.size[r] == 0 else arc(data, k, u, v))
        liking[v, 0] = liking[u, 0] + (data.preference[v, k] if v < n else 0.0)
        for d in range(dims):
            given, taken = (data.delivery[v, d], data.pickup[v, d]) if v < n else (0, 0)
            before = state.load[u, d]
            here = state.load[v, d]
            here[PRE_DELIVERY] = before[PRE_DELIVERY] + given
            here[PRE_PICKUP] = before[PRE_PICKUP] + taken
            here[PRE_PEAK] = max(before[PRE_PEAK] + given, before[PRE_PICKUP] + max(given, taken))
        if on(data.timed):
            _prefix_time(data, state, u, v, k)
        u = v
    metres[end, 1] = 0
    liking[end, 1] = 0.0
    if on(data.timed):
        state.time[end, LATEST] = data.back_until[k]
        state.time[end, SUF_DURATION] = 0
        state.time[end, SUF_EARLY] = 0
        state.time[end, SUF_LATE] = data.back_until[k]
    v = end
    while v != start:
        u = state.prev[v]
        metres[u, 1] = metres[v, 1] + (0 if state.size[r] == 0 else arc(data, k, u, v))
        liking[u, 1] = liking[v, 1] + (data.preference[u, k] if u < n else 0.0)
        for d in range(dims):
            given, taken = (data.delivery[u, d], data.pickup[u, d]) if u < n else (0, 0)
            behind = state.load[v, d]
            here = state.load[u, d]
            here[SUF_DELIVERY] = behind[SUF_DELIVERY] + given
            here[SUF_PICKUP] = behind[SUF_PICKUP] + taken
            here[SUF_PEAK] = max(max(given, taken) + behind[SUF_DELIVERY], behind[SUF_PEAK] + taken)
        if on(data.timed):
            _suffix_time(data, state, u, v, k)
        v = u
    cost = 0.0
    if state.size[r] > 0:
        cost = data.fixed_cost[k] + data.distance_cost[k] * metres[end, 0] + liking[end, 0]
        if on(data.rich) and data.duration_matters[k]:
            cost += data.duration_cost[k] * route_duration(data, state, r)
    if on(data.rich):
        state.amount[COST] += cost - state.route_cost[r]
    state.route_cost[r] = cost


@inner
def _prefix_time(data, state, u, v, k):
    n = data.n
    leg = drive(data, k, u, v) if state.size[state.route[v]] > 0 else 0
    before, here = state.time[u], state.time[v]
    arrival = before[READY] + leg
    served, early, late = 0, 0, data.back_until[k]
    if v < n:
        served, early, late = data.service[v, k], data.windows[v, 0, 0], data.windows[v, -1, 1]
        arrival = service_start(data, v, arrival) + served
    here[READY] = arrival
    here[PRE_DURATION], here[PRE_EARLY], here[PRE_LATE] = join(
        before[PRE_DURATION], before[PRE_EARLY], before[PRE_LATE], leg, served, early, late
    )


@inner
def _suffix_time(data, state, u, v, k):
    n = data.n
    leg = drive(data, k, u, v) if state.size[state.route[v]] > 0 else 0
    behind, here = state.time[v], state.time[u]
    bound = behind[LATEST] - leg
    served, early, late = 0, data.leave_from[k], data.leave_until[k]
    if u < n:
        served, early, late = data.service[u, k], data.windows[u, 0, 0], data.windows[u, -1, 1]
        bound = latest_start(data, u, bound - served)
    here[LATEST] = min(bound, late)
    here[SUF_DURATION], here[SUF_EARLY], here[SUF_LATE] = join(
        served, early, late, leg, behind[SUF_DURATION], behind[SUF_EARLY], behind[SUF_LATE]
    )


@inner
def route_duration(data, state, r):
    """Seconds of a route by the schedule that `check` lays down: end early, then leave as late as that allows."""
    n, slots = data.n, data.slots
    start, end = n + r, n + slots + r
    if data.windows.shape[1] == 1:
        return state.time[end, PRE_DURATION]
    k = data.kind[r]
    last = state.prev[end]
    bound = state.time[last, READY] - data.service[last, k]
    v = last
    while True:
        bound = latest_start(data, v, bound)
        u = state.prev[v]
        bound -= drive(data, k, u, v)
        if u == start:
            break
        bound -= data.service[u, k]
        v = u
    leave = max(data.leave_from[k], min(bound, data.leave_until[k]))
    return state.time[end, READY] - leave


@inner
def holds(data, state, r):
    """Whether a refreshed route keeps its limits of load, time, distance, duration and stops."""
    k = data.kind[r]
    end = data.n + data.slots + r
    for d in range(data.delivery.shape[1]):
        if state.load[end, d, PRE_PEAK] > data.capacity[k, d]:
            return False
    if state.size[r] > data.max_stops[k] or state.metres[end, 0] > data.max_distance[k]:
        return False
    if on(data.timed) and state.size[r] > 0:
        if data.leave_from[k] > data.leave_until[k] or state.time[end, READY] > data.back_until[k]:
            return False
        if data.duration_matters[k] and route_duration(data, state, r) > data.max_duration[k]:
            return False
    return True


@inner
def empty_route(data, state, r):
    """Take every client out of a route."""
    c = state.next[data.n + r]
    while c < data.n:
        after = state.next[c]
        unlink(data, state, c)
        c = after
    refresh(data, state, r)


def read_solution(data: Data, state: State) -> Solution:
    """Return the routes of a state, in order of slot."""
    routes = []
    for r in np.flatnonzero(state.size):
        stops, node = [], int(state.next[data.n + r])
        while node < data.n:
            stops.append(node)
            node = int(state.next[node])
        routes.append((int(data.kind[r]), stops))
    return Solution.of(routes)


def write_solution(data: Data, state: State, solution: Solution) -> None:
    """Lay a solution into a state.

    A route that breaks a rule keeps only the clients that can be appended one after the other without breaking it;
    the others, those that no slot is left for, and second visits stay absent.
    """
    kinds = np.array([route.vehicle_type for route in solution.routes], dtype=np.int64)
    ends = np.cumsum([len(route.clients) for route in solution.routes], dtype=np.int64)
    stops = np.array([client for route in solution.routes for client in route.clients], dtype=np.int64)
    lay_routes(data, state, kinds, ends, stops)


@kernel
def lay_routes(data, state, kinds, ends, stops):
    """Lay routes into a cleared state; see `write_solution`.

    Parameters
    ----------
    kinds, ends
        Shape ``(routes,)``: vehicle type, and where in ``stops`` the next route begins.
    stops
        Clients of all routes, one after the other.
    """
    clear(data, state)
    begin = 0
    for i in range(len(kinds)):
        r = free_slot(data, state, kinds[i])
        if r >= 0:
            _append(data, state, r, stops[begin : ends[i]], False)
            if not holds(data, state, r):
                empty_route(data, state, r)
                _append(data, state, r, stops[begin : ends[i]], True)
        begin = ends[i]


@inner
def _append(data, state, r, stops, choosy):
    node = data.n + r
    for c in stops:
        if state.route[c] != ABSENT or not data.allowed[c, data.kind[r]]:
            continue
        link(data, state, c, node)
        if choosy:
            refresh(data, state, r)
            if not holds(data, state, r):
                unlink(data, state, c)
                refresh(data, state, r)
                continue
        node = c
    refresh(data, state, r)


@kernel
def copy_routes(data, state, successor):
    """Lay routes given as successors (the ``next`` array of another state) into this one."""
    n, slots = data.n, data.slots
    clear(data, state)
    for r in range(slots):
        node = n + r
        c = successor[node]
        while c < n:
            link(data, state, c, node)
            node = c
            c = successor[c]
        if state.size[r] > 0:
            refresh(data, state, r)


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
