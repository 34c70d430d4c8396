"""Modes of travel: which streets a kind of vehicle may use, how fast it is there, and what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, IntFlag, StrEnum


class RoadClass(IntEnum):
    """What kind of street a way is, from the greatest to the smallest."""

    MOTORWAY = 0
    TRUNK = 1
    PRIMARY = 2
    SECONDARY = 3
    TERTIARY = 4
    MINOR = 5  # unclassified, and whatever is not known
    RESIDENTIAL = 6
    LIVING_STREET = 7
    SERVICE = 8
    TRACK = 9
    PEDESTRIAN = 10
    CYCLEWAY = 11
    PATH = 12
    STEPS = 13
    FERRY = 14


class Surface(IntEnum):
    """What a way is made of."""

    PAVED = 0
    COBBLED = 1
    UNPAVED = 2
    ROUGH = 3


class Access(IntFlag):
    """Who may use a street in one direction; a bit each."""

    NONE = 0
    CAR = 1
    TRUCK = 2
    BICYCLE = 4
    FOOT = 8


class ModeKind(StrEnum):
    """The built-in kinds of travel."""

    CAR = "car"
    VAN = "van"
    TRUCK = "truck"
    BICYCLE = "bicycle"
    FOOT = "foot"

    @property
    def access(self) -> Access:
        """Whose rights it has."""
        return _ACCESS[self]


_ACCESS = {
    ModeKind.CAR: Access.CAR,
    ModeKind.VAN: Access.CAR,
    ModeKind.TRUCK: Access.TRUCK,
    ModeKind.BICYCLE: Access.BICYCLE,
    ModeKind.FOOT: Access.FOOT,
}


@dataclass(frozen=True, slots=True)
class Mode:
    """How vehicles of one travel profile move.

    Parameters
    ----------
    id
        What `app.model.scenario.Vehicle.profile` calls it.
    kind
        Whose rights it has, and which speeds.
    speed_factor
        Multiplies every speed.
    height, width, length
        Of the vehicle, metres; 0 is so small that no limit matters.
    weight
        With its load, tonnes; 0 is so light that no limit matters.
    hazmat
        Whether it carries goods that are barred from some streets.
    signal_delay, turn_delay, u_turn_delay
        Seconds lost at a traffic signal, in a turn by a right angle (less in gentle ones), and in turning round.
    """

    id: str
    kind: ModeKind = ModeKind.CAR
    speed_factor: float = 1.0
    height: float = 0.0
    width: float = 0.0
    length: float = 0.0
    weight: float = 0.0
    hazmat: bool = False
    signal_delay: float = 8.0
    turn_delay: float = 3.0
    u_turn_delay: float = 20.0


BUILT_IN: dict[str, Mode] = {
    mode.id: mode
    for mode in (
        Mode("car"),
        Mode("van", ModeKind.VAN, height=2.6, width=2.1, length=6.0, weight=3.5),
        Mode("truck", ModeKind.TRUCK, height=3.8, width=2.55, length=10.0, weight=12.0, turn_delay=6, u_turn_delay=60),
        Mode("bicycle", ModeKind.BICYCLE, signal_delay=6, turn_delay=1, u_turn_delay=4),
        Mode("foot", ModeKind.FOOT, signal_delay=6, turn_delay=0, u_turn_delay=0),
    )
}
"""The modes that every scenario knows, by id."""
