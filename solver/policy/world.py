"""What a policy sees of a problem: flat arrays without feature flags, so that one build of its kernels serves all.

Costs are what the objective makes of metres and seconds. *Units* make them free of scale: the mean cost from a client
to those next to it, the mean cost between depots and clients, and the length of a working day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.search.bundle import Bundle
from solver.search.data import Data
from solver.search.hours import hull_of
from solver.search.travel import NEVER_OVER

NEAR = 8
"""Neighbours whose mean cost is a client's unit."""


@dataclass(frozen=True, eq=False)
class World(Bundle):
    """Arrays that no kernel writes to; ``n`` clients, ``K`` vehicle types, ``D`` load dimensions, ``W`` windows."""

    n: int
    forbidden: int  # metres of an arc that may not be used, more than any other has
    turnable: int  # whether a route costs and keeps rules as well the other way round
    distance: NDArray[np.int32]  # (profiles, places, places), metres
    duration: NDArray[np.int32]  # (profiles, places, places), seconds
    place: NDArray[np.int32]  # (n,)
    start: NDArray[np.int32]  # (K,), place
    end: NDArray[np.int32]  # (K,), place
    profile: NDArray[np.int32]  # (K,)
    count: NDArray[np.int64]  # (K,)
    capacity: NDArray[np.int64]  # (K, D)
    delivery: NDArray[np.int64]  # (n, D)
    pickup: NDArray[np.int64]  # (n, D)
    service: NDArray[np.int64]  # (n, K)
    windows: NDArray[np.int64]  # (window profiles * n, W, 2)
    hours: NDArray[np.int64]  # (K,), row of the first client's windows as a type finds them
    early: NDArray[np.int64]  # (n,), when the first type may begin to serve it
    late: NDArray[np.int64]  # (n,), and the last
    leave_from: NDArray[np.int64]  # (K,)
    leave_until: NDArray[np.int64]  # (K,)
    back_until: NDArray[np.int64]  # (K,)
    max_distance: NDArray[np.int64]  # (K,)
    max_duration: NDArray[np.int64]  # (K,)
    max_stops: NDArray[np.int64]  # (K,)
    allowed: NDArray[np.bool_]  # (n, K)
    servable: NDArray[np.bool_]  # (n,), some vehicle could serve it alone
    required: NDArray[np.bool_]  # (n,)
    preference: NDArray[np.float64]  # (n, K)
    absent_cost: NDArray[np.float64]  # (n,)
    fixed_cost: NDArray[np.float64]  # (K,)
    distance_cost: NDArray[np.float64]  # (K,)
    duration_cost: NDArray[np.float64]  # (K,)
    metre: NDArray[np.float64]  # (K,), what a metre counts where arcs are compared
    second: NDArray[np.float64]  # (K,), and a second
    neighbours: NDArray[np.int32]  # (n, <= 60)
    unit: NDArray[np.float64]  # (n,), mean cost to the nearest
    out: NDArray[np.float64]  # (K, n), cost from the start
    home: NDArray[np.float64]  # (K, n), cost to the end
    far: NDArray[np.float64]  # (K,), mean of these two over all clients
    load: NDArray[np.float64]  # (n, K), greatest share of a capacity that a client takes, at most 1
    shared: NDArray[np.float64]  # (n,), share of vehicle types that may serve it
    loads: NDArray[np.float64]  # (K,), how many vehicles of this type alone all clients would fill
    day: NDArray[np.float64]  # (1,), seconds of a working day; 0 where time does not matter

    def __post_init__(self) -> None:
        self.seal()


class ForeignError(ValueError):
    """A problem has a feature that no policy knows; the message names it."""


def make_world(data: Data) -> World:
    """Show a problem to a policy.

    Parameters
    ----------
    data
        The kernels' view of it.

    Raises
    ------
    ForeignError
        If the problem has a feature that policies do not know.
    """
    if data.planar is not None:
        raise ForeignError("coordinates instead of a matrix")
    if data.whole is not None:
        raise ForeignError("trips, release times, groups, locks, a published plan or travel by the hour")
    n, types = data.n, len(data.profile)
    if n < 2 or data.slots == 0:
        raise ForeignError("fewer than two clients or no vehicle")
    first = np.minimum(data.first_slot[:-1], data.slots - 1)
    start, end, place = data.place[n + first], data.place[n + data.slots + first], data.place[:n]
    metre, second = data.distance_cost.copy(), data.duration_cost.copy()
    metre[(metre == 0) & (second == 0)] = 1.0
    longest = float(data.distance[data.distance < data.forbidden].max(initial=1)) if data.forbidden else np.inf

    def cost(k: int, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
        p = data.profile[k]
        metres, seconds = data.distance[p, a, b].astype(np.float64), data.duration[p, a, b].astype(np.float64)
        # An arc that may not be used looks as long as the longest that may: features stay within bounds.
        closed = metres > longest
        return np.asarray(metre[k] * np.where(closed, longest, metres) + second[k] * np.where(closed, 0.0, seconds))

    near = data.neighbours[:, :NEAR]
    here, there = place[:, None], place[near]
    either = [np.minimum(cost(k, here, there), cost(k, there, here)).mean(axis=1) for k in range(types)]
    unit = np.mean(either, axis=0)
    unit = np.maximum(unit, 0.05 * max(float(unit.mean()), 1e-9))
    out = np.stack([cost(k, start[k : k + 1], place) for k in range(types)])
    home = np.stack([cost(k, place, end[k : k + 1]) for k in range(types)])
    early, late = hull_of(data.windows, data.hours, data.allowed)
    need = np.maximum(data.delivery, data.pickup)
    room = np.maximum(data.capacity, 1)
    load = np.minimum((need[:, None, :] / room[None, :, :]).max(axis=2, initial=0.0), 1.0)
    loads = (need.sum(axis=0)[None, :] / room).max(axis=1, initial=0.0)
    return World(
        n=n,
        forbidden=data.forbidden or 1 << 31,
        turnable=int(_turnable(data, start, end)),
        distance=data.distance,
        duration=data.duration,
        place=place,
        start=start,
        end=end,
        profile=data.profile,
        count=np.diff(data.first_slot).astype(np.int64),
        capacity=data.capacity,
        delivery=data.delivery,
        pickup=data.pickup,
        service=data.service,
        windows=data.windows,
        hours=data.hours,
        early=early,
        late=late,
        leave_from=data.leave_from,
        leave_until=data.leave_until,
        back_until=data.back_until,
        max_distance=data.max_distance,
        max_duration=data.max_duration,
        max_stops=data.max_stops,
        allowed=data.allowed,
        servable=data.servable,
        required=data.required,
        preference=data.preference,
        absent_cost=data.absent_cost,
        fixed_cost=data.fixed_cost,
        distance_cost=data.distance_cost,
        duration_cost=data.duration_cost,
        metre=metre,
        second=second,
        neighbours=data.neighbours,
        unit=unit,
        out=out,
        home=home,
        far=np.maximum(0.5 * (out + home).mean(axis=1), 1e-9),
        load=np.ascontiguousarray(load),
        shared=data.allowed.mean(axis=1),
        loads=np.maximum(loads, 1e-9),
        day=np.array([_day(data)]),
    )


def _day(data: Data) -> float:
    """Return the seconds between the first and the last thing that may happen, 0 where time does not matter."""
    if not data.clocked:
        return 0.0
    ends = np.concatenate((data.windows[:, -1, 1], data.back_until, data.leave_until))
    ends = ends[ends < NEVER_OVER - 1]
    begins = np.concatenate((data.windows[:, 0, 0], data.leave_from))
    if not len(ends):
        return 0.0
    return float(max(ends.max() - begins.min(), 1))


def _turnable(data: Data, start: NDArray[np.int32], end: NDArray[np.int32]) -> bool:
    """Return whether any route may as well be driven the other way round: nothing is about time or order."""
    alike = data.symmetric and not data.clocked and not data.forbidden
    # Where what is picked up lies beside what is yet to be delivered, the way round decides how much is on board.
    return bool(alike and not data.mixed and (start == end).all())
