"""Draws tiles over the shipped base map and below everything else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.camera import Camera
from app.map.items import ViewItem, ratio_of
from app.map.theme import MapTheme
from app.map.tiles.grid import Cell, Tile, cells_of
from app.map.tiles.images import Picture
from app.map.tiles.memory import TileMemory
from app.map.tiles.pieces import pieces_of
from app.map.tiles.provider import TileProvider

ASK_DELAY = 60
"""Milliseconds from a move of the map until tiles are asked for: what only flies past is not."""
SHOW_DELAY = 30
"""Milliseconds from a tile's arrival until it is drawn: several that come together cost one repaint."""
SETTLE_DELAY = 120
"""Milliseconds after the last change of scale until tiles are drawn smoothly, which takes longer."""
RING = 1
"""Tiles beyond the view that are got ahead."""
PATIENCE = 3.0
"""Seconds to wait in the end for what still reads; a file on a network that is gone may take for ever."""


class TileLayer(ViewItem):
    """Shows what a provider has got so far; where a tile is missing, parts of coarser ones and finer ones stand in.

    Tiles are scaled once for a scale of the map, so that panning only copies them.
    """

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(-90)
        self._theme = theme
        self._provider: TileProvider | None = None
        self._ending: list[TileProvider] = []  # closed; their threads are at their last job
        self._geographic = False
        self._camera = Camera()
        self._cells: list[Cell] = []
        self._visible: frozenset[Tile] = frozenset()
        self._memory = TileMemory()
        self._memory.set_dark(theme.dark)
        self._scaled: dict[tuple[float, ...], QImage] = {}
        self._absent: set[Tile] = set()  # the source does not have them
        self._failed: set[Tile] = set()  # it could not give them yet
        self._asking, self._showing, self._settling = (
            QTimer(self, singleShot=True, interval=delay) for delay in (ASK_DELAY, SHOW_DELAY, SETTLE_DELAY)
        )
        self._asking.timeout.connect(self._ask)
        self._showing.timeout.connect(self.update)
        self._settling.timeout.connect(self.update)

    @property
    def attribution(self) -> str:
        """Whom to name, whether a tile has come yet or not."""
        info = None if self._provider is None else self._provider.info
        return info.attribution if info is not None and self._geographic else ""

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self._memory.set_dark(theme.dark)
        if self._provider is not None:
            self._provider.dark = theme.dark
        self.update()

    def set_geographic(self, geographic: bool) -> None:
        """Say whether there is an earth below: in a plane there are no tiles, and none are asked for."""
        self._geographic = geographic
        self._look()

    def set_provider(self, provider: TileProvider | None) -> None:
        """Draw the tiles of another provider, or none; the one before is closed, and not waited for."""
        if self._provider is not None:
            self._provider.close()
            self._ending.append(self._provider)
        self._let_go()
        self._provider = provider
        self._memory.clear()
        self._absent, self._failed = set(), set()
        if provider is not None:
            provider.setParent(self)
            provider.dark = self._theme.dark
            provider.ready.connect(self._look)
            provider.arrived.connect(self._on_arrived)
            provider.absent.connect(self._on_absent)
            provider.failed.connect(self._on_failed)
        self._look()

    def retry(self) -> None:
        """Try at once what has failed, and what the source did not have."""
        self._absent, self._failed = set(), set()
        if self._provider is not None:
            self._provider.retry()
            self._ask_soon()

    def close(self) -> None:
        """Draw no tiles any more, and leave nothing running."""
        self.set_provider(None)
        self._let_go(PATIENCE)

    def set_camera(self, camera: Camera) -> None:
        if camera.units_per_pixel != self._camera.units_per_pixel and self._cells:
            self._settling.start()
        self._camera = camera
        self._look()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        ratio = ratio_of(painter)
        pieces = [piece for cell in self._cells for piece in pieces_of(cell, self._memory.get, self._camera, ratio)]
        if not pieces:
            return
        painter.save()
        painter.resetTransform()
        if self._settling.isActive():
            self._scaled = {}
            for piece in pieces:
                painter.drawImage(piece.place, piece.image, piece.part)
        else:
            before, self._scaled = self._scaled, {}
            for piece in pieces:
                key = piece.key(ratio)
                image = before.get(key) or self._scaled.get(key) or piece.scaled(ratio)
                self._scaled[key] = image
                painter.drawImage(piece.place.topLeft(), image)
        veil = QColor(self._theme.land)
        veil.setAlphaF(self._theme.veil)
        painter.fillRect(QRectF(0, 0, self._camera.width, self._camera.height), veil)
        painter.restore()

    def _let_go(self, wait: float = 0.0) -> None:
        """Delete the providers of which nothing runs any more; the thread of another may yet signal."""
        still = []
        for provider in self._ending:
            if provider.ended(wait):
                provider.deleteLater()
            else:
                still.append(provider)
        self._ending = still

    # What is asked for

    def _look(self) -> None:
        """Find the tiles in view; ask for those that are not here, a little later."""
        info = None if self._provider is None else self._provider.info
        if info is not None and self._geographic:
            self._cells = cells_of(self._camera, info.zooms)
            self._ask_soon()
        else:
            self._cells = []
            for timer in (self._asking, self._showing, self._settling):
                timer.stop()
            if self._provider is not None:
                self._provider.want((), frozenset())
        self.update()

    def _ask_soon(self) -> None:
        if not self._asking.isActive():
            self._asking.start()

    def _ask(self) -> None:
        """Ask for what is missing in and around the view: where a tile cannot be had, for a coarser one as well."""
        provider = self._provider
        if provider is None or provider.info is None:
            return
        least = provider.info.zooms[0]
        around = [cell.tile for cell in cells_of(self._camera, provider.info.zooms, RING)]
        self._visible = frozenset(around)
        missing: dict[Tile, None] = {}
        for tile in around:
            for one in (tile, *tile.ancestors(least)):
                if one in self._memory:
                    break
                if one not in self._absent:
                    missing[one] = None
                    if one not in self._failed:
                        break
        provider.want(tuple(missing), self._visible)

    def _on_arrived(self, tile: Tile, picture: Picture) -> None:
        self._failed.discard(tile)
        self._memory.put(tile, picture, self._visible)
        if not self._showing.isActive():
            self._showing.start()

    def _on_absent(self, tile: Tile) -> None:
        self._absent.add(tile)
        self._ask_soon()

    def _on_failed(self, tile: Tile) -> None:
        if tile not in self._failed:
            self._failed.add(tile)
            self._ask_soon()
