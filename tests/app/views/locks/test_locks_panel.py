"""The panel of locks in the window: what is listed, asked, selected and unlocked there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import ceil

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QStackedWidget
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.jobs.solve_run import SolveState
from app.model.changes import set_settings
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.why import prices
from app.model.why.questions import Binding, WhatCosts
from app.views.locks.lock_icons import LockIcons
from app.views.locks.locks_table import COST, KIND, TITLE
from app.views.main_window import MainWindow
from tests.app.jobs.lines import PATIENCE, locks_on
from tests.app.jobs.pricing_engine import serve_ordering

PLAN = Plan((PlannedRoute("van", ("C6", "C2", "C3", "C4", "C1", "C5"), 1),))


@pytest.fixture
def window(qtbot: QtBot, theme, tmp_path, monkeypatch) -> Iterator[MainWindow]:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(prices, "SECONDS", 0.02)
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=serve_ordering))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    state = locks_on(PLAN, C6=Lock.PLACE, C3=Lock.VEHICLE, C1=Lock.PLACE)
    window.session.load(state.scenario, state.plan, saved=True)
    yield window
    window.end()


def rows(window: MainWindow) -> list[str]:
    return [row[0].items[0][1] for row in window.locking.panel.model.rows]


def costs(window: MainWindow) -> list[str]:
    model = window.locking.panel.model
    return [model.index(row, COST).data() for row in range(model.rowCount())]


def ask(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.locking.prices.ended, timeout=PATIENCE):
        window.actions_by_name["price_locks"].trigger()


def test_locks_are_listed_and_then_ranked_by_price(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.locking.panel
    assert rows(window) == ["C6", "C3", "C1"]
    assert costs(window) == ["", "", ""]
    assert panel.together is None
    assert panel.view.isColumnHidden(COST)
    ask(window, qtbot)
    assert not panel.view.isColumnHidden(COST)
    assert window.plan_dock.tabs.currentWidget() is panel
    assert rows(window) == ["C6", "C1", "C3"]
    known = [row[2] for row in panel.model.rows]
    assert [one is not None and one.found for one in known] == [True, True, False]
    assert all(costs(window))
    assert panel.together is not None
    assert panel.together in window.locking.line.figure.text()


def test_how_much_work_it_is_is_said_before(window: MainWindow, qtbot: QtBot) -> None:
    note = window.locking.panel.findChild(QLabel, "locks_note")
    assert note is not None
    numbers = [int(part) for part in re.findall(r"\d+", note.text())]
    made: list[int] = []
    window.locking.prices.progressed.connect(lambda _, number: made.append(number))
    ask(window, qtbot)
    assert set(made) == {numbers[0]}
    assert numbers == [made[0], max(1, ceil(made[0] * prices.SECONDS))]


def test_stop_and_ask_take_turns(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.locking.panel
    with qtbot.waitSignal(window.locking.prices.progressed, timeout=PATIENCE):
        qtbot.mouseClick(panel.ask_button, Qt.MouseButton.LeftButton) if panel.ask_button.isVisible() else panel.ask()
    assert not panel.stop_button.isHidden()
    assert not panel.progress.isHidden()
    assert panel.ask_button.isHidden()
    assert not window.actions_by_name["price_locks"].isEnabled()
    panel.stop_button.click()
    assert panel.stop_button.isHidden()
    assert window.actions_by_name["price_locks"].isEnabled()


def test_a_solve_ends_it_and_so_does_an_edit(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.locking.prices.progressed, timeout=PATIENCE):
        window.locking.panel.ask()
    with qtbot.waitSignal(window.controller.ended, timeout=PATIENCE):
        window.controller.start(seconds=0.1)
        assert not window.locking.prices.busy
    qtbot.waitUntil(lambda: window.controller.state is SolveState.IDLE, timeout=PATIENCE)
    window.locking.panel.ask()
    qtbot.waitUntil(lambda: window.client.job is not None, timeout=PATIENCE)
    window.actions_by_name["unlock_all"].trigger()
    assert not window.locking.prices.busy
    assert window.client.job is None


def test_what_cannot_be_solved_is_said(window: MainWindow, qtbot: QtBot) -> None:
    state = window.session.state
    window.session.do(*set_settings(state, replace(state.scenario.settings, dimensions=())))
    prices = window.locking.prices
    with qtbot.waitSignals([prices.ended, prices.message], timeout=PATIENCE):
        window.locking.panel.ask()
    assert not prices.busy


def test_prices_and_another_question_share_the_engine(window: MainWindow, qtbot: QtBot) -> None:
    over: list[bool] = []
    window.locking.prices.ended.connect(over.append)
    window.why.searcher.ended.connect(over.append)
    with qtbot.waitSignals([window.locking.prices.ended, window.why.searcher.ended], timeout=PATIENCE):
        window.locking.panel.ask()
        window.why.ask(WhatCosts(frozenset({Binding.SHIFT})))
    assert over == [True, True]


def test_a_row_selects_its_stop_and_return_shows_it(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.locking.panel
    window.plan_dock.tabs.setCurrentWidget(panel)
    panel.view.selectRow(1)
    assert window.selection.items == {("customers", "C3")}
    with qtbot.waitSignal(panel.item_activated) as shown:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert shown.args == ["customers", "C3"]
    window.selection.set_ids("customers", ["C6"])
    assert [one.row() for one in panel.view.selectionModel().selectedRows()] == [0]
    window.selection.clear()
    assert not panel.view.selectionModel().hasSelection()


def test_del_unlocks_and_deletes_no_customer(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot)
    panel = window.locking.panel
    window.activateWindow()
    panel.view.setFocus()
    panel.view.selectRow(0)
    known = panel.model.rows[1][2]
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert set(window.session.plan.locks) == {"C1", "C3"}
    assert "C6" in window.session.scenario.customers
    assert panel.model.rows[0][2] is not None
    assert panel.model.rows[0][2] == known  # of the plan before, and said to be so
    assert panel.together is None
    window.actions_by_name["undo"].trigger()
    assert rows(window) == ["C6", "C1", "C3"]
    assert panel.together is not None
    window.actions_by_name["redo"].trigger()
    assert "C6" not in rows(window)


def test_nothing_locked_says_how_to_lock(window: MainWindow) -> None:
    window.actions_by_name["unlock_all"].trigger()
    assert window.locking.panel.findChild(QStackedWidget, "locks_stack").currentIndex() == 0
    window.actions_by_name["undo"].trigger()
    assert window.locking.panel.findChild(QStackedWidget, "locks_stack").currentIndex() == 1


def test_another_document_has_no_prices(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot)
    state = window.session.state
    window.session.load(state.scenario, state.plan, saved=True)
    assert costs(window) == ["", "", ""]


def test_every_kind_has_an_icon_and_words(window: MainWindow) -> None:
    model = window.locking.panel.model
    words = {model.index(row, KIND).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)}
    assert len(words) == 2
    assert all(model.index(row, TITLE).data(Qt.ItemDataRole.ToolTipRole) for row in range(3))
    icons = LockIcons()
    icons.set_palette(window.palette())
    pictures = [icons.icon(lock).toImage() for lock in Lock]
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])
