"""``routewright --selftest``: prints one object of JSON that says whether everything works, and how fast.

Exit codes: 0 when all went well, 1 when anything failed, 2 when nothing can be written, or the command is wrong.
"""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from app.selftest.folders import NoRoomError, hand_over, own_folder, own_places, prepared
from app.selftest.kernels import KernelWatch
from app.selftest.record import Record
from app.selftest.told import Known
from app.selftest.watch import watch
from app.selftest.wish import Extent, Wish
from app.selftest.words import summary
from solver.commands.arguments import Parser, seconds

if TYPE_CHECKING:
    from app.jobs.worker_process import Serve

FINE, FAILED, WRONG = 0, 1, 2

LIMITS = {Extent.QUICK: 180.0, Extent.FULL: 600.0}
"""Seconds after which a self-test is ended where nothing else is said."""


def main(arguments: Sequence[str], *, sample: Path | None = None, serve: Serve | None = None) -> int:
    """Run the command and return its exit code.

    Parameters
    ----------
    arguments
        What stands behind ``--selftest``.
    sample, serve
        What is opened and the engine's process, if others than those of the program; for its tests.
    """
    chosen = _parser().parse_args(arguments)
    extent, out = Extent(chosen.extent), chosen.out
    if chosen.show and sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print("There is no display to show a window on: leave out --show.", file=sys.stderr)
        return WRONG
    limit = LIMITS[extent] if chosen.limit is None else chosen.limit
    record = Record(extent)
    try:
        with nullcontext() if out is None else prepared(out), own_folder() as folder:
            with own_places(folder, headless=not chosen.show):
                kernels = KernelWatch()
                wish = Wish(folder, time.monotonic(), extent, chosen.seconds, limit, sample, serve)
                wish.written.mkdir()
                watch(wish, record.hear)
            record.hear(Known("kernels", kernels.told()))
            record.note_files(wish.written, out)
            if out is not None:
                hand_over(wish.written, out)
    except NoRoomError as error:
        print(f"routewright: {error}", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    report = record.as_json()
    print("\n".join(summary(report)) if chosen.words else json.dumps(report, indent=1))
    for fault in record.faults():
        print(f"routewright: {fault}", file=sys.stderr)
    return FINE if record.fine else FAILED


def _parser() -> Parser:
    parser = Parser(
        prog="routewright --selftest",
        description="Let the program show that it works: the sample is opened, solved, checked, explained and exported "
        "in a window without a display, with settings and data of its own. One object of JSON says what came of it.",
    )
    parser.add_argument(
        "extent",
        nargs="?",
        choices=[one.value for one in Extent],
        default=Extent.QUICK.value,
        help="full also tests roads, the policy and its training, benchmark files and the commands (default: quick)",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep what is written, with a picture of the window")
    parser.add_argument("--seconds", type=seconds, default=2.0, metavar="S", help="of the solve (default: %(default)s)")
    parser.add_argument(
        "--limit",
        type=_limit,
        metavar="S",
        help=f"end it after so long (default: {LIMITS[Extent.QUICK]:g}, full {LIMITS[Extent.FULL]:g})",
    )
    parser.add_argument("--show", action="store_true", help="show the window, on a machine with a display")
    parser.add_argument("--words", action="store_true", help="print sentences in place of JSON")
    return parser


def _limit(text: str) -> float:
    value = seconds(text)
    if value < 1:
        raise ArgumentTypeError(f"{text!r}, expected at least one second")
    return value
