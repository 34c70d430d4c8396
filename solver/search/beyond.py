"""What only the whole build of the kernels looks at: trips, release times, groups, locks, and the published plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from solver.problem import ALONE, ANY, Problem

Ints = NDArray[np.int32]

SPARE = 16
"""Vehicles at hand beyond those that a best plan could use."""


@dataclass(frozen=True, eq=False)
class Beyond:
    """The arrays of `solver.search.data.Data` of the same names."""

    trips: int
    released: int
    grouped: int
    locked: int
    pinned: int
    told: int
    items: int
    first_vehicle: Ints
    ordinal: Ints
    max_trips: NDArray[np.int64]
    release: NDArray[np.int64]
    group: Ints
    group_first: Ints
    group_member: Ints
    home: Ints
    pin: Ints
    pin_first: Ints
    pin_client: Ints
    told_vehicle: Ints
    change_cost: NDArray[np.float64]

    @property
    def used(self) -> bool:
        """Whether a problem needs any of it."""
        return bool(self.trips or self.released or self.grouped or self.locked or self.told)


def beyond_of(problem: Problem) -> Beyond:
    """Lay out what a problem asks for beyond single trips of free vehicles to clients of their own.

    Parameters
    ----------
    problem
        Any problem.
    """
    clients, vehicles, locks, published = problem.clients, problem.vehicles, problem.locks, problem.published
    n = clients.number
    change = problem.objective.change * published.weight
    told = (published.vehicle != ANY) & (change > 0)
    locked = locks.vehicle != ANY
    named = np.unique(np.concatenate((locks.vehicle[locked], published.vehicle[told])))
    first = vehicles.first_vehicle
    number = np.full(int(first[-1]), ANY, dtype=np.int64)
    ordinals: list[NDArray[np.int64]] = []
    sizes = [0]
    for k in range(vehicles.number):
        mine = named[(named >= first[k]) & (named < first[k + 1])] - first[k]
        most = max(min(int(vehicles.count[k]), n), len(mine))
        others = np.setdiff1d(np.arange(min(int(vehicles.count[k]), most + len(mine))), mine)
        chosen = np.sort(np.concatenate((mine, others[: most - len(mine)])))
        number[first[k] + chosen] = sum(sizes) + np.arange(len(chosen))
        ordinals.append(chosen)
        sizes.append(len(chosen))

    home = np.where(locked, number[np.where(locked, locks.vehicle, 0)] if len(number) else ANY, ANY)
    pins = np.flatnonzero(locked & (locks.position != ANY))
    pins = pins[np.lexsort((locks.position[pins], home[pins]))]
    pin_first = np.searchsorted(home[pins], np.arange(sum(sizes) + 1))
    order = np.argsort(clients.group, kind="stable")
    order = order[clients.group[order] != ALONE]
    grouped = len(order)
    return Beyond(
        trips=int((vehicles.max_trips > 1).any()),
        released=int(clients.release.any()),
        grouped=int(grouped > 0),
        locked=int(locked.any()),
        pinned=int(len(pins) > 0),
        told=int(told.any()),
        items=n - grouped + clients.groups,
        first_vehicle=np.cumsum(sizes).astype(np.int32),
        ordinal=np.concatenate(ordinals).astype(np.int32),
        max_trips=vehicles.max_trips,
        release=clients.release,
        group=clients.group.astype(np.int32),
        group_first=np.searchsorted(clients.group[order], np.arange(clients.groups + 1)).astype(np.int32),
        group_member=order.astype(np.int32),
        home=home.astype(np.int32),
        pin=np.where(locked, locks.position, ANY).astype(np.int32),
        pin_first=pin_first.astype(np.int32),
        pin_client=pins.astype(np.int32),
        told_vehicle=np.where(told, number[np.where(told, published.vehicle, 0)] if len(number) else ANY, ANY).astype(
            np.int32
        ),
        change_cost=np.where(told, change, 0.0),
    )


def enough_vehicles(beyond: Beyond, problem: Problem) -> Beyond:
    """Return the same with no more vehicles than could ever be of use, where a vehicle's one rule is its capacity.

    In a plane, two routes that fit into one vehicle cost no less than one route. A best plan thus has none where two
    routes of a type fit together: but for one, its routes are more than half full on average. Without this an unlimited
    fleet has a vehicle for each client, and whatever looks at all vehicles takes three times as long.

    Parameters
    ----------
    beyond
        Of a problem in which nobody is tied to a vehicle.
    problem
        One of a single load, and of nothing else that limits routes.
    """
    capacity = np.maximum(problem.vehicles.capacity[:, 0], 1)
    count = np.minimum(np.diff(beyond.first_vehicle), 2 * problem.clients.delivery[:, 0].sum() // capacity + SPARE)
    first = np.concatenate(([0], np.cumsum(count))).astype(np.int32)
    ordinal = np.concatenate([np.arange(number, dtype=np.int32) for number in count])
    return replace(beyond, first_vehicle=first, ordinal=ordinal, pin_first=np.zeros(len(ordinal) + 1, np.int32))


def allowed_of(problem: Problem) -> NDArray[np.bool_]:
    """Return who may serve whom, shape ``(clients, types)``: of a group with a locked member only that one."""
    clients, locked = problem.clients, problem.locks.vehicle != ANY
    bound = np.unique(clients.group[locked & (clients.group != ALONE)])
    made: NDArray[np.bool_] = clients.allowed & (locked | ~np.isin(clients.group, bound))[:, None]
    return made
