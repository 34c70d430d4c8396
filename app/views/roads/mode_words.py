"""What modes of travel and the figures of one are called."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import tr
from solver.roads.modes import BUILT_IN, ModeKind

KINDS = {
    ModeKind.CAR: tr("Car"),
    ModeKind.VAN: tr("Van"),
    ModeKind.TRUCK: tr("Truck"),
    ModeKind.BICYCLE: tr("Bicycle"),
    ModeKind.FOOT: tr("On foot"),
}
"""Whose rights and speeds a mode has."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a mode.

    Parameters
    ----------
    field
        Of `solver.roads.modes.Mode`.
    label, tip
        What it is called and means.
    suffix
        Its unit.
    most, decimals, step
        Of the box that it is typed into.
    unlimited
        Whether 0 means that no limit matters.
    """

    field: str
    label: str
    tip: str
    suffix: str
    most: float
    decimals: int
    step: float
    unlimited: bool = False


FIGURES = (
    Figure(
        "speed_factor",
        tr("&Speed, times"),
        tr("Multiplies the speeds of its kind"),
        "",
        20,
        2,
        0.05,
    ),
    Figure("height", tr("H&eight"), tr("Low bridges and tunnels are left out"), " m", 100, 2, 0.1, True),
    Figure("width", tr("Wi&dth"), tr("Narrow streets are left out"), " m", 100, 2, 0.05, True),
    Figure("length", tr("Len&gth"), tr("Streets that bar long ones are left out"), " m", 1000, 1, 0.5, True),
    Figure("weight", tr("&Weight, loaded"), tr("Streets that bar heavy ones are left out"), " t", 10_000, 2, 0.5, True),
    Figure("signal_delay", tr("Wait at a s&ignal"), tr("Seconds at a traffic signal on average"), " s", 3600, 1, 1),
    Figure("turn_delay", tr("Wait in a &turn"), tr("Seconds for a turn by a right angle"), " s", 3600, 1, 1),
    Figure("u_turn_delay", tr("Wait in a &U-turn"), tr("Seconds for turning round"), " s", 3600, 1, 5),
)
"""The numbers of a mode, in the order of the form."""


def mode_name(key: str) -> str:
    """Return what a mode is called: those that are built in have names, others are called by their ids."""
    return KINDS[BUILT_IN[key].kind] if key in BUILT_IN else key
