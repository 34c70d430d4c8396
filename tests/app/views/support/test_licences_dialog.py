"""Licences: every component, found by what is said of it, and quickly there."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.support.notices import Notice
from app.views.support.licences_dialog import LicencesDialog

NOTICES = (
    Notice("", "All of it."),
    Notice("numpy 2.4.6", "BSD\n\nRedistribution. REDISTRIBUTION."),
    Notice("Qt 6.11.3", "LGPL"),
    Notice("tiny 1", "MIT\nredistribution"),
)


@pytest.fixture
def dialog(qtbot: QtBot) -> LicencesDialog:
    made = LicencesDialog(NOTICES)
    qtbot.addWidget(made)
    made.show()
    return made


def find_line(dialog: LicencesDialog) -> QLineEdit:
    line = dialog.findChild(QLineEdit, "licences_find")
    assert line is not None
    return line


def listed(dialog: LicencesDialog) -> list[str]:
    items = [dialog.list.item(row) for row in range(dialog.list.count())]
    return [item.text() for item in items if not item.isHidden()]


def place(dialog: LicencesDialog) -> tuple[str, int]:
    """Return the chosen component, and where in its text the marked words are."""
    item = dialog.list.currentItem()
    assert item is not None
    cursor = dialog.text.textCursor()
    assert cursor.selectedText().casefold() == find_line(dialog).text().casefold()
    return item.text(), cursor.selectionStart()


def test_each_component_is_listed_and_shown(dialog: LicencesDialog, qtbot: QtBot) -> None:
    assert len(listed(dialog)) == len(NOTICES)
    assert dialog.text.toPlainText() == "All of it."
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.text.toPlainText() == f"numpy 2.4.6\n\n{NOTICES[1].text}"


def test_typing_leaves_those_that_say_so(dialog: LicencesDialog, qtbot: QtBot) -> None:
    line = find_line(dialog)
    assert line.hasFocus()
    qtbot.keyClicks(line, "lgpl")
    assert listed(dialog) == ["Qt 6.11.3"]
    assert place(dialog)[0] == "Qt 6.11.3"
    line.setText("nobody says this")
    assert listed(dialog) == []
    assert dialog.text.toPlainText() == ""
    dialog.find_next()
    line.clear()
    assert len(listed(dialog)) == len(NOTICES)


def test_enter_goes_round_all_places_and_back(dialog: LicencesDialog, qtbot: QtBot) -> None:
    line = find_line(dialog)
    line.setText("redistribution")
    assert listed(dialog) == ["numpy 2.4.6", "tiny 1"]
    forth = [place(dialog)]
    for _ in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Return)
        forth.append(place(dialog))
    assert [name for name, _ in forth] == ["numpy 2.4.6", "numpy 2.4.6", "tiny 1", "numpy 2.4.6"]
    assert len(set(forth)) == 3
    back = [place(dialog)]
    for _ in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        back.append(place(dialog))
    assert back == forth[::-1]


def test_a_checkout_names_the_largest_and_says_where_the_rest_is(qtbot: QtBot) -> None:
    dialog = LicencesDialog([])
    qtbot.addWidget(dialog)
    dialog.show()
    label = dialog.findChild(QLabel, "licences_in_short")
    assert label is not None
    assert label.isVisible()
    assert label.height() >= label.heightForWidth(label.width())


def test_a_long_notice_opens_and_is_searched_at_once(qtbot: QtBot) -> None:
    body = "Permission is hereby granted, free of charge, to any person.\n" * 300
    notices = [Notice(f"component {number}", body) for number in range(150)]  # 2.7 MB
    begun = time.perf_counter()
    dialog = LicencesDialog(notices)
    opened = time.perf_counter() - begun
    qtbot.addWidget(dialog)
    begun = time.perf_counter()
    find_line(dialog).setText("any person")
    searched = time.perf_counter() - begun
    assert opened < 0.5  # of a busy machine; alone it is a tenth
    assert searched < 0.5
