"""What a dispatcher plans with: depots, vehicles, profiled customers, zones. Immutable; an edit makes a new `Scenario`.

Units: degrees (or plane units, see `Settings.travel`), seconds since midnight for times of day (may exceed a day),
seconds for durations, the user's own units for loads, kilometres, and the scenario's currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from app.language import tr
from app.model.traffic import Traffic
from solver.roads.modes import Mode

DAY = 24 * 3600
"""Seconds in a day."""

Window = tuple[int, int]
"""Earliest and latest start of a service, seconds since midnight."""

Point = tuple[float, float]
"""Latitude and longitude, degrees; in a plane scenario y and x."""


class Access(StrEnum):
    """Whether a vehicle may serve the customers of a profile."""

    ALLOWED = "allowed"
    PREFERRED = "preferred"
    FORBIDDEN = "forbidden"


class TravelSource(StrEnum):
    """Where distances and durations come from."""

    GREAT_CIRCLE = "great circle"  # times a detour factor, at the vehicle's speed
    PLANE = "plane"  # Euclidean; one unit is one kilometre; no base map
    MATRIX = "matrix"  # `Scenario.matrix`
    ROADS = "roads"  # streets of `Settings.network`, by the mode of travel that `Vehicle.profile` names
    SERVER = "server"  # `Settings.server`, by the same modes


class ServerKind(StrEnum):
    """What a server for travel speaks."""

    OSRM = "osrm"
    VALHALLA = "valhalla"


class Rounding(StrEnum):
    """How a plane distance is rounded, as benchmark collections have it."""

    EXACT = "exact"
    NEAREST = "nearest"  # to whole units
    TRUNCATED = "truncated"  # down to one decimal


@dataclass(frozen=True, slots=True)
class Depot:
    """A place where vehicles start and end."""

    id: str
    name: str = ""
    lat: float = 0.0
    lon: float = 0.0
    hours: Window = (0, DAY)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle type: ``count`` vehicles that are alike.

    Parameters
    ----------
    capacity
        One number per name in `Settings.dimensions`.
    start_depot, end_depot
        Ids; an ``end_depot`` of None ends the route at its last customer.
    profile
        Travel profile, the id of a `solver.roads.modes.Mode` such as ``car`` or ``truck``: vehicles of one profile use
        the same roads. One that no mode has is taken for a car.
    max_distance, max_duration
        Kilometres and seconds of one route; None is no limit.
    """

    id: str
    name: str = ""
    count: int = 1
    capacity: tuple[float, ...] = ()
    start_depot: str = ""
    end_depot: str | None = ""
    shift: Window = (8 * 3600, 17 * 3600)
    fixed_cost: float = 0.0
    cost_per_km: float = 1.0
    cost_per_hour: float = 0.0
    speed: float = 30.0  # kilometres per hour
    profile: str = "car"
    max_distance: float | None = None
    max_duration: int | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A stop to be served once.

    Parameters
    ----------
    demand, pickup
        Brought from the depot and taken back to it; one number per name in `Settings.dimensions`.
    service
        Seconds at the door.
    windows
        Sorted and disjoint; empty means any time.
    required
        Whether a plan without this customer is broken.
    priority
        How much an optional customer matters; times `Settings.priority_value` it is the cost of leaving it out.
    profile
        Id of a `Profile`, or "" for none.
    extra
        Columns of an imported file that Routewright has no use for, kept as they came.
    """

    id: str
    name: str = ""
    lat: float = 0.0
    lon: float = 0.0
    demand: tuple[float, ...] = ()
    pickup: tuple[float, ...] = ()
    service: int = 0
    windows: tuple[Window, ...] = ()
    required: bool = True
    priority: float = 1.0
    profile: str = ""
    notes: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileRule:
    """How the customers of one profile get on with one vehicle type.

    Parameters
    ----------
    access
        Allowed, preferred or forbidden.
    weight
        Cost, per customer, of *not* getting this vehicle; counts where ``access`` is preferred.
    service_factor
        Multiplies the customer's service time when this vehicle comes.
    """

    access: Access = Access.ALLOWED
    weight: float = 0.0
    service_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of customer, with a rule per vehicle id; a vehicle without a rule is allowed."""

    id: str
    name: str = ""
    rules: Mapping[str, ProfileRule] = field(default_factory=lambda: MappingProxyType({}))

    def rule(self, vehicle: str) -> ProfileRule:
        """Return the rule for a vehicle id."""
        return self.rules.get(vehicle, ProfileRule())


@dataclass(frozen=True, slots=True)
class Zone:
    """An area whose customers some vehicles may not serve, or only at some hours.

    Parameters
    ----------
    ring
        The corners of a polygon, without the closing one.
    forbidden
        Ids of the vehicles that may never serve customers in the zone.
    hours
        By id of a vehicle, when it may begin to serve them: sorted and disjoint, at least one span. A vehicle that is
        neither here nor forbidden may at any time; for one that is both, the hours wait until it is not forbidden.
    pace
        Of everybody on the roads inside, where travel is by roads: 1 is as usual, 0 is closed to all, in between it
        multiplies the speed. Vehicles that are forbidden find the roads closed at any pace.
    """

    id: str
    name: str = ""
    ring: tuple[Point, ...] = ()
    forbidden: frozenset[str] = frozenset()
    hours: Mapping[str, tuple[Window, ...]] = field(default_factory=lambda: MappingProxyType({}))
    pace: float = 1.0

    @property
    def open_to_all(self) -> bool:
        """Whether every vehicle may serve every customer inside at any time, however slow the roads are."""
        return not self.forbidden and not self.hours


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole scenario.

    Parameters
    ----------
    dimensions
        Names of the load dimensions, such as ``("kg", "m3")``.
    detour
        Road distance over great-circle distance.
    priority_value
        Cost of leaving out an optional customer of priority one.
    solve_seconds
        Time limit of a solve.
    network
        Id of a road network in the user's library, or "".
    modes
        Modes of travel that are not built in, or that have other numbers here than those of the same id that are.
    server, server_kind
        Address of a server for travel, and what it speaks.
    traffic
        Speeds by the hour; None is the same at all hours.
    """

    name: str = tr("Untitled")
    currency: str = "€"
    dimensions: tuple[str, ...] = ("load",)
    travel: TravelSource = TravelSource.GREAT_CIRCLE
    rounding: Rounding = Rounding.EXACT
    detour: float = 1.3
    priority_value: float = 10.0
    solve_seconds: float = 10.0
    network: str = ""
    modes: tuple[Mode, ...] = ()
    server: str = ""
    server_kind: ServerKind = ServerKind.OSRM
    traffic: Traffic | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Matrix:
    """Travel from a file.

    Parameters
    ----------
    ids
        Ids of depots and customers, in the order of rows and columns.
    distance
        Shape ``(ids, ids)``, metres; None when the file had none.
    duration
        Shape ``(ids, ids)``, seconds; None when the file had none: then distance over the vehicle's speed.
    """

    ids: tuple[str, ...]
    distance: NDArray[np.int64] | None = None
    duration: NDArray[np.int64] | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matrix):
            return NotImplemented
        pairs = ((self.distance, other.distance), (self.duration, other.duration))
        return self.ids == other.ids and all(
            (a is None and b is None) or (a is not None and b is not None and np.array_equal(a, b)) for a, b in pairs
        )


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that makes a day's problem. Mappings are by id, in the order in which tables show them."""

    depots: Mapping[str, Depot] = field(default_factory=dict)
    vehicles: Mapping[str, Vehicle] = field(default_factory=dict)
    customers: Mapping[str, Customer] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    zones: Mapping[str, Zone] = field(default_factory=dict)
    settings: Settings = Settings()
    matrix: Matrix | None = None
