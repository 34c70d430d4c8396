"""``python -m solver warm``: compile the kernels now, so that the first solve need not."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor

from solver.builds import BUILDS, POLICY
from solver.kernel_cache import VARIABLE, use_kernel_cache

ROADS = "roads"
"""What is no part of the search: the ways on a network of streets."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; it takes nothing."""
    parser = commands.add_parser("warm", help="compile the kernels", description="Compile the kernels and keep them.")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Compile or load all kernels, a build a process, and say how long it took and where they are kept."""
    started = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_warm, [*BUILDS, POLICY, ROADS]))
    print(f"kernels ready in {time.perf_counter() - started:.1f} s, kept in {os.environ.get(VARIABLE, 'the package')}")
    return 0


def _warm(build: str) -> None:
    use_kernel_cache()
    if build == ROADS:
        from solver.roads.aside import compile_here

        compile_here()
        return
    from solver.genetic import warm_up

    warm_up(build)
