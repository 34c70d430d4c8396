"""The menu of languages: every one that is there, and what is chosen is kept for the next start."""

from __future__ import annotations

from collections.abc import Callable

import platformdirs
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.language import languages, spoken
from app.language_choice import AS_THE_SYSTEM, store_choice, stored_choice
from app.views.comfort.language_menu import LanguageMenu, marked, native_name

MakeMenu = Callable[[], LanguageMenu]


@pytest.fixture
def make_menu(qtbot: QtBot) -> MakeMenu:
    window = QWidget()
    qtbot.addWidget(window)
    return lambda: LanguageMenu("&Language", window)


def action(menu: QMenu, name: str) -> QAction:
    found = menu.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def checked(menu: QMenu) -> list[str]:
    return [one.objectName() for one in menu.actions() if one.isChecked()]


def test_it_offers_the_system_and_every_language_by_its_own_name(make_menu: MakeMenu) -> None:
    menu = make_menu()
    names = [one.objectName() for one in menu.actions()]
    assert names == ["language_system", *(f"language_{code}" for code in languages())]
    assert checked(menu) == ["language_system"]
    assert native_name("en") == "English"
    assert native_name("de") == "Deutsch"


def test_a_choice_is_kept_told_and_shown_by_the_next_window(make_menu: MakeMenu, qtbot: QtBot) -> None:
    menu = make_menu()
    with qtbot.waitSignal(menu.said):
        action(menu, "language_de").trigger()
    assert checked(menu) == ["language_de"]
    assert stored_choice() == "de"
    assert spoken() == "en"
    assert checked(make_menu()) == ["language_de"]
    action(menu, "language_system").trigger()
    assert stored_choice() == AS_THE_SYSTEM


def test_a_folder_that_cannot_be_written_to_is_told(make_menu: MakeMenu) -> None:
    store_choice("en")
    menu = make_menu()
    folder = platformdirs.user_config_path("routewright", appauthor=False)
    (folder / "language").unlink()
    (folder / "language").mkdir()
    said: list[str] = []
    menu.said.connect(said.append)
    action(menu, "language_de").trigger()
    assert len(said) == 1
    assert checked(menu) == ["language_system"]


def test_a_language_is_reached_by_a_letter_that_no_other_has() -> None:
    assert marked("English", ["As the &System"]) == "&English"
    assert marked("Español", ["&English"]) == "E&spañol"
    assert marked("Ee", ["&English"]) == "Ee"
