"""Building blocks of the layers: items that span the view, cached markers, pens in pixels."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPen


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
        self.setSegmentedLineMode("on")
        self.setZValue(depth)

    def boundingRect(self) -> QRectF:
        return view_rect(self)

    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()
        pg.GraphicsItem.viewTransformChanged(self)  # the curve forgets to pass it on, and the view would be stale


def view_rect(item: pg.GraphicsItem) -> QRectF:
    """Return the part of the map in view, or nothing while the item is in no view."""
    rect = item.viewRect()
    return QRectF() if rect is None else QRectF(rect)


def scatter(view_box: pg.ViewBox, depth: float, **style: object) -> pg.ScatterPlotItem:
    """Return an empty scatter item whose markers are in pixels and come from a cache."""
    item = pg.ScatterPlotItem(pxMode=True, useCache=True, **style)
    item.setZValue(depth)
    view_box.addItem(item, ignoreBounds=True)
    return item


def cosmetic(colour: QColor | str, width: float) -> QPen:
    """Return a pen whose width is in pixels at every zoom."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    return pen
