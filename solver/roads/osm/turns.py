"""Turns that may not be made: restrictions of the map, and barriers between two segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from solver.roads.modes import Access
from solver.roads.osm.kinds import Tags
from solver.roads.osm.rights import MOTOR, VEHICLES

_EXCEPTIONS = {
    "bicycle": Access.BICYCLE,
    "hgv": Access.TRUCK,
    "goods": Access.TRUCK,
    "motorcar": Access.CAR,
    "motor_vehicle": MOTOR,
    "vehicle": VEHICLES,
}
_PARTICULAR = {
    "restriction:hgv": Access.TRUCK,
    "restriction:goods": Access.TRUCK,
    "restriction:motorcar": Access.CAR,
    "restriction:motor_vehicle": MOTOR,
    "restriction:bicycle": Access.BICYCLE,
    "restriction:foot": Access.FOOT,
}
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


@dataclass(frozen=True, slots=True)
class Restriction:
    """A relation ``type=restriction``, ids as in the map.

    Parameters
    ----------
    only
        Whether it says where one must go on, not where one may not.
    modes
        Whom it binds.
    start, end
        Ways; several of one of them for ``no_entry`` and ``no_exit``.
    nodes, ways
        By which it goes: one node, or ways.
    """

    only: bool
    modes: Access
    start: tuple[int, ...]
    end: tuple[int, ...]
    nodes: tuple[int, ...]
    ways: tuple[int, ...]


def restrictions(tags: Tags, members: Iterable[tuple[str, str, int]]) -> Iterator[Restriction]:
    """Yield what a relation bans; nothing where it is not understood.

    Parameters
    ----------
    tags
        Of the relation.
    members
        Role, type (``n``, ``w``, ``r``) and id of each.
    """
    roles: dict[tuple[str, str], list[int]] = defaultdict(list)
    for role, kind, number in members:
        roles[role, kind].append(number)
    start, end = tuple(roles["from", "w"]), tuple(roles["to", "w"])
    nodes, ways = tuple(roles["via", "n"]), tuple(roles["via", "w"])
    if not start or not end or not (nodes or ways):
        return
    for value, modes in _values(tags):
        if modes and value.startswith(("no_", "only_")):
            yield Restriction(value.startswith("only_"), modes, start, end, nodes, ways)


def _values(tags: Tags) -> Iterator[tuple[str, Access]]:
    general = VEHICLES
    for word in tags.get("except", "").split(";"):
        general &= ~_EXCEPTIONS.get(word.strip(), Access.NONE)
    if "restriction" in tags:
        yield tags["restriction"], general
    for key, modes in _PARTICULAR.items():
        if key in tags:
            yield tags[key], modes


@dataclass(slots=True)
class Crossings:
    """Edges at chosen junctions of a network.

    Parameters
    ----------
    ends, access
        As `solver.roads.network.Network.segment_node` and `Network.access`.
    way
        Id of each segment's way.
    junctions
        The chosen ones.
    """

    ends: NDArray[np.int32]
    access: NDArray[np.uint8]
    way: NDArray[np.int64]
    junctions: NDArray[np.int32]
    _leaving: Mapping[int, list[int]] = field(init=False)
    _by_way: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        chosen = np.zeros(int(self.ends.max(initial=-1)) + 1, dtype=np.bool_)
        chosen[self.junctions] = True
        tail = self.ends.ravel()  # of edge 2s the first end, of edge 2s + 1 the second
        leaving: dict[int, list[int]] = defaultdict(list)
        edges = np.flatnonzero(chosen[tail])
        for edge, junction in zip(edges.tolist(), tail[edges].tolist(), strict=True):
            leaving[junction].append(edge)
        self._leaving = leaving
        self._by_way = np.argsort(self.way, kind="stable")

    def leaving(self, junction: int, way: int | None = None) -> list[int]:
        """Return the edges out of a junction, of one way or of all; usable or not."""
        edges = self._leaving.get(junction, [])
        return edges if way is None else [edge for edge in edges if self.way[edge >> 1] == way]

    def arriving(self, junction: int, way: int | None = None) -> list[int]:
        """Return the edges into a junction."""
        return [edge ^ 1 for edge in self.leaving(junction, way)]

    def usable(self, edges: list[int], modes: Access) -> list[int]:
        """Return the edges that some of the modes may use."""
        return [edge for edge in edges if self.modes(edge) & modes]

    def modes(self, edge: int) -> Access:
        """Return who may use an edge."""
        return Access(int(self.access[edge >> 1, edge & 1]))

    def segments(self, way: int) -> list[int]:
        """Return the segments of a way."""
        first, behind = (int(np.searchsorted(self.way, way, side, self._by_way)) for side in _SIDES)
        found: list[int] = self._by_way[first:behind].tolist()
        return found

    def head(self, edge: int) -> int:
        """Return the junction that an edge ends at."""
        return int(self.ends[edge >> 1, 1 - (edge & 1)])


@dataclass(slots=True)
class Bans:
    """Collects pairs of edges that may not follow each other.

    Parameters
    ----------
    crossings
        Edges at all junctions that are asked about.
    left
        How many restrictions could not be written as pairs.
    """

    crossings: Crossings
    left: int = 0
    _pairs: dict[tuple[int, int], Access] = field(default_factory=dict)
    _only: dict[tuple[int, Access], set[int]] = field(default_factory=lambda: defaultdict(set))

    def barrier(self, junction: int, closed: Access) -> None:
        """Ban to pass a junction from one segment to another; turning round before it is allowed."""
        leaving = self.crossings.leaving(junction)
        for start in leaving:
            for end in leaving:
                if start != end:
                    self._ban(start ^ 1, end, closed)

    def restriction(self, one: Restriction, junctions: Mapping[int, int]) -> None:
        """Add what the map restricts.

        Parameters
        ----------
        one
            What is restricted.
        junctions
            Junction of each node; a restriction at another node is left out.
        """
        if one.ways:
            done = self._by_way(one)
        else:
            written = [self._by_node(one, junctions[node]) for node in one.nodes if node in junctions]
            done = any(written)
        self.left += not done

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return the pairs in order, shape ``(turns, 2)``, and whom each binds."""
        for (start, modes), allowed in self._only.items():
            for end in self.crossings.leaving(self.crossings.head(start)):
                if end not in allowed:
                    self._ban(start, end, modes)
        pairs = sorted(self._pairs.items())
        turn = np.array([pair for pair, _ in pairs], dtype=np.int32).reshape(-1, 2)
        return turn, np.array([int(modes) for _, modes in pairs], dtype=np.uint8)

    def _ban(self, start: int, end: int, modes: Access) -> None:
        bound = modes & self.crossings.modes(start) & self.crossings.modes(end)
        if bound:  # a bollard on a footway stops no car
            self._pairs[start, end] = self._pairs.get((start, end), Access.NONE) | bound

    def _by_node(self, one: Restriction, junction: int) -> bool:
        done = False
        for way in one.start:
            starts = self.crossings.usable(self.crossings.arriving(junction, way), one.modes)
            if len(starts) != 1:
                continue  # the way goes on behind the node, so from which side is not said
            ends = [edge for way in one.end for edge in self.crossings.leaving(junction, way)]
            done |= self._write(one, starts[0], ends)
        return done

    def _write(self, one: Restriction, start: int, ends: list[int]) -> bool:
        # Where a way begins and ends at the same node, only its other ends are meant, unless it is to turn round.
        others = [edge for edge in ends if edge != start ^ 1] or ends
        if not others:
            return False
        if one.only:
            self._only[start, one.modes].update(others)
        else:
            for end in others:
                self._ban(start, end, one.modes)
        return True

    def _by_way(self, one: Restriction) -> bool:
        """Write a ban by way of one other segment, where that segment has one way in, or one way out, anyhow."""
        if one.only or len(one.ways) > 1:
            return False
        crossings = self.crossings
        segments = crossings.segments(one.ways[0])
        if len(segments) != 1:
            return False
        for middle in (2 * segments[0], 2 * segments[0] + 1):
            junction = int(crossings.ends[middle >> 1, middle & 1])
            starts = [edge for way in one.start for edge in crossings.arriving(junction, way)]
            ends = [edge for way in one.end for edge in crossings.leaving(crossings.head(middle), way)]
            starts, ends = crossings.usable(starts, one.modes), crossings.usable(ends, one.modes)
            if not starts or not ends or not crossings.usable([middle], one.modes):
                continue
            entries = [edge for edge in crossings.usable(crossings.arriving(junction), one.modes) if edge != middle ^ 1]
            exits = crossings.usable(crossings.leaving(crossings.head(middle)), one.modes)
            exits = [edge for edge in exits if edge != middle ^ 1]
            if set(entries) <= set(starts):
                pairs = [(middle, end) for end in ends]
            elif set(exits) <= set(ends):
                pairs = [(start, middle) for start in starts]
            else:
                continue
            for pair in pairs:
                self._ban(*pair, one.modes)
            return True
        return False
