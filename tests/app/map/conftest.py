from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.map.view import MapView
from app.model.scenario import Customer, Depot, Scenario, Zone

Mouse = Callable[..., None]


@pytest.fixture
def scenario() -> Scenario:
    """Return a depot, a row of five customers east of it, and a closed zone north of them."""
    customers = {f"c{i}": Customer(f"c{i}", name=f"Shop {i}", lat=60.17, lon=24.95 + 0.01 * i) for i in range(5)}
    ring = ((60.18, 24.95), (60.20, 24.95), (60.20, 24.99), (60.18, 24.99))
    return Scenario(
        depots={"d": Depot("d", name="Terminal", lat=60.17, lon=24.93)},
        customers=customers,
        zones={"z": Zone("z", name="Old town", ring=ring, forbidden=frozenset({"van"}))},
    )


@pytest.fixture
def view(qtbot: QtBot, scenario: Scenario) -> MapView:
    """Return a map of the scenario, shown at a fixed size."""
    widget = MapView()
    qtbot.addWidget(widget)
    widget.resize(800, 600)
    widget.show()
    qtbot.waitExposed(widget)
    widget.set_scenario(scenario)
    widget.fit()
    return widget


@pytest.fixture
def mouse(view: MapView) -> Mouse:
    """Return a function that sends one mouse event to the viewport: drags by QTest do not reach graphics views."""

    def send(
        kind: QEvent.Type,
        at: QPoint,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
        place = QPointF(at)
        event = QMouseEvent(kind, place, view.viewport.mapToGlobal(place), pressed, held, modifiers)
        QApplication.sendEvent(view.viewport, event)

    return send


@pytest.fixture
def drag(mouse: Mouse) -> Mouse:
    """Return a function that drags from one pixel to another in small steps."""

    def send(start: QPoint, end: QPoint, *, drop: bool = True, **how: object) -> None:
        mouse(QEvent.Type.MouseButtonPress, start, **how)
        for step in range(1, 6):
            mouse(QEvent.Type.MouseMove, start + (end - start) * step / 5, **how)
        if drop:
            mouse(QEvent.Type.MouseButtonRelease, end, **how)

    return send


@pytest.fixture
def click(mouse: Mouse) -> Mouse:
    """Return a function that clicks on a pixel."""

    def send(at: QPoint, **how: object) -> None:
        mouse(QEvent.Type.MouseButtonPress, at, **how)
        mouse(QEvent.Type.MouseButtonRelease, at, **how)

    return send
