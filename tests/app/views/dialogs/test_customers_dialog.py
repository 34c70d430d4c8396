"""The import's dialog and customers that have an address only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.io.customers_import import preview
from app.io.geocoding.addresses import Address
from app.io.mapping_store import MappingStore
from app.jobs.background import BackgroundRunner
from app.model.scenario import Point
from app.views.dialogs.customers_dialog import CustomersDialog

TEXT = b"Name,Street,House Number,City\nAnna,Kirkkotie,3,Tuusula\nBo,Kirkkotie,5,Tuusula\n"


class Places(QDialog):
    """Finds the first address only."""

    def __init__(self, addresses: Mapping[int, Address], known: Mapping[int, Point], owner: QWidget) -> None:
        super().__init__(owner)
        self.asked = (dict(addresses), dict(known))
        self.places = {min(addresses): (60.4, 25.1), **known}


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[BackgroundRunner]:
    made = BackgroundRunner()
    yield made
    made.close()


@pytest.fixture
def dialog(qtbot: QtBot, scenario: Any, runner: BackgroundRunner, tmp_path: Path) -> CustomersDialog:
    made = CustomersDialog(TEXT, preview(TEXT), scenario, MappingStore(tmp_path / "m.json"), runner, None, Places)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not runner.busy)
    return made


def button(dialog: CustomersDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, f"customers_{name}")
    assert isinstance(found, QPushButton)
    return found


def test_addresses_can_be_looked_for_and_what_was_found_can_be_imported(
    qtbot: QtBot, dialog: CustomersDialog, runner: BackgroundRunner
) -> None:
    assert not button(dialog, "accept").isEnabled()
    assert button(dialog, "find_places").isVisible()
    button(dialog, "find_places").click()
    (places,) = dialog.findChildren(Places)
    assert places.asked == (
        {2: Address("Kirkkotie", "3", "", "Tuusula"), 3: Address("Kirkkotie", "5", "", "Tuusula")},
        {},
    )
    assert dialog.customers == ()
    places.accept()
    qtbot.waitUntil(lambda: not runner.busy)
    (anna,) = dialog.customers
    assert (anna.name, anna.lat, anna.lon) == ("Anna", 60.4, 25.1)
    assert button(dialog, "accept").isEnabled()
    button(dialog, "find_places").click()
    assert dialog.findChildren(Places)[-1].asked[1] == {2: (60.4, 25.1)}


def test_places_that_were_given_up_change_nothing(
    qtbot: QtBot, dialog: CustomersDialog, runner: BackgroundRunner
) -> None:
    button(dialog, "find_places").click()
    dialog.findChildren(Places)[0].reject()
    qtbot.waitUntil(lambda: not runner.busy)
    assert dialog.customers == ()


def test_a_file_with_coordinates_offers_nothing_to_look_for(
    qtbot: QtBot, scenario: Any, runner: BackgroundRunner, tmp_path: Path
) -> None:
    text = b"Name,Lat,Lon,Address\nAnna,60.4,25.1,Kirkkotie 3\n"
    made = CustomersDialog(text, preview(text), scenario, MappingStore(tmp_path / "m.json"), runner, None, Places)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not runner.busy)
    assert not button(made, "find_places").isVisible()
    assert len(made.customers) == 1
