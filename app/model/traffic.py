"""How much slower streets are at which hour of the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads.modes import ModeKind, RoadClass

HOURS = 24
"""In a day."""

HOUR = 3600
"""Seconds."""

_MAIN = (1.0,) * 6 + (0.85, 0.65, 0.65) + (0.8,) * 6 + (0.7, 0.65, 0.65, 0.8) + (0.9,) * 3 + (1.0,) * 2

GROUPS = {
    "motorway": (RoadClass.MOTORWAY, RoadClass.TRUNK),
    "main": (RoadClass.PRIMARY, RoadClass.SECONDARY, RoadClass.TERTIARY),
    "local": (RoadClass.MINOR, RoadClass.RESIDENTIAL, RoadClass.LIVING_STREET, RoadClass.SERVICE),
}
"""Classes of streets by the field of `Traffic` that they follow; on all others no queue slows anybody."""

SLOWED = frozenset({ModeKind.CAR, ModeKind.VAN, ModeKind.TRUCK})
"""Who stands in traffic; whoever cycles or walks passes it."""


@dataclass(frozen=True, slots=True)
class Period:
    """Hours that follow one another and are alike.

    Parameters
    ----------
    start
        Seconds since midnight.
    motorway, main, local
        As in `Traffic`.
    """

    start: int
    motorway: float
    main: float
    local: float


@dataclass(frozen=True, slots=True)
class Traffic:
    """Speeds by the hour, the same every day; what is built in are the rush hours of a city.

    Parameters
    ----------
    motorway, main, local
        For each hour of the day, what the speed on streets of a group (`GROUPS`) is multiplied by: 24 numbers above 0.
    """

    motorway: tuple[float, ...] = (1.0,) * 6 + (0.85, 0.7, 0.7) + (0.9,) * 6 + (0.75, 0.7, 0.7, 0.9) + (1.0,) * 5
    main: tuple[float, ...] = _MAIN
    local: tuple[float, ...] = (1.0,) * 7 + (0.85, 0.85) + (0.95,) * 6 + (0.85,) * 3 + (0.95,) + (1.0,) * 5

    def __post_init__(self) -> None:
        for group in GROUPS:
            if len(getattr(self, group)) != HOURS:
                raise ValueError(f"{group} needs one factor for each hour of the day")

    def periods(self) -> tuple[Period, ...]:
        """Return the day in as few parts as there are different hours in a row; the first begins at midnight."""
        found: list[Period] = []
        for hour, factors in enumerate(zip(self.motorway, self.main, self.local, strict=True)):
            if not found or factors != (found[-1].motorway, found[-1].main, found[-1].local):
                found.append(Period(hour * HOUR, *factors))
        return tuple(found)

    def factors(self) -> NDArray[np.float64]:
        """Return what speeds are multiplied by: shape ``(periods, RoadClass)``."""
        found = np.ones((len(self.periods()), len(RoadClass)))
        for row, period in zip(found, self.periods(), strict=True):
            for group, classes in GROUPS.items():
                row[list(classes)] = getattr(period, group)
        return found
