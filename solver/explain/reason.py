"""The reasons for which a client can be left out, and what each of them claims."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ANY = -1
"""Vehicle type of a reason that holds for all of them."""


class Code(StrEnum):
    """Why a client is unserved; the claim is about the reason's vehicle type, or about all of them.

    The first group is about an empty vehicle that serves this client alone. The second is about the plan: a vehicle
    type is *compatible* when it could serve the client alone, and a *place* is a position in a route of a compatible
    type. Each code of the second group speaks of the places that the codes before it leave over.
    """

    NOT_ALLOWED = "not allowed"
    """May not serve it. Amount: 1."""

    NO_ROAD = "no road"
    """No road leads there, or none from there to its end. Amount: how many of both there are none of."""

    TOO_LARGE = "too large"
    """Its load exceeds the capacity. Amount: load units, of the dimension that exceeds most."""

    WINDOW_CLOSED = "window closed"
    """Its last window closes before the vehicle may leave. Amount: seconds that the vehicle comes too late."""

    WINDOW_UNREACHABLE = "window unreachable"
    """Its last window closes while the vehicle is still on its way. Amount: seconds that it comes too late."""

    SHIFT_TOO_SHORT = "shift too short"
    """The vehicle is not back, or not done, when its shift ends. Amount: seconds over."""

    DEPOT_CLOSED = "depot closed"
    """A depot is closed when the vehicle can leave, or when it comes back. Amount: seconds."""

    TOO_FAR = "too far"
    """The way there and back exceeds the distance limit. Amount: metres over."""

    TOO_LONG = "too long"
    """The tour exceeds the duration limit. Amount: seconds over."""

    NO_STOPS = "no stops"
    """The vehicle may make no stop at all. Amount: 1."""

    NO_VEHICLE = "no vehicle"
    """It would fit, but there is no vehicle of this type. Amount: 1."""

    FULL = "full"
    """No place has room for its load. Amount: load units that must be freed at the best place."""

    TOO_LATE = "too late"
    """Every place with room makes someone late, or the vehicle's return. Amount: seconds missing at the best place;
    0 when no gain of time would do, because the route is late by itself."""

    ROUTE_STOPS = "route stops"
    """Every place in time is in a route that has all its stops. Amount: stops over."""

    ROUTE_DISTANCE = "route distance"
    """Every place left exceeds the distance limit. Amount: metres over at the best place."""

    ROUTE_DURATION = "route duration"
    """Every place left exceeds the duration limit. Amount: seconds over at the best place."""

    NO_VEHICLE_LEFT = "no vehicle left"
    """All compatible vehicles are on the road; one more would do. Amount: how many they are."""

    COSTS_MORE = "costs more"
    """It could be served, but for more than its prize. Amount: the least additional cost."""

    NOT_PLANNED = "not planned"
    """It could be served: the plan was made without it. Amount: the least additional cost."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for which a client is unserved.

    Parameters
    ----------
    code
        What the matter is.
    vehicle_type
        Index of the vehicle type that it is about; `ANY` when it holds for all. For a code about the plan, the type
        at the best place.
    amount
        By how much, in the unit that the code names.
    """

    code: Code
    vehicle_type: int
    amount: float
