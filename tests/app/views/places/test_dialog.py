"""The dialog that finds places of addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListWidget, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.io.geocoding.addresses import Address
from app.io.geocoding.offline import NetworkGeocoder
from app.io.servers.exchange import Answer
from app.jobs.servers.http_client import Limits
from app.jobs.servers.place_finder import PlaceFinder
from app.map.view import MapMode, MapView
from app.views.places.choices import State
from app.views.places.dialog import PlacesDialog
from app.views.places.server_dialog import AddressServer, AddressServerDialog
from tests.app.io.geocoding.towns import row_of_houses, town
from tests.app.io.servers.stub_nominatim import StubNominatim
from tests.app.jobs.servers.stub_server import StubServer, serving

GEOCODER = NetworkGeocoder(
    town(
        [
            *row_of_houses("Mäkelänkatu", ["1", "3", "5"]),
            *row_of_houses("Kirkkotie", ["3"], 60.20, 24.90, city="Helsinki"),
            *row_of_houses("Kirkkotie", ["3"], 60.40, 25.10, city="Tuusula"),
        ]
    )
)
ADDRESSES = {
    2: Address("Mäkelänkatu", "5"),
    3: Address("Kirkkotie", "3"),
    4: Address("Koulutie", "9", "", "Vantaa"),
    5: Address("makelankatu", "1"),
}

Open = Callable[..., PlacesDialog]


@pytest.fixture
def server() -> Iterator[StubServer]:
    with serving(StubNominatim().answer) as made:
        yield made


@pytest.fixture
def address_server(tmp_path: Path) -> AddressServer:
    return AddressServer(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def opened(qtbot: QtBot, scenario: Any, tmp_path: Path, address_server: AddressServer) -> Open:
    def make(known: Any = None, geocoder: Any = GEOCODER) -> PlacesDialog:
        finder = PlaceFinder(tmp_path / "addresses.sqlite", Limits(total=500))
        dialog = PlacesDialog(ADDRESSES, known or {}, scenario, geocoder, finder, address_server)
        qtbot.addWidget(dialog, before_close_func=lambda _: finder.close())
        dialog.show()
        qtbot.waitUntil(lambda: not finder.busy, timeout=5000)
        return dialog

    return make


def states(dialog: PlacesDialog) -> list[State]:
    return [row.state for row in dialog._choices.rows.values()]


def part(dialog: PlacesDialog, kind: type[Any], name: str) -> Any:
    return dialog.findChild(kind, f"places_{name}")


def test_what_is_sure_is_found_at_once_and_the_rest_is_listed(opened: Open) -> None:
    dialog = opened()
    assert states(dialog) == [State.SURE, State.OPEN, State.NOT_FOUND, State.SURE]
    assert dialog.places.keys() == {2, 5}
    assert part(dialog, QTableView, "rows").model().rowCount() == 4
    assert part(dialog, QPushButton, "accept").isEnabled()


def test_everything_is_settled_with_the_keyboard(qtbot: QtBot, opened: Open) -> None:
    dialog = opened()
    rows, candidates = part(dialog, QTableView, "rows"), part(dialog, QListWidget, "candidates")
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert candidates.count() == 2
    qtbot.keyClick(candidates, Qt.Key.Key_Down)
    qtbot.keyClick(candidates, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert states(dialog)[1] is State.CHOSEN
    assert dialog.places[3][0] == pytest.approx(dialog._choices.rows[3].candidates[1].point[0])
    assert rows.currentIndex().row() == 2  # the next one to look at
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert states(dialog)[2] is State.LEFT_OUT
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert states(dialog)[2] is State.NOT_FOUND
    typed = part(dialog, QLineEdit, "typed")
    qtbot.keyClicks(typed, "60.17, 24.94")
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.places[4] == (60.17, 24.94)
    with qtbot.waitSignal(dialog.accepted):
        part(dialog, QPushButton, "accept").click()


@pytest.mark.parametrize("text", ["here", "91, 0", "60.17"])
def test_what_is_no_place_is_told(qtbot: QtBot, opened: Open, text: str) -> None:
    dialog = opened()
    typed = part(dialog, QLineEdit, "typed")
    qtbot.keyClicks(typed, text)
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert part(dialog, QLabel, "message").text()
    assert dialog.places.keys() == {2, 5}
    assert typed.text() == text


def test_a_click_on_the_map_puts_the_address_there(opened: Open) -> None:
    dialog = opened()
    part(dialog, QTableView, "rows").selectRow(2)
    part(dialog, MapView, "map").add_requested.emit("customers", 60.3, 25.0)
    assert dialog.places[4] == (60.3, 25.0)
    assert states(dialog)[2] is State.BY_HAND


def test_a_click_always_puts_the_address_there(qtbot: QtBot, opened: Open) -> None:
    view = part(opened(), MapView, "map")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.mode is MapMode.ADD_CUSTOMER
    assert view.keeps_mode


def test_what_was_settled_before_is_still_there(opened: Open) -> None:
    dialog = opened({4: (60.3, 25.0)})
    assert states(dialog)[2] is State.BY_HAND
    assert dialog.places[4] == (60.3, 25.0)


def test_without_a_network_nothing_is_found_and_that_is_said(opened: Open) -> None:
    dialog = opened(geocoder=None)
    assert set(states(dialog)) == {State.NOT_FOUND}
    assert part(dialog, QLabel, "message").text()
    assert not part(dialog, QPushButton, "accept").isEnabled()
    assert part(dialog, QPushButton, "ask").isEnabled()


def agree(dialog: PlacesDialog, server: StubServer) -> None:
    assert part(dialog, QPushButton, "ask").isEnabled()
    part(dialog, QPushButton, "ask").click()
    (form,) = dialog.findChildren(AddressServerDialog)
    form.findChild(QLineEdit, "address_server_address").setText(server.address + "/")
    use = form.findChild(QPushButton, "address_server_use")
    assert not use.isEnabled()
    form.findChild(QCheckBox, "address_server_agree").setChecked(True)
    assert not server.seen
    use.click()


def test_a_server_is_asked_when_it_was_named_and_agreed_to(
    qtbot: QtBot, opened: Open, server: StubServer, address_server: AddressServer
) -> None:
    dialog = opened()
    agree(dialog, server)
    qtbot.waitUntil(lambda: not dialog._finder.busy, timeout=8000)
    assert len(server.seen) == 2  # the two that were to do
    assert states(dialog)[2] is State.OPEN  # twice in this world
    part(dialog, QTableView, "rows").selectRow(2)
    assert "OpenStreetMap" in part(dialog, QLabel, "source").text()
    assert address_server.may_ask
    part(dialog, QPushButton, "other_server").click()
    assert dialog.findChildren(AddressServerDialog)


def test_a_server_that_fails_is_told_and_what_was_found_stays(qtbot: QtBot, opened: Open, server: StubServer) -> None:
    server.answer = lambda _: Answer(403)
    dialog = opened()
    agree(dialog, server)
    qtbot.waitUntil(lambda: bool(part(dialog, QLabel, "message").text()), timeout=8000)
    assert dialog.places.keys() == {2, 5}
    assert part(dialog, QPushButton, "ask").isVisible()


def test_asking_can_be_stopped(qtbot: QtBot, opened: Open, server: StubServer) -> None:
    server.handle = server.never
    dialog = opened()
    agree(dialog, server)
    stop = part(dialog, QPushButton, "stop")
    assert stop.isVisible()
    stop.click()
    assert not dialog._finder.busy
    assert not stop.isVisible()
    assert states(dialog)[1] is State.OPEN


def test_another_address_has_to_be_agreed_to_again(qtbot: QtBot, address_server: AddressServer) -> None:
    address_server.use("https://example.org")
    assert address_server.may_ask
    form = AddressServerDialog(address_server)
    qtbot.addWidget(form)
    agreed = form.findChild(QCheckBox, "address_server_agree")
    assert agreed.isChecked()
    form.findChild(QLineEdit, "address_server_address").setText("https://example.com")
    assert not agreed.isChecked()
    assert not form.findChild(QPushButton, "address_server_use").isEnabled()
