"""``python -m app addon create|status|update|remove``: an environment for graphics cards, with no display and no Qt.

Exit codes: 0 when all went well, 1 when there is no add-on that can be used, 2 when something that it needs is missing,
130 when it was interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from app.addon.errors import AddonError
from app.addon.making import create_addon, remove_addon, update_addon
from app.addon.place import addon_folder
from app.addon.probe import Addon, find_addon
from app.addon.words import gpu_words, state_words

UNUSABLE, WRONG_INPUT, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str]) -> int:
    """Run the command and return the exit code.

    Parameters
    ----------
    arguments
        What stands behind ``addon``.
    """
    parser = argparse.ArgumentParser(
        prog="routewright addon",
        description="An environment with a torch that can use a graphics card: training can run there.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    create = commands.add_parser("create", help="make it; takes gigabytes from the network and some minutes")
    create.add_argument("--python", type=Path, metavar="PATH", help="a Python 3.11 to 3.14 to make it with")
    create.add_argument("--index-url", default="", metavar="URL", help="where torch comes from, if not from PyPI")
    create.add_argument("--folder", type=Path, metavar="DIR", help="where it is to be (default: the user's data)")
    create.set_defaults(run=_create)
    status = commands.add_parser("status", help="say what there is")
    status.add_argument("--json", action="store_true", help="as JSON")
    status.set_defaults(run=_status)
    commands.add_parser("update", help="put this version into it").set_defaults(run=_update)
    commands.add_parser("remove", help="remove it").set_defaults(run=_remove)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except AddonError as error:
        print(error, file=sys.stderr)
        for line in error.said:
            print(f"  {line}", file=sys.stderr)
        return WRONG_INPUT
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _create(chosen: argparse.Namespace) -> int:
    made = create_addon(_say, python=chosen.python, index_url=chosen.index_url, folder=chosen.folder)
    return _show(made)


def _update(_: argparse.Namespace) -> int:
    return _show(update_addon(_say))


def _remove(_: argparse.Namespace) -> int:
    folder = remove_addon()
    print(f"{folder} is removed" if folder else f"there is no add-on in {addon_folder()}")
    return 0


def _status(chosen: argparse.Namespace) -> int:
    addon = find_addon(afresh=True)
    if not chosen.json:
        return _show(addon)
    found = {"folder": str(addon_folder()), "state": addon.state.name.lower() if addon else "none"}
    print(json.dumps({**found, **(asdict(addon.facts) if addon and addon.facts else {})}, indent=1))
    return 0 if addon and addon.ready else UNUSABLE


def _show(addon: Addon | None) -> int:
    if addon is None:
        print(f"there is no add-on in {addon_folder()}; routewright addon create makes one")
        return UNUSABLE
    print(f"{addon.folder}: {state_words(addon)}")
    if addon.facts is not None:
        versions = {name: value for name, value in asdict(addon.facts).items() if name not in ("gpu", "trouble")}
        print(", ".join(f"{name} {value or 'missing'}" for name, value in versions.items()))
        print(gpu_words(addon.facts))
    return 0 if addon.ready else UNUSABLE


def _say(line: str) -> None:
    print(line, flush=True)
