"""News of finished solves: who is told, how, and that it can be turned off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import Ending
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.views.comfort.notice import FinishNotice, outcome
from tests.app.jobs.scenarios import make_scenario


class Tray(QObject):
    """Notes what it is told to show."""

    messageClicked = Signal()  # noqa: N815 (Qt's own name)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self.shown: list[str] = []
        self.visible = False

    def show(self) -> None:
        self.visible = True

    def hide(self) -> None:
        self.visible = False

    def icon(self) -> QIcon:
        return QIcon()

    def showMessage(self, title: str, text: str, icon: QIcon, span: int) -> None:
        self.shown.append(text)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def trays() -> list[Tray]:
    return []


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = []
    monkeypatch.setattr(QApplication, "alert", lambda widget, span=0: found.append(widget))
    return found


@pytest.fixture
def notice(
    controller: SolveController, window: QWidget, settings: QSettings, trays: list[Tray], alerts: list[object]
) -> FinishNotice:
    def make(owner: QObject) -> Tray:
        trays.append(Tray(owner))
        return trays[-1]

    made = FinishNotice(controller, window, settings, make)  # type: ignore[arg-type]
    made.box.setParent(window)
    return made


@pytest.mark.parametrize(
    ("ending", "told"),
    [(Ending.FINISHED, True), (Ending.FAILED, True), (Ending.STOPPED, False), (Ending.EDITED, False)],
)
def test_who_looks_elsewhere_is_told_of_what_ends_by_itself(
    notice: FinishNotice,
    controller: SolveController,
    trays: list[Tray],
    alerts: list[object],
    window: QWidget,
    ending: Ending,
    told: bool,
) -> None:
    controller.ended.emit(ending)
    assert bool(trays) == bool(alerts) == told
    if told:
        assert alerts == [window]
        assert trays[0].visible
        assert trays[0].shown
    notice.close()
    assert not any(tray.visible for tray in trays)


def test_who_looks_is_told_in_the_window_only(
    notice: FinishNotice, controller: SolveController, trays: list[Tray], window: QWidget, qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    with qtbot.waitSignal(notice.said):
        controller.ended.emit(Ending.FINISHED)
    assert trays == []


def test_it_can_be_turned_off_and_stays_so(
    notice: FinishNotice,
    controller: SolveController,
    trays: list[Tray],
    alerts: list[object],
    settings: QSettings,
    window: QWidget,
) -> None:
    assert notice.box.isChecked()
    notice.box.setChecked(False)
    controller.ended.emit(Ending.FINISHED)
    assert trays == alerts == []
    settings.sync()
    stored = QSettings(settings.fileName(), QSettings.Format.IniFormat)
    again = FinishNotice(controller, window, stored)
    again.box.setParent(window)
    assert not again.box.isChecked()


def test_a_click_brings_the_window(
    notice: FinishNotice, controller: SolveController, trays: list[Tray], window: QWidget, qtbot: QtBot
) -> None:
    controller.ended.emit(Ending.FINISHED)
    assert not window.isVisible()
    trays[0].messageClicked.emit()
    assert window.isVisible()
    notice.close()


def test_without_a_tray_only_the_list_of_windows_tells(
    controller: SolveController, window: QWidget, settings: QSettings, alerts: list[object]
) -> None:
    FinishNotice(controller, window, settings).box.setParent(window)
    controller.ended.emit(Ending.FINISHED)
    assert alerts == [window]


def test_the_sentence_counts_routes_and_who_is_left_out() -> None:
    scenario = make_scenario(6)
    all_served = Plan((PlannedRoute("van", tuple(scenario.customers), 1),))
    one_left = Plan((PlannedRoute("van", tuple(scenario.customers)[:-1], 1),))
    sentences = [outcome(Ending.FINISHED, State(scenario, plan)) for plan in (all_served, one_left, Plan())]
    assert len(set(sentences)) == 3
    assert "1" in sentences[1]
    assert str(len(scenario.customers)) in sentences[2]
