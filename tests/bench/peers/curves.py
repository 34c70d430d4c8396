"""Gap over time, as mean curves and points: what `tests.bench.peers.figure` draws."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.bench.peers.outcomes import Outcome
from tests.bench.peers.results import Results
from tests.bench.peers.selection import OURS, Selection

EARLIEST = 0.05
"""Seconds at which curves begin."""

STEPS_PER_DECADE = 40


@dataclass(frozen=True)
class Point:
    """The mean gap of the runs within one budget; ``complete`` unless some came to no answer."""

    seconds: float
    gap: float
    complete: bool


@dataclass(frozen=True)
class Series:
    """One solver: a point per budget, and for ours the course of its longest runs as ``(seconds, gap)``."""

    solver: str
    title: str
    points: tuple[Point, ...]
    course: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Panel:
    """Instances of one class and size."""

    title: str
    size: str
    series: tuple[Series, ...]


def panels(selection: Selection, results: Iterable[Results]) -> list[Panel]:
    """Return a panel per class and size that has points."""
    made = []
    for result in results:
        for size, instances in result.group.sizes.items():
            part = result.only(instances)
            series = (
                Series(solver, selection.title(solver), points(part, solver), course(part) if solver == OURS else ())
                for solver in part.solvers
            )
            drawn = tuple(one for one in series if one.points)
            if drawn:
                made.append(Panel(result.group.title, size, drawn))
    return made


def points(result: Results, solver: str) -> tuple[Point, ...]:
    """Return the mean gap per budget, at the mean time that the runs took."""
    made = []
    for budget in sorted(result.group.budgets):
        outcomes = result.of(solver, budget)
        gaps = result.gaps(solver, budget)
        if gaps:
            answered = [outcome for outcome in outcomes if outcome.gap is not None]
            seconds = fmean(outcome.seconds or budget for outcome in answered)
            made.append(Point(seconds, fmean(gaps.values()), len(answered) == len(outcomes)))
    return tuple(made)


def course(result: Results) -> tuple[tuple[float, float], ...]:
    """Return the mean gap of ours over time within its longest budget, from when all runs have an answer."""
    traced = [outcome for outcome in result.of(OURS) if outcome.trace]
    longest = max((outcome.run.budget for outcome in traced), default=0.0)
    traced = [outcome for outcome in traced if outcome.run.budget == longest]
    made = []
    for seconds in moments(longest):
        gaps = [gap_at(outcome, seconds) for outcome in traced]
        known = [gap for gap in gaps if gap is not None]
        if known and len(known) == len(gaps):
            made.append((seconds, fmean(known)))
    return tuple(made)


def moments(longest: float) -> Sequence[float]:
    """Return points in time, evenly spaced on a log scale, up to the longest."""
    times = []
    seconds = EARLIEST
    while seconds < longest:
        times.append(seconds)
        seconds *= 10 ** (1 / STEPS_PER_DECADE)
    return [*times, longest] if longest >= EARLIEST else []


def gap_at(outcome: Outcome, seconds: float) -> float | None:
    """Return the gap that a run had at a moment, percent; None without an answer then."""
    times = [moment for moment, _ in outcome.trace]
    index = bisect_right(times, seconds) - 1
    cost = outcome.trace[index][1] if index >= 0 else None
    return None if cost is None else outcome.gap_of(cost)
