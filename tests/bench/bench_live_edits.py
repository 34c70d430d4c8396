"""From an edit that is made while a search runs to the first plan for it on the screen.

``python -m tests.bench.bench_live_edits`` prints a JSON object per number of stops: milliseconds, median and 95th
percentile over `TURNS` edits of each kind, each made a moment after the last one. A new plan is one that the engine has
found for the problem as it is after the edit; ``lost`` is by how much, at worst, the first of them was more expensive
than the plan that was edited, relative to it, and ``longest_busy`` what kept the window from drawing.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.edits.session import EditSession
from app.jobs.solve_controller import SolveController
from app.model import changes
from app.model.evaluation import Evaluation
from app.model.locks import lock, unlock_all
from app.model.moves import move_stops
from app.model.plan import Lock
from app.model.scenario import Customer
from app.views.application import favour_the_window, make_application
from app.views.main_window import MainWindow
from app.views.theme import Appearance, Theme
from tests.bench.bench_first_routes import WARM_UP, Watchdog, scenario_of, wait

TURNS = 12
PAUSE = 400
"""Milliseconds of search between two edits."""

Edits = dict[str, Callable[[EditSession, random.Random, int], object]]


def _any(session: EditSession, chance: random.Random) -> str:
    return chance.choice(sorted(session.plan.served - session.plan.locks.keys()))


def _add(session: EditSession, chance: random.Random, turn: int) -> object:
    place = (60.2 + chance.gauss(0, 0.05), 24.9 + chance.gauss(0, 0.1))
    new = Customer(f"N{turn}", "", *place, demand=(1.0,), service=180)
    return session.do(*changes.add(session.state, "customers", [new]))


def _by_hand(session: EditSession, chance: random.Random, _: int) -> object:
    stop, route = _any(session, chance), chance.randrange(len(session.plan.routes))
    return session.move(move_stops(session.state, [stop], route, 0))


EDITS: Edits = {
    "add": _add,
    "delete": lambda session, chance, _: session.do(
        *changes.delete(session.state, {("customers", _any(session, chance))})
    ),
    "relocate": lambda session, chance, _: session.do(
        *changes.move(session.state, {("customers", _any(session, chance))}, 0.01, 0.01)
    ),
    "window": lambda session, chance, turn: session.do(
        *changes.set_field(
            session.state, "customers", [_any(session, chance)], "windows", ((9 * 3600, 13 * 3600 + turn),)
        )
    ),
    "lock": lambda session, chance, _: session.do(
        *lock(session.state, {("customers", _any(session, chance))}, Lock.VEHICLE)
    ),
    "by hand": _by_hand,
    "unlock": lambda session, chance, turn: (
        session.do(*lock(session.state, {("customers", _any(session, chance))}, Lock.PLACE)),
        session.do(*unlock_all(session.state)),
    ),
    "undo": lambda session, chance, _: session.undo(),
}
"""Of each kind one; the engine has to know of all of them."""


def measure(stops: int, vehicles: int) -> dict[str, object]:
    """Return the figures of one number of stops."""
    app = QApplication.instance() or make_application()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings)
        try:
            return {"stops": stops, **_measure(window, stops, vehicles)}
        finally:
            window.end()
            window.deleteLater()
            app.processEvents()
            settings.sync()


def _measure(window: MainWindow, stops: int, vehicles: int) -> dict[str, object]:
    controller, session = window.controller, window.session
    window.resize(1400, 900)
    window.show()
    wait(controller.evaluated, lambda: session.load(scenario_of(stops, vehicles), saved=True))
    favour_the_window()
    wait(controller.client.ready, controller.client.start, WARM_UP)
    wait(controller.progressed, lambda: controller.start(3600.0))
    QTest.qWait(2000)
    watchdog, chance = Watchdog(), random.Random(1)
    figures: dict[str, object] = {}
    costs: list[float] = []

    def remember(evaluation: Evaluation) -> None:
        costs.append(evaluation.costs.total)

    controller.progressed.connect(remember)
    for name, edit in EDITS.items():
        spans, lost, gaps = [], [], []
        for turn in range(TURNS):
            QTest.qWait(PAUSE)
            before = costs[-1] if costs else None
            costs.clear()

            span, gap = _timed(controller, watchdog, partial(edit, session, chance, turn))
            spans.append(span)
            gaps.append(gap)
            if before:
                lost.append(costs[0] / before - 1)
        median, most = np.percentile(spans, (50, 95))
        figures[name] = {
            "median": round(float(median), 1),
            "p95": round(float(most), 1),
            "longest_busy": max(gaps),
            "lost": round(max(lost, default=0.0), 4),
        }
    assert session.plan.served == set(session.scenario.customers)
    wait(controller.ended, controller.stop)
    return figures


def _timed(controller: SolveController, watchdog: Watchdog, edit: Callable[[], object]) -> tuple[float, float]:
    """Return how long it takes from an edit to the next plan, and what kept the window from drawing meanwhile."""
    spans: list[float] = []
    busy = watchdog.during(lambda: spans.append(wait(controller.progressed, edit)))["longest_busy"]
    return spans[0], busy


@pytest.mark.timeout(WARM_UP + 300)
def test_bench_live_edits() -> None:
    figures = measure(500, 20)
    print(json.dumps(figures))
    for name in EDITS:
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["median"] <= 200, f"{name}: {spans} ms"


if __name__ == "__main__":
    for number, fleet in ((100, 5), (500, 20), (2000, 80)):
        print(json.dumps(measure(number, fleet)), flush=True)
