"""Measure ways to start a search: ``python -m tests.bench.starts latency``, ``quality`` or ``anytime``.

``latency`` says how long the policy's rollouts take, ``quality`` how good they are before any search, and ``anytime``
what becomes of each start within budgets from 10 ms to 3 s. The last one says first how long it takes; it can be cut
and goes on where it was, repeats nothing unless engine or policy changed, and writes ``report.md`` and a picture beside
its rows.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from solver.kernel_cache import announce_compilation, use_kernel_cache

use_kernel_cache()  # before anything imports numba

from solver.commands.arguments import Parser, budgets, seed, threads, whole  # noqa: E402
from solver.init import Init  # noqa: E402
from solver.instances import InstanceError  # noqa: E402
from solver.policy.weights import WeightsError  # noqa: E402
from tests.bench.peers.errors import MeasurementError  # noqa: E402
from tests.bench.starts import bench_latency, bench_quality, report  # noqa: E402
from tests.bench.starts.campaign import Campaign  # noqa: E402
from tests.bench.starts.problems import INSTANCES, SETS, SIZES, panels  # noqa: E402
from tests.bench.starts.rows import Rows  # noqa: E402
from tests.published import VARIABLE, instances_folder  # noqa: E402

OUT = Path(__file__).resolve().parents[3] / "out" / "starts"
BUDGETS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


def chosen(text: str, among: Sequence[str]) -> list[str]:
    """Read some of the names that there are, separated by commas."""
    names = [part.strip() for part in text.split(",")]
    for name in names:
        if name not in among:
            raise argparse.ArgumentTypeError(f"no {name!r}, expected some of {', '.join(among)}")
    return names


def numbers(text: str) -> list[int]:
    """Read whole numbers from 1, separated by commas."""
    return [whole(part.strip(), 1) for part in text.split(",")]


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = Parser(
        prog="python -m tests.bench.starts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = made.add_subparsers(required=True, metavar="latency|quality|anytime")
    commands.add_parser("latency", help="how long rollouts take").set_defaults(run=_latency)
    quality = commands.add_parser("quality", help="how good rollouts are before any search")
    quality.add_argument("--seed", type=seed, default=1, help="of sampled rollouts (default 1)")
    quality.set_defaults(run=_quality)
    anytime = commands.add_parser("anytime", help="what becomes of each start over time")
    anytime.add_argument(
        "--sets", type=partial(chosen, among=SETS), default=SETS, metavar="SETS", help=f"some of {','.join(SETS)}"
    )
    anytime.add_argument(
        "--sizes", type=numbers, default=SIZES, metavar="CLIENTS", help="clients of a day (default 100,200,500)"
    )
    anytime.add_argument(
        "--problems", type=partial(whole, least=1), default=64, metavar="N", help="of a panel at most (default 64)"
    )
    anytime.add_argument(
        "--seeds", type=partial(whole, least=1), default=5, metavar="K", help="searches of each problem (default 5)"
    )
    anytime.add_argument(
        "--budgets", type=budgets, default=BUDGETS, metavar="SECONDS", help="(default 0.01,0.03,0.1,0.3,1,3)"
    )
    anytime.add_argument(
        "--inits", type=partial(chosen, among=list(Init)), default=list(Init), metavar="INITS", help="(default all)"
    )
    anytime.add_argument(
        "--threads", type=threads, default=os.cpu_count() or 1, metavar="N", help="(default: one per core)"
    )
    anytime.add_argument("--out", type=Path, default=OUT, metavar="FOLDER", help="of rows and report (out/starts)")
    anytime.add_argument("--report", action="store_true", help="measure nothing; report what was measured last")
    anytime.set_defaults(run=_anytime)
    for command in (quality, anytime):
        command.add_argument("--instances", metavar="FOLDER", help=f"instead of the folder that {VARIABLE} names")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 2 where something needed is missing."""
    words = parser().parse_args(arguments)
    try:
        announce_compilation()
        words.run(words)
    except (MeasurementError, InstanceError, WeightsError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted: the same command goes on from here", file=sys.stderr)
        return 130
    return 0


def _latency(_: argparse.Namespace) -> None:
    print(bench_latency.table_of(list(bench_latency.measure())))


def _quality(words: argparse.Namespace) -> None:
    print(bench_quality.table_of(list(bench_quality.measure(instances_folder(words.instances), words.seed))))


def _anytime(words: argparse.Namespace) -> None:
    rows = Rows(words.out / "runs.jsonl")
    if not words.report:
        folder = instances_folder(words.instances) if set(words.sets) & set(INSTANCES) else None
        Campaign(
            panels=list(panels(words.sets, words.sizes, words.problems, folder)),
            budgets=sorted(words.budgets),
            seeds=range(1, words.seeds + 1),
            inits=[Init(init) for init in words.inits],
            threads=words.threads,
            rows=rows,
        ).run()
    path = report.write(rows.latest(), words.out)
    print(path.read_text("utf-8"))
    print(path, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
