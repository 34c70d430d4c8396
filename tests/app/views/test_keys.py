"""Keys of the window: Qt takes none of two commands that both want the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.views.main_window import MainWindow
from app.views.theme import Theme


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(theme, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat), SolverClient())
    qtbot.addWidget(made)
    yield made
    made.end()


def test_no_two_commands_of_the_window_share_their_keys(window: MainWindow) -> None:
    everywhere = [
        action
        for action in window.findChildren(QAction)
        if action.shortcutContext() is not Qt.ShortcutContext.WidgetWithChildrenShortcut
    ]
    taken = Counter(
        keys.toString(QKeySequence.SequenceFormat.PortableText) for action in everywhere for keys in action.shortcuts()
    )
    assert len(taken) > 20
    assert [keys for keys, count in taken.items() if count > 1] == []
