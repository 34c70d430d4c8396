"""A route that is selected stays selected, and has its colour and its name, whatever becomes of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.model import changes
from app.model.plan import Plan, PlannedRoute
from app.views.main_window import MainWindow
from tests.app.jobs.scenarios import make_scenario
from tests.app.views import shuffling_engine

PATIENCE = 20_000
ROUTES = 3


@pytest.fixture
def window(qtbot: QtBot, theme: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """Thirty customers on three of five vehicles, in an order that can be made better; the second route is selected."""
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=shuffling_engine.serve_shuffling))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    keys = [f"C{at}" for at in range(30)]
    routes = (PlannedRoute("van", tuple(keys[at::ROUTES]), at + 1) for at in range(ROUTES))
    window.session.load(make_scenario(30), Plan(tuple(routes)), saved=True)
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    window.selection.set({("routes", "van/2")})
    yield window
    window.end()


def home(window: MainWindow) -> dict[str, str]:
    """Return the route of each customer."""
    return {stop: route.id for route in window.session.plan.routes for stop in route.stops}


def colours(window: MainWindow) -> dict[str, tuple[int, str, str]]:
    """Return how each route looks on the map, and what it is called there."""
    return {route.id: (route.color, route.badge, route.label) for route in window.map._lines.routes}


def chosen_rows(window: MainWindow) -> list[str]:
    figures = window.plan_dock.figures
    rows = figures.table.selectionModel().selectedRows()
    return [figures.model.routes[figures.sorted.mapToSource(row).row()].id for row in rows]


def lanes(window: MainWindow) -> dict[str, tuple[int, str]]:
    return {lane.item[1]: (lane.colour, lane.label) for lane in window.timeline_dock.view.stage.day.lanes}


def test_a_solve_changes_routes_and_not_which_is_which(window: MainWindow, qtbot: QtBot) -> None:
    before, looks = home(window), colours(window)
    window.actions_by_name["show_timeline"].trigger()
    seen: list[tuple[dict[str, str], list[str]]] = []
    window.controller.progressed.connect(lambda _: seen.append((home(window), chosen_rows(window))))
    window.controller.start(600.0)
    qtbot.waitUntil(lambda: len(seen) > ROUTES, timeout=PATIENCE)
    with qtbot.waitSignal(window.controller.ended, timeout=PATIENCE):
        window.controller.stop()
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    assert all(stops == before and rows == ["van/2"] for stops, rows in seen)
    assert window.selection.items == {("routes", "van/2")}
    assert colours(window) == looks
    assert {key: look for key, (look, _, _) in looks.items()} == {key: look for key, (look, _) in lanes(window).items()}
    assert {key: name for key, (_, _, name) in looks.items()} == {key: name for key, (_, name) in lanes(window).items()}
    assert window.plan_dock.stops.route is not None
    assert window.plan_dock.stops.route.id == "van/2"
    window.session.undo()
    assert window.selection.items == {("routes", "van/2")}


def test_an_accepted_proposal_changes_no_vehicle(window: MainWindow, qtbot: QtBot) -> None:
    before, looks = home(window), colours(window)
    window.replan.dock.controls.seconds.setValue(0.4)
    with qtbot.waitSignal(window.controller.ended, timeout=PATIENCE):
        window.actions_by_name["replan_order"].trigger()
    qtbot.waitUntil(lambda: window.replan.replanner.proposed is not None, timeout=PATIENCE)
    proposed = window.replan.replanner.proposed
    assert proposed is not None
    assert [one.route for one in proposed.difference.routes] == ["van/1", "van/2", "van/3"]
    assert not proposed.difference.moved
    window.replan.accept()
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    assert home(window) == before
    assert window.selection.items == {("routes", "van/2")}
    assert colours(window) == looks


def test_where_a_route_before_it_goes_the_same_one_is_selected(window: MainWindow, qtbot: QtBot) -> None:
    looks = colours(window)
    window.session.do(*changes.delete(window.session.state, {("routes", "van/1")}))
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    assert window.selection.items == {("routes", "van/2")}
    assert chosen_rows(window) == ["van/2"]
    assert colours(window) == {key: look for key, look in looks.items() if key != "van/1"}
    window.session.do(*changes.delete(window.session.state, {("routes", "van/2")}))
    assert window.selection.items == frozenset()
    window.session.undo()
    window.session.undo()
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    assert colours(window) == looks
