"""What locks take among ten thousand customers, in the real window.

``python -m tests.bench.bench_locks`` prints one JSON object: milliseconds, median and 95th percentile, of processor
time that the window's thread spends, and on the clock. ``lock`` is one stop that is locked and ``all`` every stop at
once, from the command until the map shows it; ``figures`` is what follows until lists and figures do. ``select`` is a
click on one of ten thousand locked stops; ``pan`` is a frame of the map with as many signs in view as it draws, and
``plain`` the same without locks.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.map.lock_layer import SIGNED_IN_VIEW
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Vehicle
from app.views.application import favour_the_window, make_application
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.bench.bench_map import scenario_of

TIMES = 9


def _summary(spans: list[float]) -> dict[str, float]:
    return {"median": round(float(np.median(spans)), 1), "p95": round(float(np.percentile(spans, 95)), 1)}


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
        planned = ((route.points[0][1], [id for _, id in route.points[1:-1]]) for route in drawn)
        plan = Plan(tuple(PlannedRoute(depot.replace("d", "v"), tuple(keys)) for depot, keys in planned))
        window.session.load(replace(scenario, vehicles=vehicles), plan, saved=True)
        favour_the_window()
        actions, customers = window.actions_by_name, list(scenario.customers)

        def settle() -> None:
            """Wait until the figures of the last edit are shown."""
            app.processEvents()
            while window.controller.evaluations.busy:
                app.processEvents()
                time.sleep(0.001)
            app.processEvents()

        def spent(do: Callable[[], object], after: Callable[[], object] = app.processEvents) -> tuple[float, float]:
            began, busy = time.perf_counter(), time.thread_time()
            do()
            after()
            return 1000 * (time.thread_time() - busy), 1000 * (time.perf_counter() - began)

        def paint() -> None:
            app.processEvents()
            window.map.viewport.repaint()

        def pan(name: str) -> None:
            for dx in (3, -3, 3, -3):
                found[name].append(spent(partial(window.map.canvas.pan, dx, 0), paint))

        settle()
        found: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for turn in range(TIMES):
            window.selection.set_ids("customers", [customers[turn]])
            found["lock"].append(spent(actions["lock_vehicle"].trigger, paint))
            settle()
            window.selection.set_ids("routes", map(str, range(routes)))
            found["all"].append(spent(actions["lock_place"].trigger, paint))
            found["figures"].append(spent(settle))
            found["select"].append(spent(partial(window.selection.set_ids, "customers", [customers[-1 - turn]])))
            window.map.fit()
            while not len(window.map.canvas.locks.in_view()):
                window.map.canvas.zoom(1.2)
                paint()
            pan("pan")
            actions["unlock_all"].trigger()
            settle()
            pan("plain")
        window.session.stack.setClean()
        window.end()
    return {
        "stops": stops,
        "signs": SIGNED_IN_VIEW,
        **{
            name: {"thread": _summary([one for one, _ in spans]), "clock": _summary([one for _, one in spans])}
            for name, spans in found.items()
        },
    }


def main() -> None:
    """Print the figures."""
    print(json.dumps(measure(), indent=2))


if __name__ == "__main__":
    main()
