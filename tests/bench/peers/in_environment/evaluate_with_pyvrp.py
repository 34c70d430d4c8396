"""Let PyVRP, an independent reader, say what our solutions cost and whether they are feasible.

    PYTHON evaluate_with_pyvrp.py --instances FOLDER out/bench/solutions

``PYTHON`` is of an environment with PyVRP; nothing of this project is needed. Solutions lie as
``KIND/NAME-BUDGETs.sol``, instances as ``KIND/NAME.vrp`` (or ``.txt``). It prints one JSON line per solution and leaves
with 1 unless every one is feasible, complete and costs exactly what it says.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from functools import lru_cache
from pathlib import Path

import pyvrp
from pyvrp_data import read


@lru_cache(maxsize=1)
def data_of(instance: Path) -> pyvrp.ProblemData:
    """Return an instance's data; solutions of one instance come one after the other."""
    return read(instance, instance.parent.name)


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
        found = pyvrp.read_solution(solution, data_of(instance_of(solution, instances)))
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
