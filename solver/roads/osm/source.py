"""A file of OpenStreetMap data, read in parts: so its progress is known, it can be stopped, and memory stays small.

A ``.pbf`` is a row of blobs that are compressed on their own. They are handed to osmium some at a time; other formats
are read as one stream.
"""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import osmium
from osmium import BaseFilter
from osmium.io import FileBuffer
from osmium.osm import osm_entity_bits

from solver.roads.osm.errors import OsmFileError, OsmProblem, StoppedError

PART = 4_000_000
"""Bytes of compressed blobs that are read at once."""

_HEADER_MOST = 64 * 1024
_BLOB_MOST = 32 * 1024 * 1024
_ASK = 4096
"""Objects between two looks at whether to stop."""


@dataclass(frozen=True, slots=True)
class OsmPart:
    """A part of a file; it can be gone through several times, with other filters."""

    source: FileBuffer | osmium.io.File
    pool: osmium.io.ThreadPool
    look: Callable[[float | None], None]

    def objects(self, entities: osm_entity_bits, *filters: BaseFilter) -> Iterator[Any]:
        """Yield the objects of a kind that pass all filters; each is valid until the next.

        Parameters
        ----------
        entities
            Nodes, ways or relations, or several.
        filters
            Osmium's; those in front are asked first.

        Raises
        ------
        OsmFileError
            If the part is broken.
        StoppedError
            If it was stopped.
        """
        found = osmium.FileProcessor(self.source, entities, self.pool)
        for one in filters:
            found.with_filter(one)
        try:
            for count, thing in enumerate(found, 1):
                if count % _ASK == 0:
                    self.look(None)
                yield thing
        except RuntimeError as error:
            raise _explained(error) from error
        except MemoryError as error:
            raise OsmFileError(OsmProblem.TOO_LARGE, str(error)) from error


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
            start = file.read(512)
        if not start:
            raise OsmFileError(OsmProblem.EMPTY)
        self._size = path.stat().st_size
        self._format = _format(path, start)

    @property
    def timestamp(self) -> str:
        """How recent the data are, as the file says it, or ""."""
        try:
            header = osmium.io.Reader(osmium.io.File(str(self._path), self._format), osmium.osm.NOTHING).header()
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
            for part in self._blobs():
                yield OsmPart(FileBuffer(part, "pbf"), self._pool, self._look)
        else:
            yield OsmPart(osmium.io.File(str(self._path), self._format), self._pool, self._look)
        self._look(1.0)

    def _blobs(self) -> Iterator[bytes]:
        """Yield the header with some blobs after it, again and again."""
        with self._opened() as file:
            header = _blob(file)
            held, size = [header], 0
            while blob := _blob(file):
                held.append(blob)
                size += len(blob)
                if size >= PART:
                    yield b"".join(held)
                    held, size = [header], 0
                    self._look(file.tell() / self._size)
            if len(held) > 1:
                yield b"".join(held)

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
                start = file.read(512)
        except (OSError, EOFError, zlib.error) as error:
            raise OsmFileError(OsmProblem.DAMAGED, str(error)) from error
    if b"<osm" not in start:
        raise OsmFileError(OsmProblem.FOREIGN)
    return name


def _blob(file: BinaryIO) -> bytes:
    """Return the next blob with the sizes before it; nothing at the end of the file."""
    length = file.read(4)
    if not length:
        return b""
    size = int.from_bytes(length, "big")
    if len(length) < 4:
        raise OsmFileError(OsmProblem.TRUNCATED)
    if size > _HEADER_MOST:
        raise OsmFileError(OsmProblem.DAMAGED, f"header of {size} bytes")
    header = file.read(size)
    if len(header) < size:
        raise OsmFileError(OsmProblem.TRUNCATED)
    content = _data_size(header)
    data = file.read(content)
    if len(data) < content:
        raise OsmFileError(OsmProblem.TRUNCATED)
    return length + header + data


def _data_size(header: bytes) -> int:
    """Return field 3 of a BlobHeader, a message of Protocol Buffers."""
    at = 0
    try:
        while at < len(header):
            key, at = _varint(header, at)
            value, at = _varint(header, at)
            if key == 3 << 3 and 0 < value <= _BLOB_MOST:
                return value
            if key & 7 == 2:
                at += value
    except IndexError:
        pass
    raise OsmFileError(OsmProblem.DAMAGED, "header of a blob")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def _explained(error: RuntimeError) -> OsmFileError:
    text = str(error)
    cut = any(word in text for word in ("unexpected EOF", "unclosed token", "no element found", "unexpected end"))
    return OsmFileError(OsmProblem.TRUNCATED if cut else OsmProblem.DAMAGED, text)
