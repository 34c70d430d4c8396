"""Building a problem from whatever is known, with defaults for the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from solver.problem.arrays import FloatArray, IntArray, floats, ints
from solver.problem.hours import Hours
from solver.problem.limits import ALONE, ANY, OPEN, UNLIMITED
from solver.problem.plane import PlaneMatrix
from solver.problem.problem import Problem
from solver.problem.records import Backhauls, Clients, Depots, Travel, VehicleTypes
from solver.problem.wishes import Locks, Objective, Published


def make_problem(
    *,
    distance: ArrayLike | PlaneMatrix,
    duration: ArrayLike | PlaneMatrix | None = None,
    hours: Hours | None = None,
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
    release: ArrayLike | None = None,
    required: ArrayLike | None = None,
    prize: ArrayLike | None = None,
    group: ArrayLike | None = None,
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
    window_profile: ArrayLike | None = None,
    max_trips: ArrayLike | None = None,
    reload_depot: ArrayLike | None = None,
    backhauls: ArrayLike | None = None,
    locked_vehicle: ArrayLike | None = None,
    locked_position: ArrayLike | None = None,
    driven: ArrayLike | None = None,
    published_vehicle: ArrayLike | None = None,
    published_weight: float = 0.0,
    objective: Objective | None = None,
    name: str = "",
) -> Problem:
    """Build a `Problem`; whatever is left out takes the value that constrains nothing.

    Every argument has the shape that its field has in `Travel`, `Depots`, `Clients`, `VehicleTypes`, `Locks` or
    `Published`, with these short forms: matrices of one travel profile may be two-dimensional; ``delivery``,
    ``pickup`` and ``capacity`` may be one-dimensional (one load dimension); ``service`` may be one-dimensional (the
    same for every vehicle type); ``windows`` of one window profile may be three-dimensional. Without ``duration`` a
    metre takes a second, or a leg what it takes at least by ``hours``. A `PlaneMatrix` brings its coordinates.

    Raises
    ------
    ProblemError
        If the result is not a valid problem.
    """
    meters = _matrices(distance)
    seconds = _seconds(meters, hours) if duration is None else _matrices(duration)
    if coordinates is None and isinstance(meters, PlaneMatrix):
        coordinates = meters.coordinates
    locations = meters.shape[-1] if meters.ndim else 0
    depot_at = ints(depot_location)
    depots = len(depot_at)
    client_at = np.arange(depots, locations) if client_location is None else ints(client_location)
    n = len(client_at)

    def columns(values: ArrayLike | None, rows: int, like: int) -> IntArray:
        if values is None:
            return np.zeros((rows, like), dtype=np.int64)
        array = ints(values)
        return array[:, None] if array.ndim == 1 else array

    def per_client(values: ArrayLike | None, default: int) -> IntArray:
        return np.full(n, default, dtype=np.int64) if values is None else ints(values)

    given_capacity = None if capacity is None else np.atleast_1d(ints(capacity))
    if given_capacity is not None and given_capacity.ndim == 1:
        given_capacity = given_capacity[:, None]
    dims = 1 if given_capacity is None else given_capacity.shape[1]
    tells = (
        given_capacity, count, start_depot, shift_end, fixed_cost, distance_cost, max_duration, max_trips, backhauls
    )  # fmt: skip
    types = next((len(np.atleast_1d(np.asarray(value))) for value in tells if value is not None), 1)

    def per_type(values: ArrayLike | None, default: int) -> IntArray:
        return np.full(types, default, dtype=np.int64) if values is None else ints(np.atleast_1d(np.asarray(values)))

    def cost_per_type(values: ArrayLike | None, default: float) -> FloatArray:
        return np.full(types, default) if values is None else floats(np.atleast_1d(np.asarray(values)))

    served = np.zeros((n, types), dtype=np.int64) if service is None else ints(service)
    if served.ndim == 1:
        served = np.repeat(served[:, None], types, axis=1)
    starts = per_type(start_depot, 0)
    return Problem(
        name=name,
        travel=Travel(
            distance=meters,
            duration=seconds,
            coordinates=np.zeros((locations, 2)) if coordinates is None else floats(coordinates),
            hours=hours,
        ),
        depots=Depots(
            ids=tuple(depot_ids) if depot_ids is not None else tuple(f"depot {i}" for i in range(depots)),
            location=depot_at,
            opening=np.zeros(depots, dtype=np.int64) if depot_opening is None else ints(depot_opening),
            closing=np.full(depots, UNLIMITED) if depot_closing is None else ints(depot_closing),
        ),
        clients=Clients(
            ids=tuple(client_ids) if client_ids is not None else tuple(str(i + 1) for i in range(n)),
            location=client_at,
            delivery=columns(delivery, n, dims),
            pickup=columns(pickup, n, dims),
            service=served,
            windows=np.tile(ints([[[[0, UNLIMITED]]]]), (n, 1, 1, 1)) if windows is None else _windows(windows),
            release=per_client(release, 0),
            required=np.ones(n, dtype=np.bool_) if required is None else np.array(required, dtype=np.bool_),
            prize=np.zeros(n) if prize is None else floats(prize),
            group=per_client(group, ALONE),
            allowed=np.ones((n, types), dtype=np.bool_) if allowed is None else np.array(allowed, dtype=np.bool_),
            preference=np.zeros((n, types)) if preference is None else floats(preference),
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
            window_profile=per_type(window_profile, 0),
            max_trips=per_type(max_trips, 1),
            reload_depot=per_type(reload_depot, OPEN),
            backhauls=per_type(backhauls, Backhauls.MIXED),
        ),
        locks=Locks(
            vehicle=per_client(locked_vehicle, ANY),
            position=per_client(locked_position, ANY),
            driven=np.zeros(n, dtype=np.bool_) if driven is None else np.array(driven, dtype=np.bool_),
        ),
        published=Published(per_client(published_vehicle, ANY), float(published_weight)),
        objective=objective or Objective(),
    )


def _matrices(values: ArrayLike | PlaneMatrix) -> IntArray | PlaneMatrix:
    if isinstance(values, PlaneMatrix):
        return values
    array = ints(values)
    return array[None] if array.ndim == 2 else array


def _seconds(meters: IntArray | PlaneMatrix, hours: Hours | None) -> IntArray | PlaneMatrix:
    return _copy(meters) if hours is None else hours.least


def _windows(values: ArrayLike) -> IntArray:
    array = ints(values)
    return array[:, None] if array.ndim == 3 else array


def _copy(matrices: IntArray | PlaneMatrix) -> IntArray | PlaneMatrix:
    return matrices if isinstance(matrices, PlaneMatrix) else matrices.copy()
