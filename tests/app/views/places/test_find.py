"""Looking for an address, going there, and adding a customer there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.io.networks import NetworkStore
from app.map.view import MapView
from app.model.road_library import use_library
from app.views.places.find_desk import FindDesk
from app.views.places.find_dialog import FindAddressDialog
from tests.app.io.geocoding.towns import row_of_houses, town

PLACE = (60.1718, 24.94)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[NetworkStore]:
    made = NetworkStore(tmp_path)
    made.add(town(row_of_houses("Mäkelänkatu", ["1", "3", "5", "9"])), "Town")
    former = use_library(made)
    yield made
    use_library(former)


@pytest.fixture
def desk(qtbot: QtBot, session: Any, selection: Any) -> Iterator[FindDesk]:
    window = QWidget()
    qtbot.addWidget(window)
    view = MapView(window)
    view.resize(400, 300)
    made = FindDesk(view, session, selection, window)
    yield made
    made.close()


def opened(desk: FindDesk) -> FindAddressDialog:
    desk.find()
    (dialog,) = desk._window.findChildren(FindAddressDialog)
    return dialog


def typed(qtbot: QtBot, dialog: FindAddressDialog, text: str) -> QListWidget:
    line = dialog.findChild(QLineEdit, "find_address_line")
    line.clear()
    qtbot.keyClicks(line, text)
    found = dialog.findChild(QListWidget, "find_address_list")
    assert isinstance(found, QListWidget)
    return found


def test_what_is_typed_is_found_and_enter_goes_there(qtbot: QtBot, desk: FindDesk, store: NetworkStore) -> None:
    dialog = opened(desk)
    found = typed(qtbot, dialog, "makelankatu 5")
    qtbot.waitUntil(lambda: found.count() > 0, timeout=5000)
    with qtbot.waitSignal(dialog.show_wanted) as wanted:
        qtbot.keyClick(dialog.findChild(QLineEdit, "find_address_line"), Qt.Key.Key_Return)
    assert wanted.args[0] == pytest.approx(PLACE, abs=1e-6)
    assert dialog.isVisible()
    x, y = desk._view.canvas.projection.to_map(*PLACE)
    assert (desk._view.camera.x, desk._view.camera.y) == pytest.approx((float(x), float(y)), abs=1)


def test_a_customer_is_added_there_as_one_step(
    qtbot: QtBot, desk: FindDesk, store: NetworkStore, session: Any, selection: Any
) -> None:
    before = set(session.scenario.customers)
    dialog = opened(desk)
    found = typed(qtbot, dialog, "makelankatu 5")
    qtbot.waitUntil(lambda: found.count() > 0, timeout=5000)
    dialog.findChild(QPushButton, "find_address_add").click()
    (new,) = set(session.scenario.customers) - before
    customer = session.scenario.customers[new]
    assert (customer.lat, customer.lon) == pytest.approx(PLACE, abs=1e-6)
    assert customer.name.startswith("Mäkelänkatu 5")
    assert selection.items == {("customers", new)}
    session.undo()
    assert set(session.scenario.customers) == before


def test_coordinates_are_a_place_even_without_a_network(qtbot: QtBot, desk: FindDesk) -> None:
    dialog = opened(desk)
    assert dialog.findChild(QLabel, "find_address_words").text()
    found = typed(qtbot, dialog, "60.3, 25.0")
    qtbot.waitUntil(lambda: found.count() == 1, timeout=3000)
    with qtbot.waitSignal(dialog.show_wanted) as wanted:
        dialog.findChild(QPushButton, "find_address_show").click()
    assert wanted.args[0] == (60.3, 25.0)


def test_what_is_not_known_is_told(qtbot: QtBot, desk: FindDesk, store: NetworkStore) -> None:
    dialog = opened(desk)
    words = dialog.findChild(QLabel, "find_address_words")
    found = typed(qtbot, dialog, "qqqq 1")
    qtbot.waitUntil(lambda: bool(words.text()), timeout=5000)
    assert found.count() == 0
    assert not dialog.findChild(QPushButton, "find_address_show").isEnabled()
    assert not dialog.findChild(QPushButton, "find_address_add").isEnabled()


def test_the_arrows_choose_while_the_address_is_typed(qtbot: QtBot, desk: FindDesk, store: NetworkStore) -> None:
    dialog = opened(desk)
    found = typed(qtbot, dialog, "katu 7")
    qtbot.waitUntil(lambda: not dialog._finder.busy and dialog._finder.wanted == 1, timeout=5000)
    dialog._take(tuple(dialog._geocoder.candidates("Mäkelänkatu") * 2 if dialog._geocoder else ()))
    line = dialog.findChild(QLineEdit, "find_address_line")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert found.currentRow() == 1
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert found.currentRow() == 0


def test_there_is_one_dialog_and_it_can_be_opened_again(qtbot: QtBot, desk: FindDesk, store: NetworkStore) -> None:
    dialog = opened(desk)
    desk.find()
    assert desk._window.findChildren(FindAddressDialog) == [dialog]
    desk.close()
    qtbot.waitUntil(lambda: not desk._window.findChildren(FindAddressDialog))
    assert opened(desk) is not dialog
