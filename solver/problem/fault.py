"""What can be wrong with the arrays of a problem, named so that a person finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PER_FIELD = 20
"""Faults reported per array; a matrix full of NaN should not make a million lines."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the arrays of a problem.

    Parameters
    ----------
    field
        The array, as in ``clients.delivery``.
    index
        Position in the array; empty when the whole array is at fault.
    value
        The offending value, as text.
    expected
        What was expected instead.
    """

    field: str
    index: tuple[int, ...]
    value: str
    expected: str

    def __str__(self) -> str:
        where = f"{self.field}{list(self.index)}" if self.index else self.field
        return f"{where} is {self.value}, expected {self.expected}"


class ProblemError(ValueError):
    """Raised when arrays do not make a problem; ``faults`` lists all that is wrong, not only the first."""

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(faults)
        shown = "; ".join(str(fault) for fault in self.faults[:5])
        more = f" (and {len(self.faults) - 5} more)" if len(self.faults) > 5 else ""
        super().__init__(f"not a valid problem: {shown}{more}")
