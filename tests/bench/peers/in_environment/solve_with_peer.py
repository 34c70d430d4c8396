"""Solve one instance with one peer, in the environment that the peer is installed in.

    PYTHON solve_with_peer.py PEER FILE KIND SECONDS SEED

It prints two lines: ``{"solving": true}`` when the file is read and the search begins, and then the cost of the answer
(null where there is no feasible one), the seconds of the solve call alone, and the process's peak memory.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

Search = Callable[[], "int | None"]
"""Runs a solver that is ready to start, and returns the cost of its answer."""


class Capacitated:
    """A capacitated instance as arrays."""

    def __init__(self, path: Path) -> None:
        import vrplib

        raw = vrplib.read_instance(path)
        self.places = np.asarray(raw["node_coord"], dtype=float)
        self.distance = np.rint(raw["edge_weight"]).astype(np.int64)
        self.demand = [int(amount) for amount in raw["demand"]]
        self.capacity = int(raw["capacity"])
        # what HGS takes by itself: OR-Tools and VROOM want to be told how many vehicles there are
        self.vehicles = -(-13 * sum(self.demand) // (10 * self.capacity)) + 3

    def cost(self, routes: list[list[int]]) -> int | None:
        """Return what routes cost, or None where they are no feasible answer."""
        served = sorted(client for route in routes for client in route)
        loads = [sum(self.demand[client] for client in route) for route in routes]
        if served != list(range(1, len(self.demand))) or max(loads) > self.capacity:
            return None
        return sum(int(self.distance[[0, *route], [*route, 0]].sum()) for route in routes)


def pyvrp(path: Path, kind: str, seconds: float, seed: int) -> Search:
    """Prepare PyVRP, which reads every kind."""
    import pyvrp
    from pyvrp.stop import MaxRuntime
    from pyvrp_data import read

    data = read(path, kind)

    def search() -> int | None:
        result = pyvrp.solve(data, stop=MaxRuntime(seconds), seed=seed, display=False)
        return int(result.cost()) if result.is_feasible() else None

    return search


def hgs(path: Path, kind: str, seconds: float, seed: int) -> Search:
    """Prepare HGS-CVRP."""
    import hygese

    instance = Capacitated(path)
    data = {
        "x_coordinates": instance.places[:, 0] - instance.places[:, 0].min(),  # it refuses negative ones
        "y_coordinates": instance.places[:, 1] - instance.places[:, 1].min(),
        "distance_matrix": instance.distance.astype(float),
        "demands": np.array(instance.demand, dtype=float),
        "vehicle_capacity": instance.capacity,
    }
    endless = 2**31 - 1
    solver = hygese.Solver(hygese.AlgorithmParameters(timeLimit=seconds, seed=seed, nbIter=endless), verbose=False)
    return lambda: instance.cost(solver.solve_cvrp(data).routes)


def ortools(path: Path, kind: str, seconds: float, seed: int) -> Search:
    """Prepare the routing solver of OR-Tools: savings, then guided local search. It takes no seed."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    instance = Capacitated(path)
    manager = pywrapcp.RoutingIndexManager(len(instance.demand), instance.vehicles, 0)
    routing = pywrapcp.RoutingModel(manager)
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(instance.distance.tolist()))
    load = routing.RegisterUnaryTransitVector(instance.demand)
    routing.AddDimension(load, 0, instance.capacity, True, "load")
    settings = pywrapcp.DefaultRoutingSearchParameters()
    settings.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.SAVINGS
    settings.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    settings.time_limit.FromMilliseconds(round(seconds * 1000))

    def search() -> int | None:
        answer = routing.SolveWithParameters(settings)
        return answer.ObjectiveValue() if answer else None

    return search


def vroom(path: Path, kind: str, seconds: float, seed: int) -> Search:
    """Prepare VROOM at its most thorough level, on two threads. It takes no seed."""
    import vroom

    instance = Capacitated(path)
    problem = vroom.Input()
    problem.set_durations_matrix("car", instance.distance.astype(np.uint32))
    for number in range(instance.vehicles):
        problem.add_vehicle(vroom.Vehicle(number, start=0, end=0, capacity=[instance.capacity]))
    for client in range(1, len(instance.demand)):
        problem.add_job(vroom.Job(client, location=client, delivery=[instance.demand[client]]))

    def search() -> int | None:
        answer = problem.solve(exploration_level=5, nb_threads=2, timeout=datetime.timedelta(seconds=seconds))
        return None if answer.summary.unassigned else int(answer.summary.cost)

    return search


PEERS: dict[str, Callable[[Path, str, float, int], Search]] = {
    "pyvrp": pyvrp,
    "hgs": hgs,
    "ortools": ortools,
    "vroom": vroom,
}


def main(peer: str, path: str, kind: str, seconds: str, seed: str) -> None:
    """Solve, and print both lines."""
    # libraries may write to the standard output as they like: the two lines go past them
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(line: dict[str, Any]) -> None:
        print(json.dumps(line), file=out, flush=True)

    search = PEERS[peer](Path(path), kind, float(seconds), int(seed))
    say({"solving": True})
    began = time.perf_counter()
    cost = search()
    took = time.perf_counter() - began
    say({"cost": cost, "seconds": round(took, 3), "peak_megabytes": peak_megabytes()})


def peak_megabytes() -> float | None:
    """Return the most memory that this process has held, where the system tells."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6, 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
