"""What the solves say of the ways to start, as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from solver.init import Init
from tests.bench.peers.tables import LATE, NOTHING, percent, table
from tests.bench.starts.comparison import INITS, Block, Floats, Interval, pooled
from tests.bench.starts.problems import DAYS, INSTANCES, TITLES

EARLY = 0.3
"""Seconds up to which the policy has to be better than the classical start on days; later it may not be worse."""

SAME = 0.005
"""Percent; gaps that differ by less count as the same."""


def anytime(blocks: Sequence[Block]) -> str:
    """Return the mean gap of each way to start, and how they differ on the same problems."""
    inits = _inits(blocks)
    header = ["set", "clients", "budget", "problems", *inits]
    header += ["policy − classical", "better : worse", "auto − better of the two"]
    rows = []
    for block in blocks:
        against = block.difference(Init.POLICY, Init.CLASSICAL)
        rows.append(
            [
                *_names(block),
                str(block.problems),
                *(_gap(block, init) for init in inits),
                _difference(against),
                NOTHING if against is None else f"{(against < -SAME).sum()} : {(against > SAME).sum()}",
                _difference(block.auto_and_better()),
            ]
        )
    return table(header, rows, names=3)


def first_plans(blocks: Sequence[Block]) -> str:
    """Return when the first plan stands and how far it is from the best, within the least and the greatest budget."""
    inits = _inits(blocks)
    header = ["set", "clients", "budget", "problems", *inits]
    rows = []
    for _, group in groupby(blocks, lambda block: (block.series, block.size)):
        of_panel = list(group)
        for block in dict.fromkeys((of_panel[0], of_panel[-1])):
            rows.append([*_names(block), str(block.problems), *(_first(block, init) for init in inits)])
    return table(header, rows, names=3)


def shortfalls(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield where the policy or the rule that chooses a start does not do what it has to.

    On days, per size, the policy has to be better than the classical start within `EARLY`, and may not be significantly
    worse later. On instances, all sizes of a set together, auto may not be significantly worse than the better of both.
    """
    for block in blocks:
        against = block.difference(Init.POLICY, Init.CLASSICAL)
        if block.series in DAYS and against is not None:
            difference = Interval.of(against)
            if difference.above or (block.budget <= EARLY and difference.mean >= 0.0):
                yield f"{', '.join(_names(block))}: policy is worse than classical by {signed(difference)}"
    for block in pooled(blocks):
        chosen = block.auto_and_better()
        if block.series in INSTANCES and chosen is not None:
            difference = Interval.of(chosen)
            if difference.above:
                yield f"{', '.join(_names(block))}: auto is worse than the better of the two by {signed(difference)}"


def signed(interval: Interval) -> str:
    """Return a mean with its interval."""
    mean = f"{interval.mean:+.2f}"
    return mean if interval.low is None else f"{mean} [{interval.low:+.2f}, {interval.high:+.2f}]"


def _inits(blocks: Sequence[Block]) -> list[Init]:
    return [init for init in INITS if any(init in block.inits for block in blocks)]


def _names(block: Block) -> list[str]:
    return [TITLES[block.series], block.size, f"{block.budget:g} s"]


def _gap(block: Block, init: Init) -> str:
    if init not in block.inits:
        return NOTHING
    at = block.inits.index(init)
    remarks = [f"{100 * block.infeasible[at]:.0f} % infeasible"] if block.infeasible[at] else []
    if block.seconds[at] > LATE * block.budget:
        remarks.append(f"in {block.seconds[at]:.3f} s")
    return percent(float(block.of(init).mean())) + (f" ({', '.join(remarks)})" if remarks else "")


def _first(block: Block, init: Init) -> str:
    if init not in block.inits:
        return NOTHING
    at = block.inits.index(init)
    return f"{percent(float(block.first_gaps[at].mean()))} in {1000 * block.first_seconds[at]:.1f} ms"


def _difference(values: Floats | None) -> str:
    """Return a paired difference; bold where its interval is all on one side."""
    if values is None:
        return NOTHING
    difference = Interval.of(values)
    return f"**{signed(difference)}**" if difference.above or difference.below else signed(difference)
