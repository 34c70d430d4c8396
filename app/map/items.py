"""Building blocks of the layers: items that span the view, and pens whose width is in pixels."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class ViewItem(pg.GraphicsObject):  # type: ignore[misc]
    """An item that covers the whole view and draws what is in it."""

    def __init__(self, depth: float) -> None:
        super().__init__()
        self.setZValue(depth)

    def boundingRect(self) -> QRectF:
        return view_rect(self)

    def viewTransformChanged(self) -> None:
        self.prepareGeometryChange()
        super().viewTransformChanged()


class ViewCurve(pg.PlotCurveItem):  # type: ignore[misc]
    """A curve that spans the view: the base class would search all its points for their bounds in every frame."""

    def __init__(self, depth: float) -> None:
        super().__init__(skipFiniteCheck=True)
        self._width = 1.0
        self.setSegmentedLineMode("on")
        self.setZValue(depth)

    def set_pen(self, pen: QPen) -> None:
        """Draw with this cosmetic pen; its width is in logical pixels."""
        self._width = pen.widthF()
        self.setPen(pen)

    def boundingRect(self) -> QRectF:
        return view_rect(self)

    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()
        pg.GraphicsItem.viewTransformChanged(self)  # the curve forgets to pass it on, and the view would be stale

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self.opts["pen"].setWidthF(self._width * ratio_of(painter))
        super().paint(painter, option, widget)


def view_rect(item: pg.GraphicsItem) -> QRectF:
    """Return the part of the map in view, or nothing while the item is in no view."""
    rect = item.viewRect()
    return QRectF() if rect is None else QRectF(rect)


def ratio_of(painter: QPainter) -> float:
    """Return how many pixels of the screen a logical pixel has where a painter paints."""
    return float(painter.device().devicePixelRatioF())


def cosmetic(colour: QColor | str, width: float, ratio: float = 1.0) -> QPen:
    """Return a pen whose width is in pixels at every zoom.

    Parameters
    ----------
    colour
        Of the line.
    width
        Logical pixels.
    ratio
        See `ratio_of`: Qt takes the width of a cosmetic pen for pixels of the screen.
    """
    pen = QPen(QColor(colour), width * ratio)
    pen.setCosmetic(True)
    return pen
