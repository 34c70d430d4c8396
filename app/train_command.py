"""``python -m app train FOLDER --from SCENARIO…``: teach the policy one's own days, with no display and no Qt.

Exit codes: 0 when all went well, 2 when the input is not what was expected or something that it needs is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from app.io.document import SUFFIX
from app.io.read_any import read_any
from app.model.compile import compile_scenario
from app.model.validate import ScenarioError
from app.network_argument import use_own_networks
from solver.commands.train import add_course_arguments, train
from solver.kernel_cache import use_kernel_cache
from solver.problem import Problem

WRONG_INPUT, INTERRUPTED = 2, 130
_LISTED = 50


class _BrokenError(ValueError):
    """A scenario cannot be learned from as it is; its arguments are lines that say why."""


def main(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Parameters
    ----------
    arguments
        What stands behind ``train``.
    """
    parser = argparse.ArgumentParser(
        prog="routewright train", description="Teach the policy that builds first plans scenarios of one's own."
    )
    add_course_arguments(parser)
    parser.add_argument(
        "--from",
        dest="own",
        required=True,
        nargs="+",
        metavar="SCENARIO",
        help=f"own days: folders or .zip of CSV files, {SUFFIX} documents, .vrp or Solomon .txt",
    )
    chosen = parser.parse_args(arguments)
    days, broken = [], False
    for name in chosen.own:
        try:
            days.append((name, _problem_of(name)))
        except _BrokenError as error:
            broken = True
            _refuse(name, error.args)
    if broken:
        return WRONG_INPUT
    use_kernel_cache()  # before training imports numba
    try:
        return train(chosen, days)
    except OSError as error:
        print(f"{error.filename or chosen.folder}: {error.strerror or 'cannot be written'}", file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _problem_of(path: str) -> Problem:
    """Return the problem of a scenario on disk.

    Raises
    ------
    _BrokenError
        If anything in it is wrong.
    """
    use_own_networks()
    result = read_any(path)
    if result.scenario is None or result.issues:
        raise _BrokenError(*map(str, result.issues))
    try:
        return compile_scenario(result.scenario)
    except ScenarioError as error:
        raise _BrokenError(*map(str, error.issues)) from error


def _refuse(name: str, lines: Sequence[str]) -> None:
    print(f"{name} cannot be learned from as it is:", file=sys.stderr)
    for line in lines[:_LISTED]:
        print(f"  {line}", file=sys.stderr)
    if len(lines) > _LISTED:
        print(f"  and {len(lines) - _LISTED} more", file=sys.stderr)
