"""What plans are worth beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from solver.problem import Report

NOTHING = 0.005
"""Of the scenario's currency: what is rounded to nothing is nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Outcome:
    """What the best plan of a search is worth; less is better, and rules count before costs.

    Parameters
    ----------
    broken
        How many rules it breaks.
    cost
        In the scenario's currency.
    """

    broken: int
    cost: float

    @classmethod
    def of(cls, report: Report) -> Outcome:
        """Return what a report says."""
        return cls(len(report.violations), report.costs.total)
