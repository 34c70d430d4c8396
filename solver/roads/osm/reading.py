"""OpenStreetMap files become networks: one pass over ways and restrictions, one over nodes, then arrays only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from osmium import osm
from osmium.filter import KeyFilter, TagFilter

from solver.roads.network import Network
from solver.roads.osm.assembly import BACKWARD, FORWARD, Collected, assemble
from solver.roads.osm.cutting import Bounds
from solver.roads.osm.errors import OsmFileError, OsmProblem, StoppedError
from solver.roads.osm.kinds import Tags
from solver.roads.osm.rights import passage
from solver.roads.osm.source import OsmSource
from solver.roads.osm.turns import restrictions
from solver.roads.osm.ways import Names

_HOUSE = "addr:housenumber"
_WAYS_SHARE, _NODES_SHARE = 0.7, 0.15
"""Of the whole time; the rest goes into the arrays."""


class Stage(StrEnum):
    """What is being done."""

    WAYS = "ways"
    NODES = "nodes"
    NETWORK = "network"


Progress = Callable[[float, Stage], None]
"""Called with the share that is done, from 0 to 1, and what is being done."""


@dataclass(frozen=True, slots=True, eq=False)
class OsmReading:
    """A network, and what of the file did not fit into it.

    Parameters
    ----------
    network
        What was read.
    restrictions
        How many turn restrictions the file has.
    left
        How many of them are left out: they lead by way of other streets, or their ways do not meet where they say.
    """

    network: Network
    restrictions: int
    left: int


def read_osm(
    path: Path,
    bounds: Bounds | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Network:
    """Read the roads of an OpenStreetMap file (``.osm.pbf``, ``.osm``, ``.osm.gz``, ``.osm.bz2``).

    Parameters
    ----------
    path
        Of the file; its content tells the format.
    bounds
        South, west, north and east, degrees. Streets reach to their first node outside and end there; addresses lie
        within. All of the file when left out.
    progress
        Told how far it is.
    stopped
        Asked often; when it returns true, reading ends.

    Raises
    ------
    OsmFileError
        If it cannot be read, is damaged, is something else, or has no road in the area.
    StoppedError
        If it was stopped.
    """
    return read_osm_fully(path, bounds, progress, stopped).network


def read_osm_fully(
    path: Path,
    bounds: Bounds | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> OsmReading:
    """Read as `read_osm` does, and tell what did not fit into the network."""
    tell = progress or (lambda share, stage: None)
    asked = stopped or (lambda: False)
    collected = Collected()
    source = OsmSource(path, lambda share: tell(share * _WAYS_SHARE, Stage.WAYS), asked)
    try:
        _collect_ways(source, collected)
        collected.want_places()
        source = OsmSource(path, lambda share: tell(_WAYS_SHARE + share * _NODES_SHARE, Stage.NODES), asked)
        _collect_nodes(source, collected)
        tell(_WAYS_SHARE + _NODES_SHARE, Stage.NETWORK)
        count = len(collected.restrictions)
        network, left = assemble(collected, bounds, path.name, source.timestamp)
    except MemoryError as error:
        raise OsmFileError(OsmProblem.TOO_LARGE, str(error)) from error
    except UnicodeDecodeError as error:  # a tag in bytes that are no text
        raise OsmFileError(OsmProblem.DAMAGED, str(error)) from error
    if asked():
        raise StoppedError
    tell(1.0, Stage.NETWORK)
    return OsmReading(network, count, left)


def _collect_ways(source: OsmSource, collected: Collected) -> None:
    ways, names, addresses = collected.ways, collected.names, collected.addresses
    roads, turns = KeyFilter("highway", "route", _HOUSE), TagFilter(("type", "restriction"))
    roads.enable_for(osm.WAY)
    turns.enable_for(osm.RELATION)
    for part in source.parts():
        for one in part.objects(osm.WAY | osm.RELATION, roads, turns):
            tags = {tag.k: tag.v for tag in one.tags}
            if one.is_relation():
                members = [(member.role, member.type, member.ref) for member in one.members]
                collected.restrictions.extend(restrictions(tags, members))
                continue
            kind = ways.kind(tags)
            if kind >= 0:
                refs = [node.ref for node in one.nodes]
                if len(refs) > 1:
                    ways.add(one.id, kind, names.add(tags.get("name") or tags.get("ref")), refs)
            if _HOUSE in tags and len(one.nodes):
                # The first corner and the one in the middle of the outline are opposite each other.
                first, second = one.nodes[0].ref, one.nodes[len(one.nodes) // 2].ref
                addresses.add_building(first, second, _address(tags, names))


def _collect_nodes(source: OsmSource, collected: Collected) -> None:
    for part in source.parts():
        for batch in part.nodes(_HOUSE, "barrier", "highway"):
            collected.places.fill(batch)
            for index, tags in batch.tagged:
                if _HOUSE in tags:
                    lat, lon = batch.places[index].tolist()
                    collected.addresses.add_node((lat, lon), _address(tags, collected.names))
                _note_marks(int(batch.ids[index]), tags, collected)


def _note_marks(node: int, tags: Tags, collected: Collected) -> None:
    if tags.get("highway") == "traffic_signals":
        collected.signals[node] = {"forward": FORWARD, "backward": BACKWARD}.get(
            tags.get("traffic_signals:direction", ""), FORWARD | BACKWARD
        )
    if "barrier" in tags and any(found := passage(tags)):
        collected.barriers[node] = found


def _address(tags: Tags, names: Names) -> tuple[int, int, int, int]:
    street = tags.get("addr:street") or tags.get("addr:place")
    return (
        names.add(street),
        names.add(tags[_HOUSE]),
        names.add(tags.get("addr:city")),
        names.add(tags.get("addr:postcode")),
    )
