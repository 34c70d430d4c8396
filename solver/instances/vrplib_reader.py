"""From a VRPLIB file that is taken apart to a problem.

It reads the dialect that the PyVRP/Instances collection is written in: node numbers from 1, depots first, one row
per vehicle where vehicles differ. Whatever it does not know is an error, so that no instance is read as an easier one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.instances.distances import explicit, in_plane
from solver.instances.errors import UnsupportedError
from solver.instances.rounding import Rounding
from solver.instances.vrplib_fleet import Fleet, read_fleet, whole_loads
from solver.instances.vrplib_text import VrplibText
from solver.problem.limits import ALONE, UNLIMITED
from solver.problem.make import make_problem
from solver.problem.plane import PlaneMatrix
from solver.problem.problem import Problem
from solver.problem.records import Backhauls

MOST_NODES = 1_000_000
"""No instance comes near; a typing error should not fill the memory."""

MOST_LISTED = 20_000
"""A distance matrix that a file lists grows with the square; for this many nodes it takes 3.2 GB."""

TYPES = frozenset({"CVRP", "HFVRP", "VRPTW", "PCVRPTW", "SDVRPTW", "MDVRPTW", "VRPB", "GVRP", "MTVRPTWR"})
"""Known values of ``TYPE``. Only VRPB says more than the sections do: deliveries come first, and no trip has none."""

FEATURES = {
    "PICKUP_AND_DELIVERY": "paired pickup and delivery",
    "DISTANCE": "route length limit (DISTANCE)",
}
"""What a key or a section that is not read yet would ask for."""

ABOUT = frozenset(
    {"NAME", "COMMENT", "TYPE", "DIMENSION", "EDGE_WEIGHT_TYPE", "EDGE_WEIGHT_FORMAT",
     "EDGE_WEIGHT_UNIT_OF_MEASUREMENT", "NODE_COORD_TYPE", "DISPLAY_DATA_TYPE", "VEHICLES"}
)  # fmt: skip
TABLES = frozenset({"NODE_COORD", "DEMAND", "LINEHAUL", "BACKHAUL", "TIME_WINDOW", "PRIZE", "EDGE_WEIGHT", "DEPOT"})
PER_NODE = frozenset({"SERVICE_TIME", "RELEASE_TIME"})
PER_VEHICLE = frozenset(
    {"CAPACITY", "VEHICLES_DEPOT", "VEHICLES_MAX_DISTANCE", "VEHICLES_MAX_DURATION", "VEHICLES_FIXED_COST",
     "VEHICLES_UNIT_DISTANCE_COST", "VEHICLES_RELOAD_DEPOT", "VEHICLES_MAX_RELOADS"}
)  # fmt: skip
LISTS = frozenset({"VEHICLES_ALLOWED_CLIENTS", "MUTUALLY_EXCLUSIVE_GROUP"})

MOST_VEHICLES = 1_000_000
"""Vehicles are listed one by one; a typing error should not fill the memory."""


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

    demand = whole_loads(source, _per_node(source, _demand(source), nodes, depots)[depots:])
    pickup = whole_loads(source, _per_node(source, "BACKHAUL", nodes, depots)[depots:])
    windows = _windows(source, nodes, rounding)
    prize = rounding.units(_per_node(source, "PRIZE", nodes, depots, depots_too=True)[depots:])
    vehicles = source.whole("VEHICLES") or max(n, 1)
    if vehicles > MOST_VEHICLES:
        raise source.error(f"VEHICLES is {vehicles}, expected at most {MOST_VEHICLES}")
    fleet, columns, allowed = read_fleet(source, vehicles, nodes, depots, rounding)
    group = _groups(source, nodes, depots)
    if (prize[group != ALONE] > 0).any():
        raise UnsupportedError(source.path, ["prizes of clients in groups"])
    backhauls = Backhauls.LOADED if source.text("TYPE") == "VRPB" else Backhauls.MIXED
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
        pickup=pickup,
        service=rounding.units(_per_node(source, "SERVICE_TIME", nodes, depots)[depots:]),
        windows=windows[depots:, None, :],
        release=rounding.units(_per_node(source, "RELEASE_TIME", nodes, depots, depots_too=True)[depots:]),
        required=prize == 0,
        prize=prize,
        group=group,
        allowed=allowed,
        vehicle_ids=[fleet.name(kind) for kind in range(len(fleet.first))],
        count=[len(fleet.members(kind)) for kind in range(len(fleet.first))],
        capacity=columns["CAPACITY"],
        start_depot=columns["VEHICLES_DEPOT"],
        fixed_cost=columns["VEHICLES_FIXED_COST"],
        distance_cost=columns["VEHICLES_UNIT_DISTANCE_COST"],
        max_distance=columns["VEHICLES_MAX_DISTANCE"],
        max_duration=columns["VEHICLES_MAX_DURATION"],
        max_trips=columns["VEHICLES_MAX_TRIPS"],
        reload_depot=columns["VEHICLES_RELOAD_DEPOT"],
        backhauls=[backhauls] * len(fleet.first),
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
    if "CAPACITY" in has and _demand(source) not in has:
        raise source.error("DEMAND_SECTION is missing, expected it with CAPACITY")
    if variant is not None and variant.endswith("TW") and "TIME_WINDOW" not in has:
        raise source.error(f"TIME_WINDOW_SECTION is missing, expected it with TYPE {variant}")
    for name in source.sections.keys() & (ABOUT - {"TYPE"}):
        raise source.error(f"{name}_SECTION is a section, expected '{name} : value'", source.sections[name].line)
    for name in source.specifications.keys() & (TABLES | LISTS):
        raise source.error(f"{name} is a single value, expected {name}_SECTION", source.specifications[name][1])


def _distance(
    source: VrplibText, nodes: int, coordinates: NDArray[np.float64] | None, rounding: Rounding
) -> NDArray[np.int64] | PlaneMatrix:
    form = source.text("EDGE_WEIGHT_TYPE")
    if form == "EXPLICIT":
        if nodes > MOST_LISTED:
            raise source.error(f"DIMENSION is {nodes}, expected at most {MOST_LISTED} with EDGE_WEIGHT_TYPE EXPLICIT")
        return explicit(source, nodes, rounding)
    if form != "EUC_2D":
        raise source.error(f"EDGE_WEIGHT_TYPE is {form or 'missing'}, expected EUC_2D or EXPLICIT")
    if coordinates is None:
        raise source.error("NODE_COORD_SECTION is missing, expected it with EDGE_WEIGHT_TYPE EUC_2D")
    return in_plane(coordinates, rounding)


def _demand(source: VrplibText) -> str:
    """Name the section of deliveries; PyVRP's dialect knows it under two names and prefers the first."""
    return "LINEHAUL" if "LINEHAUL" in source.sections and "DEMAND" not in source.sections else "DEMAND"


def _groups(source: VrplibText, nodes: int, depots: int) -> NDArray[np.int64]:
    """Return each client's group; a group of one says nothing and is dropped, as PyVRP does."""
    group = np.full(nodes - depots, ALONE, dtype=np.int64)
    name = "MUTUALLY_EXCLUSIVE_GROUP"
    if name not in source.sections:
        return group
    section = source.sections[name]
    rows = source.lists(name, len(section.rows), depots + 1, nodes)
    number = 0
    for row, (line, _) in zip(rows, section.rows, strict=True):
        if len(row) < 2:
            continue
        for node in row:
            if group[node - depots - 1] != ALONE:
                raise source.error(f"{name}_SECTION has {node} twice, expected each node in at most one group", line)
            group[node - depots - 1] = number
        number += 1
    return group


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


def _windows(source: VrplibText, nodes: int, rounding: Rounding) -> NDArray[np.int64]:
    if "TIME_WINDOW" not in source.sections:
        return np.tile(np.array([[0, UNLIMITED]], dtype=np.int64), (nodes, 1))
    windows = source.table("TIME_WINDOW", nodes, 2)
    wrong = np.flatnonzero((windows[:, 0] > windows[:, 1]) | (windows[:, 0] < 0))
    if len(wrong):
        early, late = windows[wrong[0]]
        raise source.error(f"TIME_WINDOW of node {wrong[0] + 1} is {early:g} to {late:g}, expected 0 <= start <= end")
    return rounding.units(windows)
