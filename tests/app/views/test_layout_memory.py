"""Bars of tabs of docks: as many as there are places with several open docks, and no dock over them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.views.main_window import MainWindow


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, theme: Any, settings: QSettings) -> Iterator[MainWindow]:
    window = shown(qtbot, theme, settings)
    yield window
    window.end()


def shown(qtbot: QtBot, theme: Any, settings: QSettings) -> MainWindow:
    window = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    return window


def bars_in_sight(window: MainWindow) -> list[QTabBar]:
    """Return the bars of docks, that below the map first; Qt puts what it does not show outside the window."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return sorted((bar for bar in bars if bar.geometry().intersects(window.rect())), key=lambda bar: bar.x())


def assert_only_below(window: MainWindow) -> None:
    (below,) = bars_in_sight(window)
    assert below.count() == 2
    assert not window.tables_dock.geometry().intersects(below.geometry())
    assert not window.plan_dock.geometry().intersects(below.geometry())


def assert_both(window: MainWindow) -> None:
    below, beside = bars_in_sight(window)
    assert (below.count(), beside.count()) == (2, 2)
    assert not window.tables_dock.geometry().intersects(below.geometry())
    for dock in (window.plan_dock, window.why.dock):
        dock.raise_()
        assert not dock.geometry().intersects(beside.geometry())
        assert dock.geometry().bottom() < beside.y()


def test_the_plan_has_no_bar_of_tabs_until_there_are_answers_beside_it(window: MainWindow) -> None:
    assert window.why.dock.isHidden()
    assert_only_below(window)
    window.resize(1400, 900)
    assert_only_below(window)


def test_the_plan_keeps_clear_of_its_bar_of_tabs(window: MainWindow, qtbot: QtBot) -> None:
    window.why.show()
    qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 2)
    assert_both(window)
    window.why.dock.hide()
    qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 1)
    assert_only_below(window)


@pytest.mark.parametrize("answers", [False, True])
def test_a_remembered_layout_leaves_no_bar_of_tabs_behind(
    qtbot: QtBot, theme: Any, settings: QSettings, window: MainWindow, answers: bool
) -> None:
    if answers:
        window.why.show()
        qtbot.waitUntil(lambda: len(bars_in_sight(window)) == 2)
    window.close()
    again = shown(qtbot, theme, settings)
    try:
        assert again.why.dock.isHidden() is not answers
        (assert_both if answers else assert_only_below)(again)
    finally:
        again.end()
