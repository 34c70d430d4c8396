"""The symbols of a profile's rules: a tick, a star, a barred circle; colours only add to them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from app.map.text_scale import scaled, text_scale
from app.map.theme import blended
from app.model.scenario import Access
from app.views.colours import Colours

SIDE = 16
"""Pixels of a symbol beside text as the system has it; it grows with the text."""
SHARPNESS = 3
"""Pixels of the pixmap for each: screens have up to so many."""
TINT = 0.13
"""How much of a rule's colour is behind it."""


def colour_of(access: Access, colours: Colours) -> QColor:
    """Return the colour of a rule's symbol and words."""
    return QColor(
        {Access.ALLOWED: colours.muted, Access.PREFERRED: colours.accent, Access.FORBIDDEN: colours.error}[access]
    )


def tint_of(access: Access, colours: Colours) -> QColor | None:
    """Return the colour behind a rule; None where there is none, as allowed is what nobody has to look at."""
    return None if access is Access.ALLOWED else blended(colour_of(access, colours), colours.base, TINT)


def icon_of(access: Access, colours: Colours) -> QIcon:
    """Return the symbol of a rule."""
    side = scaled(SIDE) * SHARPNESS
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.scale(text_scale(), text_scale())
    _PAINTS[access](painter, colour_of(access, colours))
    painter.end()
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else the style would tint it in a selected cell
        icon.addPixmap(pixmap, mode)
    return icon


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _paint_tick(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.8))
    painter.drawPolyline(QPolygonF([QPointF(3.5, 8.5), QPointF(6.5, 11.5), QPointF(12.5, 4.5)]))


def _paint_star(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.0))
    painter.setBrush(colour)
    turns = [math.pi * point / 5 for point in range(10)]
    reach = [6.8 if point % 2 == 0 else 3.0 for point in range(10)]
    star = [QPointF(8 + r * math.sin(t), 8.5 - r * math.cos(t)) for r, t in zip(reach, turns, strict=True)]
    painter.drawPolygon(QPolygonF(star))


def _paint_barred(painter: QPainter, colour: QColor) -> None:
    painter.setPen(_pen(colour, 1.8))
    painter.drawEllipse(QPointF(8, 8), 5.6, 5.6)
    painter.drawLine(QPointF(4.2, 4.2), QPointF(11.8, 11.8))


_PAINTS: Mapping[Access, Callable[[QPainter, QColor], None]] = {
    Access.ALLOWED: _paint_tick,
    Access.PREFERRED: _paint_star,
    Access.FORBIDDEN: _paint_barred,
}
