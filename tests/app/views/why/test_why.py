"""The panel of answers in the window: it follows the selection, searches when told to, and does what it offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.jobs.moments import Moment
from app.map.view import MapMode
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.why.facts import say
from app.model.why.questions import WhatChanged, WhatCosts, WhyNotNext, WhyRoute, WhyUnassigned, WhyVehicle
from app.views.main_window import MainWindow
from app.views.why.asked import asked_by, not_next
from app.views.why.card import Card
from app.views.why.flow import FlowLayout
from tests.app.jobs.scenarios import make_scenario
from tests.solver import fake_engine

PATIENCE = 20_000


@pytest.fixture
def window(qtbot: QtBot, theme: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """Eight customers on two vans, and two more in no route; the dock is open."""
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    keys = [f"C{i}" for i in range(8)]
    plan = Plan((PlannedRoute("van", tuple(keys[:4]), 1), PlannedRoute("van", tuple(keys[4:]), 2)))
    window.session.load(make_scenario(10), plan, saved=True)
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    window.actions_by_name["show_why"].trigger()
    yield window
    window.end()


def select(window: MainWindow, *customers: str) -> None:
    window.selection.set([])
    chosen: list[tuple[str, str]] = []
    for key in customers:
        chosen.append(("customers", key))
        window.selection.set(chosen)


def answered(window: MainWindow, qtbot: QtBot, slot: int = 0) -> Card:
    """Return the card once it answers what is selected now, of the present state."""
    card = window.why.dock.cards[slot]

    def shown() -> bool:
        explanation = card.explanation
        return (
            card.isVisible() and explanation is not None and explanation.state is window.session.state
        ) and explanation.question in asked_by(window.session.state, window.selection.items)

    qtbot.waitUntil(shown, timeout=PATIENCE)
    return card


def searched(window: MainWindow, qtbot: QtBot) -> Card:
    qtbot.waitUntil(lambda: not window.why.searcher.busy, timeout=PATIENCE)
    return window.why.dock.searched


def test_nothing_selected_says_what_can_be_asked(window: MainWindow) -> None:
    dock = window.why.dock
    assert dock.empty.isVisible()
    assert not any(card.isVisible() for card in dock.cards)
    assert not window.actions_by_name["why_here"].isEnabled()


def test_a_selected_stop_is_explained_and_again_when_the_plan_changes(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    card = answered(window, qtbot)
    assert card.explanation is not None
    assert card.explanation.question == WhyVehicle("C1")
    assert card.short.text()
    assert card.alternatives.isVisible()
    assert not window.why.dock.empty.isVisible()
    window.actions_by_name["reverse_route"].trigger()
    again = answered(window, qtbot)
    assert again.explanation is not None
    assert again.explanation.state.plan.routes[0].stops == ("C3", "C2", "C1", "C0")


def test_both_answers_come_while_plans_arrive_faster_than_they_do(window: MainWindow, qtbot: QtBot) -> None:
    def improved() -> None:
        routes = [replace(route, stops=route.stops[::-1]) for route in window.session.plan.routes]
        window.session.offer(window.session.plan.with_routes(routes))
        window.controller.progressed.emit(window.controller.evaluations.evaluation)

    window.session.searching = True
    offers = QTimer(interval=0)
    offers.timeout.connect(improved)
    offers.start()
    select(window, "C1")
    asked = asked_by(window.session.state, window.selection.items)
    shown = [card.explanation for card in window.why.dock.cards]
    for slot, card in enumerate(window.why.dock.cards):
        qtbot.waitUntil(lambda slot=slot, card=card: card.explanation is not shown[slot], timeout=PATIENCE)
    offers.stop()
    window.session.searching = False
    assert [type(card.explanation.question) for card in window.why.dock.cards] == [type(one) for one in asked]
    answered(window, qtbot, 1)  # of what came last


def test_it_does_what_it_offers_as_one_step(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    card = answered(window, qtbot)
    before = window.session.state
    assert card.explanation is not None
    edit = card.explanation.edits[0]
    qtbot.mouseClick(card.do, Qt.MouseButton.LeftButton)
    assert window.session.state == edit.patch.applied(before)
    assert window.session.stack.count() == 1
    window.actions_by_name["undo"].trigger()
    assert window.session.state == before


def test_what_is_unfolded_stays_so_from_answer_to_answer(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    card = answered(window, qtbot)
    assert not card.parts.isVisible()
    assert not card.long.isVisible()
    card.more.setChecked(True)
    card.split.setChecked(True)
    select(window, "C6")
    card = answered(window, qtbot)
    assert card.explanation is not None
    assert card.long.isVisible() is bool(card.explanation.long)
    assert card.parts.isVisible() is bool(card.explanation.parts)


def test_a_sentence_leads_to_what_it_speaks_of_but_not_to_what_was_asked_about(
    window: MainWindow, qtbot: QtBot
) -> None:
    sentences = window.why.dock.cards[0].long
    own, other = ("customers", "C1"), ("customers", "C5")
    sentences.show_sentences([say("<One> & it", (own,)), say("Another", (other, own))], [own])
    assert "&lt;One&gt; &amp; it" in sentences.text()
    assert 'href="0"' not in sentences.text()
    with qtbot.waitSignal(sentences.chosen) as chosen:
        sentences.linkActivated.emit("1")
    assert chosen.args == [frozenset({own, other})]


@pytest.mark.parametrize("width", [400, 130, 40])
def test_buttons_that_have_no_room_beside_the_others_stand_below_them(qtbot: QtBot, width: int) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    flow = FlowLayout(5, box)
    buttons = [QPushButton(text) for text in ("Do it", "Do it and lock it", "Search")]
    for button in buttons:
        flow.addWidget(button)
    buttons[2].hide()
    box.resize(width, flow.heightForWidth(width))
    box.show()
    shown = [button.geometry() for button in buttons[:2]]
    assert not shown[0].intersects(shown[1])
    assert all(box.rect().contains(one) for one in shown)
    assert (shown[0].top() == shown[1].top()) is (width == 400)


def test_a_selected_route_tells_its_cost_and_its_legs_which_lead_to_their_stops(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.selection.set([("routes", "van/1")])
    card = answered(window, qtbot)
    assert card.explanation is not None
    assert card.explanation.question == WhyRoute(("van", 1))
    qtbot.waitUntil(lambda: card.explanation.complete, timeout=PATIENCE)
    assert card.parts.isVisible()
    assert card.long.isVisible()
    card.long.linkActivated.emit("2")
    assert window.selection.items == {("customers", "C2")}


def test_do_it_and_lock_it_holds_the_stop(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    card = answered(window, qtbot)
    qtbot.mouseClick(card.hold, Qt.MouseButton.LeftButton)
    assert "C1" in window.session.plan.locks


def test_bars_are_walked_and_done_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    card = answered(window, qtbot)
    chart = card.alternatives
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.current == 0
    first = chart.accessibleDescription()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert chart.current == min(1, len(chart.bars) - 1)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    assert chart.accessibleDescription() == first
    edit = chart.bars[0].edit
    assert edit is not None
    expected = edit.patch.applied(window.session.state)
    qtbot.keyClick(chart, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state == expected


def test_what_would_be_is_drawn_over_the_plan_until_it_is_not_wanted(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    card = answered(window, qtbot)
    card.draw.setChecked(True)
    assert window.map.canvas.difference.shown is not None
    card.draw.setChecked(False)
    assert window.map.canvas.difference.shown is None
    card.draw.setChecked(True)
    select(window, "C6")
    answered(window, qtbot)
    assert window.map.canvas.difference.shown is None


def test_who_is_left_out_is_explained_at_once_and_searched_room_for_when_told_to(
    window: MainWindow, qtbot: QtBot
) -> None:
    select(window, "C8")
    card = answered(window, qtbot)
    assert card.explanation is not None
    assert card.explanation.question == WhyUnassigned("C8", remedies=False)
    assert not window.why.searcher.busy
    qtbot.mouseClick(card.search, Qt.MouseButton.LeftButton)
    found = searched(window, qtbot)
    assert found.explanation is not None
    assert found.explanation.question == WhyUnassigned("C8")
    close = window.why.dock.findChild(QToolButton, "why_close")
    assert isinstance(close, QToolButton)
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not found.isVisible()


def test_who_is_left_out_is_told_of_once(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C8")
    card = answered(window, qtbot)
    window.actions_by_name["why_here"].trigger()
    assert window.why.dock.area.hasFocus()
    asked = searched(window, qtbot)
    assert asked.isVisible()
    assert not card.isVisible()
    select(window, "C9")
    answered(window, qtbot)
    select(window, "C8")
    qtbot.waitUntil(lambda: not window.why.live.busy, timeout=PATIENCE)
    assert not card.isVisible()
    window.why.dock.close_searched.click()
    assert answered(window, qtbot).isVisible()


def test_prices_are_asked_in_the_background_and_can_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.why.dock.prices, Qt.MouseButton.LeftButton)
    assert window.why.searcher.question == WhatCosts()
    qtbot.waitUntil(lambda: window.why.dock.searched.isVisible(), timeout=PATIENCE)
    assert window.why.dock.stop.isVisible()
    qtbot.mouseClick(window.why.dock.stop, Qt.MouseButton.LeftButton)
    assert not window.why.searcher.busy
    assert not window.why.dock.stop.isVisible()


def test_what_has_changed_since_the_last_edit(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    before = window.session.state
    window.actions_by_name["reverse_route"].trigger()
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    window.why.ask_changed(Moment.BEFORE_EDIT)
    card = searched(window, qtbot)
    assert card.explanation is not None
    assert card.explanation.question == WhatChanged(before)


def test_the_answer_is_copied_as_text(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C1")
    card = answered(window, qtbot)
    assert card.explanation is not None
    qtbot.mouseClick(card.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert card.explanation.title in text
    assert all(bar.label in text for bar in card.explanation.alternatives)


def test_two_stops_in_their_order_ask_for_the_second_after_the_first(window: MainWindow) -> None:
    select(window, "C6", "C1")
    assert window.why.dock.pair.isVisible()
    state = window.session.state
    assert not_next(state, ["C6", "C1"]) == WhyNotNext(("van", 2), "C6", "C1")
    assert not_next(state, ["C1", "C6"]) == WhyNotNext(("van", 1), "C1", "C6")
    assert not_next(state, ["C8", "C1"]) == WhyNotNext(("van", 1), "C1", "C8")
    assert not_next(state, ["C8", "C9"]) is None
    assert not_next(state, ["C1"]) is None


def click(window: MainWindow, qtbot: QtBot, customer: str) -> None:
    one = window.session.scenario.customers[customer]
    qtbot.mouseClick(window.map.viewport, Qt.MouseButton.LeftButton, pos=window.map.pixel_of(one.lat, one.lon))


def test_two_clicks_on_the_map_ask_why_one_does_not_follow_the_other(window: MainWindow, qtbot: QtBot) -> None:
    window.map.fit()
    window.actions_by_name["mode_ask"].trigger()
    click(window, qtbot, "C6")
    assert window.selection.ids("customers") == {"C6"}
    assert window.why.searcher.question is None
    click(window, qtbot, "C1")
    assert window.why.searcher.question == WhyNotNext(("van", 2), "C6", "C1")
    assert window.selection.ids("customers") == {"C6", "C1"}
    click(window, qtbot, "C2")
    assert window.selection.ids("customers") == {"C2"}
    qtbot.keyClick(window.map.viewport, Qt.Key.Key_Escape)
    assert window.map.mode is MapMode.SELECT


def test_what_has_been_driven_can_still_be_asked_about(window: MainWindow, qtbot: QtBot) -> None:
    plan = window.session.plan
    from app.model.locks import lock
    from app.model.plan import Lock

    window.session.do(*lock(window.session.state, {("customers", "C0")}, Lock.DRIVEN))
    select(window, "C0")
    card = answered(window, qtbot)
    assert not card.do.isVisible()
    assert plan.routes == window.session.plan.routes


def test_a_selection_of_something_else_asks_nothing() -> None:
    state = State(make_scenario(3), Plan())
    assert asked_by(state, [("depots", "D")]) == ()
    assert asked_by(state, [("customers", "nobody")]) == ()
    assert asked_by(replace(state), [("customers", "C1"), ("customers", "C2")]) == ()
