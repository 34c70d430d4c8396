"""The six questions that a plan can be asked, the first of them about a leg or about all legs of a route."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model.patch import State

Route = tuple[str, int]
"""Id of a vehicle type and number within it: who drives."""


@dataclass(frozen=True, slots=True)
class WhyLeg:
    """Asks why a route goes from A to B.

    Parameters
    ----------
    route
        Who drives.
    to
        Id of the customer that the leg leads to; None for the way back to the depot.
    """

    route: Route
    to: str | None


@dataclass(frozen=True, slots=True)
class WhyNotNext:
    """Asks why C does not come next instead.

    Parameters
    ----------
    route
        Who drives.
    after
        Id of the customer from which the vehicle would drive to the other; None for its depot.
    instead
        Id of the customer that would come next, of this route, of another, or of none.
    """

    route: Route
    after: str | None
    instead: str


@dataclass(frozen=True, slots=True)
class WhyVehicle:
    """Asks why a stop is on its vehicle, and what each other vehicle would cost.

    Parameters
    ----------
    customer
        Id of one who is served.
    resolved
        Whether the plan is searched anew for each vehicle; else the customer takes the best place and all else stays.
    """

    customer: str
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class WhyUnassigned:
    """Asks why a customer is in no route, and what is the least that would have to change.

    Parameters
    ----------
    customer
        Id of one who is left out.
    remedies
        Whether changes that would help are looked for, which takes searches.
    """

    customer: str
    remedies: bool = True


class Binding(StrEnum):
    """Kinds of things that bind a plan."""

    LOCK = "lock"
    WINDOW = "window"
    ZONE = "zone"
    PROFILE = "profile"
    CAPACITY = "capacity"
    SHIFT = "shift"
    VEHICLE = "vehicle"


@dataclass(frozen=True, slots=True)
class WhatCosts:
    """Asks what each constraint costs.

    Parameters
    ----------
    kinds
        Which constraints are asked about.
    most
        So many of them at most, those that seem to bind the most.
    customer
        Id of the customer whose constraints are asked about; "" asks about all.
    """

    kinds: frozenset[Binding] = frozenset(Binding)
    most: int = 20
    customer: str = ""


@dataclass(frozen=True, slots=True)
class WhatChanged:
    """Asks what has changed, and why.

    Parameters
    ----------
    before
        An earlier state; the question is asked of the later one.
    """

    before: State


@dataclass(frozen=True, slots=True)
class WhyRoute:
    """Asks what a route costs, and what each of its legs is for: question 1 for all of them.

    Parameters
    ----------
    route
        Who drives.
    """

    route: Route


Question = WhyLeg | WhyRoute | WhyNotNext | WhyVehicle | WhyUnassigned | WhatCosts | WhatChanged
