"""What many orders of one route cost and break, all of them at once: `solver.problem.check_route` on arrays.

One row is one order of a whole route that makes a single trip. The arithmetic is that of `check`, step for step; what
it walks stop by stop is done here stop by stop, but for all rows together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.explain.clock import arrivals_by_hour, departures_by_hour
from solver.problem import ANY, OPEN, UNREACHABLE, Backhauls, Problem, Rule

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

RULES = (
    Rule.UNREACHABLE,
    Rule.NOT_ALLOWED,
    Rule.LOCK,
    Rule.CAPACITY,
    Rule.BACKHAUL,
    Rule.TIME_WINDOW,
    Rule.SHIFT,
    Rule.DEPOT_HOURS,
    Rule.MAX_DISTANCE,
    Rule.MAX_DURATION,
    Rule.MAX_STOPS,
)
"""What a route of one trip can break."""


@dataclass(frozen=True, eq=False)
class Judged:
    """What each order does; costs have their weights in the objective already.

    Parameters
    ----------
    way
        Shape ``(rows,)``: cost of the vehicle, of distance, and of the time that is driven and served.
    waiting
        Shape ``(rows,)``: cost of the time that is waited.
    broken
        Shape ``(rows, RULES)``: the sum of the amounts of all violations of a rule, in its unit.
    """

    way: FloatArray
    waiting: FloatArray
    broken: IntArray


class Orders:
    """Judges orders of some clients by one vehicle.

    Parameters
    ----------
    problem
        The problem.
    kind
        Index of the vehicle type.
    vehicle
        Which vehicle of its type, or `ANY`; it may serve who is locked to it.
    clients
        Indices of all clients that can occur. Orders name them by their places here.
    """

    def __init__(self, problem: Problem, kind: int, vehicle: int, clients: Sequence[int]) -> None:
        vehicles, depots = problem.vehicles, problem.depots
        chosen = np.array(clients, dtype=np.int64)
        self._problem, self._kind = problem, kind
        self._first, self._last = int(vehicles.start_depot[kind]), int(vehicles.end_depot[kind])
        self.number = len(chosen)
        self.depot, self.home = self.number, self.number + 1
        ends = [self._first, self._first if self._last == OPEN else self._last]
        places = np.concatenate((problem.clients.location[chosen], depots.location[ends]))
        profile = vehicles.profile[kind]
        grid = (profile, places[:, None], places[None, :])
        self.metres: IntArray = np.array(problem.travel.distance[grid], dtype=np.int64)
        self.seconds: IntArray = np.array(problem.travel.duration[grid], dtype=np.int64)
        hours = problem.travel.hours
        self._starts = None if hours is None else hours.starts
        by_hour = self.seconds[..., None] if hours is None else hours.duration[profile][:, *grid[1:]].transpose(1, 2, 0)
        self._by_hour = np.array(by_hour, dtype=np.int64)
        if self._last == OPEN:
            self.metres[:, self.home] = self.seconds[:, self.home] = 0
            self._by_hour[:, self.home] = 0
        weight = problem.objective
        self.per_metre = weight.distance * float(vehicles.distance_cost[kind])
        self.per_second = weight.duration * float(vehicles.duration_cost[kind])
        self._fixed = weight.fixed * float(vehicles.fixed_cost[kind])
        self.leg: FloatArray = self.per_metre * self.metres + self.per_second * self.seconds
        self._read_clients(chosen, vehicle)

    def _read_clients(self, chosen: IntArray, vehicle: int) -> None:
        problem, kind = self._problem, self._kind
        clients, locks = problem.clients, problem.locks
        self._service = clients.service[chosen, kind]
        self._windows = np.ascontiguousarray(problem.windows_of(kind)[chosen].transpose(1, 2, 0))
        self._release = clients.release[chosen]
        self._delivery, self._pickup = clients.delivery[chosen], clients.pickup[chosen]
        self._delivers: BoolArray = (self._delivery > 0).max(axis=1)
        self._picks_up: BoolArray = (self._pickup > 0).max(axis=1)
        self._driven = locks.driven[chosen]
        self._forbidden = ~clients.allowed[chosen, kind]
        mine = ANY
        if ANY < vehicle < problem.vehicles.count[kind]:
            mine = int(problem.vehicles.first_vehicle[kind]) + vehicle
        self._elsewhere = (locks.vehicle[chosen] != ANY) & (locks.vehicle[chosen] != mine)
        self._position = locks.position[chosen]
        self.forbids = bool(self._forbidden.any())
        self.locks = bool(self._elsewhere.any() or (self._position != ANY).any())

    def onward(self, start: int, orders: IntArray) -> FloatArray:
        """Return the cost of driving on from a place and home, each leg at its quickest hour, and of serving.

        Waiting can only be added to it.

        Parameters
        ----------
        start
            Where the vehicle stands: a place in ``clients``, or `depot`.
        orders
            Shape ``(rows, stops)``, places in ``clients``.
        """
        driven: FloatArray = self.leg.take(self._legs(orders, start)).sum(axis=0)
        return driven + self.per_second * self._work(orders)

    def judge(self, orders: IntArray) -> Judged:
        """Return what orders cost and break.

        Parameters
        ----------
        orders
            Shape ``(rows, stops)``, places in ``clients``; at least one stop.

        Raises
        ------
        ValueError
            If a row has no stops: a vehicle that serves nobody stays at home.
        """
        vehicles, kind = self._problem.vehicles, self._kind
        if not orders.shape[1]:
            raise ValueError("an order of no clients is no route")
        legs = self._legs(orders, self.depot)
        long = self.metres.take(legs)
        opening, leaving, end, late = self._times(orders, legs)
        seconds = self._driven_seconds(orders, legs, leaving)
        metres, work = long.sum(axis=0), seconds.sum(axis=0) + self._work(orders)
        length = np.int64(orders.shape[1])
        closing = self._problem.depots.closing
        hours = np.maximum(opening - closing[self._first], 0)
        if self._last != OPEN:
            hours = hours + np.maximum(end - closing[self._last], 0)
        position = self._position[orders]
        moved = self._elsewhere[orders] | ((position != ANY) & (position != np.arange(length)))
        columns = {
            Rule.UNREACHABLE: ((long >= UNREACHABLE) | (seconds >= UNREACHABLE)).sum(axis=0),
            Rule.NOT_ALLOWED: self._forbidden[orders].sum(axis=1),
            Rule.LOCK: moved.sum(axis=1),
            Rule.CAPACITY: self._overload(orders),
            Rule.BACKHAUL: self._against_order(orders),
            Rule.TIME_WINDOW: late,
            Rule.SHIFT: np.maximum(end - vehicles.shift_end[kind], 0),
            Rule.DEPOT_HOURS: hours,
            Rule.MAX_DISTANCE: np.maximum(metres - vehicles.max_distance[kind], 0),
            Rule.MAX_DURATION: np.maximum(end - leaving - vehicles.max_duration[kind], 0),
            Rule.MAX_STOPS: np.full(len(orders), max(0, int(length - vehicles.max_stops[kind]))),
        }
        return Judged(
            way=self._fixed + self.per_metre * metres + self.per_second * work,
            waiting=self.per_second * (end - leaving - work),
            broken=np.stack([columns[rule] for rule in RULES], axis=1).astype(np.int64),
        )

    def _legs(self, orders: IntArray, start: int) -> IntArray:
        """Return the legs of orders, the way home included, as flat indices of a matrix, shape ``(legs, rows)``."""
        rows, length = orders.shape
        stops = np.empty((length + 2, rows), dtype=np.int64)
        stops[0], stops[1:-1], stops[-1] = start, orders.T, self.home
        legs: IntArray = stops[:-1] * self.metres.shape[1] + stops[1:]
        return legs

    def _work(self, orders: IntArray) -> IntArray:
        seconds: IntArray = self._service.take(orders).sum(axis=1)
        return seconds

    def least(self, orders: IntArray) -> FloatArray:
        """Return the cost of whole routes with each leg at its quickest hour and without waiting, shape ``(rows,)``."""
        return self._fixed + self.onward(self.depot, orders)

    def _arrive(self, legs: IntArray, now: IntArray) -> IntArray:
        """Return when legs end that are started at a time; legs are flat indices."""
        if self._starts is None:
            made: IntArray = now + self.seconds.take(legs)
            return made
        return arrivals_by_hour(self._starts, self._by_hour.reshape(-1, len(self._starts))[legs], now)

    def _leave(self, legs: IntArray, by: IntArray) -> IntArray:
        """Return how late legs may be started to end by a time."""
        if self._starts is None:
            made: IntArray = by - self.seconds.take(legs)
            return made
        return departures_by_hour(self._starts, self._by_hour.reshape(-1, len(self._starts))[legs], by)

    def _driven_seconds(self, orders: IntArray, legs: IntArray, leaving: IntArray) -> IntArray:
        """Return what each leg takes when the routes are left at a time, shape ``(legs, rows)``."""
        if self._starts is None:
            made: IntArray = self.seconds.take(legs)
            return made
        stops = orders.T
        now, seconds = leaving, np.empty(legs.shape, dtype=np.int64)
        for place in range(len(legs)):
            arrival = self._arrive(legs[place], now)
            seconds[place] = arrival - now
            if place < len(stops):
                begins = _first_start(arrival, self._windows[:, :, stops[place]])
                now = begins + self._service[stops[place]]
        return seconds

    def _times(self, orders: IntArray, legs: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """Return the earliest departure, the one that is driven, the end, and the lateness that is a violation."""
        vehicles, depots, kind = self._problem.vehicles, self._problem.depots, self._kind
        rows, length = orders.shape
        early = max(int(vehicles.shift_start[kind]), int(depots.opening[self._first]))
        opening = np.maximum(early, self._release[orders].max(axis=1, initial=0))
        stops = np.ascontiguousarray(orders.T)
        windows, service = self._windows.take(stops, axis=2), self._service.take(stops)
        now, starts = opening, np.empty((length, rows), dtype=np.int64)
        for place in range(length):
            starts[place] = _first_start(self._arrive(legs[place], now), windows[:, :, place])
            now = starts[place] + service[place]
        end = self._arrive(legs[length], now)
        late = np.maximum(starts - windows[-1, 1], 0)
        is_late = late > 0

        # So late may the route be left that it ends as early, and that nobody late is later.
        bound = self._leave(legs[length], end)
        for place in reversed(range(length)):
            bound -= service[place]
            bound = np.where(is_late[place], starts[place], _last_start(bound, windows[:, :, place]))
            bound = self._leave(legs[place], bound)
        leaving = np.maximum(opening, np.minimum(bound, int(depots.closing[self._first])))
        return opening, leaving, end, np.where(self._driven[stops], 0, late).sum(axis=0)

    def _overload(self, orders: IntArray) -> IntArray:
        """Return by how much the largest load on board exceeds the capacity, summed up over the dimensions."""
        delivery = self._delivery[orders]
        on_board = delivery.sum(axis=1)
        peak = on_board.copy()
        capacity = self._problem.vehicles.capacity[self._kind]
        if self._pickup.any():
            change = np.cumsum(self._pickup[orders] - delivery, axis=1)
            peak = np.maximum(peak, on_board + change.max(axis=1, initial=0))
        over: IntArray = np.maximum(peak - capacity, 0).sum(axis=1)
        return over

    def _against_order(self, orders: IntArray) -> IntArray:
        """Return how many stops are against the order of deliveries and pickups."""
        rule = Backhauls(self._problem.vehicles.backhauls[self._kind])
        if rule is Backhauls.MIXED:
            return np.zeros(len(orders), dtype=np.int64)
        delivers, picks_up = self._delivers[orders], self._picks_up[orders]
        seen: IntArray = np.cumsum(picks_up, axis=1) - picks_up
        wrong: IntArray = (delivers & (seen > 0)).sum(axis=1)
        if rule is Backhauls.LOADED:
            wrong = wrong + (picks_up.any(axis=1) & ~delivers.any(axis=1))
        return wrong


def _first_start(arrival: IntArray, windows: IntArray) -> IntArray:
    """Return when service starts, as `solver.explain.alone.first_start`; windows have the shape ``(windows, 2, rows)``.

    Of one window this is its opening or the arrival, even when it is over: nearly all have one, and this is fast.
    """
    start: IntArray = np.maximum(arrival, windows[-1, 0])
    for early, late in windows[-2::-1]:
        start = np.where(arrival <= late, np.maximum(arrival, early), start)
    return start


def _last_start(bound: IntArray, windows: IntArray) -> IntArray:
    """Return the latest start of service that is not after ``bound``, which is not before all windows."""
    start: IntArray = np.minimum(windows[0, 1], bound)
    for early, late in windows[1:]:
        start = np.where(early <= bound, np.minimum(late, bound), start)
    return start
