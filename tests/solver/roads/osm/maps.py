"""Small OpenStreetMap files made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np

from solver.roads.modes import Access
from solver.roads.network import Network

STEP = 0.001
"""Degrees between two places of the grid that nodes lie on."""

SOUTH, WEST = 60.0, 25.0


class Map:
    """A map under construction. Nodes are numbered from 1, ways from 101, relations from 1001, as they are added."""

    def __init__(self) -> None:
        self.nodes: list[str] = []
        self.ways: list[str] = []
        self.relations: list[str] = []

    def node(self, row: float, column: float, **tags: str) -> int:
        """Add a node and return its id."""
        number = len(self.nodes) + 1
        place = f'lat="{SOUTH + row * STEP:.7f}" lon="{WEST + column * STEP:.7f}"'
        self.nodes.append(f'<node id="{number}" version="1" {place}>{_tags(tags)}</node>')
        return number

    def line(self, count: int, row: float = 0, **tags: str) -> list[int]:
        """Add nodes from west to east, ``tags`` on the second, and return their ids."""
        return [self.node(row, column, **(tags if column == 1 else {})) for column in range(count)]

    def way(self, *nodes: int, **tags: str) -> int:
        """Add a way, a residential street if nothing else is said, and return its id."""
        number = len(self.ways) + 101
        given = tags if {"highway", "route", "building"} & set(tags) else {"highway": "residential", **tags}
        refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
        self.ways.append(f'<way id="{number}" version="1">{refs}{_tags(given)}</way>')
        return number

    def relation(self, *members: tuple[str, str, int], **tags: str) -> int:
        """Add a relation of members (role, "node" or "way", id) and return its id."""
        number = len(self.relations) + 1001
        lines = "".join(f'<member type="{kind}" ref="{ref}" role="{role}"/>' for role, kind, ref in members)
        self.relations.append(f'<relation id="{number}" version="1">{lines}{_tags(tags)}</relation>')
        return number

    def restriction(self, start: int, via: int, end: int, **tags: str) -> int:
        """Add a turn restriction by way of a node, or of a way, whose ids are greater."""
        kind = "way" if via > 100 else "node"
        return self.relation(("from", "way", start), ("via", kind, via), ("to", "way", end), type="restriction", **tags)

    def write(self, folder: Path, name: str = "map.osm") -> Path:
        """Write the file and return its path."""
        path = folder / name
        path.write_text(self.text(), encoding="utf-8")
        return path

    def text(self) -> str:
        """Return the file's content."""
        body = "\n".join((*self.nodes, *self.ways, *self.relations))
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="hand">\n{body}\n</osm>\n'


def ways_of(network: Network) -> dict[int, list[int]]:
    """Return the segments of each way."""
    found: dict[int, list[int]] = {}
    for segment, way in enumerate(network.segment_way.tolist()):
        found.setdefault(int(network.way_id[way]), []).append(segment)
    return found


def rights_of(network: Network, way: int) -> tuple[Access, Access, Access]:
    """Return who may use a way's first segment forward and backward, and who along it only."""
    segment = ways_of(network)[way][0]
    forward, backward = network.access[segment].tolist()
    return Access(forward), Access(backward), Access(int(network.restricted[segment]))


def bans_of(network: Network) -> dict[tuple[str, str], Access]:
    """Return banned turns by the names of their edges: the way's id, ``+`` as drawn or ``-``, and a number.

    The number counts the segments of the way from 0.
    """
    names: dict[int, str] = {}
    for way, segments in ways_of(network).items():
        for count, segment in enumerate(segments):
            names[2 * segment], names[2 * segment + 1] = f"{way}+{count}", f"{way}-{count}"
    pairs = zip(network.turn.tolist(), network.turn_modes.tolist(), strict=True)
    return {(names[start], names[end]): Access(modes) for (start, end), modes in pairs}


def check(network: Network) -> None:
    """Assert what holds of every network."""
    segments = network.segments
    assert network.segment_node.shape == network.access.shape == network.signals.shape == (segments, 2)
    assert (np.diff(network.segment_shape) >= 2).all()
    assert network.segment_shape[0] == 0
    assert network.segment_shape[-1] == len(network.shape)
    first, last = network.segment_shape[:-1], network.segment_shape[1:] - 1
    np.testing.assert_array_equal(network.shape[first], network.node_place[network.segment_node[:, 0]])
    np.testing.assert_array_equal(network.shape[last], network.node_place[network.segment_node[:, 1]])
    assert (network.segment_length >= 1).all()
    assert set(network.segment_node.ravel().tolist()) == set(range(network.nodes))
    assert set(network.segment_way.tolist()) == set(range(len(network.way_id)))
    assert (network.access.max(axis=1) > 0).all()
    for pointers in (network.way_name, network.address_text):
        assert pointers.min(initial=-1) >= -1
        assert pointers.max(initial=-1) < len(network.names)
    assert len(set(network.names)) == len(network.names)
    if len(network.turn):
        start, end = network.turn.T
        heads = network.segment_node[start >> 1, 1 - (start & 1)]
        np.testing.assert_array_equal(heads, network.segment_node[end >> 1, end & 1])
        assert network.turn_modes.all()


def _tags(tags: dict[str, str]) -> str:
    # A keyword cannot hold a colon: two underscores stand for it.
    named: Iterable[tuple[str, str]] = ((key.replace("__", ":").rstrip("_"), value) for key, value in tags.items())
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in named)
