"""The kernels' view of a `Problem`: flat arrays, one node per client and two per vehicle (its start and its end).

Nodes ``0 .. n-1`` are clients, ``n + r`` starts route slot ``r``, ``n + slots + r`` ends it. An open route ends at a
place of its own that is no distance from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.problem import ALONE, OPEN, UNLIMITED, Backhauls, PlaneMatrix, Problem
from solver.problem.hours import DAY
from solver.search.beyond import allowed_of, beyond_of, enough_vehicles
from solver.search.bundle import Bundle
from solver.search.clock import STEP
from solver.search.flags import Flag
from solver.search.hours import hours_of
from solver.search.neighbours import nearest
from solver.search.planar import in_grid, rule_of
from solver.search.travel import LONGEST, NEVER_OVER, Roads, longest_durations, period_ends, power_of_two, roads_of

NEIGHBOURS = 60
"""Length of the neighbour lists; what inserts looks at the first part of it only."""


@dataclass(frozen=True, eq=False)
class Data(Bundle):
    """Arrays that no kernel writes to; ``n`` clients, ``slots`` routes, ``K`` types, ``D`` load dimensions.

    ``planar``, ``timed``, ``rich`` and ``whole`` are feature flags (see `solver.search.flags`): no matrix; time
    windows, shifts and depot hours; all that is neither time nor one delivery load: pickups, further dimensions,
    limits, duration costs, who may serve whom and when; and what `solver.search.beyond` is about. A slot is a trip
    then, and of its vehicle's first slots and last ones `State` knows; where no vehicle makes several trips, slot and
    vehicle have the same number.
    """

    planar: Flag
    timed: Flag
    rich: Flag
    whole: Flag
    n: int
    slots: int
    clocked: int  # whether any rule or cost is about time, so that times are worth keeping
    mixed: int  # whether pickups may come between deliveries
    choosy: int  # whether any client has a preference
    sited: int  # whether who may serve whom, and when, differs, all trips being single and no position kept
    symmetric: int  # whether all arcs are as long either way
    forbidden: int  # metres of an arc that may not be used, 0 when there is none
    point: NDArray[np.float64]  # (nodes, 2), x and y where lengths are computed from them, else (0, 2)
    rule: NDArray[np.float64]  # (2,), factor and summand of those lengths
    distance: NDArray[np.int32]  # (profiles, places, places), metres; of no size where there are points
    duration: NDArray[np.int32]  # (profiles, places, places), seconds
    distance_to: NDArray[np.int32]  # (profiles, places, places), ``distance`` with places swapped
    duration_to: NDArray[np.int32]  # (profiles, places, places), ``duration`` with places swapped
    place: NDArray[np.int32]  # (nodes,)
    kind: NDArray[np.int32]  # (slots,), vehicle type
    first_slot: NDArray[np.int32]  # (K + 1,), slots of a type are contiguous
    kin: NDArray[np.int32]  # (K,), types with the same number drive, serve and end alike
    cheaper: NDArray[np.bool_]  # (K, K), whether a route of the first type could ever cost less with the second
    profile: NDArray[np.int32]  # (K,)
    distance_cost: NDArray[np.float64]  # (K,)
    duration_cost: NDArray[np.float64]  # (K,)
    fixed_cost: NDArray[np.float64]  # (K,)
    capacity: NDArray[np.int64]  # (K, D)
    delivery: NDArray[np.int64]  # (n, D)
    pickup: NDArray[np.int64]  # (n, D)
    service: NDArray[np.int64]  # (n, K)
    windows: NDArray[np.int64]  # (window profiles * n, W, 2)
    hours: NDArray[np.int64]  # (K,), row of the first client's windows as a type finds them
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
    trips: int  # whether any vehicle may make several
    released: int  # whether anything is released late
    grouped: int  # whether any client is in a group
    locked: int  # whether any client has to stay on a vehicle
    pinned: int  # whether any client has to keep its position
    told: int  # whether there is a published plan
    items: int  # clients, each group counted once
    first_vehicle: NDArray[np.int32]  # (K + 1,), vehicles of a type are contiguous
    ordinal: NDArray[np.int32]  # (V,), number of a vehicle within its type
    max_trips: NDArray[np.int64]  # (K,)
    release: NDArray[np.int64]  # (n,)
    group: NDArray[np.int32]  # (n,), or ALONE
    group_first: NDArray[np.int32]  # (groups + 1,), where a group's members begin
    group_member: NDArray[np.int32]  # (members of all groups,)
    home: NDArray[np.int32]  # (n,), vehicle that a client has to stay on, or ANY
    pin: NDArray[np.int32]  # (n,), position that it has to keep, or ANY
    pin_first: NDArray[np.int32]  # (V + 1,), where those of a vehicle begin
    pin_client: NDArray[np.int32]  # (pinned clients,), in order of vehicle and position
    pin_cost: NDArray[np.float64]  # (1,), of each position by which a pinned client is wrong
    told_vehicle: NDArray[np.int32]  # (n,), vehicle of the published plan, or ANY
    change_cost: NDArray[np.float64]  # (n,), cost of any other vehicle
    hourly: int  # whether legs take longer at some hours than ``duration`` says
    by_hour: NDArray[np.int32]  # (profiles, places, places, periods), seconds; of no size where they do not
    period_end: NDArray[np.int64]  # (periods,), seconds of the day
    period_at: NDArray[np.int64]  # (minutes of the day,), period at the beginning of each
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
        With the feature flags that the problem needs, rounded up to one of `solver.builds.BUILDS`.
    """
    clients, vehicles, depots = problem.clients, problem.vehicles, problem.depots
    n = clients.number
    beyond, weight = beyond_of(problem), problem.objective
    allowed, preference = allowed_of(problem), weight.preference * clients.preference
    end_closing = np.where(vehicles.end_depot == OPEN, UNLIMITED, depots.closing[vehicles.end_depot])
    leave_from = np.maximum(vehicles.shift_start, depots.opening[vehicles.start_depot])
    leave_until = np.minimum(vehicles.shift_end, depots.closing[vehicles.start_depot])
    back_until = np.minimum(vehicles.shift_end, end_closing)
    costs = Prices(
        weight.fixed * vehicles.fixed_cost,
        weight.distance * vehicles.distance_cost,
        weight.duration * vehicles.duration_cost,
        preference,
    )
    duration_matters = (costs.second > 0) | (vehicles.max_duration < UNLIMITED)
    hours = hours_of(problem, allowed)
    windowed = bool((clients.windows[..., 0, 0] > 0).any() or (clients.windows[..., -1, 1] < UNLIMITED).any())
    shifted = bool((np.minimum(vehicles.shift_end, end_closing) < UNLIMITED).any() or (leave_until < UNLIMITED).any())
    timed = windowed or shifted or bool(duration_matters.any())
    rich = bool(
        problem.dimensions > 1
        or clients.pickup.any()
        or duration_matters.any()
        or (vehicles.max_distance < UNLIMITED).any()
        or (vehicles.max_stops < n).any()
        or not allowed.all()
        or preference.any()
        or hours.differ
    )
    whole = beyond.used or problem.travel.hours is not None
    rich, clocked = rich or whole, timed or whole

    roads, period_end = roads_of(problem, plain=not (clocked or rich)), period_ends(problem)
    plane = roads.distance if isinstance(roads.distance, PlaneMatrix) else None
    if plane is not None:
        beyond = enough_vehicles(beyond, problem)
    at_hand = np.diff(beyond.first_vehicle)
    count = np.where(vehicles.max_trips > 1, np.minimum(at_hand * np.minimum(vehicles.max_trips, n), n), at_hand)
    slots = int(count.sum())
    first_slot = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
    kind = np.repeat(np.arange(vehicles.number, dtype=np.int32), count)
    place = np.concatenate((roads.client, roads.start[kind], roads.end[kind])).astype(np.int32)

    forbidden = roads.forbidden
    if forbidden:
        back_until = np.minimum(back_until, NEVER_OVER - 1)
    alone, absent_cost = _prices(problem, roads, costs, allowed, leave_from, back_until)
    distance = _NO_MATRIX if isinstance(roads.distance, PlaneMatrix) else roads.distance
    duration = _NO_MATRIX if isinstance(roads.duration, PlaneMatrix) else roads.duration
    if forbidden and not clocked:
        # Where metres cost too little to keep vehicles off a forbidden arc, time does.
        dear = 100.0 * absent_cost.max(initial=0.0) + costs.vehicle.max()
        enough = power_of_two(dear / max(costs.metre.min(), 1e-9))
        clocked = enough >= LONGEST
        if not clocked:
            forbidden = max(forbidden, enough)
            distance = np.where(distance == roads.forbidden, np.int32(forbidden), distance)

    distance_to = _swapped(distance)
    duration_to = distance_to if duration is distance else _swapped(duration)
    if plane is not None:
        neighbours = in_grid(plane, roads.client, NEIGHBOURS)
        near_out = near_into = plane[0, roads.client[:, None], roads.client[neighbours]].astype(np.int32)[None]
    else:
        nearby = (duration if clocked and not costs.metre.any() else distance)[: len(distance) if forbidden else 1]
        # Whom no vehicle may serve has neighbours all the same: ruins begin beside the absent.
        someone = allowed | ~allowed.any(axis=1, keepdims=True)
        neighbours = nearest(
            nearby.min(axis=0), duration[0], roads.client, clients.service.min(axis=1, initial=UNLIMITED),
            hours.early, hours.late, beyond.group, someone, windowed, NEIGHBOURS,
        )  # fmt: skip
        here, there = roads.client[:, None], roads.client[neighbours]
        near_out = np.ascontiguousarray(distance[:, here, there])
        near_into = np.ascontiguousarray(distance[:, there, here])
    return Data(
        planar=None if plane is None else 1,
        timed=1 if clocked or rich else None,
        rich=1 if rich else None,
        whole=1 if whole else None,
        n=n,
        slots=slots,
        clocked=int(clocked),
        # With deliveries before pickups no more is ever on board than all of the one or of the other.
        mixed=int(clients.pickup.any() and (vehicles.backhauls == Backhauls.MIXED).any()),
        choosy=int(preference.any()),
        sited=int((hours.differ or not allowed.all()) and not beyond.trips and not beyond.pinned),
        symmetric=int(distance_to is distance),
        forbidden=forbidden,
        point=np.zeros((0, 2)) if plane is None else np.ascontiguousarray(plane.coordinates[place]),
        rule=np.zeros(2) if plane is None else rule_of(plane),
        distance=distance,
        duration=duration,
        distance_to=distance_to,
        duration_to=duration_to,
        place=place,
        kind=kind,
        first_slot=first_slot,
        kin=_kin(problem, roads, allowed, back_until),
        cheaper=_cheaper(roads, costs, bool(preference.any() or costs.second.any() or beyond.told)),
        profile=roads.profile,
        distance_cost=costs.metre,
        duration_cost=costs.second,
        fixed_cost=costs.vehicle,
        capacity=vehicles.capacity,
        delivery=clients.delivery,
        pickup=clients.pickup,
        service=clients.service,
        windows=hours.windows,
        hours=hours.first,
        leave_from=leave_from,
        leave_until=leave_until,
        back_until=back_until,
        max_distance=vehicles.max_distance,
        max_duration=vehicles.max_duration,
        max_stops=vehicles.max_stops,
        duration_matters=duration_matters,
        allowed=allowed,
        preference=preference,
        absent_cost=absent_cost,
        required=problem.must_serve,
        servable=_shared(problem, np.isfinite(alone)),
        neighbours=neighbours,
        near_out=near_out,
        near_into=near_into,
        hourly=int(problem.travel.hours is not None),
        by_hour=roads.by_hour,
        period_end=period_end,
        period_at=np.searchsorted(period_end, np.arange(0, DAY, STEP), side="right"),
        pin_cost=np.array([2.0 * absent_cost.max(initial=0.0) + 1.0]),
        **{part.name: getattr(beyond, part.name) for part in fields(beyond)},
        order_keys=_order_keys(problem, roads, hours.early, hours.late),
    )


_NO_MATRIX: NDArray[np.int32] = np.zeros((1, 0, 0), np.int32)


def _swapped(matrices: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the matrices with rows and columns swapped: the same array where that changes nothing."""
    swapped = matrices.transpose(0, 2, 1)
    return matrices if np.array_equal(matrices, swapped) else np.ascontiguousarray(swapped)


@dataclass(frozen=True, eq=False)
class Prices:
    """What counts, by the objective's weights: shapes ``(types,)`` three times, and ``(clients, types)``."""

    vehicle: NDArray[np.float64]
    metre: NDArray[np.float64]
    second: NDArray[np.float64]
    preference: NDArray[np.float64]


def _shared(problem: Problem, values: NDArray[np.generic]) -> NDArray[Any]:
    """Return the values of clients, each member of a group with the largest of its group."""
    group = problem.clients.group
    most = np.zeros(problem.clients.groups, dtype=values.dtype)
    member = group != ALONE
    np.maximum.at(most, group[member], values[member])
    return np.where(member, most[np.where(member, group, 0)], values) if len(most) else values


def _kin(
    problem: Problem, roads: Roads, allowed: NDArray[np.bool_], back_until: NDArray[np.int64]
) -> NDArray[np.int32]:
    clients, vehicles = problem.clients, problem.vehicles
    seen: dict[tuple[object, ...], int] = {}
    kin = np.zeros(vehicles.number, dtype=np.int32)
    for k in range(vehicles.number):
        likeness = (
            int(roads.profile[k]),
            int(vehicles.end_depot[k]),
            int(back_until[k]),
            int(vehicles.window_profile[k]),
            clients.service[:, k].tobytes(),
            allowed[:, k].tobytes(),
            clients.preference[:, k].tobytes(),
        )
        kin[k] = seen.setdefault(likeness, len(seen))
    return kin


def _cheaper(roads: Roads, costs: Prices, beyond_arcs: bool) -> NDArray[np.bool_]:
    """Return for each two vehicle types whether a route of the first could ever cost less with the second.

    Where more is paid for than vehicles and arcs (``beyond_arcs``), any could.
    """
    roadwise = np.stack((roads.profile, roads.start, roads.end), axis=1)
    prices = np.stack((costs.vehicle, costs.metre, costs.second), axis=1)
    elsewhere = (roadwise[:, None] != roadwise[None]).any(axis=2)
    cheaper: NDArray[np.bool_] = elsewhere | (prices[:, None] > prices[None]).any(axis=2) | beyond_arcs
    np.fill_diagonal(cheaper, False)
    return cheaper


def _prices(
    problem: Problem,
    roads: Roads,
    costs: Prices,
    allowed: NDArray[np.bool_],
    leave_from: NDArray[np.int64],
    back_until: NDArray[np.int64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what serving each client alone costs at least, infinite when no vehicle can, and what leaving it out does.

    Both of shape ``(clients,)``. A client that no road leads to from the depot may still be served behind another one.
    """
    clients, vehicles = problem.clients, problem.vehicles
    best, longest = np.full(clients.number, np.inf), longest_durations(roads)
    for k in range(vehicles.number):
        metres = sum(_ways(roads.distance, roads, k, roads.forbidden))
        out, home = _ways(roads.duration, roads, k, NEVER_OVER)
        service = clients.service[:, k]
        arrival = np.maximum(leave_from[k], clients.release) + out
        begin = np.full(clients.number, UNLIMITED * 2)
        windows = problem.windows_of(k)
        for w in range(windows.shape[1] - 1, -1, -1):
            early, late = windows[:, w, 0], windows[:, w, 1]
            begin = np.where(arrival <= late, np.maximum(arrival, early), begin)
        finish = begin + service + home
        seconds = out + service + home
        at_most = sum(_ways(longest, roads, k, NEVER_OVER)) + service
        load = np.maximum(clients.delivery, clients.pickup)
        fits = (
            allowed[:, k]
            & (vehicles.count[k] > 0)
            & (vehicles.max_stops[k] > 0)
            & (finish <= back_until[k])
            & (metres <= vehicles.max_distance[k])
            & (seconds <= vehicles.max_duration[k])
            & (load <= vehicles.capacity[k]).all(axis=1)
        )
        cost = costs.vehicle[k] + costs.metre[k] * metres + costs.second[k] * at_most + costs.preference[:, k]
        best = np.where(fits, np.minimum(best, cost), best)
    dearest = float(best[np.isfinite(best)].max(initial=0.0)) + float(costs.preference.max(initial=0.0)) + 1.0
    dearest += problem.objective.change * problem.published.weight
    if roads.forbidden:  # the way to a client may be a detour by itself
        matrices: NDArray[np.int32] = np.asarray(roads.distance)  # no plane forbids an arc
        dearest += float(costs.metre.max() * matrices[matrices < roads.forbidden].max(initial=0))
    prize = problem.objective.unserved * clients.prize
    return best, _shared(problem, np.where(problem.must_serve, 10.0 * dearest, prize))


def _ways(
    matrices: NDArray[np.int32] | PlaneMatrix, roads: Roads, k: int, forbidden: int
) -> tuple[NDArray[np.int64], ...]:
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
    far = roads.distance[0, roads.start[:, None], roads.client].min(axis=0).astype(float)
    return np.ascontiguousarray(
        np.stack((-load, -far, far, (late - early).astype(float), early.astype(float), late.astype(float)), axis=1)
    )
