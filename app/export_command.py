"""``python -m app export DOCUMENT``: the plan that a document holds, as files for others; nothing is solved.

Exit codes: 0 when all went well, 2 when the input is not what was expected or a file cannot be written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.io.atomic import WriteError
from app.io.document import SUFFIX, load_document
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.locks import with_plan
from app.model.validate import ScenarioError
from app.network_argument import use_own_networks
from app.output_arguments import add_output_arguments, wishes_of
from app.plan_files import unsuitable, write_formats
from solver.commands.arguments import Parser

FINE, WRONG_INPUT = 0, 2
_LISTED = 50


def main(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Parameters
    ----------
    arguments
        What stands behind ``export``.
    """
    parser = Parser(prog="routewright export", description="Write the plan of a document for others.")
    parser.add_argument("document", metavar="DOCUMENT", help=f"a {SUFFIX} document with a plan")
    add_output_arguments(parser)
    parser.add_argument("--routes", type=_routes, metavar="LIST", help="numbers of routes, such as 1,3; all by default")
    parser.add_argument("--why", action="store_true", help="say in the pdf why routes go to stops, and to some not")
    parser.add_argument("--variant", metavar="NAME", help="of several; by default the one that was shown last")
    chosen = parser.parse_args(arguments)
    use_own_networks()
    document = load_document(Path(chosen.document))
    variants = document.variants
    if variants is None or document.issues:
        return _refuse(chosen.document, [str(one) for one in document.issues])
    named = {one.name: one.state for one in variants.items}
    if chosen.variant is not None and chosen.variant not in named:
        return _refuse(chosen.document, [f"--variant: its variants are {', '.join(named)}."])
    state = variants.state if chosen.variant is None else named[chosen.variant]
    routes = dict(enumerate(state.plan.routes, start=1))
    if not any(route.stops for route in routes.values()):
        return _refuse(chosen.document, ["There is no plan in it: solve it first."])
    if not any(routes[number].stops for number in chosen.routes or routes if number in routes):
        return _refuse(chosen.document, [f"--routes: none of these has stops; the plan has routes 1 to {len(routes)}."])
    if wrong := unsuitable(chosen.formats, state.scenario):
        return _refuse(chosen.document, [f"--formats {wrong}"])
    wishes = wishes_of(chosen)
    wishes = replace(wishes, routes=chosen.routes, paper=replace(wishes.paper, why=chosen.why), plan=state.plan)
    try:
        evaluation = evaluate(state.scenario, with_plan(compile_scenario(state.scenario), state.plan), state.plan)
        files = write_formats(Path(chosen.out), chosen.formats, state.scenario, evaluation, wishes)
    except ScenarioError as error:
        return _refuse(chosen.document, [str(one) for one in error.issues])
    except WriteError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    print("written: " + ", ".join(map(str, files)))
    return FINE


def _routes(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and int(part[:9]) > 0 for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r}, expected numbers of routes, such as 1,3")
    return frozenset(int(part[:9]) for part in parts)


def _refuse(name: str, lines: Sequence[str]) -> int:
    print(f"{name} cannot be exported as it is:", file=sys.stderr)
    for line in lines[:_LISTED]:
        print(f"  {line}", file=sys.stderr)
    if len(lines) > _LISTED:
        print(f"  and {len(lines) - _LISTED} more", file=sys.stderr)
    return WRONG_INPUT
