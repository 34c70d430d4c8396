"""Ways as they are collected from a file: what their tags say, and the nodes that they run through."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.roads.osm.kinds import Tags, road_class, surface
from solver.roads.osm.rights import rights
from solver.roads.osm.values import centimetres, seconds, speed, ten_kilograms

_DIRECTED = tuple(
    f"{key}:{direction}"
    for key in ("access", "vehicle", "motor_vehicle", "motorcar", "goods", "hgv", "bicycle", "foot")
    for direction in ("forward", "backward")
)

ROUTING_KEYS = frozenset((
    "highway", "route", "oneway", "junction", "access", "vehicle", "motor_vehicle", "motorcar", "goods", "hgv",
    "bicycle", "foot", "motorroad", "service", "smoothness", "impassable", "ice_road", "winter_road", "ferry",
    "duration", "surface", "tracktype", "hazmat", "cycleway", "cycleway:left", "cycleway:right",
    "cycleway:both", "cycleway:left:oneway", "cycleway:right:oneway", "cycleway:both:oneway", "cycleway:oneway",
    "oneway:foot", "oneway:bicycle", "oneway:vehicle", "oneway:motor_vehicle", "oneway:motorcar", "oneway:hgv",
    "maxspeed", "maxspeed:forward", "maxspeed:backward", "maxspeed:type", "source:maxspeed", "zone:maxspeed",
    "maxheight", "maxheight:physical", "maxwidth", "maxwidth:physical", "maxlength", "maxweight",
    "maxweightrating", "maxweight:hgv", "maxweightrating:hgv",
    *_DIRECTED,
))  # fmt: skip
"""Tags that `facts` looks at."""

_TYPES = ("maxspeed:type", "source:maxspeed", "zone:maxspeed")


class Facts(NamedTuple):
    """What the tags of a way say; units as in `solver.roads.network.Network`.

    Parameters
    ----------
    road, surface
        Values of `RoadClass` and `Surface`.
    speed_forward, speed_backward
        Limits, km/h; 0 where there is none.
    height, width, length, weight, hazmat
        Limits on vehicles.
    forward, backward, restricted
        Bits of `Access`.
    duration
        Of a ferry from end to end, seconds; 0 where it is not known.
    """

    road: int
    surface: int
    speed_forward: int
    speed_backward: int
    height: int
    width: int
    length: int
    weight: int
    hazmat: bool
    forward: int
    backward: int
    restricted: int
    duration: int


def facts(tags: Tags) -> Facts | None:
    """Return what a way's tags say; None when it is no road, or nobody may use it."""
    road = road_class(tags)
    if road is None:
        return None
    allowed = rights(tags, road)
    if not allowed.forward | allowed.backward:
        return None
    limit = _limit(tags, speed, "maxspeed") or next((found for key in _TYPES if (found := speed(tags.get(key, "")))), 0)
    return Facts(
        road,
        surface(tags, road),
        speed(tags.get("maxspeed:forward", "")) or limit,
        speed(tags.get("maxspeed:backward", "")) or limit,
        _limit(tags, centimetres, "maxheight", "maxheight:physical"),
        _limit(tags, centimetres, "maxwidth", "maxwidth:physical"),
        _limit(tags, centimetres, "maxlength"),
        _limit(tags, ten_kilograms, "maxweight", "maxweightrating", "maxweight:hgv", "maxweightrating:hgv"),
        tags.get("hazmat") == "no",
        int(allowed.forward),
        int(allowed.backward),
        int(allowed.restricted & (allowed.forward | allowed.backward)),
        seconds(tags.get("duration", "")) if tags.get("route") == "ferry" else 0,
    )


def _limit(tags: Tags, read: Callable[[str], int], *keys: str) -> int:
    found = [value for key in keys if (text := tags.get(key)) and (value := read(text))]
    return min(found, default=0)


@dataclass(slots=True)
class Names:
    """Texts, each of them once."""

    index: dict[str, int] = field(default_factory=dict)

    def add(self, text: str | None) -> int:
        """Return the index of a text, -1 for none; line breaks in it become spaces."""
        text = " ".join(text.split()) if text else ""
        return self.index.setdefault(text, len(self.index)) if text else -1


@dataclass(slots=True)
class Ways:
    """Roads in the order of the file, column by column, because there are millions of them.

    Parameters
    ----------
    ids
        OpenStreetMap's.
    kinds
        Index into `facts` for each way.
    names
        Index of each way's name, or -1.
    sizes
        How many nodes each way has.
    refs
        Ids of the nodes of all ways, one way after the other.
    """

    ids: array[int] = field(default_factory=lambda: array("q"))
    kinds: array[int] = field(default_factory=lambda: array("i"))
    names: array[int] = field(default_factory=lambda: array("i"))
    sizes: array[int] = field(default_factory=lambda: array("i"))
    refs: array[int] = field(default_factory=lambda: array("q"))
    facts: list[Facts] = field(default_factory=list)
    _known: dict[tuple[tuple[str, str], ...], int] = field(default_factory=dict)
    _same: dict[Facts, int] = field(default_factory=dict)

    def kind(self, tags: Tags) -> int:
        """Return the index into `facts` for a way's tags, -1 for no road. Most ways share theirs with many others."""
        key = tuple((name, value) for name, value in tags.items() if name in ROUTING_KEYS)
        known = self._known.get(key)
        if known is None:
            found = facts(tags)
            if found is None:
                known = -1
            else:
                known = self._same.setdefault(found, len(self.facts))
                if known == len(self.facts):
                    self.facts.append(found)
            self._known[key] = known
        return known

    def add(self, way: int, kind: int, name: int, nodes: list[int]) -> None:
        """Add a road."""
        self.ids.append(way)
        self.kinds.append(kind)
        self.names.append(name)
        self.sizes.append(len(nodes))
        self.refs.extend(nodes)

    def column(self, name: str) -> NDArray[np.int64]:
        """Return one of the facts for each way."""
        place = Facts._fields.index(name)
        values = np.array([one[place] for one in self.facts], dtype=np.int64)
        return values[np.frombuffer(self.kinds, dtype=np.int32)] if len(self.kinds) else np.empty(0, dtype=np.int64)
