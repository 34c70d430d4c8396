"""``python -m app explain SCENARIO [PLAN] --question …``: why a plan is as it is, with no display and no Qt.

Exit codes: 0 when all went well, 2 when the input is not what was expected or what is asked about is not there, 130
when it was interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from app.explain_questions import AskedWrongError, add_question_arguments, question_of
from app.io.document import SUFFIX, LoadedDocument
from app.io.plan_file import read_plan
from app.io.read_any import read_any
from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.evaluation import to_plan, to_solution
from app.model.patch import State
from app.model.validate import ScenarioError
from app.model.why.answers import answer
from app.model.why.explanation import Bar, Explanation
from app.model.why.facts import Sentence
from app.model.why.record import record
from app.model.why.searching import Found, Search, answer_with
from app.network_argument import use_own_networks
from solver.commands.arguments import Parser, seconds, seed
from solver.kernel_cache import announce_compilation, use_kernel_cache
from solver.problem import check

if TYPE_CHECKING:
    from solver.genetic import Result

FINE, WRONG_INPUT, INTERRUPTED = 0, 2, 130
_LISTED = 20


def main(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Parameters
    ----------
    arguments
        What stands behind ``explain``.
    """
    chosen = _parser().parse_args(arguments)
    use_own_networks()
    try:
        state = _state(chosen.scenario, chosen.plan, chosen.variant)
        before = None if chosen.before is None else _earlier(chosen.before, state)
        question = question_of(chosen, state, before)
        problem = compile_scenario(state.scenario)
        explanation = answer_with(answer(question, state, problem), _Finder(chosen.seconds, chosen.seed).find)
    except (AskedWrongError, EditRefusedError) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    except ScenarioError as error:
        return _refuse(chosen.scenario, [str(one) for one in error.issues])
    except _UnusableError as error:
        return _refuse(error.file, error.lines)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    if chosen.json:
        print(json.dumps(record(explanation), ensure_ascii=False))
    else:
        print("\n".join(_lines(explanation)))
    return FINE


class _UnusableError(Exception):
    """A file cannot be used as it is."""

    def __init__(self, file: str, lines: Sequence[str]) -> None:
        super().__init__(file)
        self.file, self.lines = file, lines


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="routewright explain", description="Say why a plan is as it is.")
    parser.add_argument(
        "scenario",
        metavar="SCENARIO",
        help=f"a {SUFFIX} document, a folder or .zip of CSV files, a .vrp or Solomon .txt",
    )
    parser.add_argument(
        "plan",
        metavar="PLAN",
        nargs="?",
        help=f"a {SUFFIX} document, or a stops.csv as routewright solve writes it; by default the plan of SCENARIO",
    )
    add_question_arguments(parser)
    parser.add_argument("--variant", metavar="NAME", help="of several; by default the one that was shown last")
    parser.add_argument("--seconds", type=seconds, metavar="S", help="for each search; by default what the answer asks")
    parser.add_argument("--seed", type=seed, default=1, metavar="N", help="of the random numbers; 1 by default")
    parser.add_argument("--json", action="store_true", help="print one line of JSON in place of sentences")
    return parser


def _state(scenario: str, plan: str | None, variant: str | None) -> State:
    """Return what is asked about.

    Raises
    ------
    _UnusableError
        If a file cannot be used as it is.
    """
    result = read_any(scenario)
    if result.scenario is None or result.issues:
        raise _UnusableError(scenario, [str(one) for one in result.issues])
    state = State(result.scenario)
    if isinstance(result, LoadedDocument) and result.variants is not None:
        named = {one.name: one.state for one in result.variants.items}
        if variant is not None and variant not in named:
            raise AskedWrongError(f"--variant: its variants are {', '.join(named)}.")
        state = result.variants.state if variant is None else named[variant]
    elif variant is not None:
        raise AskedWrongError("--variant: it has no variants.")
    if plan is not None:
        state = _planned(plan, state)
    if not any(route.stops for route in state.plan.routes):
        raise _UnusableError(plan or scenario, ["There is no plan in it: solve it first, or name a PLAN."])
    return state


def _planned(file: str, state: State) -> State:
    plan, issues = read_plan(file, state.scenario)
    if issues:
        raise _UnusableError(file, [str(one) for one in issues])
    return State(state.scenario, plan)


def _earlier(file: str, state: State) -> State:
    """Return an earlier state: that of a document, or of the same scenario with another plan."""
    if file.casefold().endswith(SUFFIX):
        return _state(file, None, None)
    return _planned(file, state)


class _Finder:
    """Searches with the engine, in this process; answers that need no search do not wait for it to be loaded."""

    def __init__(self, seconds: float | None, seed: int) -> None:
        self._seconds, self._seed = seconds, seed
        self._solve: Callable[..., Result] | None = None

    def find(self, search: Search) -> Found:
        """Return what is found."""
        result = self._engine()(
            search.problem,
            seconds=search.seconds if self._seconds is None else self._seconds,
            seed=self._seed,
            initial=to_solution(search.problem, search.start) if search.start is not None else None,
            scope=search.scope,
        )
        plan = to_plan(search.problem, result.solution, search.state.plan)
        return Found(plan, check(search.problem, to_solution(search.problem, plan)))

    def _engine(self) -> Callable[..., Result]:
        if self._solve is None:
            use_kernel_cache()
            # Only after the cache has its place may numba be imported.
            from solver.genetic import solve, warm_up

            announce_compilation()
            warm_up()
            self._solve = solve
        return self._solve


def _refuse(name: str, lines: Sequence[str]) -> int:
    print(f"{name} cannot be explained as it is:", file=sys.stderr)
    for line in lines[:_LISTED]:
        print(f"  {line}", file=sys.stderr)
    if len(lines) > _LISTED:
        print(f"  and {len(lines) - _LISTED} more", file=sys.stderr)
    return WRONG_INPUT


def _lines(explanation: Explanation) -> Iterator[str]:
    yield explanation.title
    yield from _texts("  ", explanation.short)
    for sentence in explanation.long:
        yield f"    {sentence}"
    for heading, bars in (
        ("Alternatives:", explanation.alternatives),
        ("What would help:", explanation.remedies),
        ("The difference by its parts:", explanation.parts),
    ):
        if bars:
            yield heading
            yield from map(_line, bars)


def _texts(indent: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    return (f"{indent}{sentence}" for sentence in sentences)


def _line(bar: Bar) -> str:
    text = f"  {bar.label}: {bar.number:+}"
    return " ".join((text, *map(str, bar.broken)))
