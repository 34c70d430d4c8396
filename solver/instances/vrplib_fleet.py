"""Vehicles of a VRPLIB file: one by one as they are listed, and gathered into types."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from solver.instances.errors import UnsupportedError
from solver.instances.rounding import Rounding
from solver.instances.vrplib_text import VrplibText
from solver.problem.limits import OPEN, UNLIMITED

Columns = dict[str, NDArray[np.float64] | NDArray[np.int64]]


@dataclass(frozen=True)
class Fleet:
    """Vehicles of equal attributes gathered into types.

    Parameters
    ----------
    types
        Index of the type of each vehicle, in the order of the file.
    first
        Index of the first vehicle of each type.
    """

    types: tuple[int, ...]
    first: tuple[int, ...]

    def members(self, kind: int) -> tuple[int, ...]:
        """Indices of the vehicles of a type."""
        return tuple(vehicle for vehicle, one in enumerate(self.types) if one == kind)

    def name(self, kind: int) -> str:
        """Name a type by the numbers of its vehicles in the file, runs shortened: ``vehicles 1-3 7``."""
        vehicles = self.members(kind)
        runs = []
        for _, run in groupby(enumerate(vehicles, start=1), key=lambda pair: pair[1] - pair[0]):
            numbers = [vehicle + 1 for _, vehicle in run]
            runs.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
        return f"vehicle{'s' if len(vehicles) > 1 else ''} {' '.join(runs)}"


def read_fleet(
    source: VrplibText, vehicles: int, nodes: int, depots: int, rounding: Rounding
) -> tuple[Fleet, Columns, NDArray[np.bool_]]:
    """Return the vehicle types of a file.

    Parameters
    ----------
    source
        The file, taken apart.
    vehicles, nodes, depots
        How many there are; depots are the first nodes.
    rounding
        How numbers become whole units.

    Returns
    -------
    Fleet
        Which vehicle belongs to which type.
    dict
        One column per attribute, shape ``(types,)``.
    ndarray
        Which clients each type may serve, shape ``(clients, types)``.

    Raises
    ------
    UnsupportedError
        If a vehicle reloads anywhere but where it starts and ends.
    InstanceError
        If something is malformed.
    """
    attributes, allowed = _attributes(source, vehicles, nodes, depots, rounding)
    fleet = _gather(attributes)
    columns = {name: values[list(fleet.first)] for name, values in attributes.items()}
    mask = np.zeros((nodes - depots, len(fleet.first)), dtype=np.bool_)
    for kind, choice in enumerate(columns["VEHICLES_ALLOWED_CLIENTS"].tolist()):
        mask[[node - 1 - depots for node in allowed[int(choice)]], kind] = True
    return fleet, columns, mask


def whole_loads(source: VrplibText, loads: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return loads as whole numbers.

    Raises
    ------
    InstanceError
        If one is not.
    """
    if (loads != np.rint(loads)).any():
        wrong = loads[loads != np.rint(loads)][0]
        raise source.error(f"a demand or capacity is {wrong:g}, expected whole numbers")
    return loads.astype(np.int64)


def _attributes(
    source: VrplibText, vehicles: int, nodes: int, depots: int, rounding: Rounding
) -> tuple[Columns, list[tuple[int, ...]]]:
    """Return what tells vehicles apart, one entry per vehicle, and the lists of allowed nodes that it points into."""

    def of(name: str, default: float) -> NDArray[np.float64]:
        if name in source.sections:
            return source.table(name, vehicles, 1)[:, 0]
        value = source.number(name)
        return np.full(vehicles, default if value is None else value)

    def limit(name: str) -> NDArray[np.int64]:
        given = name in source.sections or name in source.specifications
        return rounding.units(of(name, 0)) if given else np.full(vehicles, UNLIMITED, dtype=np.int64)

    start = of("VEHICLES_DEPOT", 1)
    if not np.isin(start, np.arange(1, depots + 1)).all():
        wrong = start[~np.isin(start, np.arange(1, depots + 1))][0]
        raise source.error(f"VEHICLES_DEPOT_SECTION has {wrong:g}, expected a depot 1 to {depots}")
    allowed = [tuple(range(depots + 1, nodes + 1))]
    choice = np.zeros(vehicles, dtype=np.int64)
    if "VEHICLES_ALLOWED_CLIENTS" in source.sections:
        rows = source.lists("VEHICLES_ALLOWED_CLIENTS", vehicles, depots + 1, nodes)
        allowed = list(dict.fromkeys(rows))
        place = {row: i for i, row in enumerate(allowed)}
        choice = np.array([place[row] for row in rows])
    home = start.astype(np.int64) - 1
    reload, trips = _reloads(source, vehicles, depots, home, of("VEHICLES_MAX_RELOADS", UNLIMITED))
    attributes: Columns = {
        "CAPACITY": whole_loads(source, of("CAPACITY", UNLIMITED)),
        "VEHICLES_ALLOWED_CLIENTS": choice,
        "VEHICLES_RELOAD_DEPOT": reload,
        "VEHICLES_MAX_TRIPS": trips,
        "VEHICLES_DEPOT": home,
        "VEHICLES_MAX_DISTANCE": limit("VEHICLES_MAX_DISTANCE"),
        "VEHICLES_MAX_DURATION": limit("VEHICLES_MAX_DURATION"),
        "VEHICLES_FIXED_COST": rounding.units(of("VEHICLES_FIXED_COST", 0)),
        # Cost per whole unit of distance: scaling it too would scale the cost twice.
        "VEHICLES_UNIT_DISTANCE_COST": of("VEHICLES_UNIT_DISTANCE_COST", 1),
    }
    return attributes, allowed


def _reloads(
    source: VrplibText, vehicles: int, depots: int, start: NDArray[np.int64], reloads: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each vehicle's reload depot and its number of trips; whoever has no reload depot makes one trip."""
    if (reloads != np.rint(reloads)).any() or (reloads < 0).any():
        wrong = reloads[(reloads != np.rint(reloads)) | (reloads < 0)][0]
        raise source.error(f"VEHICLES_MAX_RELOADS is {wrong:g}, expected a whole number that is not negative")
    name = "VEHICLES_RELOAD_DEPOT"
    rows: list[tuple[int, ...]] = [()] * vehicles
    if name in source.sections:
        rows = source.lists(name, vehicles, 1, depots)
    elif (given := source.whole(name)) is not None:
        rows = [(given,)] * vehicles
    if any(row not in ((), (home + 1,)) for row, home in zip(rows, start.tolist(), strict=True)):
        raise UnsupportedError(source.path, ["reload depots other than a vehicle's own"])
    depot = np.where([bool(row) for row in rows], start, OPEN)
    trips = np.where(depot == OPEN, 1, np.minimum(reloads + 1, UNLIMITED)).astype(np.int64)
    return np.where(trips > 1, depot, OPEN), trips


def _gather(attributes: Columns) -> Fleet:
    seen: dict[tuple[float, ...], int] = {}
    types: list[int] = []
    first: list[int] = []
    for vehicle, key in enumerate(zip(*(values.tolist() for values in attributes.values()), strict=True)):
        if key not in seen:
            seen[key] = len(first)
            first.append(vehicle)
        types.append(seen[key])
    return Fleet(tuple(types), tuple(first))
