"""The solve bar: buttons, keys, clock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.views.solve_bar import STEPS, SolveBar
from app.views.theme import Theme

PATIENCE = 20_000


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def bar(window: QMainWindow, qtbot: QtBot, controller: SolveController) -> SolveBar:
    """One in an active window, as keys need."""
    made = SolveBar()
    made.set_controller(controller)
    window.setCentralWidget(made)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return made


def test_without_a_controller_nothing_can_be_started(qtbot: QtBot) -> None:
    bar = SolveBar()
    qtbot.addWidget(bar)
    assert not bar.solve_button.isEnabled()
    assert not bar.stop_action.isEnabled()


def test_f5_starts_and_escape_stops(bar: SolveBar, controller: SolveController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.progressed, timeout=PATIENCE):
        qtbot.keyClick(bar, Qt.Key.Key_F5)
    assert bar.stop_button.isVisible()
    assert not bar.solve_button.isVisible()
    assert not bar.solve_action.isEnabled()
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.solve_button.isVisible()
    assert not bar.stop_action.isEnabled()
    assert controller.session.stack.undoText() == "Solve"


def test_buttons_do_the_same(bar: SolveBar, controller: SolveController, qtbot: QtBot) -> None:
    bar.solve_button.setFocus()
    with qtbot.waitSignal(controller.progressed, timeout=PATIENCE):
        qtbot.keyClick(bar.solve_button, Qt.Key.Key_Space)
    assert bar.stop_button.hasFocus()
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        qtbot.mouseClick(bar.stop_button, Qt.MouseButton.LeftButton)
    assert controller.state is SolveState.IDLE


def test_bar_is_busy_while_nobody_knows_and_then_shows_the_time(
    bar: SolveBar,
    controller: SolveController,
    qtbot: QtBot,
) -> None:
    assert not bar.progress.isVisible()
    controller.start(seconds=30.0)
    assert bar.progress.maximum() == 0
    qtbot.waitUntil(lambda: controller.state is SolveState.SOLVING, timeout=PATIENCE)
    assert bar.progress.maximum() == STEPS
    qtbot.waitUntil(lambda: bar.progress.value() > 5)
    assert abs(bar.progress.value() / STEPS - controller.elapsed / 30.0) < 0.05


def test_time_limit_is_an_edit_of_the_settings(bar: SolveBar, controller: SolveController) -> None:
    assert bar.seconds.value() == 60.0
    bar.seconds.editingFinished.emit()
    assert controller.session.stack.count() == 0
    bar.seconds.setValue(5.0)
    bar.seconds.editingFinished.emit()
    assert controller.session.scenario.settings.solve_seconds == 5.0
    assert controller.budget == 5.0
    controller.session.undo()
    assert bar.seconds.value() == 60.0


def test_icons_follow_the_theme(bar: SolveBar, theme: Theme) -> None:
    bar.set_theme(theme)
    assert not bar.solve_button.icon().isNull()
    assert not bar.stop_action.icon().isNull()
