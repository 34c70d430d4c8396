"""The routing problem as immutable arrays, in base units: metres, seconds, whole load units, cost units.

Variants are what the arrays say, not classes: an open route is a vehicle type without an end depot, a
site-dependent problem is an ``allowed`` table with zeros, an optional client is one that is not ``required``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver.problem.fault import ProblemError
from solver.problem.limits import UNLIMITED
from solver.problem.validate import faults_of

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def _ints(values: ArrayLike) -> IntArray:
    return np.ascontiguousarray(values, dtype=np.int64)


def _floats(values: ArrayLike) -> FloatArray:
    return np.ascontiguousarray(values, dtype=np.float64)


def _freeze(record: object) -> None:
    for part in fields(record):  # type: ignore[arg-type]
        value = getattr(record, part.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False


@dataclass(frozen=True, eq=False)
class Travel:
    """Travel between locations, per travel profile; nothing needs to be symmetric.

    Parameters
    ----------
    distance
        Shape ``(profiles, locations, locations)``, metres.
    duration
        Shape ``(profiles, locations, locations)``, seconds.
    coordinates
        Shape ``(locations, 2)``, x and y in any plane; used to guide the search only, never for cost.
    """

    distance: IntArray
    duration: IntArray
    coordinates: FloatArray

    @property
    def profiles(self) -> int:
        """Number of travel profiles."""
        return int(self.distance.shape[0])

    @property
    def locations(self) -> int:
        """Number of locations."""
        return int(self.distance.shape[1])


@dataclass(frozen=True, eq=False)
class Depots:
    """Where vehicles start and end.

    Parameters
    ----------
    ids
        Stable name per depot.
    location
        Shape ``(depots,)``, index into the locations of `Travel`.
    opening, closing
        Shape ``(depots,)``, seconds; vehicles leave and return between the two.
    """

    ids: tuple[str, ...]
    location: IntArray
    opening: IntArray
    closing: IntArray


@dataclass(frozen=True, eq=False)
class Clients:
    """Who is to be visited.

    Parameters
    ----------
    ids
        Stable name per client; they survive edits of the problem.
    location
        Shape ``(clients,)``, index into the locations of `Travel`.
    delivery, pickup
        Shape ``(clients, dimensions)``, load units brought from the start depot, and taken to the end depot.
    service
        Shape ``(clients, vehicle types)``, seconds; the service factor of a vehicle type is already applied.
    windows
        Shape ``(clients, windows, 2)``, seconds, earliest and latest start of service; sorted and disjoint. A
        client with fewer windows repeats its last one.
    required
        Shape ``(clients,)``; a plan without a required client is infeasible.
    prize
        Shape ``(clients,)``, cost of leaving an optional client out.
    allowed
        Shape ``(clients, vehicle types)``; who may serve whom.
    preference
        Shape ``(clients, vehicle types)``, cost added when this type serves this client; zero for the favourite.
    """

    ids: tuple[str, ...]
    location: IntArray
    delivery: IntArray
    pickup: IntArray
    service: IntArray
    windows: IntArray
    required: BoolArray
    prize: FloatArray
    allowed: BoolArray
    preference: FloatArray

    @property
    def number(self) -> int:
        """Number of clients."""
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class VehicleTypes:
    """Who may drive.

    Parameters
    ----------
    ids
        Stable name per vehicle type.
    count
        Shape ``(types,)``, vehicles at hand.
    capacity
        Shape ``(types, dimensions)``, load units.
    start_depot, end_depot
        Shape ``(types,)``; an end depot of `OPEN` ends the route at its last client.
    shift_start, shift_end
        Shape ``(types,)``, seconds; the vehicle leaves and is back (or done, when open) in between.
    fixed_cost
        Shape ``(types,)``, cost of each vehicle used.
    distance_cost
        Shape ``(types,)``, cost per metre.
    duration_cost
        Shape ``(types,)``, cost per second between leaving and coming back.
    max_distance, max_duration, max_stops
        Shape ``(types,)``, metres, seconds and number of clients of one route.
    profile
        Shape ``(types,)``, travel profile.
    """

    ids: tuple[str, ...]
    count: IntArray
    capacity: IntArray
    start_depot: IntArray
    end_depot: IntArray
    shift_start: IntArray
    shift_end: IntArray
    fixed_cost: FloatArray
    distance_cost: FloatArray
    duration_cost: FloatArray
    max_distance: IntArray
    max_duration: IntArray
    max_stops: IntArray
    profile: IntArray

    @property
    def number(self) -> int:
        """Number of vehicle types."""
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class Problem:
    """A routing problem: immutable arrays, validated when it is built.

    Raises
    ------
    ProblemError
        If shapes, signs or references do not fit; it lists every fault.
    """

    travel: Travel
    depots: Depots
    clients: Clients
    vehicles: VehicleTypes
    name: str = field(default="")

    def __post_init__(self) -> None:
        faults = faults_of(self)
        if faults:
            raise ProblemError(faults)
        for record in (self.travel, self.depots, self.clients, self.vehicles):
            _freeze(record)

    @property
    def dimensions(self) -> int:
        """Number of load dimensions."""
        return int(self.vehicles.capacity.shape[1])


def make_problem(
    *,
    distance: ArrayLike,
    duration: ArrayLike | None = None,
    coordinates: ArrayLike | None = None,
    depot_location: ArrayLike = (0,),
    depot_opening: ArrayLike | None = None,
    depot_closing: ArrayLike | None = None,
    depot_ids: Sequence[str] | None = None,
    client_location: ArrayLike | None = None,
    client_ids: Sequence[str] | None = None,
    delivery: ArrayLike | None = None,
    pickup: ArrayLike | None = None,
    service: ArrayLike | None = None,
    windows: ArrayLike | None = None,
    required: ArrayLike | None = None,
    prize: ArrayLike | None = None,
    allowed: ArrayLike | None = None,
    preference: ArrayLike | None = None,
    vehicle_ids: Sequence[str] | None = None,
    count: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    start_depot: ArrayLike | None = None,
    end_depot: ArrayLike | None = None,
    shift_start: ArrayLike | None = None,
    shift_end: ArrayLike | None = None,
    fixed_cost: ArrayLike | None = None,
    distance_cost: ArrayLike | None = None,
    duration_cost: ArrayLike | None = None,
    max_distance: ArrayLike | None = None,
    max_duration: ArrayLike | None = None,
    max_stops: ArrayLike | None = None,
    profile: ArrayLike | None = None,
    name: str = "",
) -> Problem:
    """Build a `Problem`; whatever is left out takes the value that constrains nothing.

    Every argument has the shape that its field has in `Travel`, `Depots`, `Clients` or `VehicleTypes`, with these
    short forms: matrices of one travel profile may be two-dimensional; ``delivery``, ``pickup`` and ``capacity`` may
    be one-dimensional (one load dimension); ``service`` may be one-dimensional (the same for every vehicle type).

    Raises
    ------
    ProblemError
        If the result is not a valid problem.
    """
    meters = _ints(distance)
    meters = meters[None] if meters.ndim == 2 else meters
    seconds = meters.copy() if duration is None else _ints(duration)
    seconds = seconds[None] if seconds.ndim == 2 else seconds
    locations = meters.shape[-1] if meters.ndim else 0
    depot_at = _ints(depot_location)
    depots = len(depot_at)
    client_at = np.arange(depots, locations) if client_location is None else _ints(client_location)
    n = len(client_at)

    def columns(values: ArrayLike | None, rows: int, like: int) -> IntArray:
        if values is None:
            return np.zeros((rows, like), dtype=np.int64)
        array = _ints(values)
        return array[:, None] if array.ndim == 1 else array

    given_capacity = None if capacity is None else np.atleast_1d(_ints(capacity))
    if given_capacity is not None and given_capacity.ndim == 1:
        given_capacity = given_capacity[:, None]
    dims = 1 if given_capacity is None else given_capacity.shape[1]
    types = next(
        (
            len(np.atleast_1d(np.asarray(value)))
            for value in (given_capacity, count, start_depot, shift_end, fixed_cost, distance_cost, max_duration)
            if value is not None
        ),
        1,
    )

    def per_type(values: ArrayLike | None, default: int) -> IntArray:
        return np.full(types, default, dtype=np.int64) if values is None else _ints(np.atleast_1d(np.asarray(values)))

    def cost_per_type(values: ArrayLike | None, default: float) -> FloatArray:
        return np.full(types, default) if values is None else _floats(np.atleast_1d(np.asarray(values)))

    served = np.zeros((n, types), dtype=np.int64) if service is None else _ints(service)
    if served.ndim == 1:
        served = np.repeat(served[:, None], types, axis=1)
    starts = per_type(start_depot, 0)
    return Problem(
        name=name,
        travel=Travel(
            distance=meters,
            duration=seconds,
            coordinates=np.zeros((locations, 2)) if coordinates is None else _floats(coordinates),
        ),
        depots=Depots(
            ids=tuple(depot_ids) if depot_ids is not None else tuple(f"depot {i}" for i in range(depots)),
            location=depot_at,
            opening=np.zeros(depots, dtype=np.int64) if depot_opening is None else _ints(depot_opening),
            closing=np.full(depots, UNLIMITED) if depot_closing is None else _ints(depot_closing),
        ),
        clients=Clients(
            ids=tuple(client_ids) if client_ids is not None else tuple(str(i + 1) for i in range(n)),
            location=client_at,
            delivery=columns(delivery, n, dims),
            pickup=columns(pickup, n, dims),
            service=served,
            windows=np.tile(_ints([[[0, UNLIMITED]]]), (n, 1, 1)) if windows is None else _ints(windows),
            required=np.ones(n, dtype=np.bool_) if required is None else np.array(required, dtype=np.bool_),
            prize=np.zeros(n) if prize is None else _floats(prize),
            allowed=np.ones((n, types), dtype=np.bool_) if allowed is None else np.array(allowed, dtype=np.bool_),
            preference=np.zeros((n, types)) if preference is None else _floats(preference),
        ),
        vehicles=VehicleTypes(
            ids=tuple(vehicle_ids) if vehicle_ids is not None else tuple(f"type {k}" for k in range(types)),
            count=per_type(count, max(n, 1)),
            capacity=np.full((types, dims), UNLIMITED) if given_capacity is None else given_capacity,
            start_depot=starts,
            end_depot=starts.copy() if end_depot is None else per_type(end_depot, 0),
            shift_start=per_type(shift_start, 0),
            shift_end=per_type(shift_end, UNLIMITED),
            fixed_cost=cost_per_type(fixed_cost, 0.0),
            distance_cost=cost_per_type(distance_cost, 1.0),
            duration_cost=cost_per_type(duration_cost, 0.0),
            max_distance=per_type(max_distance, UNLIMITED),
            max_duration=per_type(max_duration, UNLIMITED),
            max_stops=per_type(max_stops, UNLIMITED),
            profile=per_type(profile, 0),
        ),
    )
