"""Let PyVRP, an independent reader, say what our solutions cost and whether they are feasible.

    python -m venv pyvrp-venv
    pyvrp-venv/bin/pip install pyvrp==0.14.1 vrplib==2.2.0
    python -m solver bench FILES... --seconds 1 --solutions out/solutions
    pyvrp-venv/bin/python tests/bench/evaluate_with_pyvrp.py --instances FOLDER out/solutions

It needs nothing of this project. Solutions lie as ``KIND/NAME-BUDGETs.sol``, instances as ``KIND/NAME.vrp`` (or
``.txt``). It prints one JSON line per solution and leaves with 1 unless every one is feasible, complete and costs
exactly what it says.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

import numpy as np
import pyvrp
import vrplib

ROUNDING = {
    "CVRP": "round",
    "HFVRP": "round",
    "VRPTW": "dimacs",
    "PCVRPTW": "dimacs",
    "SDVRPTW": "exact",
    "MDVRPTW": "exact",
}


def solomon(path: Path) -> pyvrp.ProblemData:
    """Build the data of a Solomon instance: everything times ten, distances truncated."""
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


def instance_of(solution: Path, instances: Path) -> Path:
    """Return the instance that a solution is of."""
    name = re.sub(r"-[\d.e+-]+s$", "", solution.stem)
    for suffix in (".vrp", ".txt"):
        path = instances / solution.parent.name / f"{name}{suffix}"
        if path.exists():
            return path
    raise FileNotFoundError(f"no instance {solution.parent.name}/{name} in {instances}")


def evaluate(solution: Path, instances: Path) -> dict[str, object]:
    """Return what PyVRP says of a solution; ``faults`` is empty when it agrees with it."""
    row: dict[str, object] = {"solution": str(solution), "kind": solution.parent.name, "stated": None, "cost": None}
    faults = []
    try:
        path = instance_of(solution, instances)
        kind = path.parent.name
        data = solomon(path) if kind == "SOLOMON" else pyvrp.read(path, round_func=ROUNDING[kind])
        found = pyvrp.read_solution(solution, data)
        stated = re.search(r"^Cost:?\s+(\S+)\s*$", solution.read_text(), re.IGNORECASE | re.MULTILINE)
        row["stated"] = float(stated.group(1)) if stated else None
        row["cost"] = (
            found.distance_cost() + found.duration_cost() + found.fixed_vehicle_cost() + found.uncollected_prizes()
        )
        if not found.is_complete():
            faults.append("clients are missing")
        if found.has_excess_load():
            faults.append("capacity")
        if found.has_time_warp():
            faults.append("time")
        if found.has_excess_distance():
            faults.append("distance")
        if not found.is_feasible() and not faults:
            faults.append("infeasible")
        if row["stated"] != row["cost"]:
            faults.append("costs something else than it says")
    except (OSError, ValueError, KeyError, IndexError, RuntimeError, TypeError) as error:
        faults.append(f"{type(error).__name__}: {error}")
    return {**row, "feasible": not faults, "faults": faults}


def main() -> int:
    """Evaluate all solutions; return 1 if any is refused, 2 if there is none."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", type=Path, required=True, help="folder of instances, with a folder per kind")
    parser.add_argument("solutions", type=Path, nargs="+", help=".sol files, or folders of them")
    arguments = parser.parse_args()
    files = [
        file for path in arguments.solutions for file in (sorted(path.rglob("*.sol")) if path.is_dir() else [path])
    ]
    rows = [evaluate(file, arguments.instances) for file in files]
    for row in rows:
        print(json.dumps(row))
    refused = sum(not row["feasible"] for row in rows)
    print(f"{len(rows) - refused} of {len(rows)} solutions are feasible and cost what they say", file=sys.stderr)
    return 2 if not rows else int(refused > 0)


if __name__ == "__main__":
    sys.exit(main())
