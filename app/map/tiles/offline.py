"""Tiles from a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.map.tiles.grid import Tile
from app.map.tiles.images import Picture, decoded
from app.map.tiles.mbtiles import Mbtiles, MbtilesError
from app.map.tiles.provider import TileProvider
from app.map.tiles.sources import MbtilesSource, SourceInfo
from app.map.tiles.worker import Worker


class MbtilesProvider(TileProvider):
    """Reads an MBTiles file in a thread of its own; the file is opened at once.

    A file that cannot be opened, or fails later, is told as trouble, and tried again only when the user says so: it
    does not mend itself.
    """

    _opened = Signal(object)  # what the file says of itself
    _read = Signal(object, object)  # tile, picture or None
    _broken = Signal(str)

    def __init__(self, source: MbtilesSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = source.path
        self._file: Mbtiles | None = None  # of the thread
        self._closed = False
        self._opened.connect(self._on_opened)
        self._read.connect(self._on_read)
        self._broken.connect(self._on_broken)
        self._worker = Worker("mbtiles", self._close_file)
        self._worker.submit(self._open_file)

    def want(self, missing: Sequence[Tile], visible: frozenset[Tile]) -> None:
        self._worker.look_up(partial(self._read_tile, tile) for tile in missing)

    def retry(self) -> None:
        self._worker.submit(self._open_file)

    def close(self) -> None:
        self._closed = True
        self._worker.close()

    def ended(self, wait: float = 0.0) -> bool:
        return self._worker.ended(wait)

    # In the thread

    def _open_file(self) -> None:
        if self._file is not None:
            return
        try:
            self._file = Mbtiles(self._path)
        except MbtilesError as error:
            self._broken.emit(str(error))
        else:
            self._opened.emit(self._file.info)

    def _read_tile(self, tile: Tile) -> None:
        if self._file is None:
            return
        try:
            data = self._file.tile(tile)
        except MbtilesError as error:
            self._broken.emit(str(error))
            self._close_file()
        else:
            self._read.emit(tile, None if data is None else decoded(data, self.dark))

    def _close_file(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    # In the window's thread

    def _on_opened(self, info: SourceInfo) -> None:
        if not self._closed:
            self.info = info
            self.trouble.emit("")
            self.ready.emit()

    def _on_read(self, tile: Tile, picture: Picture | None) -> None:
        if self._closed:
            return
        if picture is None:
            self.absent.emit(tile)
        else:
            self.arrived.emit(tile, picture)

    def _on_broken(self, sentence: str) -> None:
        if not self._closed:
            self.trouble.emit(sentence)
