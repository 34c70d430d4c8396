"""Benchmark instances as PyVRP's own data, in the rounding that their kind is published with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyvrp

ROUNDING = {
    "CVRP": "round",
    "HFVRP": "round",
    "VRPB": "round",
    "GVRP": "round",
    "VRPTW": "dimacs",
    "PCVRPTW": "dimacs",
    "MTVRPTWR": "dimacs",
    "SDVRPTW": "exact",
    "MDVRPTW": "exact",
}


def read(path: Path, kind: str) -> pyvrp.ProblemData:
    """Read an instance of one kind.

    Raises
    ------
    KeyError
        If PyVRP does not read the kind.
    """
    return solomon(path) if kind == "SOLOMON" else pyvrp.read(path, round_func=ROUNDING[kind])


def solomon(path: Path) -> pyvrp.ProblemData:
    """Build the data of a Solomon instance: everything times ten, distances truncated."""
    import vrplib

    raw = vrplib.read_instance(path, instance_format="solomon")
    legs = np.floor(raw["edge_weight"] * 10).astype(int)
    windows = (raw["time_window"] * 10).astype(int)
    service = (raw["service_time"] * 10).astype(int)
    model = pyvrp.Model()
    places = [model.add_location(x=int(x), y=int(y)) for x, y in raw["node_coord"]]
    depot = model.add_depot(places[0])
    for node in range(1, len(places)):
        model.add_client(
            places[node],
            delivery=[int(raw["demand"][node])],
            service_duration=int(service[node]),
            tw_early=int(windows[node, 0]),
            tw_late=int(windows[node, 1]),
        )
    model.add_vehicle_type(
        int(raw["vehicles"]),
        capacity=[int(raw["capacity"])],
        start_depot=depot,
        end_depot=depot,
        tw_early=int(windows[0, 0]),
        tw_late=int(windows[0, 1]),
        name=",".join(map(str, range(int(raw["vehicles"])))),  # as pyvrp.read names them, for pyvrp.read_solution
    )
    for origin, start in enumerate(places):
        for target, end in enumerate(places):
            model.add_edge(start, end, distance=int(legs[origin, target]), duration=int(legs[origin, target]))
    return model.data()
