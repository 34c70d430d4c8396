"""The kernels' view of a `Problem`: flat arrays, one node per client and two per vehicle (its start and its end).

Nodes ``0 .. n-1`` are clients, ``n + r`` starts route slot ``r``, ``n + slots + r`` ends it. An open route ends at a
place of its own that is no distance from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import OPEN, UNLIMITED, Backhauls, Problem
from solver.search.bundle import Bundle
from solver.search.flags import Flag
from solver.search.neighbours import nearest
from solver.search.travel import LONGEST, NEVER_OVER, Roads, power_of_two, roads_of

NEIGHBOURS = 60
"""Length of the neighbour lists; what inserts looks at the first part of it only."""


@dataclass(frozen=True, eq=False)
class Data(Bundle):
    """Arrays that no kernel writes to; ``n`` clients, ``slots`` routes, ``K`` types, ``D`` load dimensions.

    ``timed`` and ``rich`` are feature flags (see `solver.search.flags`): time windows, shifts and depot hours; and all
    that is neither time nor one delivery load: pickups, further dimensions, limits, duration costs, who may serve whom.
    """

    timed: Flag
    rich: Flag
    n: int
    slots: int
    clocked: int  # whether any rule or cost is about time, so that times are worth keeping
    mixed: int  # whether any vehicle may pick up before it has delivered all
    choosy: int  # whether any client has a preference
    forbidden: int  # metres of an arc that may not be used, 0 when there is none
    distance: NDArray[np.int32]  # (profiles, places, places), metres
    duration: NDArray[np.int32]  # (profiles, places, places), seconds
    distance_to: NDArray[np.int32]  # (profiles, places, places), ``distance`` with places swapped
    duration_to: NDArray[np.int32]  # (profiles, places, places), ``duration`` with places swapped
    place: NDArray[np.int32]  # (nodes,)
    kind: NDArray[np.int32]  # (slots,), vehicle type
    first_slot: NDArray[np.int32]  # (K + 1,), slots of a type are contiguous
    kin: NDArray[np.int32]  # (K,), types with the same number drive, serve and end alike
    profile: NDArray[np.int32]  # (K,)
    distance_cost: NDArray[np.float64]  # (K,)
    duration_cost: NDArray[np.float64]  # (K,)
    fixed_cost: NDArray[np.float64]  # (K,)
    capacity: NDArray[np.int64]  # (K, D)
    delivery: NDArray[np.int64]  # (n, D)
    pickup: NDArray[np.int64]  # (n, D)
    service: NDArray[np.int64]  # (n, K)
    windows: NDArray[np.int64]  # (n, W, 2)
    leave_from: NDArray[np.int64]  # (K,), earliest departure
    leave_until: NDArray[np.int64]  # (K,), latest departure
    back_until: NDArray[np.int64]  # (K,), latest end
    max_distance: NDArray[np.int64]  # (K,)
    max_duration: NDArray[np.int64]  # (K,)
    max_stops: NDArray[np.int64]  # (K,)
    duration_matters: NDArray[np.bool_]  # (K,), it costs or is limited
    allowed: NDArray[np.bool_]  # (n, K)
    preference: NDArray[np.float64]  # (n, K)
    absent_cost: NDArray[np.float64]  # (n,), the prize, or more than any detour when required
    required: NDArray[np.bool_]  # (n,)
    servable: NDArray[np.bool_]  # (n,), some vehicle could serve it alone
    neighbours: NDArray[np.int32]  # (n, <= NEIGHBOURS)
    near_out: NDArray[np.int32]  # (profiles, n, <= NEIGHBOURS), metres to the neighbours
    near_into: NDArray[np.int32]  # and back from them
    order_keys: NDArray[np.float64]  # (n, 6): load, far, close, window length, opening, closing; ascending

    def __post_init__(self) -> None:
        self.seal()


def make_data(problem: Problem) -> Data:
    """Lay a problem out for the kernels.

    Parameters
    ----------
    problem
        Any problem.

    Returns
    -------
    Data
        With the feature flags that the problem needs, rounded up to one of three builds: plain, timed, rich.
    """
    clients, vehicles, depots = problem.clients, problem.vehicles, problem.depots
    n = clients.number
    count = np.minimum(vehicles.count, n)
    slots = int(count.sum())
    first_slot = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
    kind = np.repeat(np.arange(vehicles.number, dtype=np.int32), count)

    roads = roads_of(problem)
    distance, duration = roads.distance, roads.duration
    place = np.concatenate((roads.client, roads.start[kind], roads.end[kind])).astype(np.int32)

    end_closing = np.where(vehicles.end_depot == OPEN, UNLIMITED, depots.closing[vehicles.end_depot])
    leave_from = np.maximum(vehicles.shift_start, depots.opening[vehicles.start_depot])
    leave_until = np.minimum(vehicles.shift_end, depots.closing[vehicles.start_depot])
    back_until = np.minimum(vehicles.shift_end, end_closing)
    if roads.forbidden:
        back_until = np.minimum(back_until, NEVER_OVER - 1)

    duration_matters = (vehicles.duration_cost > 0) | (vehicles.max_duration < UNLIMITED)
    windowed = bool((clients.windows[:, 0, 0] > 0).any() or (clients.windows[:, -1, 1] < UNLIMITED).any())
    shifted = bool((np.minimum(vehicles.shift_end, end_closing) < UNLIMITED).any() or (leave_until < UNLIMITED).any())
    alone, absent_cost = _prices(problem, roads, leave_from, back_until)
    forbidden, tempting = roads.forbidden, False
    if forbidden:
        # Where metres cost too little to keep vehicles off a forbidden arc, time does.
        dear = 100.0 * absent_cost.max(initial=0.0) + vehicles.fixed_cost.max()
        enough = power_of_two(dear / max(vehicles.distance_cost.min(), 1e-9))
        tempting = enough >= LONGEST
        forbidden = forbidden if tempting else max(forbidden, enough)
        distance = np.where(distance == roads.forbidden, np.int32(forbidden), distance)
    timed = windowed or shifted or tempting or bool(duration_matters.any())
    rich = bool(
        problem.dimensions > 1
        or clients.pickup.any()
        or duration_matters.any()
        or (vehicles.max_distance < UNLIMITED).any()
        or (vehicles.max_stops < n).any()
        or not clients.allowed.all()
        or clients.preference.any()
    )

    distance_to = _swapped(distance)
    duration_to = distance_to if duration is distance else _swapped(duration)
    windows = np.ascontiguousarray(clients.windows)
    early, late = windows[:, 0, 0], windows[:, -1, 1]
    weight = vehicles.distance_cost.mean(), vehicles.duration_cost.mean()
    nearby = (duration if timed and not weight[0] else distance)[: len(distance) if forbidden else 1]
    neighbours = nearest(
        nearby.min(axis=0), duration[0], roads.client, clients.service.min(axis=1, initial=UNLIMITED),
        early, late, windowed, NEIGHBOURS,
    )  # fmt: skip

    here, there = roads.client[:, None], roads.client[neighbours]
    near_out, near_into = distance[:, here, there], distance[:, there, here]
    return Data(
        timed=1 if timed or rich else None,
        rich=1 if rich else None,
        n=n,
        slots=slots,
        clocked=int(timed),
        mixed=int(clients.pickup.any() and (vehicles.backhauls == Backhauls.MIXED).any()),
        choosy=int(clients.preference.any()),
        forbidden=forbidden,
        distance=distance,
        duration=duration,
        distance_to=distance_to,
        duration_to=duration_to,
        place=place,
        kind=kind,
        first_slot=first_slot,
        kin=_kin(problem, roads, back_until),
        profile=roads.profile,
        distance_cost=vehicles.distance_cost,
        duration_cost=vehicles.duration_cost,
        fixed_cost=vehicles.fixed_cost,
        capacity=vehicles.capacity,
        delivery=clients.delivery,
        pickup=clients.pickup,
        service=clients.service,
        windows=windows,
        leave_from=leave_from,
        leave_until=leave_until,
        back_until=back_until,
        max_distance=vehicles.max_distance,
        max_duration=vehicles.max_duration,
        max_stops=vehicles.max_stops,
        duration_matters=duration_matters,
        allowed=clients.allowed,
        preference=clients.preference,
        absent_cost=absent_cost,
        required=clients.required,
        servable=np.isfinite(alone),
        neighbours=neighbours,
        near_out=near_out,
        near_into=near_into,
        order_keys=_order_keys(problem, roads, early, late),
    )


def _swapped(matrices: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the matrices with rows and columns swapped: the same array where that changes nothing."""
    swapped = matrices.transpose(0, 2, 1)
    return matrices if np.array_equal(matrices, swapped) else np.ascontiguousarray(swapped)


def _kin(problem: Problem, roads: Roads, back_until: NDArray[np.int64]) -> NDArray[np.int32]:
    clients, vehicles = problem.clients, problem.vehicles
    seen: dict[tuple[object, ...], int] = {}
    kin = np.zeros(vehicles.number, dtype=np.int32)
    for k in range(vehicles.number):
        likeness = (
            int(roads.profile[k]),
            int(vehicles.end_depot[k]),
            int(back_until[k]),
            clients.service[:, k].tobytes(),
            clients.allowed[:, k].tobytes(),
            clients.preference[:, k].tobytes(),
        )
        kin[k] = seen.setdefault(likeness, len(seen))
    return kin


def _prices(
    problem: Problem, roads: Roads, leave_from: NDArray[np.int64], back_until: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what serving each client alone costs at least, infinite when no vehicle can, and what leaving it out does.

    Both of shape ``(clients,)``. A client that no road leads to from the depot may still be served behind another one.
    """
    clients, vehicles = problem.clients, problem.vehicles
    best = np.full(clients.number, np.inf)
    for k in range(vehicles.number):
        metres = sum(_ways(roads.distance, roads, k, roads.forbidden))
        out, home = _ways(roads.duration, roads, k, NEVER_OVER)
        service = clients.service[:, k]
        arrival = leave_from[k] + out
        begin = np.full(clients.number, UNLIMITED * 2)
        for w in range(clients.windows.shape[1] - 1, -1, -1):
            early, late = clients.windows[:, w, 0], clients.windows[:, w, 1]
            begin = np.where(arrival <= late, np.maximum(arrival, early), begin)
        finish = begin + service + home
        seconds = out + service + home
        load = np.maximum(clients.delivery, clients.pickup)
        fits = (
            clients.allowed[:, k]
            & (vehicles.count[k] > 0)
            & (vehicles.max_stops[k] > 0)
            & (finish <= back_until[k])
            & (metres <= vehicles.max_distance[k])
            & (seconds <= vehicles.max_duration[k])
            & (load <= vehicles.capacity[k]).all(axis=1)
        )
        cost = (
            vehicles.fixed_cost[k]
            + vehicles.distance_cost[k] * metres
            + vehicles.duration_cost[k] * seconds
            + clients.preference[:, k]
        )
        best = np.where(fits, np.minimum(best, cost), best)
    dearest = float(best[np.isfinite(best)].max(initial=0.0)) + float(clients.preference.max(initial=0.0)) + 1.0
    if roads.forbidden:  # the way to a client may be a detour by itself
        dearest += float(vehicles.distance_cost.max() * roads.distance[roads.distance < roads.forbidden].max(initial=0))
    return best, np.where(clients.required, 10.0 * dearest, clients.prize)


def _ways(matrices: NDArray[np.int32], roads: Roads, k: int, forbidden: int) -> tuple[NDArray[np.int64], ...]:
    """Return how far it is from the depot to each client and on to the end, both of shape ``(clients,)``."""
    matrix, places = matrices[roads.profile[k]], roads.client
    out, home = matrix[roads.start[k], places].astype(np.int64), matrix[places, roads.end[k]].astype(np.int64)
    if roads.forbidden:
        apart = np.where(np.eye(len(matrix), dtype=np.bool_), forbidden, matrix)[:, places]
        out = np.where(out < forbidden, out, apart.min(axis=0, initial=forbidden))
        leaving = np.where(np.eye(len(matrix), dtype=np.bool_), forbidden, matrix)[places, :-1]
        home = np.where(home < forbidden, home, leaving.min(axis=1, initial=forbidden))
    return out, home


def _order_keys(
    problem: Problem, roads: Roads, early: NDArray[np.int64], late: NDArray[np.int64]
) -> NDArray[np.float64]:
    clients, vehicles = problem.clients, problem.vehicles
    room = np.maximum(vehicles.capacity.max(axis=0), 1)
    load = (np.maximum(clients.delivery, clients.pickup) / room).max(axis=1, initial=0.0)
    far = roads.distance[0][roads.start][:, roads.client].min(axis=0).astype(float)
    return np.ascontiguousarray(
        np.stack((-load, -far, far, (late - early).astype(float), early.astype(float), late.astype(float)), axis=1)
    )
