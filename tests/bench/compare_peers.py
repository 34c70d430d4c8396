"""Lay runs of several solvers side by side: one line per instance and budget, one column per solver.

    python -m solver bench FILES... --seconds 0.25,1,10 > ours.jsonl
    python compare_peers.py ours.jsonl peers.jsonl

Each input line is one run as JSON with ``instance``, ``kind``, ``solver``, ``budget``, ``cost`` and ``best_known``
(``python -m solver bench`` prints them, and so can a script around any other solver). A run that is not feasible has
no cost here. Below the table: the mean gap of each solver per kind and budget over the instances that all of them
answered, and how many runs of each came to no feasible answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

OURS = "routewright"

Key = tuple[str, str, float]
"""Kind, instance, budget."""


def runs_of(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Read runs; lines that are no JSON objects are skipped, as logs mix them in."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("{"):
                yield json.loads(line)


def gap_of(run: dict[str, Any] | None) -> float | None:
    """Return the gap to the best known cost in percent, or None where there is no answer or no best known."""
    if run is None or run.get("cost") is None or not run.get("feasible", True) or not run.get("best_known"):
        return None
    return 100 * (run["cost"] / run["best_known"] - 1)


def shown(gap: float | None) -> str:
    """Return a gap as text."""
    return "–" if gap is None else f"{gap:.2f} %"


def table_of(runs: Iterable[dict[str, Any]]) -> str:
    """Return the comparison as a Markdown table, and the means under it."""
    by_key: dict[Key, dict[str, dict[str, Any]]] = defaultdict(dict)
    for run in runs:
        by_key[run["kind"], run["instance"], float(run["budget"])][run["solver"]] = run
    names = {name for by_solver in by_key.values() for name in by_solver}
    solvers = sorted(names, key=lambda name: (name != OURS, name))

    lines = [f"| kind | instance | budget | best known | {' | '.join(solvers)} |", "|---" * (4 + len(solvers)) + "|"]
    gaps: dict[tuple[str, float], list[list[float | None]]] = defaultdict(list)
    unanswered: dict[tuple[str, float, str], int] = defaultdict(int)
    for (kind, instance, budget), by_solver in sorted(by_key.items()):
        known = next((run["best_known"] for run in by_solver.values() if run.get("best_known")), None)
        row = [gap_of(by_solver.get(solver)) for solver in solvers]
        gaps[kind, budget].append(row)
        for solver, gap in zip(solvers, row, strict=True):
            unanswered[kind, budget, solver] += solver in by_solver and gap is None
        cells = [
            f"{by_solver[solver]['cost']:.0f} ({shown(gap)})" if gap is not None else "–"
            for solver, gap in zip(solvers, row, strict=True)
        ]
        best = "–" if known is None else f"{known:.0f}"
        lines.append(f"| {kind} | {instance} | {budget:g} s | {best} | {' | '.join(cells)} |")

    lines += ["", f"| mean gap | budget | instances | {' | '.join(solvers)} |", "|---" * (3 + len(solvers)) + "|"]
    for (kind, budget), rows in sorted(gaps.items()):
        common = [row for row in rows if None not in row]
        means = []
        for column, solver in enumerate(solvers):
            answers = [row[column] for row in common]
            missing = unanswered[kind, budget, solver]
            mean = shown(fmean(gap for gap in answers if gap is not None) if answers else None)
            means.append(mean + (f", {missing} unanswered" if missing else ""))
        lines.append(f"| {kind} | {budget:g} s | {len(common)} of {len(rows)} | {' | '.join(means)} |")
    return "\n".join(lines)


def main() -> int:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+", help="runs, one JSON object a line")
    print(table_of(runs_of(parser.parse_args().files)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
