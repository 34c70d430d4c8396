"""QR codes, drawn as shapes: sharp at every resolution, and small in a file."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from app.paper.sheet import INK

QUIET = 2
"""Modules that are kept white around a code. The standard has four; the rest is white paper anyway."""


MASK = 0
"""Pattern laid over the data. The standard has the fairest of eight chosen; a reader takes any, and a day of ten
thousand stops is on paper in half the time."""


def modules_of(text: str) -> tuple[bytearray, ...]:
    """Return the code of a text row by row, 1 where it is dark; a seventh of it may be smudged."""
    rows: tuple[bytearray, ...] = segno.make_qr(text, error="m", mask=MASK).matrix
    return rows


def draw_code(painter: QPainter, text: str, rect: QRectF) -> None:
    """Draw the code of a text, with its quiet zone, into a square."""
    matrix = modules_of(text)
    side = rect.width() / (len(matrix) + 2 * QUIET)
    path = QPainterPath()
    for row, modules in enumerate(matrix):
        at = 0
        while at < len(modules):
            run = at
            while run < len(modules) and modules[run]:
                run += 1
            if run > at:
                # A little higher than a module, so that no viewer shows a hair of white between two rows.
                box = QRectF((at + QUIET) * side, (row + QUIET) * side, (run - at) * side, side * 1.03)
                path.addRect(box.translated(rect.topLeft()))
            at = max(run, at + 1)
    path.setFillRule(Qt.FillRule.WindingFill)
    painter.fillPath(path, INK)
