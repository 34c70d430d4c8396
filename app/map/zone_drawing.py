"""A zone while it is being drawn: corner after corner, never across itself."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import tr
from app.map.outline import Ring
from app.model.scenario import Point
from app.model.zones import line_fault, ring_fault

CROSSES = tr("The outline would cross itself")
TOO_FEW = tr("A zone needs at least three corners")


def ring_problem(ring: Sequence[Point], plane: bool) -> str:
    """Say why a zone cannot have these corners; an empty text when it can."""
    if len(set(ring)) < 3:
        return TOO_FEW
    return CROSSES if ring_fault(ring, plane) else ""


class ZoneDrawing:
    """The corners so far.

    Parameters
    ----------
    plane
        Whether coordinates are those of a plane.
    """

    def __init__(self, plane: bool) -> None:
        self.plane = plane
        self.corners: list[Point] = []

    def fault_of(self, point: Point) -> str:
        """Say why a point cannot be the next corner; an empty text when it can."""
        if not self.corners or point == self.corners[-1]:
            return ""
        return CROSSES if line_fault([*self.corners, point], self.plane) else ""

    def put(self, point: Point) -> str:
        """Put the next corner somewhere, or return why it cannot be there."""
        fault = self.fault_of(point)
        if not fault and (not self.corners or point != self.corners[-1]):
            self.corners.append(point)
        return fault

    def take_back(self) -> None:
        """Take the last corner back."""
        del self.corners[-1:]

    def clear(self) -> None:
        """Begin anew."""
        self.corners.clear()

    @property
    def ring(self) -> Ring:
        """The corners as a ring."""
        return tuple(self.corners)

    @property
    def closing_fault(self) -> str:
        """Why the last corner cannot be joined to the first; an empty text when it can."""
        return ring_problem(self.corners, self.plane)
