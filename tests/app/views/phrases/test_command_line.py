"""Typing commands and questions in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.why.questions import WhyLeg, WhyNotNext, WhyUnassigned, WhyVehicle
from app.views.main_window import MainWindow
from tests.solver import fake_engine

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))


@pytest.fixture
def window(qtbot: QtBot, theme, tmp_path, scenario) -> Iterator[MainWindow]:  # type: ignore[no-untyped-def]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.session.load(scenario, PLAN, saved=True)
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy)
    yield window
    window.end()


def typed(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Open the line and type, and wait until it is understood."""
    window.actions_by_name["type_command"].trigger()
    desk = window.phrases
    qtbot.waitUntil(lambda: not desk._sorting.busy)
    desk.line.line.clear()
    qtbot.keyClicks(desk.line.line, text)
    qtbot.waitUntil(lambda: not desk._ranking.busy and not desk._sorting.busy)


def press(window: MainWindow, qtbot: QtBot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.phrases.line.line, key)


def offered(window: MainWindow) -> list[str]:
    ways = window.phrases.line.ways
    return [ways.item(row).text() for row in range(ways.count())] if not ways.isHidden() else []


def stops(window: MainWindow) -> dict[str, tuple[str, ...]]:
    return {route.vehicle: route.stops for route in window.session.plan.routes}


def test_a_move_is_priced_before_it_is_done_and_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "assign shop 6 to cargo")
    line = window.phrases.line
    assert window.phrases._proposal is not None
    assert line.word.text()
    press(window, qtbot, Qt.Key.Key_Return)
    assert not line.isVisible()
    assert "C6" in stops(window)["bike"]
    assert window.selection.ids("customers") == {"C6"}
    window.actions_by_name["undo"].trigger()
    assert window.session.plan == PLAN


def test_enter_at_once_does_it_as_soon_as_it_is_known_where(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["type_command"].trigger()
    window.phrases.line.line.setText("assign C6 to van 1")
    press(window, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "C6" in stops(window)["van"])
    assert not window.phrases.line.isVisible()


@pytest.mark.parametrize("text", ["unassign shop 1", "lock shop 1 in place", "set service of shop 1 to 20 min"])
def test_commands_are_one_step_each(window: MainWindow, qtbot: QtBot, text: str) -> None:
    before = window.session.document.state
    typed(window, qtbot, text)
    press(window, qtbot, Qt.Key.Key_Return)
    assert window.session.document.state != before
    assert window.session.stack.count() == 1
    window.actions_by_name["undo"].trigger()
    assert window.session.document.state == before


def test_a_lock_is_a_lock(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "lock shop 2 on this vehicle")
    press(window, qtbot, Qt.Key.Key_Return)
    assert window.session.plan.locks == {"C2": Lock.VEHICLE}


def test_questions_go_to_the_answers(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(window.why.searcher, "ask", asked.append)
    for text in ("why is shop 6 unassigned?", "why shop 2 after shop 1", "why bike for C4"):
        typed(window, qtbot, text)
        press(window, qtbot, Qt.Key.Key_Return)
    assert asked == [WhyUnassigned("C6"), WhyLeg(("van", 1), "C2"), WhyVehicle("C4")]
    assert window.why.dock.isVisible()
    assert window.session.plan == PLAN


def test_what_changed_is_asked(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(window.why.searcher, "ask", asked.append)
    typed(window, qtbot, "unassign shop 1")
    press(window, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(window.actions_by_name["why_changed"].isEnabled)
    typed(window, qtbot, "what changed")
    press(window, qtbot, Qt.Key.Key_Return)
    assert len(asked) == 1


def test_why_not_next_is_about_the_selected_stop(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(window.why.searcher, "ask", asked.append)
    window.selection.set([("customers", "C1")])
    typed(window, qtbot, "why not C3 next")
    press(window, qtbot, Qt.Key.Key_Return)
    window.selection.set([("customers", "C1"), ("customers", "C4")])
    typed(window, qtbot, "why not next")
    press(window, qtbot, Qt.Key.Key_Return)
    assert asked == [WhyNotNext(("van", 1), "C1", "C3"), WhyNotNext(("van", 1), "C1", "C4")]


def test_what_is_offered_is_taken_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "un")
    assert offered(window) == ["unassign", "unlock"]
    press(window, qtbot, Qt.Key.Key_Tab)
    assert window.phrases.line.line.text() == "unassign "
    assert len(offered(window)) == 5
    press(window, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert "C2" not in window.session.plan.served


def test_what_is_not_understood_says_why_and_does_nothing(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "assign nobody to van 1")
    line = window.phrases.line
    assert line.word.property("error") is True
    assert "nobody" in line.word.text()
    press(window, qtbot, Qt.Key.Key_Return)
    assert line.isVisible()
    typed(window, qtbot, "unassign shop 6")  # is in no route
    assert line.word.property("error") is True
    typed(window, qtbot, "unassign")
    press(window, qtbot, Qt.Key.Key_Return)
    assert line.word.property("error") is not True
    assert line.word.text()
    assert window.session.plan == PLAN


def test_what_is_not_clear_offers_what_it_can_mean(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "assign shop 6 to van")
    assert offered(window) == ["assign Shop 6 to Van 1", "assign Shop 6 to Van 2"]
    press(window, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.session.plan.routes) == 3)
    assert ("van", 2) in {(route.vehicle, route.number) for route in window.session.plan.routes}


def test_earlier_texts_come_back(window: MainWindow, qtbot: QtBot) -> None:
    for text in ("lock shop 1 in place", "lock shop 2 in place"):
        typed(window, qtbot, text)
        press(window, qtbot, Qt.Key.Key_Return)
    typed(window, qtbot, "")
    line = window.phrases.line.line
    found = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(window, qtbot, key)
        found.append(line.text())
    first, second = "lock shop 1 in place", "lock shop 2 in place"
    assert found == [second, first, first, second, ""]


def test_esc_closes_it_and_gives_the_keys_back(window: MainWindow, qtbot: QtBot) -> None:
    window.map.setFocus()
    before = window.focusWidget()
    typed(window, qtbot, "unassign sh")
    assert window.session.held
    press(window, qtbot, Qt.Key.Key_Escape)
    assert not window.phrases.line.isVisible()
    assert window.focusWidget() is before
    assert not window.session.held
    assert window.session.plan == PLAN


def test_it_stays_within_the_window(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "why ")
    window.resize(1022, 600)
    assert window.rect().contains(window.phrases.line.geometry())
    window.resize(1400, 900)
    line = window.phrases.line
    assert abs(line.geometry().center().x() - window.rect().center().x()) <= 1
