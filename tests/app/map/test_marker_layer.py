from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem

from app.map.items import cosmetic, ratio_of
from app.map.marker_layer import Marker, MarkerLayer, Symbol

SIDE = 80
RED, BLUE, WHITE = QColor("#ff0000"), QColor("#0000ff"), QColor("#ffffff")


def painted(layer: MarkerLayer, ratio: float = 1.0) -> QImage:
    """Return what a layer paints on a screen with so many pixels to a logical one; map units are logical pixels."""
    image = QImage(round(SIDE * ratio), round(SIDE * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(WHITE)
    painter = QPainter(image)
    layer.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return image


def box_of(image: QImage, colour: QColor) -> tuple[int, int, int, int] | None:
    """Return first and last column and row with a pixel of exactly this colour."""
    data = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF
    rows, columns = np.nonzero(data == (colour.rgb() & 0xFFFFFF))
    return (columns.min(), columns.max(), rows.min(), rows.max()) if len(rows) else None


def layer_of(*styles: Marker) -> MarkerLayer:
    layer = MarkerLayer(0)
    layer.set_styles(styles)
    return layer


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("symbol", Symbol)
def test_markers_are_centred_and_as_large_on_every_screen(qapp: QApplication, symbol: Symbol, ratio: float) -> None:
    layer = layer_of(Marker(Symbol.DISC, 5, WHITE), Marker(symbol, 20, RED))
    layer.set_markers(np.array([40.0]), np.array([30.0]), 1)
    box = box_of(painted(layer, ratio), RED)
    assert box is not None
    left, right, top, bottom = (edge / ratio for edge in box)
    assert (left + right) / 2 == pytest.approx(40, abs=1)
    assert (top + bottom) / 2 == pytest.approx(30, abs=1)
    # tips are too thin to have the very colour
    pointed = symbol not in (Symbol.DISC, Symbol.SQUARE, Symbol.PLUS)
    assert bottom - top == pytest.approx(17 if pointed else 19, abs=2.5)


def test_each_has_its_style_and_later_ones_lie_on_top(qapp: QApplication) -> None:
    layer = layer_of(Marker(Symbol.SQUARE, 10, RED), Marker(Symbol.SQUARE, 20, BLUE))
    layer.set_markers(np.array([20.0, 20.0, 60.0]), np.array([20.0, 20.0, 60.0]), np.array([0, 1, 0]))
    image = painted(layer)
    assert image.pixelColor(20, 20) == BLUE
    assert image.pixelColor(60, 60) == RED
    layer.set_markers(np.array([20.0, 20.0]), np.array([20.0, 20.0]), np.array([1, 0]))
    image = painted(layer)
    assert image.pixelColor(20, 20) == RED
    assert image.pixelColor(60, 60) == WHITE


def test_new_styles_show_at_once(qapp: QApplication) -> None:
    layer = layer_of(Marker(Symbol.SQUARE, 10, RED))
    layer.set_markers(np.array([20.0]), np.array([20.0]))
    painted(layer)
    layer.set_styles([Marker(Symbol.SQUARE, 10, BLUE)])
    assert painted(layer).pixelColor(20, 20) == BLUE


def test_what_is_partly_in_view_is_drawn_and_what_is_outside_does_no_harm(qapp: QApplication) -> None:
    layer = layer_of(Marker(Symbol.SQUARE, 20, RED, BLUE, 2.0))
    layer.set_markers(np.array([-8.0, 1e12, -1e300, np.nan]), np.array([40.0, 40.0, 40.0, 40.0]))
    image = painted(layer)
    assert image.pixelColor(0, 40) == RED
    assert len(layer) == 4
    layer.set_markers(np.empty(0), np.empty(0))
    assert box_of(painted(layer), RED) is None


def test_hollow_markers_are_rings(qapp: QApplication) -> None:
    layer = layer_of(Marker(Symbol.DISC, 30, rim=BLUE, width=4.0))
    layer.set_markers(np.array([40.0]), np.array([40.0]))
    image = painted(layer)
    assert image.pixelColor(40, 40) == WHITE
    assert image.pixelColor(40, 25) == BLUE


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_cosmetic_pens_are_as_wide_on_every_screen(qapp: QApplication, ratio: float) -> None:
    image = QImage(round(SIDE * ratio), round(SIDE * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(WHITE)
    painter = QPainter(image)
    painter.scale(10, 10)
    painter.setPen(cosmetic(RED, 4.0, ratio_of(painter)))
    painter.drawLine(1, 4, 7, 4)
    painter.end()
    box = box_of(image, RED)
    assert box is not None
    assert box[3] - box[2] + 1 == 4 * ratio
