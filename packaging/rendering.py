"""The program's icon as pictures, for the systems that do not read drawings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def rendered(svg: Path, size: int, covered: float = 1.0) -> QImage:
    """Return a drawing as a square picture on nothing.

    Parameters
    ----------
    svg
        The drawing.
    size
        Pixels of a side.
    covered
        How much of the side the drawing takes; the rest is left free around it.
    """
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg} is not a drawing that Qt can read")
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    margin = size * (1 - covered) / 2
    painter = QPainter(image)
    try:
        renderer.render(painter, QRectF(margin, margin, size - 2 * margin, size - 2 * margin))
    finally:
        painter.end()
    return image


def png(svg: Path, size: int, covered: float = 1.0) -> bytes:
    """Return a drawing as a .png file; the parameters are those of `rendered`."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not rendered(svg, size, covered).save(buffer, "PNG"):
        raise OSError(f"{svg} could not be written as a picture of {size} pixels")
    buffer.close()
    return held.data()
