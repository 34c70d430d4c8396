"""What one edit of one customer costs in the real window, among ten thousand customers on five hundred routes.

``python -m tests.bench.bench_edit`` prints one JSON object: milliseconds, medians, of processor time that the window's
thread spends from the edit until table and map are drawn anew, and of the time on the clock, in which the figures of
the plan are worked out by the side.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.model import changes
from app.model.changes import Edit
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Vehicle
from app.views.application import favour_the_window, make_application
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.bench.bench_map import Paints, scenario_of

TIMES = 7
CUSTOMER = "77"


def _edits() -> dict[str, Callable[[State, int], Edit]]:
    """Return edits of one customer, each another one in every turn."""
    one = frozenset([("customers", CUSTOMER)])

    def with_field(field: str, value: Callable[[int], object]) -> Callable[[State, int], Edit]:
        return lambda state, turn: changes.set_field(state, "customers", [CUSTOMER], field, value(turn))

    return {
        "move": lambda state, turn: changes.move(state, one, *((0.02, 0.03) if turn % 2 else (-0.02, -0.03))),
        "service": with_field("service", lambda turn: 60 * (turn + 1)),
        "name": with_field("name", lambda turn: f"Name {turn}"),
        "id": lambda state, turn: (
            changes.rename(state, "customers", CUSTOMER, "7077x")
            if CUSTOMER in state.scenario.customers
            else changes.rename(state, "customers", "7077x", CUSTOMER)
        ),
    }


def measure(stops: int = 10_000, routes: int = 500) -> dict[str, object]:
    """Return the figures."""
    app = QApplication.instance() or make_application()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings)
        window.show()
        scenario, drawn = scenario_of(stops, routes)
        vehicles = {
            f"v{i}": Vehicle(f"v{i}", f"v{i}", routes, (1000.0,), f"d{i}", f"d{i}", (0, 86400), 1.0, 1.0, 1.0)
            for i in range(len(scenario.depots))
        }
        # the points of a route begin and end with its depot
        planned = ((route.points[0][1], [id for _, id in route.points[1:-1]]) for route in drawn)
        plan = Plan(tuple(PlannedRoute(depot.replace("d", "v"), tuple(stops)) for depot, stops in planned))
        window.session.load(replace(scenario, vehicles=vehicles), plan, saved=True)
        favour_the_window()
        paints = Paints(window.map.viewport)

        def settle() -> None:
            """Wait until the figures of the last edit are shown: they are no part of what the edit costs."""
            quiet = time.monotonic() + 0.3
            while time.monotonic() < quiet:
                if window.controller.evaluations.busy:
                    quiet = time.monotonic() + 0.3
                app.processEvents()
                time.sleep(0.005)

        def edit(make: Callable[[State, int], Edit], turn: int) -> tuple[float, float]:
            settle()
            before = paints.count
            clock, busy = time.perf_counter(), time.thread_time()
            window.session.do(*make(window.session.state, turn))
            for _ in range(3):  # the map is drawn when control is back in the loop
                app.processEvents()
            spent = (time.thread_time() - busy) * 1000, (time.perf_counter() - clock) * 1000
            assert paints.count > before or make is edits["service"]
            return spent

        figures: dict[str, object] = {"stops": stops, "routes": routes}
        edits = _edits()
        for name, make in edits.items():
            spans = np.array([edit(make, turn) for turn in range(TIMES)])
            cpu, wall = np.round(np.median(spans, axis=0), 1).tolist()
            figures[name] = {"cpu": cpu, "worst_cpu": round(float(spans[:, 0].max()), 1), "clock": wall}
        window.end()
        window.deleteLater()
        app.processEvents()
        settings.sync()
    return figures


def test_bench_edit() -> None:
    figures = measure()
    print(json.dumps(figures))
    # the routes refer to ids: another id means to lay them all out again
    for name, limit in {"move": 50, "service": 50, "name": 50, "id": 75}.items():
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["cpu"] <= limit, f"{name}: {spans} ms, at most {limit} allowed"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
