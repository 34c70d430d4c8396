"""Measure Routewright beside its peers: ``python -m tests.bench.peers``, which ``make bench`` runs.

What is measured stands in ``instances.toml``. Peers are installed into environments of their own under ``out/bench``,
runs are kept in ``out/bench/runs.jsonl`` and not repeated unless the engine or a peer's version changed, so that a
measurement can be cut and continued. It ends with ``out/bench/report.md`` and a picture, and leaves with 1 when PyVRP
refuses an answer of ours or when ours took more memory than is allowed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from solver.commands.arguments import Parser, budgets, seed, threads
from solver.instances import InstanceError
from tests.bench.peers.campaign import Campaign
from tests.bench.peers.errors import MeasurementError
from tests.bench.peers.outcomes import Record
from tests.bench.peers.report import PICTURE, faults, into_readme, results_of, write
from tests.bench.peers.selection import LISTED, load, narrowed
from tests.published import VARIABLE, instances_folder

ROOT = Path(__file__).resolve().parents[3]
OUT = ROOT / "out" / "bench"
ENVIRONMENTS = OUT / "environments"


def names(text: str) -> list[str]:
    """Read names, separated by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def seeds(text: str) -> tuple[int, ...]:
    """Read seeds, separated by commas."""
    return tuple(seed(part.strip()) for part in text.split(","))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = Parser(
        prog="python -m tests.bench.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--classes", type=names, metavar="KINDS", help="only these, as in CVRP,VRPTW")
    made.add_argument("--only", type=names, metavar="NAMES", help="only these instances, as in X-n106-k14,R102")
    made.add_argument("--peers", type=names, metavar="NAMES", help="only these, as in pyvrp,hgs; '' for none")
    made.add_argument("--budgets", type=budgets, metavar="SECONDS", help="instead of the list's, as in 0.25,1,10")
    made.add_argument("--seeds", type=seeds, metavar="SEEDS", help="instead of the list's, as in 1,2,3")
    made.add_argument(
        "--parallel-peers", type=threads, default=1, metavar="N", help="peers of one core at a time (default 1)"
    )
    made.add_argument("--fresh", action="store_true", help="measure again what has been measured")
    made.add_argument("--instances", metavar="FOLDER", help=f"instead of the folder that {VARIABLE} names")
    made.add_argument("--list", type=Path, default=LISTED, metavar="FILE", help="instead of instances.toml")
    made.add_argument("--out", type=Path, default=OUT, metavar="FOLDER", help="of runs and report (default out/bench)")
    made.add_argument("--readme", action="store_true", help="measure nothing; write the last results into the README")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and report; return 1 where an answer of ours does not stand, 2 where something needed is missing."""
    chosen = parser().parse_args(arguments)
    try:
        return _run(chosen)
    except (MeasurementError, InstanceError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted: the same command goes on from here", file=sys.stderr)
        return 130


def _run(chosen: argparse.Namespace) -> int:
    selection = narrowed(
        load(chosen.list),
        kinds=chosen.classes,
        instances=chosen.only,
        peers=chosen.peers,
        budgets=tuple(chosen.budgets) if chosen.budgets else None,
        seeds=chosen.seeds,
    )
    out = chosen.out.resolve()
    record = Record(out / "runs.jsonl")
    if not chosen.readme:
        folder = instances_folder(chosen.instances).resolve()
        Campaign(selection, folder, ENVIRONMENTS, out / "solutions", record, chosen.parallel_peers, chosen.fresh).run()
    results = results_of(selection, record.outcomes())
    if chosen.readme:
        into_readme(selection, results, ROOT / "README.md", ROOT / "resources" / "screenshots" / PICTURE)
    else:
        print(write(selection, results, out))
    found = faults(selection, results)
    for fault in found:
        print(f"!!! {fault}", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
