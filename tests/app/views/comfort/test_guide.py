"""The first steps: the card on an empty map, and three hints at their moments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.map.view import MapMode
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from app.views.comfort.hints import TEXTS, Hint, Situation, hint_for
from app.views.main_window import MainWindow
from app.views.theme import Theme

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1),))


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def make_window(qtbot: QtBot, theme: Theme, settings: QSettings) -> MainWindow:
    made = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, settings: QSettings) -> Iterator[MainWindow]:
    made = make_window(qtbot, theme, settings)
    yield made
    made.end()


def hint(window: MainWindow) -> Hint | None:
    line = window.comfort.hint_line
    assert line.isVisible() == (line.hint is not None)
    return line.hint


def press(window: MainWindow, qtbot: QtBot, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def welcome(window: MainWindow) -> QWidget:
    found = window.findChild(QWidget, "welcome")
    assert found is not None
    return found


def test_an_empty_window_offers_ways_to_begin(window: MainWindow) -> None:
    card = welcome(window)
    assert card.isVisible()
    assert (card.geometry().center() - window.map.rect().center()).manhattanLength() <= 2
    assert window.map.rect().contains(card.geometry())
    assert hint(window) is None
    assert {one.objectName() for one in card.findChildren(QPushButton)} == {
        "welcome_sample",
        "welcome_import",
        "welcome_blank",
    }


def test_the_sample_takes_the_place_of_the_card(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, "welcome_sample")
    qtbot.waitUntil(lambda: bool(window.session.scenario.customers), timeout=10_000)
    assert not welcome(window).isVisible()
    assert hint(window) is Hint.SOLVE


def test_a_blank_start_leaves_the_map_free_for_a_depot(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, "welcome_blank")
    assert not welcome(window).isVisible()
    assert window.map.mode is MapMode.ADD_DEPOT
    assert not window.map.keeps_mode
    window.map.set_mode(MapMode.SELECT)
    assert not welcome(window).isVisible()
    window.actions_by_name["new"].trigger()
    assert welcome(window).isVisible()


def test_a_blank_start_goes_on_with_customers(window: MainWindow, qtbot: QtBot) -> None:
    press(window, qtbot, "welcome_blank")
    for number in range(3):
        at = window.map.viewport.rect().center() + QPoint(60 * number, 0)
        qtbot.mouseClick(window.map.viewport, Qt.MouseButton.LeftButton, pos=at)
    assert len(window.session.scenario.depots) == 1
    assert len(window.session.scenario.customers) == 2
    assert window.map.mode is MapMode.ADD_CUSTOMER
    window.map.set_mode(MapMode.SELECT)
    trigger = window.actions_by_name["undo"].trigger
    trigger()
    assert window.map.mode is MapMode.SELECT


def test_a_hint_moves_nothing_on_the_map(window: MainWindow, scenario: Scenario, qtbot: QtBot) -> None:
    window.session.load(scenario, PLAN, saved=True)
    assert hint(window) is Hint.STOPS
    before = window.map.camera, window.map.mapTo(window, QPoint())
    line, over = window.comfort.hint_line, QRect(window.map.mapTo(window, QPoint()), window.map.size())
    assert over.contains(QRect(line.mapTo(window, QPoint()), line.size()))
    window.banner.say("Something was not done, " * 20)
    QApplication.processEvents()
    for card in (line, window.banner):
        assert card.height() >= card.heightForWidth(card.width())
        assert over.contains(QRect(card.mapTo(window, QPoint()), card.size()))
    assert not line.geometry().intersects(window.banner.geometry())
    window.banner.clear()
    press(window, qtbot, "hint_dismiss")
    press(window, qtbot, "hint_dismiss")
    assert hint(window) is None
    QApplication.processEvents()
    assert (window.map.camera, window.map.mapTo(window, QPoint())) == before
    assert not window.notices.isVisible()


def test_the_card_stays_in_the_middle(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1500, 900)
    card = welcome(window)
    qtbot.waitUntil(lambda: (card.geometry().center() - window.map.rect().center()).manhattanLength() <= 2)


def test_hints_come_one_after_the_other_and_go_when_followed(
    window: MainWindow, scenario: Scenario, qtbot: QtBot
) -> None:
    window.session.load(scenario, saved=True)
    assert hint(window) is Hint.SOLVE
    window.controller.started.emit()
    assert hint(window) is None
    window.session.load(scenario, PLAN, saved=True)
    assert hint(window) is Hint.STOPS
    window.selection.set({("depots", "D1")})
    assert hint(window) is Hint.STOPS
    window.selection.set({("customers", "C2")})
    assert hint(window) is Hint.STOPS
    window.actions_by_name["unassign"].trigger()
    assert hint(window) is None  # not another text under the reader's eyes
    window.session.undo()
    assert hint(window) is Hint.SHARE
    press(window, qtbot, "hint_dismiss")
    assert hint(window) is None
    window.selection.clear()
    assert hint(window) is None


def test_what_was_dismissed_stays_so_until_it_is_asked_for(
    window: MainWindow, qtbot: QtBot, theme: Theme, settings: QSettings, scenario: Scenario
) -> None:
    window.session.load(scenario, saved=True)
    press(window, qtbot, "hint_dismiss")
    assert hint(window) is None
    again = make_window(qtbot, theme, settings)
    again.session.load(scenario, saved=True)
    assert hint(again) is None
    again.actions_by_name["show_hints"].trigger()
    assert hint(again) is Hint.SOLVE
    again.end()


def test_a_hint_takes_no_keys_away(window: MainWindow, scenario: Scenario, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitActive(window)
    window.map.setFocus()
    window.session.load(scenario, saved=True)
    assert hint(window) is Hint.SOLVE
    assert window.map.canvas.hasFocus()
    button = window.findChild(QPushButton, "hint_dismiss")
    assert button is not None
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


@given(
    st.builds(Situation, st.booleans(), st.booleans(), st.booleans()),
    st.frozensets(st.sampled_from(Hint)),
)
def test_no_hint_comes_twice_and_none_while_something_runs(situation: Situation, learned: frozenset[Hint]) -> None:
    shown = hint_for(situation, learned)
    assert shown not in learned
    if situation.busy:
        assert shown is None
    if learned == frozenset(Hint):
        assert shown is None
    assert set(TEXTS) == set(Hint)
