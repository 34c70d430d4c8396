"""A network of streets as arrays: what was read from a map, before anybody's rights and speeds are looked at.

A *segment* is a piece of a way between two junctions. Each is two *edges*, one for each direction: edge ``2 * s`` runs
as segment ``s`` was drawn, edge ``2 * s + 1`` against it, so ``edge ^ 1`` is the way back. `access` says whose it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
"""Of the file; a newer one is not read."""

DEGREE = 10_000_000
"""Units of a degree in arrays of places, as OpenStreetMap counts."""

Texts = tuple[str, ...]
_TEXTS = ("names",)
_WORDS = ("source", "attribution", "timestamp")


@dataclass(frozen=True, eq=False)
class Network:
    """Streets, turns and addresses of an area. All arrays are read-only by habit.

    Parameters
    ----------
    node_place
        Shape ``(nodes, 2)``, int32, latitude and longitude of junctions, in units of 1e-7 degrees (`DEGREE`).
    segment_node
        Shape ``(segments, 2)``, int32, junctions at its beginning and its end.
    segment_way
        Shape ``(segments,)``, int32, index into the arrays of ways.
    segment_length
        Shape ``(segments,)``, int32, decimetres.
    segment_shape
        Shape ``(segments + 1,)``, int32: its corners are ``shape[segment_shape[s]:segment_shape[s + 1]]``, ends
        included.
    shape
        Shape ``(corners, 2)``, int32, latitude and longitude in units of 1e-7 degrees.
    access
        Shape ``(segments, 2)``, uint8, bits of `solver.roads.modes.Access`, in the direction drawn and against it; ways
        that are one-way are in it already. Barriers are not: a segment ends there, see `turn`.
    restricted
        Shape ``(segments,)``, uint8, bits of `Access` of those who may use it to get to somewhere along it only
        (``access=private``, ``destination``, ``delivery``, ``customers``).
    signals
        Shape ``(segments, 2)``, uint8, signals passed in each direction, the one at the end included.
    way_class, way_surface
        Shape ``(ways,)``, uint8, values of `RoadClass` and `Surface`.
    way_speed
        Shape ``(ways, 2)``, uint16, ``maxspeed`` in each direction, km/h; 0 where the map says nothing.
    way_height, way_width, way_length
        Shape ``(ways,)``, uint16, limits in centimetres; 0 is none.
    way_weight
        Shape ``(ways,)``, uint16, limit in units of 10 kg; 0 is none.
    way_hazmat
        Shape ``(ways,)``, bool, whether hazardous goods are barred.
    way_name
        Shape ``(ways,)``, int32, index into `names`, or -1.
    way_id
        Shape ``(ways,)``, int64, OpenStreetMap's id.
    turn
        Shape ``(turns, 2)``, int32, pairs of edges: from the first one may not go on by the second (``only_``
        restrictions are written out as bans of all others). At a barrier, all pairs but those that turn round.
    turn_modes
        Shape ``(turns,)``, uint8, bits of `Access` of those whom the ban binds; only of some that may use both edges.
    address_place
        Shape ``(addresses, 2)``, int32, units of 1e-7 degrees.
    address_text
        Shape ``(addresses, 4)``, int32, indices into `names` of street, house number, city and postcode, or -1.
    names
        Texts that other arrays point into, without duplicates.
    source, attribution, timestamp
        Name of the file, whose data it is, and how recent they are (as the file says it, or "").
    """

    node_place: NDArray[np.int32]
    segment_node: NDArray[np.int32]
    segment_way: NDArray[np.int32]
    segment_length: NDArray[np.int32]
    segment_shape: NDArray[np.int32]
    shape: NDArray[np.int32]
    access: NDArray[np.uint8]
    restricted: NDArray[np.uint8]
    signals: NDArray[np.uint8]
    way_class: NDArray[np.uint8]
    way_surface: NDArray[np.uint8]
    way_speed: NDArray[np.uint16]
    way_height: NDArray[np.uint16]
    way_width: NDArray[np.uint16]
    way_length: NDArray[np.uint16]
    way_weight: NDArray[np.uint16]
    way_hazmat: NDArray[np.bool_]
    way_name: NDArray[np.int32]
    way_id: NDArray[np.int64]
    turn: NDArray[np.int32]
    turn_modes: NDArray[np.uint8]
    address_place: NDArray[np.int32]
    address_text: NDArray[np.int32]
    names: Texts = ()
    source: str = ""
    attribution: str = "© OpenStreetMap contributors"
    timestamp: str = ""

    @property
    def nodes(self) -> int:
        """Number of junctions."""
        return len(self.node_place)

    @property
    def segments(self) -> int:
        """Number of segments; there are twice as many edges."""
        return len(self.segment_way)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north and east end, degrees; all zero when it is empty."""
        if not len(self.shape):
            return 0.0, 0.0, 0.0, 0.0
        (south, west), (north, east) = self.shape.min(axis=0) / DEGREE, self.shape.max(axis=0) / DEGREE
        return float(south), float(west), float(north), float(east)


def digest(network: Network) -> str:
    """Return 16 hexadecimal digits that stand for what a network holds; its source's name and age are no part of it."""
    found = hashlib.sha256()
    for field in fields(Network):
        value = getattr(network, field.name)
        if field.name in _TEXTS:
            found.update("\n".join(value).encode())
        elif field.name not in _WORDS:
            found.update(f"{field.name} {value.dtype.str} {value.shape} ".encode())
            found.update(np.ascontiguousarray(value).view(np.uint8).data)
    return found.hexdigest()[:16]


class NetworkFileError(ValueError):
    """Raised when a file is no network, is damaged, or is of a newer format."""


class NewerNetworkError(NetworkFileError):
    """Raised when a file is of a newer format, so that nothing is wrong with it."""


def write_network(network: Network, file: BinaryIO | Path) -> None:
    """Write a network; `read_network` gives the same back."""
    arrays: dict[str, NDArray[np.generic]] = {"format": np.array(FORMAT)}
    for field in fields(Network):
        value = getattr(network, field.name)
        if field.name in _TEXTS:
            value = np.frombuffer("\n".join(value).encode(), dtype=np.uint8)
        elif field.name in _WORDS:
            value = np.frombuffer(value.encode(), dtype=np.uint8)
        arrays[field.name] = value
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def read_network(file: BinaryIO | Path) -> Network:
    """Read what `write_network` wrote.

    Raises
    ------
    NewerNetworkError
        If it is of a newer format.
    NetworkFileError
        If it is no network, or is damaged; it never runs code of the file.
    OSError
        If it cannot be opened.
    """
    try:
        with np.load(file, allow_pickle=False) as data:
            if int(data["format"]) > FORMAT:
                raise NewerNetworkError("a newer version of the program wrote it")
            values: dict[str, object] = {}
            for field in fields(Network):
                value = data[field.name]
                if field.name in _TEXTS:
                    text = value.tobytes().decode()
                    values[field.name] = tuple(text.split("\n")) if text else ()
                elif field.name in _WORDS:
                    values[field.name] = value.tobytes().decode()
                else:
                    values[field.name] = value
            return Network(**values)  # type: ignore[arg-type]
    except (NetworkFileError, OSError):
        raise
    except Exception as error:  # a damaged archive fails in more ways than zipfile tells
        raise NetworkFileError(str(error)) from error
