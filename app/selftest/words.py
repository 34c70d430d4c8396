"""The report of a self-test in words, for somebody who has no display and wants to see what the program does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def summary(report: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of a report.

    Parameters
    ----------
    report
        As `app.selftest.record.Record` has it.
    """
    steps = report["steps"]
    opened, solved = steps.get("open"), steps.get("solve")
    if opened and solved:
        yield (
            f"{opened['name']}: {solved['served']} of {opened['customers']} customers in {solved['routes']} routes, "
            f"{solved['distance_km']:.1f} km, cost {solved['cost']:.2f} {solved['currency']}"
        )
    done = ", ".join(f"{name} {facts['seconds']:.2f} s" for name, facts in steps.items())
    if done:
        yield f"done: {done}"
    for one in report["skipped"]:
        yield f"skipped: {one['step']}: {one['reason']}"
    if report["out"] is not None:
        yield from (f"wrote {Path(report['out']) / name}" for name in report["files"])
