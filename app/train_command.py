"""``python -m app train FOLDER --from SCENARIO…``: teach the policy one's own days, with no display and no Qt.

Where this Python's torch cannot use a graphics card that is asked for, the whole command runs in the add-on.

Exit codes: 0 when all went well, 2 when the input is not what was expected or something that it needs is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from app.addon.probe import Addon, find_addon
from app.addon.training import is_here, train_there, wants_addon
from app.addon.words import state_words
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
        prog="routewright train",
        # The one that argparse makes has the folder behind --from, which would take it for one more scenario.
        usage="%(prog)s [options] folder --from SCENARIO [SCENARIO ...]",
        description="Teach the policy that builds first plans scenarios of one's own.",
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
    if wants_addon(chosen.device):
        addon = find_addon()
        if addon is None or not is_here(addon):
            return _train_elsewhere(addon, chosen.device, arguments)
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
        if error.errno is None:  # no answer of the system's, but something that Python or torch misses
            raise
        print(f"{error.filename or chosen.folder}: {error.strerror or 'cannot be written'}", file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _train_elsewhere(addon: Addon | None, device: str, arguments: Sequence[str]) -> int:
    """Train in the add-on, or say what is in the way of it."""
    if addon is not None and addon.ready:
        print(f"training in the add-on environment in {addon.folder}", file=sys.stderr, flush=True)
        return train_there(addon, arguments)
    print(f"torch cannot use the device {device} here; it takes an add-on environment", file=sys.stderr)
    if addon is None:
        print("routewright addon create makes one: it takes gigabytes from the network", file=sys.stderr)
    else:
        print(state_words(addon), file=sys.stderr)
    return WRONG_INPUT


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
