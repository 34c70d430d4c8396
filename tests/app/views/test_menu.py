"""Letters are a menu's own while it is open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.views.menu import Menu


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """A window with a key M of its own, and a menu with an entry "Sa&mple"."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.done = []
    mode = QAction("Move", window)
    mode.setShortcut("M")
    mode.triggered.connect(lambda: window.done.append("mode"))
    window.addAction(mode)
    window.menu = Menu("&File", window)
    window.menu.addAction("Sa&mple").triggered.connect(lambda: window.done.append("sample"))
    window.menuBar().addMenu(window.menu)
    window.show()
    qtbot.waitActive(window)
    return window


def test_a_letter_chooses_an_entry_of_the_open_menu(window: QMainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_M)
    assert window.done == ["mode"]
    window.menu.popup(window.pos())
    qtbot.waitUntil(window.menu.isVisible)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_M)
    assert window.done == ["mode", "sample"]
