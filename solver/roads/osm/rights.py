"""Who may use a way or pass a barrier, by the tags' hierarchy from ``access`` down to one kind of vehicle.

Times of day (``:conditional``) are not looked at: what holds at some hours only does not hold.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from solver.roads.modes import Access, RoadClass
from solver.roads.osm.kinds import Tags

EVERYBODY = Access.CAR | Access.TRUCK | Access.BICYCLE | Access.FOOT
VEHICLES = Access.CAR | Access.TRUCK | Access.BICYCLE
MOTOR = Access.CAR | Access.TRUCK

_KEYS = {  # the most particular first
    Access.CAR: ("motorcar", "motor_vehicle", "vehicle", "access"),
    Access.TRUCK: ("hgv", "goods", "motor_vehicle", "vehicle", "access"),
    Access.BICYCLE: ("bicycle", "vehicle", "access"),
    Access.FOOT: ("foot", "access"),
}
_DEFAULTS = {
    RoadClass.MOTORWAY: MOTOR,
    RoadClass.PEDESTRIAN: Access.FOOT,
    RoadClass.CYCLEWAY: Access.BICYCLE | Access.FOOT,
    RoadClass.PATH: Access.BICYCLE | Access.FOOT,
    RoadClass.STEPS: Access.FOOT,
}
_OPEN = frozenset(["yes", "permissive", "designated", "official", "discouraged", "public"])
_LIMITED = frozenset((
    "private", "destination", "delivery", "customers", "permit", "residents", "resident", "employees",
    "visitors", "deliveries",
))  # fmt: skip
_CLOSED = frozenset((
    "no", "agricultural", "forestry", "agriculture", "military", "emergency", "psv", "bus", "hov", "taxi",
    "use_sidepath", "dismount", "variable", "restricted", "service",
))  # fmt: skip
_YES, _AGAINST = frozenset(("yes", "true", "1")), frozenset(("-1", "reverse"))
_CYCLEWAYS = ("cycleway", "cycleway:left", "cycleway:right", "cycleway:both")
_FERRY_KEYS = ("motorcar", "motor_vehicle", "vehicle", "hgv", "goods")
_FERRY_ROADS = frozenset(
    ("yes", "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential")
)

# Of barriers on a way. Those that are not named, such as gates and cattle grids, let everybody pass.
_STOPS_MOTOR = frozenset((
    "bollard", "block", "cycle_barrier", "motorcycle_barrier", "chain", "rope", "log", "jersey_barrier",
    "planter", "debris", "bus_trap", "sump_buster", "kissing_gate", "wicket_gate", "barrier_board",
    "flower_pot", "spikes", "tank_trap", "yes",
))  # fmt: skip
_STOPS_VEHICLES = frozenset(["stile", "turnstile", "full-height_turnstile", "horse_stile"])
_STOPS_ALL = frozenset(["wall", "fence", "hedge", "city_wall", "retaining_wall", "guard_rail", "ditch"])


class Verdict(Enum):
    """What a tag says."""

    OPEN = 0
    LIMITED = 1
    CLOSED = 2


class Rights(NamedTuple):
    """Who may use a way.

    Parameters
    ----------
    forward, backward
        In the direction drawn, and against it.
    restricted
        To get to somewhere along it only.
    """

    forward: Access
    backward: Access
    restricted: Access


class Passage(NamedTuple):
    """Whom a barrier stops, and whom it lets through to get to somewhere behind it only."""

    closed: Access
    restricted: Access


def rights(tags: Tags, road: RoadClass) -> Rights:
    """Return who may use a way in which direction."""
    default = _default(tags, road)
    one_way = _one_way(tags, road)
    found = [Access.NONE, Access.NONE]
    restricted = Access.NONE
    for mode, keys in _KEYS.items():
        wrong = _wrong_way(tags, mode, one_way)
        for direction, name in enumerate(("forward", "backward")):
            verdict, particular = _verdict(tags, keys, name, bool(mode & default))
            if verdict is Verdict.CLOSED or (direction in wrong and not particular):
                continue
            found[direction] |= mode
            if verdict is Verdict.LIMITED:
                restricted |= mode
    return Rights(found[0], found[1], restricted)


def passage(tags: Tags) -> Passage:
    """Return whom a barrier on a way stops."""
    kind = tags.get("barrier", "")
    stopped = Access.NONE
    if kind in _STOPS_MOTOR:
        stopped = MOTOR
    elif kind in _STOPS_VEHICLES or (kind and tags.get("locked") == "yes"):
        stopped = VEHICLES
    elif kind in _STOPS_ALL:
        stopped = EVERYBODY
    closed = restricted = Access.NONE
    for mode, keys in _KEYS.items():
        verdict = next((said for key in keys if (said := said_by(tags.get(key))) is not None), None)
        if verdict is Verdict.CLOSED or (verdict is None and mode & stopped):
            closed |= mode
        elif verdict is Verdict.LIMITED:
            restricted |= mode
    return Passage(closed, restricted)


def said_by(value: str | None) -> Verdict | None:
    """Return what the value of an access tag says, of several the most generous; None where it is not understood."""
    if value is None:
        return None
    words = {word.strip() for word in value.split(";")}
    if words & _OPEN:
        return Verdict.OPEN
    if words & _LIMITED:
        return Verdict.LIMITED
    return Verdict.CLOSED if words & _CLOSED else None


def _default(tags: Tags, road: RoadClass) -> Access:
    if road is RoadClass.FERRY:
        # Cars go on a ferry that says so, and on one that says nothing at all; foot=yes alone is one for passengers.
        silent = not any(key in tags for key in (*_FERRY_KEYS, "foot", "bicycle"))
        return EVERYBODY if silent or tags.get("ferry") in _FERRY_ROADS else Access.FOOT | Access.BICYCLE
    default = _DEFAULTS.get(road, EVERYBODY)
    if tags.get("motorroad") == "yes":
        default &= MOTOR
    if tags.get("service") == "emergency_access":
        default &= ~MOTOR
    if tags.get("smoothness") == "impassable" or tags.get("impassable") == "yes":
        default &= Access.FOOT
    return default


def _verdict(tags: Tags, keys: tuple[str, ...], direction: str, default: bool) -> tuple[Verdict, bool]:
    """Return what holds for a mode, and whether that was said of this very direction."""
    for key in keys:
        for name in (f"{key}:{direction}", key):
            said = said_by(tags.get(name))
            if said is None:
                continue
            if key == "access" and not default:
                return Verdict.CLOSED, False  # what holds for all narrows; it opens no footway to cars
            return said, name != key and said is not Verdict.CLOSED
    return (Verdict.OPEN if default else Verdict.CLOSED), False


def _one_way(tags: Tags, road: RoadClass) -> frozenset[int]:
    """Return the directions that are closed to vehicles: 0 as drawn, 1 against it."""
    value = tags.get("oneway")
    if value == "reversible":
        return frozenset((0, 1))  # nobody can plan by it
    implied = tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway"
    return _closed_by(value, frozenset((1,)) if implied else frozenset())


def _wrong_way(tags: Tags, mode: Access, one_way: frozenset[int]) -> frozenset[int]:
    if mode is Access.FOOT:
        return _closed_by(tags.get("oneway:foot"), frozenset())
    if mode is Access.BICYCLE:
        against = (tags.get(key, "").startswith("opposite") for key in _CYCLEWAYS)
        if any(against) or any(tags.get(f"{key}:oneway") in ("-1", "no") for key in _CYCLEWAYS):
            return frozenset()
        keys: tuple[str, ...] = ("oneway:vehicle", "oneway:bicycle")
    else:
        particular = "oneway:motorcar" if mode is Access.CAR else "oneway:hgv"
        keys = ("oneway:vehicle", "oneway:motor_vehicle", particular)
    for key in keys:
        one_way = _closed_by(tags.get(key), one_way)
    return one_way


def _closed_by(value: str | None, otherwise: frozenset[int]) -> frozenset[int]:
    if value in _YES:
        return frozenset((1,))
    if value in _AGAINST:
        return frozenset((0,))
    return frozenset() if value in ("no", "false", "0", "alternating") else otherwise
