"""A file of OpenStreetMap data, read in parts: so its progress is known, it can be stopped, and memory stays small.

A ``.pbf`` is a row of blobs that are packed on their own. They are handed to osmium some at a time, but for nodes, see
`solver.roads.osm.dense`; other formats are read as one stream.
"""

from __future__ import annotations

import bz2
import gzip
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import osmium
from osmium import BaseFilter
from osmium.io import FileBuffer
from osmium.osm import osm_entity_bits

from solver.roads.osm.dense import BLOB_MOST, NodeBatch, decode
from solver.roads.osm.errors import OsmFileError, OsmProblem, StoppedError
from solver.roads.osm.protobuf import fields

PART = 4_000_000
"""Bytes of compressed blobs that are read at once."""

_HEADER_MOST = 64 * 1024
_BEGINNING = 4096
_ASK = 4096
"""Objects between two looks at whether to stop."""


class Blob(NamedTuple):
    """A piece of a ``.pbf`` that is packed on its own: its header with the sizes before it, and the message."""

    header: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class OsmPart:
    """A part of a file; it can be gone through several times.

    Parameters
    ----------
    source
        What osmium reads.
    blobs
        The same as blobs, without their headers; empty when the file has none.
    start
        The file's own header, which osmium wants before every blob.
    pool
        Osmium's threads.
    look
        Called often with None, or with the share of the file that has been read; raises when reading is to end.
    """

    source: FileBuffer | osmium.io.File
    blobs: tuple[Blob, ...]
    start: bytes
    pool: osmium.io.ThreadPool
    look: Callable[[float | None], None]

    def objects(self, entities: osm_entity_bits, *filters: BaseFilter) -> Iterator[Any]:
        """Yield the objects of a kind that pass all filters; each is valid until the next.

        Parameters
        ----------
        entities
            Ways or relations, or several.
        filters
            Osmium's; those in front are asked first.

        Raises
        ------
        OsmFileError
            If the part is broken.
        StoppedError
            If it was stopped.
        """
        return self._objects(self.source, entities, *filters)

    def nodes(self, *keys: str) -> Iterator[NodeBatch]:
        """Yield all nodes, many at a time, with the tags of those that have one of the keys.

        Raises
        ------
        OsmFileError
            If the part is broken.
        StoppedError
            If it was stopped.
        """
        if not self.blobs:
            yield from self._listed(self.source, keys)
        for blob in self.blobs:
            batches = decode(blob.data, keys)
            if batches is not None:
                yield from batches
            else:
                yield from self._listed(FileBuffer(self.start + blob.header + blob.data, "pbf"), keys)

    def _objects(
        self, source: FileBuffer | osmium.io.File, entities: osm_entity_bits, *filters: BaseFilter
    ) -> Iterator[Any]:
        found = osmium.FileProcessor(source, entities, self.pool)
        for one in filters:
            found.with_filter(one)
        try:
            for count, thing in enumerate(found, 1):
                if count % _ASK == 0:
                    self.look(None)
                yield thing
        except (OsmFileError, StoppedError, MemoryError):
            raise
        except Exception as error:  # osmium's errors have no type in common
            raise _explained(error) from error

    def _listed(self, source: FileBuffer | osmium.io.File, keys: tuple[str, ...]) -> Iterator[NodeBatch]:
        """Yield nodes as osmium reads them, one object each."""
        ids, places, tagged = array("q"), array("i"), []
        for node in self._objects(source, osmium.osm.NODE):
            location = node.location
            if any(key in node.tags for key in keys):
                tagged.append((len(ids), {tag.k: tag.v for tag in node.tags}))
            ids.append(node.id)
            places.extend((location.y, location.x))
            if len(ids) == _ASK:
                yield _batch(ids, places, tagged)
                ids, places, tagged = array("q"), array("i"), []
        yield _batch(ids, places, tagged)


class OsmSource:
    """A file that can be read several times.

    Parameters
    ----------
    path
        Of the file; its beginning tells the format, whatever it is called.
    report
        Called with the share of the file that has been read, from 0 to 1.
    stopped
        Asked again and again; true ends the reading.

    Raises
    ------
    OsmFileError
        If it is missing, empty, or no OpenStreetMap data.
    """

    def __init__(
        self, path: Path, report: Callable[[float], None] | None = None, stopped: Callable[[], bool] | None = None
    ) -> None:
        self._path = path
        self._report = report or (lambda share: None)
        self._stopped = stopped or (lambda: False)
        self._pool = osmium.io.ThreadPool()
        with self._opened() as file:
            start = file.read(_BEGINNING)
        if not start:
            raise OsmFileError(OsmProblem.EMPTY)
        self._size = path.stat().st_size
        self._format = _format(path, start)

    @property
    def timestamp(self) -> str:
        """How recent the data are, as the file says it, or ""."""
        source: FileBuffer | osmium.io.File = osmium.io.File(str(self._path), self._format)
        if self._format == "pbf":
            with self._opened() as file:
                source = FileBuffer(b"".join(_blob(file) or ()), "pbf")
        try:
            header = osmium.io.Reader(source, osmium.osm.NOTHING).header()
        except RuntimeError as error:
            raise _explained(error) from error
        return str(header.get("osmosis_replication_timestamp") or header.get("timestamp"))

    def parts(self) -> Iterator[OsmPart]:
        """Yield parts of the file, each to be read before the next.

        Raises
        ------
        OsmFileError
            If the file is broken.
        StoppedError
            If it was stopped.
        """
        if self._format == "pbf":
            yield from self._blobs()
        else:
            yield OsmPart(osmium.io.File(str(self._path), self._format), (), b"", self._pool, self._look)
        self._look(1.0)

    def _blobs(self) -> Iterator[OsmPart]:
        with self._opened() as file:
            start = b"".join(_blob(file) or ())
            held: list[Blob] = []
            while blob := _blob(file):
                held.append(blob)
                if sum(len(one.data) for one in held) >= PART:
                    yield self._part(start, held)
                    held = []
                    self._look(file.tell() / self._size)
            if held:
                yield self._part(start, held)

    def _part(self, start: bytes, blobs: list[Blob]) -> OsmPart:
        whole = b"".join((start, *(text for one in blobs for text in one)))
        return OsmPart(FileBuffer(whole, "pbf"), tuple(blobs), start, self._pool, self._look)

    def _look(self, share: float | None) -> None:
        if self._stopped():
            raise StoppedError
        if share is not None:
            self._report(min(share, 1.0))

    def _opened(self) -> BinaryIO:
        try:
            return self._path.open("rb")
        except FileNotFoundError as error:
            raise OsmFileError(OsmProblem.MISSING, str(error)) from error
        except OSError as error:
            raise OsmFileError(OsmProblem.REFUSED, str(error)) from error


def _format(path: Path, start: bytes) -> str:
    """Return osmium's name of a file's format by its first bytes."""
    if len(start) > 6 and start[:3] == b"\0\0\0" and b"OSMHeader" in start[:32]:
        return "pbf"
    name = {b"\x1f\x8b": "osm.gz", b"BZ": "osm.bz2"}.get(start[:2], "osm")
    if name != "osm":
        try:
            with gzip.open(path) if name == "osm.gz" else bz2.open(path) as file:
                start = file.read(_BEGINNING)
        except (OSError, EOFError, zlib.error) as error:
            raise OsmFileError(OsmProblem.DAMAGED, str(error)) from error
    if b"<osm" not in start:
        raise OsmFileError(OsmProblem.FOREIGN)
    return name


def _blob(file: BinaryIO) -> Blob | None:
    """Return the next blob; None at the end of the file."""
    length = file.read(4)
    if not length:
        return None
    size = int.from_bytes(length, "big")
    if len(length) < 4:
        raise OsmFileError(OsmProblem.TRUNCATED)
    if size > _HEADER_MOST:
        raise OsmFileError(OsmProblem.DAMAGED, f"header of {size} bytes")
    header = file.read(size)
    if len(header) < size:
        raise OsmFileError(OsmProblem.TRUNCATED)
    try:
        content = dict(fields(header)).get(3, 0)
    except (IndexError, ValueError) as error:
        raise OsmFileError(OsmProblem.DAMAGED, "header of a blob") from error
    if not isinstance(content, int) or not 0 < content <= BLOB_MOST:
        raise OsmFileError(OsmProblem.DAMAGED, "size of a blob")
    data = file.read(content)
    if len(data) < content:
        raise OsmFileError(OsmProblem.TRUNCATED)
    return Blob(length + header, data)


def _batch(ids: array[int], places: array[int], tagged: list[tuple[int, dict[str, str]]]) -> NodeBatch:
    return NodeBatch(np.frombuffer(ids, dtype=np.int64), np.frombuffer(places, dtype=np.int32).reshape(-1, 2), tagged)


def _explained(error: Exception) -> OsmFileError:
    text = str(error)
    cut = any(word in text for word in ("unexpected EOF", "unclosed token", "no element found", "unexpected end"))
    return OsmFileError(OsmProblem.TRUNCATED if cut else OsmProblem.DAMAGED, text)
