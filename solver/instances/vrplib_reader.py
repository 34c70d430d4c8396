"""From a VRPLIB file that is taken apart to a problem.

It reads the dialect that the PyVRP/Instances collection is written in: node numbers from 1, depots first, one row
per vehicle where vehicles differ. Whatever it does not know is an error, so that no instance is read as an easier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from solver.instances.distances import euclidean, explicit
from solver.instances.errors import UnsupportedError
from solver.instances.rounding import Rounding
from solver.instances.vrplib_text import VrplibText
from solver.problem.limits import UNLIMITED
from solver.problem.make import make_problem
from solver.problem.problem import Problem

MOST_NODES = 20_000
"""A distance matrix grows with the square; this many nodes take 3.2 GB."""

TYPES = frozenset({"CVRP", "HFVRP", "VRPTW", "PCVRPTW", "SDVRPTW", "MDVRPTW"})
"""Values of ``TYPE`` that say nothing which the sections do not say too."""

FEATURES = {
    "BACKHAUL": "backhauls",
    "LINEHAUL": "backhauls",
    "MUTUALLY_EXCLUSIVE_GROUP": "client groups",
    "RELEASE_TIME": "release times",
    "VEHICLES_RELOAD_DEPOT": "several trips per vehicle",
    "VEHICLES_MAX_RELOADS": "several trips per vehicle",
    "PICKUP_AND_DELIVERY": "paired pickup and delivery",
    "DISTANCE": "route length limit (DISTANCE)",
}
"""What a key or a section that is not read yet would ask for."""

ABOUT = frozenset(
    {"NAME", "COMMENT", "TYPE", "DIMENSION", "EDGE_WEIGHT_TYPE", "EDGE_WEIGHT_FORMAT",
     "EDGE_WEIGHT_UNIT_OF_MEASUREMENT", "NODE_COORD_TYPE", "DISPLAY_DATA_TYPE", "VEHICLES"}
)  # fmt: skip
TABLES = frozenset({"NODE_COORD", "DEMAND", "TIME_WINDOW", "PRIZE", "EDGE_WEIGHT", "DEPOT"})
PER_NODE = frozenset({"SERVICE_TIME"})
PER_VEHICLE = frozenset(
    {"CAPACITY", "VEHICLES_DEPOT", "VEHICLES_MAX_DISTANCE", "VEHICLES_MAX_DURATION", "VEHICLES_FIXED_COST",
     "VEHICLES_UNIT_DISTANCE_COST"}
)  # fmt: skip
LISTS = frozenset({"VEHICLES_ALLOWED_CLIENTS"})

MOST_VEHICLES = 1_000_000
"""Vehicles are listed one by one; a typing error should not fill the memory."""

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


def read_vrplib(source: VrplibText, rounding: Rounding) -> tuple[Problem, Fleet]:
    """Build the problem that a VRPLIB file states.

    Parameters
    ----------
    source
        The file, taken apart.
    rounding
        How numbers become whole units. Loads stay as they are.

    Returns
    -------
    Problem
        Client ``i`` stands for the file's node ``i + 1 + depots``, its location is the node's index from 0.
    Fleet
        Which vehicle of the file belongs to which vehicle type.

    Raises
    ------
    UnsupportedError
        If the file asks for something that no `Problem` can say.
    InstanceError
        If something is missing or malformed.
    ProblemError
        If the numbers do not make a problem.
    """
    _refuse_unknown(source)
    nodes = source.whole("DIMENSION")
    if nodes is None:
        raise source.error("DIMENSION is missing, expected the number of nodes")
    if nodes > MOST_NODES:
        raise source.error(f"DIMENSION is {nodes}, expected at most {MOST_NODES}")
    coordinates = source.table("NODE_COORD", nodes, 2) if "NODE_COORD" in source.sections else None
    distance = _distance(source, nodes, coordinates, rounding)
    depots = _depots(source)
    n = nodes - depots
    if n < 0:
        raise source.error(f"DEPOT_SECTION names {depots} depots, expected at most DIMENSION, which is {nodes}")

    demand = _loads(source, _per_node(source, "DEMAND", nodes, depots)[depots:])
    windows = _windows(source, nodes, rounding)
    prize = rounding.units(_per_node(source, "PRIZE", nodes, depots, depots_too=True)[depots:])
    vehicles = source.whole("VEHICLES") or max(n, 1)
    if vehicles > MOST_VEHICLES:
        raise source.error(f"VEHICLES is {vehicles}, expected at most {MOST_VEHICLES}")
    attributes, allowed = _attributes(source, vehicles, nodes, depots, rounding)
    fleet = _gather(attributes)
    columns = {name: values[list(fleet.first)] for name, values in attributes.items()}
    mask = np.zeros((n, len(fleet.first)), dtype=np.bool_)
    for kind, choice in enumerate(columns["VEHICLES_ALLOWED_CLIENTS"].tolist()):
        mask[[node - 1 - depots for node in allowed[int(choice)]], kind] = True
    problem = make_problem(
        name=source.text("NAME") or source.path.stem,
        distance=distance,
        duration=distance,
        coordinates=coordinates,
        depot_location=np.arange(depots),
        depot_opening=windows[:depots, 0],
        depot_closing=windows[:depots, 1],
        client_ids=[str(node + 1) for node in range(depots, nodes)],
        delivery=demand,
        service=rounding.units(_per_node(source, "SERVICE_TIME", nodes, depots)[depots:]),
        windows=windows[depots:, None, :],
        required=prize == 0,
        prize=prize,
        allowed=mask,
        vehicle_ids=[_named(fleet.members(kind)) for kind in range(len(fleet.first))],
        count=[len(fleet.members(kind)) for kind in range(len(fleet.first))],
        capacity=columns["CAPACITY"],
        start_depot=columns["VEHICLES_DEPOT"],
        fixed_cost=columns["VEHICLES_FIXED_COST"],
        distance_cost=columns["VEHICLES_UNIT_DISTANCE_COST"],
        max_distance=columns["VEHICLES_MAX_DISTANCE"],
        max_duration=columns["VEHICLES_MAX_DURATION"],
    )
    return problem, fleet


def _refuse_unknown(source: VrplibText) -> None:
    """Raise when the file says more than is read here, or less than it promises."""
    known = ABOUT | TABLES | PER_NODE | PER_VEHICLE | LISTS
    names = [*source.specifications, *source.sections]
    features = [FEATURES.get(name, name) for name in names if name not in known]
    variant = source.text("TYPE")
    if not features and variant is not None and variant not in TYPES:
        features = [f"problems of type {variant}"]
    if features:
        raise UnsupportedError(source.path, list(dict.fromkeys(features)))
    has = source.specifications.keys() | source.sections.keys()
    if "CAPACITY" in has and "DEMAND" not in has:
        raise source.error("DEMAND_SECTION is missing, expected it with CAPACITY")
    if variant is not None and variant.endswith("TW") and "TIME_WINDOW" not in has:
        raise source.error(f"TIME_WINDOW_SECTION is missing, expected it with TYPE {variant}")
    for name in source.sections.keys() & (ABOUT - {"TYPE"}):
        raise source.error(f"{name}_SECTION is a section, expected '{name} : value'", source.sections[name].line)
    for name in source.specifications.keys() & (TABLES | LISTS):
        raise source.error(f"{name} is a single value, expected {name}_SECTION", source.specifications[name][1])


def _distance(
    source: VrplibText, nodes: int, coordinates: NDArray[np.float64] | None, rounding: Rounding
) -> NDArray[np.int64]:
    form = source.text("EDGE_WEIGHT_TYPE")
    if form == "EXPLICIT":
        return explicit(source, nodes, rounding)
    if form != "EUC_2D":
        raise source.error(f"EDGE_WEIGHT_TYPE is {form or 'missing'}, expected EUC_2D or EXPLICIT")
    if coordinates is None:
        raise source.error("NODE_COORD_SECTION is missing, expected it with EDGE_WEIGHT_TYPE EUC_2D")
    return euclidean(coordinates, rounding)


def _depots(source: VrplibText) -> int:
    """Count the depots; they are the first nodes."""
    if "DEPOT" not in source.sections:
        return 1
    rows = [(line, word) for line, words in source.sections["DEPOT"].rows for word in words]
    end = next((i for i, (_, word) in enumerate(rows) if word == "-1"), len(rows))
    for expected, (line, word) in enumerate(rows[:end], start=1):
        if word != str(expected):
            raise source.error(f"DEPOT_SECTION has {word!r}, expected {expected}: depots are the first nodes", line)
    if end == 0:
        raise source.error("DEPOT_SECTION is empty, expected at least one depot", source.sections["DEPOT"].line)
    return end


def _per_node(source: VrplibText, name: str, nodes: int, depots: int, depots_too: bool = False) -> NDArray[np.float64]:
    """Return one number per node; zero where the file says nothing. Depots have none, unless that means nothing."""
    if name in source.sections:
        values = source.table(name, nodes, 1)[:, 0]
    else:
        values = np.full(nodes, source.number(name) or 0.0)
        values[:depots] = 0
    if (values < 0).any() or (not depots_too and values[:depots].any()):
        node = int(np.flatnonzero((values < 0) | (np.arange(nodes) < depots) & (values != 0))[0])
        expected = "a number that is not negative" if values[node] < 0 else "0, as it is a depot"
        raise source.error(f"{name} of node {node + 1} is {values[node]:g}, expected {expected}")
    return values


def _loads(source: VrplibText, loads: NDArray[np.float64]) -> NDArray[np.int64]:
    if (loads != np.rint(loads)).any():
        wrong = loads[loads != np.rint(loads)][0]
        raise source.error(f"a demand or capacity is {wrong:g}, expected whole numbers")
    return loads.astype(np.int64)


def _windows(source: VrplibText, nodes: int, rounding: Rounding) -> NDArray[np.int64]:
    if "TIME_WINDOW" not in source.sections:
        return np.tile(np.array([[0, UNLIMITED]], dtype=np.int64), (nodes, 1))
    windows = source.table("TIME_WINDOW", nodes, 2)
    wrong = np.flatnonzero((windows[:, 0] > windows[:, 1]) | (windows[:, 0] < 0))
    if len(wrong):
        early, late = windows[wrong[0]]
        raise source.error(f"TIME_WINDOW of node {wrong[0] + 1} is {early:g} to {late:g}, expected 0 <= start <= end")
    return rounding.units(windows)


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
    attributes: Columns = {
        "CAPACITY": _loads(source, of("CAPACITY", UNLIMITED)),
        "VEHICLES_ALLOWED_CLIENTS": choice,
        "VEHICLES_DEPOT": start.astype(np.int64) - 1,
        "VEHICLES_MAX_DISTANCE": limit("VEHICLES_MAX_DISTANCE"),
        "VEHICLES_MAX_DURATION": limit("VEHICLES_MAX_DURATION"),
        "VEHICLES_FIXED_COST": rounding.units(of("VEHICLES_FIXED_COST", 0)),
        # Cost per whole unit of distance: scaling it too would scale the cost twice.
        "VEHICLES_UNIT_DISTANCE_COST": of("VEHICLES_UNIT_DISTANCE_COST", 1),
    }
    return attributes, allowed


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


def _named(vehicles: tuple[int, ...]) -> str:
    """Name vehicles by their numbers in the file, runs shortened: ``vehicles 1-3 7``."""
    runs = []
    for _, run in groupby(enumerate(vehicles, start=1), key=lambda pair: pair[1] - pair[0]):
        numbers = [vehicle + 1 for _, vehicle in run]
        runs.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}")
    return f"vehicle{'s' if len(vehicles) > 1 else ''} {' '.join(runs)}"
