"""``python -m solver warm``: compile the kernels now, so that the first solve need not."""

from __future__ import annotations

import argparse
import os
import time

from solver.kernel_cache import VARIABLE


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; it takes nothing."""
    parser = commands.add_parser("warm", help="compile the kernels", description="Compile the kernels and keep them.")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compile or load all kernels, and say how long it took and where they are kept."""
    started = time.perf_counter()
    from solver.genetic import warm_up

    warm_up()
    print(f"kernels ready in {time.perf_counter() - started:.1f} s, kept in {os.environ.get(VARIABLE, 'the package')}")
    return 0
