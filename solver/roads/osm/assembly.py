"""What was collected from a file, put together as a network."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from solver.roads.network import Network
from solver.roads.osm.cutting import NOWHERE, Bounds, Segments, cut, inside, link_metres
from solver.roads.osm.dense import NodeBatch
from solver.roads.osm.errors import OsmFileError, OsmProblem
from solver.roads.osm.rights import Passage
from solver.roads.osm.turns import Bans, Crossings, Restriction
from solver.roads.osm.ways import Names, Ways

FORWARD, BACKWARD = 1, 2
"""Bits of the directions that a signal is for, as its way was drawn."""

ScalarT = TypeVar("ScalarT", bound=np.generic)

_MOST_POSITIONS = np.iinfo(np.int32).max


@dataclass(slots=True)
class Addresses:
    """House numbers, at first those of buildings, then those of single nodes.

    Parameters
    ----------
    refs
        Ids of two nodes of the outline of each building, opposite each other.
    places
        Latitude and longitude of each single node, units of 1e-7 degrees.
    texts
        Indices of street, house number, city and postcode for each, or -1.
    """

    refs: array[int] = field(default_factory=lambda: array("q"))
    places: array[int] = field(default_factory=lambda: array("i"))
    texts: array[int] = field(default_factory=lambda: array("i"))

    def add_building(self, first: int, second: int, texts: tuple[int, int, int, int]) -> None:
        """Add the house number of a building; none may follow that of a single node."""
        self.refs.extend((first, second))
        self.texts.extend(texts)

    def add_node(self, place: tuple[int, int], texts: tuple[int, int, int, int]) -> None:
        """Add the house number of a single node."""
        self.places.extend(place)
        self.texts.extend(texts)


class Places:
    """Where nodes lie, those that are wanted.

    Parameters
    ----------
    ids
        Shape ``(nodes,)``, in order, without duplicates.
    """

    def __init__(self, ids: NDArray[np.int64]) -> None:
        self.ids = ids
        self.place = np.full((len(ids), 2), NOWHERE, dtype=np.int32)
        """Shape ``(nodes, 2)``, units of 1e-7 degrees, `NOWHERE` for those that have not been met."""

    def fill(self, batch: NodeBatch) -> None:
        """Take over the places of the wanted ones of some nodes."""
        if not len(batch.ids):
            return
        first, behind = np.searchsorted(self.ids, [batch.ids.min(), batch.ids.max() + 1])
        near = self.ids[first:behind]
        if not len(near):
            return
        at = np.minimum(np.searchsorted(near, batch.ids), len(near) - 1)
        wanted = near[at] == batch.ids
        self.place[first:behind][at[wanted]] = batch.places[wanted]


@dataclass(slots=True)
class Collected:
    """What a file says about roads.

    Parameters
    ----------
    ways, names, addresses, restrictions
        As they stand there.
    places
        Of the nodes of roads and buildings with an address, known once the ways have been read.
    barriers, signals
        By the node's id; signals are bits, `FORWARD` and `BACKWARD`.
    """

    ways: Ways = field(default_factory=Ways)
    names: Names = field(default_factory=Names)
    addresses: Addresses = field(default_factory=Addresses)
    restrictions: list[Restriction] = field(default_factory=list)
    places: Places = field(default_factory=lambda: Places(np.empty(0, dtype=np.int64)))
    barriers: dict[int, Passage] = field(default_factory=dict)
    signals: dict[int, int] = field(default_factory=dict)

    def want_places(self) -> None:
        """Note which nodes all roads and addresses so far need."""
        refs, corners = (np.frombuffer(one, dtype=np.int64) for one in (self.ways.refs, self.addresses.refs))
        ids = np.concatenate([refs, corners])
        ids.sort()  # and then what differs from the one before: np.unique takes ten times as long
        self.places = Places(ids[np.flatnonzero(np.diff(ids, prepend=ids[:1] - 1))])


def assemble(collected: Collected, bounds: Bounds | None, source: str, timestamp: str) -> tuple[Network, int]:
    """Return the network, and how many turn restrictions could not be written as pairs of edges.

    Raises
    ------
    OsmFileError
        If there is no road, none within the bounds, or too much of them.
    """
    ways, addresses = collected.ways, collected.addresses
    if not len(ways.refs):
        raise OsmFileError(OsmProblem.NO_ROADS)
    if len(ways.refs) > _MOST_POSITIONS:
        raise OsmFileError(OsmProblem.TOO_LARGE, f"{len(ways.refs)} corners")
    ids, place = collected.places.ids, collected.places.place
    node = np.searchsorted(ids, np.frombuffer(ways.refs, dtype=np.int64)).astype(np.int32)
    ways.refs = array("q")  # they are not needed any more, and may be a quarter of a gigabyte
    barrier, signal = _marks(ids, collected)
    sizes = np.frombuffer(ways.sizes, dtype=np.int32)
    segments = cut(node, sizes, place, bounds, barrier)
    if not len(segments.way):
        raise OsmFileError(OsmProblem.ELSEWHERE)
    access, restricted = _rights(ways, segments)
    way_id = np.frombuffer(ways.ids, dtype=np.int64)
    crossings, junctions = _crossings(ids, segments, access, way_id, collected)
    bans = _bans(crossings, junctions, collected, restricted)
    turn, turn_modes = bans.arrays()
    address_place, address_text = _addresses(ids, place, addresses, bounds)
    kept, segment_way = np.unique(segments.way, return_inverse=True)
    way_name = np.frombuffer(ways.names, dtype=np.int32)[kept]
    names = _used_names(collected.names, way_name, address_text)

    def column(name: str, kind: type[ScalarT]) -> NDArray[ScalarT]:
        return ways.column(name)[kept].astype(kind)

    network = Network(
        node_place=place[segments.junction],
        segment_node=segments.ends,
        segment_way=segment_way.astype(np.int32),
        segment_length=segments.length,
        segment_shape=segments.shape_start,
        shape=segments.shape,
        access=access,
        restricted=restricted,
        signals=_signals(segments, signal),
        way_class=column("road", np.uint8),
        way_surface=column("surface", np.uint8),
        way_speed=_speeds(ways, node, sizes, place, kept),
        way_height=column("height", np.uint16),
        way_width=column("width", np.uint16),
        way_length=column("length", np.uint16),
        way_weight=column("weight", np.uint16),
        way_hazmat=column("hazmat", np.bool_),
        way_name=names.of(way_name),
        way_id=way_id[kept],
        turn=turn,
        turn_modes=turn_modes,
        address_place=address_place,
        address_text=names.of(address_text),
        names=names.texts,
        source=source,
        timestamp=timestamp,
    )
    return network, bans.left


def _found(values: NDArray[np.integer[Any]], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the place of each wanted number among values in order, and whether it is there at all."""
    at = np.minimum(np.searchsorted(values, wanted.astype(values.dtype)), len(values) - 1)
    return at, values[at] == wanted


def _marks(ids: NDArray[np.int64], collected: Collected) -> tuple[NDArray[np.bool_], NDArray[np.uint8]]:
    barrier, signal = np.zeros(len(ids), dtype=np.bool_), np.zeros(len(ids), dtype=np.uint8)
    at, known = _found(ids, np.fromiter(collected.barriers, dtype=np.int64))
    barrier[at[known]] = True
    at, known = _found(ids, np.fromiter(collected.signals, dtype=np.int64))
    signal[at[known]] = np.fromiter(collected.signals.values(), dtype=np.uint8)[known]
    return barrier, signal


def _rights(ways: Ways, segments: Segments) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    columns = [ways.column(name)[segments.way].astype(np.uint8) for name in ("forward", "backward", "restricted")]
    return np.stack(columns[:2], axis=1), columns[2]


def _signals(segments: Segments, signal: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Count the signals that a segment passes in each direction, those at its beginning left out."""
    met = signal[segments.corner]
    first, last = segments.shape_start[:-1], segments.shape_start[1:] - 1
    forward, backward = (met & FORWARD > 0).astype(np.int32), (met & BACKWARD > 0).astype(np.int32)
    counts = np.stack(
        [
            np.add.reduceat(forward, first) - forward[first],
            np.add.reduceat(backward, first) - backward[last],
        ],
        axis=1,
    )
    return np.minimum(counts, 255).astype(np.uint8)


def _crossings(
    ids: NDArray[np.int64],
    segments: Segments,
    access: NDArray[np.uint8],
    way_id: NDArray[np.int64],
    collected: Collected,
) -> tuple[Crossings, dict[int, int]]:
    """Return the edges at all junctions where turns may be banned, and the junction of each node there by its id."""
    vias = (number for one in collected.restrictions for number in one.nodes)
    numbers = np.array(list(dict.fromkeys((*collected.barriers, *vias))), dtype=np.int64)
    nodes, known = _found(ids, numbers)
    at, cut_there = _found(segments.junction, nodes)
    met = known & cut_there
    junctions = dict(zip(numbers[met].tolist(), at[met].tolist(), strict=True))
    way = way_id[segments.way]
    middle = np.isin(way, [number for one in collected.restrictions for number in one.ways])
    chosen = np.unique(np.concatenate([at[met], segments.ends[middle].ravel()])).astype(np.int32)
    return Crossings(segments.ends, access, way, chosen), junctions


def _bans(crossings: Crossings, junctions: dict[int, int], collected: Collected, restricted: NDArray[np.uint8]) -> Bans:
    bans = Bans(crossings)
    for number, passage in collected.barriers.items():
        if number not in junctions:
            continue
        if passage.closed:
            bans.barrier(junctions[number], passage.closed)
        leaving = crossings.leaving(junctions[number])
        if passage.restricted and len(leaving) == 2:
            # A gate for residents in the middle of a street: the street is theirs, and to others a dead end.
            for edge in leaving:
                restricted[edge >> 1] |= int(passage.restricted)
    for one in collected.restrictions:
        bans.restriction(one, junctions)
    return bans


def _speeds(
    ways: Ways, node: NDArray[np.int32], sizes: NDArray[np.int32], place: NDArray[np.int32], kept: NDArray[np.int32]
) -> NDArray[np.uint16]:
    """Return limits in both directions; of a ferry that says how long it takes, how fast it is."""
    speeds = np.stack([ways.column("speed_forward"), ways.column("speed_backward")], axis=1)
    duration = ways.column("duration")
    ends = np.cumsum(sizes, dtype=np.int64)
    for way in np.flatnonzero(duration).tolist():
        shape = place[node[ends[way] - sizes[way] : ends[way]]]
        metres = float(link_metres(shape[shape[:, 0] != NOWHERE]).sum())
        speeds[way] = min(max(round(3.6 * metres / int(duration[way])), 1), 300)
    return speeds[kept].astype(np.uint16)


def _addresses(
    ids: NDArray[np.int64], place: NDArray[np.int32], addresses: Addresses, bounds: Bounds | None
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    outline = place[np.searchsorted(ids, np.frombuffer(addresses.refs, dtype=np.int64))].reshape(-1, 2, 2)
    single = np.frombuffer(addresses.places, dtype=np.int32).reshape(-1, 1, 2).repeat(2, axis=1)
    corners = np.concatenate([outline, single])
    text = np.frombuffer(addresses.texts, dtype=np.int32).reshape(-1, 4)
    middle = (corners.astype(np.int64).sum(axis=1) // 2).astype(np.int32)
    kept = inside(corners[:, 0], None) & inside(corners[:, 1], None) & inside(middle, bounds)
    return middle[kept], text[kept]


@dataclass(frozen=True, slots=True, eq=False)
class _UsedNames:
    """Those names that something still points to, in the order in which they were met."""

    texts: tuple[str, ...]
    number: NDArray[np.int32]

    def of(self, old: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the new indices of old ones; -1 stays."""
        return np.where(old < 0, np.int32(-1), self.number[old]).astype(np.int32)


def _used_names(names: Names, *pointers: NDArray[np.int32]) -> _UsedNames:
    used = np.zeros(len(names.index) + 1, dtype=np.bool_)
    for old in pointers:
        used[old.ravel()] = True
    used[-1] = False  # where -1 points to
    texts = tuple(text for text, index in names.index.items() if used[index])
    return _UsedNames(texts, (np.cumsum(used) - 1).astype(np.int32))
