"""Guards against Qt bindings that lose references to None.

PySide6 6.12.0 on Python 3.11 gives back one reference to None too many on every void call. None is mortal before
Python 3.12, so after some 5,000 calls the interpreter aborts with "deallocating None". Any such defect shows here, in
the version that the pins have chosen, before it shows to a user who pans the map.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, QSettings, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform, QUndoStack
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
    QLabel,
    QPushButton,
    QTableWidget,
    QWidget,
)

ROUNDS = 200
TOLERANCE = 0.05
"""References per call: far below the defect's one, far above what the interpreter itself moves."""


@pytest.fixture
def painter(qapp: QApplication) -> Iterator[QPainter]:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    yield painter
    painter.end()


def both(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Call two that undo each other."""
    first()
    second()


def painting(painter: QPainter) -> list[Callable[[], None]]:
    path = QPainterPath()
    path.lineTo(3, 3)
    pen, polygon, color = QPen(QColor("red")), QPolygonF([QPointF(0, 0), QPointF(1, 1)]), QColor("blue")
    return [
        lambda: painter.setPen(pen),
        lambda: painter.setBrush(color),
        lambda: painter.setOpacity(1.0),
        lambda: painter.setRenderHint(QPainter.RenderHint.Antialiasing, False),
        lambda: painter.setTransform(QTransform()),
        lambda: both(painter.save, painter.restore),
        lambda: painter.translate(0.0, 0.0),
        lambda: painter.scale(1.0, 1.0),
        lambda: painter.rotate(0.0),
        lambda: painter.resetTransform(),
        lambda: painter.drawPath(path),
        lambda: painter.drawLine(0, 0, 5, 5),
        lambda: painter.drawRect(QRectF(0, 0, 3, 3)),
        lambda: painter.drawEllipse(QPointF(5, 5), 2, 2),
        lambda: painter.drawPolyline(polygon),
        lambda: painter.drawPoint(1, 1),
        lambda: painter.fillRect(QRectF(0, 0, 2, 2), color),
        lambda: painter.setClipping(False),
    ]


def widgets(top: QWidget) -> list[Callable[[], None]]:
    label, button, table = QLabel(top), QPushButton(top), QTableWidget(2, 2, top)
    return [
        lambda: label.setText("x"),
        lambda: label.clear(),
        lambda: label.setToolTip("x"),
        lambda: label.setEnabled(True),
        lambda: label.setObjectName("x"),
        lambda: label.update(),
        lambda: label.resize(10, 10),
        lambda: label.move(0, 0),
        lambda: button.setCheckable(True),
        lambda: button.setChecked(False),
        lambda: button.click(),
        lambda: table.setRowCount(2),
        lambda: table.clearSelection(),
        lambda: table.selectRow(0),
        lambda: table.setCurrentCell(0, 0),
        lambda: top.setWindowTitle("x"),
        lambda: top.updateGeometry(),
    ]


def scene_and_core(top: QWidget) -> list[Callable[[], None]]:
    scene = QGraphicsScene(top)
    view, item = QGraphicsView(scene, top), QGraphicsRectItem(0, 0, 5, 5)
    scene.addItem(item)
    stack, timer, settings, owner = QUndoStack(top), QTimer(top), QSettings(), QObject(top)
    return [
        lambda: item.setPos(0, 0),
        lambda: item.setVisible(True),
        lambda: item.setZValue(1),
        lambda: item.update(),
        lambda: item.setSelected(False),
        lambda: scene.update(),
        lambda: scene.clearSelection(),
        lambda: view.setTransform(QTransform()),
        lambda: view.centerOn(0, 0),
        lambda: both(lambda: stack.beginMacro("x"), stack.endMacro),
        lambda: stack.setClean(),
        lambda: timer.setInterval(1000),
        lambda: timer.stop(),
        lambda: settings.setValue("x", 1),
        lambda: owner.setObjectName("x"),
        lambda: owner.installEventFilter(top),
        lambda: owner.removeEventFilter(top),
        lambda: QCoreApplication.processEvents(),
    ]


def drift(call: Callable[[], object]) -> float:
    """Return how many references to None one call loses (negative) or keeps (positive)."""
    call()
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(ROUNDS):
        call()
    return (sys.getrefcount(None) - before) / ROUNDS


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal: its count cannot drift")
def test_qt_calls_neither_lose_nor_keep_references_to_none(qtbot, painter: QPainter) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    calls = painting(painter) + widgets(top) + scene_and_core(top)
    assert len(calls) >= 50
    drifts = {index: drift(call) for index, call in enumerate(calls)}
    assert {index: value for index, value in drifts.items() if abs(value) > TOLERANCE} == {}
