"""The signs of locks on the map."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.map import lock_layer
from app.map.lock_layer import KINDS
from app.map.lock_signs import REACH, LockSigns
from app.map.view import MapView
from app.model.plan import Lock
from app.model.scenario import Scenario


def test_signs_differ_in_shape_and_not_only_in_colour(qapp: object) -> None:
    signs = LockSigns()
    pictures = []
    for lock in Lock:
        image = signs.sign(lock, "#000000", "#ffffff", 2.0).toImage()
        pictures.append(np.array([[image.pixelColor(x, y).lightness() for x in range(30)] for y in range(30)]))
    for one, other in combinations(pictures, 2):
        assert np.count_nonzero(np.abs(one - other) > 100) > 25  # of 900 pixels


def shown(view: MapView) -> list[Lock]:
    return [KINDS[kind] for kind in view.canvas.locks.in_view()]


def test_a_sign_is_drawn_at_each_locked_stop_and_goes_with_the_lock(view: MapView) -> None:
    before = view.grab_image()
    view.set_locks({"c1": Lock.PLACE, "c3": Lock.DRIVEN, "gone": Lock.VEHICLE})
    assert shown(view) == [Lock.PLACE, Lock.DRIVEN]
    signed = view.grab_image()
    assert signed != before
    view.set_locks({"c1": Lock.DRIVEN, "c3": Lock.DRIVEN})
    assert view.grab_image() != signed
    view.set_locks({})
    assert view.grab_image() == before


def test_signs_follow_their_stops(view: MapView, scenario: Scenario) -> None:
    view.set_locks({"c1": Lock.PLACE})
    fewer = Scenario(scenario.depots, customers={key: scenario.customers[key] for key in ("c4", "c1")})
    view.set_scenario(fewer)
    signed = view.grab_image()
    view.set_locks({})
    free = view.grab_image()
    at = view.pixel_of(scenario.customers["c1"].lat, scenario.customers["c1"].lon)
    other = view.pixel_of(scenario.customers["c4"].lat, scenario.customers["c4"].lon)
    for stop, differs in ((at, True), (other, False)):
        box = QRect(stop.x(), stop.y() - round(REACH), round(REACH), round(REACH))
        assert (signed.copy(box) != free.copy(box)) is differs


def test_where_there_are_too_many_there_are_none(
    view: MapView, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_layer, "SIGNED_IN_VIEW", 2)
    view.set_locks(dict.fromkeys(("c1", "c2", "c3"), Lock.PLACE))
    assert shown(view) == []
    at = view.pixel_of(scenario.customers["c1"].lat, scenario.customers["c1"].lon)
    view.canvas.zoom(64.0, at.x(), at.y())
    view.grab_image()  # a layer learns what is in view when it is painted
    assert shown(view) == [Lock.PLACE]


def test_the_tooltip_of_a_stop_names_its_lock(view: MapView, scenario: Scenario, qtbot: QtBot) -> None:
    at = view.pixel_of(scenario.customers["c1"].lat, scenario.customers["c1"].lon)

    def told() -> str:
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, QPoint(at), view.viewport.mapToGlobal(at))
        QApplication.sendEvent(view.viewport, event)
        return QToolTip.text()

    free = told()
    view.set_locks({"c1": Lock.PLACE})
    place = told()
    view.set_locks({"c1": Lock.VEHICLE})
    assert len({free, place, told()}) == 3
    QToolTip.hideText()
