"""``python -m solver bench``: many instances and budgets in one warm process, one JSON line a run."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from solver.commands.arguments import add_search_arguments, budgets
from solver.instances import Instance, InstanceError, read_instance, write_sol
from solver.kernel_cache import announce_compilation


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and say what it takes."""
    parser = commands.add_parser(
        "bench", help="measure many instances", description="Solve each instance within each budget, a JSON line a run."
    )
    parser.add_argument("files", type=Path, nargs="+", help="instances in VRPLIB or Solomon format")
    parser.add_argument("--seconds", type=budgets, required=True, help="budgets, as in 0.25,1,10")
    add_search_arguments(parser)
    parser.add_argument("--solutions", type=Path, metavar="DIR", help="write DIR/KIND/NAME-BUDGETs.sol for each run")
    parser.add_argument("--trace", action="store_true", help="add the best cost over time, as [seconds, cost] pairs")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, and return the exit code: 2 when a file could not be read, else 1 when an answer breaks a rule.

    Files that cannot be read are named on the standard error stream, and the others are measured.

    Raises
    ------
    InstanceError
        If a file is missing; nothing is measured then.
    OSError
        If a solution cannot be written.
    """
    for path in arguments.files:
        if not path.exists():
            raise InstanceError(path, "no such file")
    from solver.genetic import warm_up

    announce_compilation()
    warm_up()
    worst = 0
    for path in arguments.files:
        try:
            instance = read_instance(path, arguments.kind)
        except InstanceError as error:
            print(error, file=sys.stderr)
            worst = 2
            continue
        for budget in arguments.seconds:
            if not _measure(instance, budget, arguments):
                worst = max(worst, 1)
    return worst


def _measure(instance: Instance, budget: float, arguments: argparse.Namespace) -> bool:
    """Solve once, print the row, write the solution, and return whether it is feasible."""
    from solver.commands.memory import peak_megabytes
    from solver.commands.outcome import plain, row_of
    from solver.commands.trace import Trace
    from solver.genetic import solve

    trace = Trace()
    started = time.perf_counter()
    result = solve(
        instance.problem,
        seconds=budget,
        seed=arguments.seed,
        threads=arguments.threads,
        init=arguments.init,
        rollouts=arguments.rollouts,
        on_progress=trace.note,
    )
    elapsed = time.perf_counter() - started
    row = row_of(instance, budget, elapsed, result)
    peak = peak_megabytes()  # before anything is checked, which takes memory too
    points = trace.points(instance.problem, result)
    measured = {
        "seed": arguments.seed,
        "first_feasible_seconds": next((moment for moment, cost in points if cost is not None), None),
        "peak_megabytes": peak,
    }
    if arguments.trace:
        measured["trace"] = [[moment, None if cost is None else plain(cost)] for moment, cost in points]
    print(json.dumps({**row, **measured}), flush=True)
    if row["feasible"] and arguments.solutions is not None:
        target = arguments.solutions / instance.kind / f"{instance.name}-{budget:g}s.sol"
        write_sol(target, instance, result.solution, result.report.costs.total)
    return row["feasible"]
