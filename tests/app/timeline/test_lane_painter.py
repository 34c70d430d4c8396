"""What is painted where: no sign of a lock lies over a number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPalette, QPixmap
from pytestqt.qtbot import QtBot

from app.map.lettering import Lettering
from app.map.lock_signs import SIGN, LockSigns
from app.model.plan import Lock
from app.timeline.axis import TimeAxis
from app.timeline.day import Day
from app.timeline.lane_painter import LanePainter
from app.timeline.rows import LANE, Rows
from app.timeline.theme import TimelineTheme
from tests.app.timeline.days import HOUR, figures_of, hand_scenario


class Noting(QPainter):
    """Notes the pictures that are painted."""

    def __init__(self, on: QPixmap) -> None:
        super().__init__(on)
        self.boxes: list[QRectF] = []

    def drawPixmap(self, at: QPointF, pixmap: QPixmap) -> None:  # type: ignore[override]
        self.boxes.append(QRectF(at, pixmap.deviceIndependentSize()))
        super().drawPixmap(at, pixmap)


@pytest.mark.parametrize("scale", [12.0, 30.0, 60.0, 90.0])
def test_no_sign_of_a_lock_lies_over_a_number(qtbot: QtBot, scale: float) -> None:
    scenario = hand_scenario()
    locks = {"A": Lock.DRIVEN, "B": Lock.VEHICLE, "C": Lock.PLACE}
    day = Day.of(figures_of(scenario, ("A", "B", "C", "E"), **locks), scenario)
    width = round(4 * HOUR / scale)
    axis, rows = TimeAxis(7 * HOUR, scale, width), Rows(len(day.lanes), 0.0, round(LANE * len(day.lanes)))
    on = QPixmap(width, rows.height)
    painter = Noting(on)
    lanes = LanePainter(painter, day, axis, rows, TimelineTheme.of(QPalette()), (0.0, float(width)))
    lanes.paint(frozenset(), Lettering(), LockSigns())
    painter.end()
    signs = [box for box in painter.boxes if box.width() == SIGN]
    numbers = [box for box in painter.boxes if box.width() != SIGN]
    assert signs
    assert numbers
    for sign in signs:
        assert QRectF(0, 0, width, LANE).contains(sign)
        assert not any(sign.intersects(number) for number in numbers)
