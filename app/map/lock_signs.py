"""Signs of locks: a padlock, a pin and a flag, small enough for the corner of a stop."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.model.plan import Lock
from app.resources import resource

SIGN = 15.0
"""Width and height of a sign, logical pixels."""
GLYPH = 11.0
"""Of what is drawn on it."""
ASIDE, ABOVE = 9.0, 9.0
"""Pixels from the middle of a stop to the middle of its sign, to the right and up."""

REACH = ASIDE + SIGN / 2
"""From the middle of a stop to the far edge of its sign."""

THIN, BOLD = 'stroke-width="1.8"', 'stroke-width="3"'
"""Lines of an icon as they are drawn for buttons, and so that they hold at half that size."""


class LockSigns:
    """Makes and keeps a pixmap for each lock, in the ink and on the ground that were asked for last."""

    def __init__(self) -> None:
        self._kept: dict[Lock, QPixmap] = {}
        self._look: tuple[str, str, float] = ("", "", 0.0)

    def sign(self, lock: Lock, ink: str, ground: str, ratio: float) -> QPixmap:
        """Return the sign of a lock.

        Parameters
        ----------
        lock
            Which.
        ink, ground
            Colours, ``#rrggbb``: of the drawing with the edge around it, and behind it.
        ratio
            Pixels of the screen per logical pixel.
        """
        if (ink, ground, ratio) != self._look:
            self._look = (ink, ground, ratio)
            self._kept.clear()
        if lock not in self._kept:
            self._kept[lock] = _drawn(lock, ink, ground, ratio)
        return self._kept[lock]

    def paint(self, painter: QPainter, at: QPointF, lock: Lock, ink: str, ground: str, ratio: float) -> None:
        """Draw the sign of a lock at the upper right of a stop whose middle is at a pixel."""
        corner = QPointF(round(at.x() + ASIDE - SIGN / 2), round(at.y() - ABOVE - SIGN / 2))
        painter.drawPixmap(corner, self.sign(lock, ink, ground, ratio))


def _drawn(lock: Lock, ink: str, ground: str, ratio: float) -> QPixmap:
    side = round(SIGN * ratio)
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    svg = resource(f"icons/lock-{lock.value}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", ink).replace(THIN, BOLD).encode()))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(ink), 1.0))
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(0.5, 0.5, SIGN - 1, SIGN - 1), 4.0, 4.0)
    renderer.render(painter, QRectF((SIGN - GLYPH) / 2, (SIGN - GLYPH) / 2, GLYPH, GLYPH))
    painter.end()
    return pixmap
