"""The import of a network as a process of its own: what it takes of memory and time, the window does not feel.

It writes the network into a file, and the order in which routers contract it into another one beside it: to find that
takes long, and does not let other threads of a process run. It talks in lines of JSON: ``{"share": 0.3, "stage":
"ways"}`` any number of times, then one of ``{"summary": {...}}``, ``{"problem": "empty", "detail": "..."}`` and
``{"write": 28}``, the system's number of what was wrong with the disk.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from solver.roads.network import write_network
from solver.roads.order import order_beside, order_segments
from solver.roads.osm import OsmFileError, OsmProblem, OsmReading, StoppedError, read_osm_fully
from solver.roads.osm.cutting import Bounds
from solver.roads.summary import summary

_READING, _WRITING = 0.8, 0.85
"""Shares of the time after reading, and after writing; ordering takes the rest."""

_EVERY = 0.1
"""Seconds between two messages of progress."""


class Keeping(StrEnum):
    """What is done after the stages of `solver.roads.osm.Stage`."""

    WRITING = "writing"
    ORDERING = "ordering"


def serve(connection: Connection, path: str, bounds: Bounds | None, target: str) -> None:
    """Read an OpenStreetMap file and write its network, then end. Whoever holds the other end may kill it at any time.

    Parameters
    ----------
    connection
        Where to tell what happens; when its other end is closed, reading ends.
    path
        Of the OpenStreetMap file.
    bounds
        South, west, north and east, degrees, or None.
    target
        The file to write; it is not there yet, or may be written over.
    """
    line = _Line(connection)
    try:
        reading = read_osm_fully(Path(path), bounds, line.progress, line.closed)
        line.say({"share": _READING, "stage": Keeping.WRITING})
        found = summary(reading.network, reading.restrictions, reading.left)
        try:
            _write(reading, target)
        except OSError as error:
            line.say({"write": error.errno or 0})
            return
        line.say({"share": _WRITING, "stage": Keeping.ORDERING})
        with suppress(OSError):  # it can be found again
            np.save(order_beside(target), order_segments(reading.network), allow_pickle=False)
        line.say({"summary": asdict(found)})
    except OsmFileError as error:
        line.say({"problem": error.problem, "detail": error.detail})
    except MemoryError as error:
        line.say({"problem": OsmProblem.TOO_LARGE, "detail": str(error)})
    except StoppedError:
        return


def _write(reading: OsmReading, target: str) -> None:
    with open(target, "wb") as file:
        write_network(reading.network, file)
        file.flush()
        os.fsync(file.fileno())


class _Line:
    """The connection, which may be gone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._told = 0.0
        self._stage: StrEnum | None = None
        self._gone = False

    def progress(self, share: float, stage: StrEnum) -> None:
        """Tell how far it is, not too often but when something new is done."""
        now = time.monotonic()
        if now - self._told >= _EVERY or stage != self._stage:
            self._told, self._stage = now, stage
            self.say({"share": share * _READING, "stage": stage})

    def closed(self) -> bool:
        """Return whether nobody listens any more."""
        return self._gone

    def say(self, message: dict[str, object]) -> None:
        """Send a message."""
        try:
            self._connection.send_bytes(json.dumps(message).encode())
        except OSError:
            self._gone = True
