"""``python -m solver solve``: one instance, one budget, one answer."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from solver.commands.arguments import add_search_arguments, seconds
from solver.commands.interrupt import interruptible
from solver.instances import read_instance, write_sol
from solver.kernel_cache import announce_compilation


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and say what it takes."""
    parser = commands.add_parser("solve", help="solve one instance", description="Solve one benchmark instance.")
    parser.add_argument("file", type=Path, help="instance in VRPLIB or Solomon format")
    parser.add_argument("--seconds", type=seconds, required=True, help="budget; compiling does not count")
    add_search_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON line instead of text")
    parser.add_argument("--solution", type=Path, metavar="OUT.sol", help="write the routes in CVRPLIB format")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Solve, print, and return the exit code: 1 when the answer breaks a rule. Ctrl-C ends the search, not the answer.

    Raises
    ------
    InstanceError
        If the file is not an instance.
    OSError
        If the solution cannot be written.
    """
    instance = read_instance(arguments.file, arguments.kind)
    from solver.commands.outcome import row_of
    from solver.genetic import solve, warm_up

    announce_compilation()
    warm_up()
    with interruptible() as stop:
        started = time.perf_counter()
        result = solve(
            instance.problem,
            seconds=arguments.seconds,
            seed=arguments.seed,
            threads=arguments.threads,
            init=arguments.init,
            rollouts=arguments.rollouts,
            should_stop=stop.is_set,
        )
        elapsed = time.perf_counter() - started
    report = result.report
    row = row_of(instance, arguments.seconds, elapsed, result)
    if arguments.json:
        ids = instance.problem.clients.ids
        routes = [
            {
                "vehicle": instance.problem.vehicles.ids[route.vehicle_type],
                "clients": [ids[client] for client in route.clients],
            }
            for route in result.solution.routes
        ]
        print(json.dumps({**row, "routes": routes, "unserved": [ids[client] for client in report.unserved]}))
    else:
        gap = "" if row["gap"] is None else f", {row['gap']} % above the best known"
        print(f"{instance.name}: cost {row['cost']}{gap}")
        print(f"{len(result.solution.routes)} routes, {len(report.unserved)} clients unserved")
        print(f"{row['seconds']} s, {row['iterations']} iterations")
        print(f"first plan: {row['init']}, at {row['first_solution_seconds']} s")
        if not report.feasible:
            print("infeasible: " + ", ".join(sorted({violation.rule.value for violation in report.violations})))
    if arguments.solution is not None and report.feasible:
        write_sol(arguments.solution, instance, result.solution, report.costs.total)
    return 0 if report.feasible else 1
