"""The tiles that can be drawn now."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Set

from PySide6.QtGui import QImage

from app.map.tiles.grid import Tile
from app.map.tiles.images import Picture

MOST_BYTES = 96 << 20
"""Of images; a screen of 1280 x 800 shows some eight million bytes of them."""


class TileMemory:
    """Images by tile; the ones longest not used go first.

    Parameters
    ----------
    limit
        Bytes; what is in view is kept even beyond it.
    """

    def __init__(self, limit: int = MOST_BYTES) -> None:
        self._limit, self._size = limit, 0
        self._kept: OrderedDict[Tile, Picture] = OrderedDict()
        self._dark = False

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, tile: Tile) -> bool:
        return tile in self._kept

    def set_dark(self, dark: bool) -> None:
        """Say whether drawings are to be dark; each is changed when it is next asked for."""
        self._dark = dark

    def get(self, tile: Tile) -> QImage | None:
        """Return an image, and count it as used."""
        picture = self._kept.pop(tile, None)
        if picture is None:
            return None
        self._kept[tile] = picture = picture.toned(self._dark)  # at the end: the last to go
        return picture.image

    def put(self, tile: Tile, picture: Picture, visible: Set[Tile]) -> None:
        """Keep a picture; others go for it, but none that is in view."""
        self._drop(tile)
        self._kept[tile] = picture
        self._size += picture.image.sizeInBytes()
        if self._size <= self._limit:
            return
        for other in [one for one in self._kept if one not in visible and one != tile]:
            self._drop(other)
            if self._size <= self._limit:
                break

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._size = 0

    def _drop(self, tile: Tile) -> None:
        gone = self._kept.pop(tile, None)
        if gone is not None:
            self._size -= gone.image.sizeInBytes()
