"""``python -m app solve SCENARIO``: from a scenario on disk to a plan on disk, with no display and no Qt.

Exit codes: 0 when all went well, 1 when the plan breaks a rule, 2 when the input is not what was expected or the plan
cannot be written, 130 when it was interrupted: the first Ctrl-C ends the search only, and its best plan is written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.io.atomic import WriteError
from app.io.document import SUFFIX, LoadedDocument
from app.io.read_any import read_any
from app.io.read_scenario import ReadResult
from app.model.answers import figures_of
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, to_plan, to_solution
from app.model.locks import with_plan
from app.model.patch import State
from app.model.scenario import Scenario
from app.model.travel_words import travel_words
from app.model.units import span
from app.model.validate import ScenarioError
from app.network_argument import NetworkArgumentError, add_network_argument, on_network, use_own_networks
from app.output_arguments import add_output_arguments, wishes_of
from app.plan_files import expect_writable, unsuitable, write_formats
from solver.commands.arguments import Parser, add_init_arguments
from solver.commands.interrupt import interruptible
from solver.init import Init
from solver.kernel_cache import announce_compilation, use_kernel_cache

FINE, BROKEN, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130
_LISTED = 50
_LONGEST = 7 * 24 * 3600
_LARGEST_SEED = 2**31 - 1


def main(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Parameters
    ----------
    arguments
        What stands behind ``solve``.
    """
    chosen = _parser().parse_args(arguments)
    result = read_any(chosen.scenario)
    states, issues = _states(result), result.issues
    if not states or issues:
        return _refuse(chosen.scenario, [str(one) for one in issues], [asdict(one) for one in issues], chosen.json)
    if chosen.variant is not None and chosen.variant not in states:
        named = ", ".join(name for name in states if name is not None)
        print(f"--variant: {f'its variants are {named}' if named else 'it has no variants'}.", file=sys.stderr)
        return WRONG_INPUT
    store = use_own_networks()
    try:
        scenario = on_network(states[chosen.variant].scenario, chosen.network, store)
    except NetworkArgumentError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    state = State(scenario, states[chosen.variant].plan)
    if wrong := unsuitable(chosen.formats, scenario):
        print(f"--formats {wrong}", file=sys.stderr)
        return WRONG_INPUT
    seconds = scenario.settings.solve_seconds if chosen.seconds is None else chosen.seconds
    try:
        expect_writable(Path(chosen.out))  # before a search whose plan could not be kept
        evaluation, figures = _solve(state, seconds, chosen.seed, chosen.init, chosen.rollouts)
        files = write_formats(Path(chosen.out), chosen.formats, scenario, evaluation, wishes_of(chosen))
    except ScenarioError as error:
        return _refuse(
            chosen.scenario, [str(one) for one in error.issues], [asdict(one) for one in error.issues], chosen.json
        )
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except WriteError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    if chosen.json:
        print(
            json.dumps(_record(scenario, evaluation) | figures | {"files": list(map(str, files))}, ensure_ascii=False)
        )
    else:
        print("\n".join(_summary(scenario, evaluation, files)))
    return FINE if evaluation.feasible else BROKEN


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="routewright solve", description="Solve a scenario and write the plan.")
    parser.add_argument(
        "scenario",
        metavar="SCENARIO",
        help=f"a folder or .zip of CSV files, a {SUFFIX} document, a .vrp or Solomon .txt",
    )
    parser.add_argument("--seconds", type=_seconds, metavar="S", help="time limit; by default what the scenario says")
    parser.add_argument("--variant", metavar="NAME", help="of several; by default the one that was shown last")
    parser.add_argument("--seed", type=_seed, default=1, metavar="N", help="of the random numbers; 1 by default")
    add_network_argument(parser)
    add_init_arguments(parser)
    add_output_arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one line of JSON in place of a summary")
    return parser


def _states(result: LoadedDocument | ReadResult) -> dict[str | None, State]:
    """Return what can be solved: the variants of a document by their names, and by None what is shown of it."""
    if isinstance(result, LoadedDocument) and result.variants is not None:
        named: dict[str | None, State] = {one.name: one.state for one in result.variants.items}
        return named | {None: result.variants.state}
    return {} if result.scenario is None else {None: State(result.scenario)}


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= _LONGEST:  # also true of NaN
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0 and up to {_LONGEST}")
    return value


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= _LARGEST_SEED):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to {_LARGEST_SEED}")
    return int(text)


def _solve(state: State, seconds: float, seed: int, init: Init, rollouts: int) -> tuple[Evaluation, dict[str, Any]]:
    """Solve a scenario from nothing; where some of its plan is locked, from that plan."""
    compiled = compile_scenario(state.scenario)
    problem = with_plan(compiled, state.plan)
    initial = to_solution(problem, state.plan) if state.plan.locks else None
    use_kernel_cache()
    # Only after the cache has its place may numba be imported.
    from solver.genetic import solve, warm_up

    announce_compilation()
    warm_up()
    with interruptible() as interrupted:
        result = solve(
            problem,
            seconds=seconds,
            seed=seed,
            initial=initial,
            init=init,
            rollouts=rollouts,
            should_stop=interrupted.is_set,
        )
    figures = {
        "seed": seed,
        "seconds": seconds,
        "elapsed": round(result.elapsed, 4),
        "init": result.first.by,
        "first_solution_seconds": round(result.first.seconds, 4),
        "iterations": result.iterations,
    }
    plan = to_plan(problem, result.solution, state.plan)
    return figures_of(state.scenario, problem, plan, result.solution, result.report, compiled), figures


def _refuse(name: str, lines: Sequence[str], records: Sequence[dict[str, Any]], as_json: bool) -> int:
    if as_json:
        print(json.dumps({"scenario": name, "issues": records}, ensure_ascii=False))
    print(f"{name} cannot be solved as it is:", file=sys.stderr)
    for line in lines[:_LISTED]:
        print(f"  {line}", file=sys.stderr)
    if len(lines) > _LISTED:
        print(f"  and {len(lines) - _LISTED} more; --json lists them all", file=sys.stderr)
    return WRONG_INPUT


def _record(scenario: Scenario, evaluation: Evaluation) -> dict[str, Any]:
    return {
        "scenario": scenario.settings.name,
        "travel": scenario.settings.travel,
        "feasible": evaluation.feasible,
        "cost": evaluation.costs.total,
        "costs": asdict(evaluation.costs),
        "distance_km": evaluation.distance_km,
        "duration_s": evaluation.duration_s,
        "vehicles_used": evaluation.vehicles_used,
        "customers": len(scenario.customers),
        "unserved": [asdict(one) for one in evaluation.unserved],
        "violations": [one.text for one in evaluation.violations],
    }


def _summary(scenario: Scenario, evaluation: Evaluation, files: Sequence[Path]) -> Iterator[str]:
    served = len(scenario.customers) - len(evaluation.unserved)
    yield (
        f"{scenario.settings.name}: {served} of {len(scenario.customers)} customers, "
        f"{evaluation.vehicles_used} vehicles, {evaluation.distance_km:.1f} km, {span(evaluation.duration_s)}, "
        f"cost {evaluation.costs.total:.2f} {scenario.settings.currency}"
    )
    yield f"  travel: {travel_words(scenario)}"
    for route in evaluation.routes:
        yield f"  {route.label}: {route.stops} stops, {route.distance_km:.1f} km, {span(route.duration_s)}"
    for one in evaluation.violations[:_LISTED]:
        yield f"  broken: {one.text}"
    for left in evaluation.unserved[:_LISTED]:
        yield f"  not served: {left.customer}. {' '.join(left.reasons)}".rstrip()
    yield "written: " + ", ".join(map(str, files))
