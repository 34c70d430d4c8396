"""The real window with a crowded day in it, for the measurements of what a dispatcher does."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Vehicle
from app.views.application import favour_the_window, make_application
from app.views.colours import Appearance
from app.views.garbage import GarbageCollector
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.bench.bench_map import scenario_of

QUIET = 0.3
"""Seconds without figures on their way after which there are none."""


def summary(spans: list[float]) -> dict[str, float]:
    """Return median and 95th percentile, to a tenth."""
    return {"median": round(float(np.median(spans)), 1), "p95": round(float(np.percentile(spans, 95)), 1)}


def settle(app: QApplication, window: MainWindow) -> None:
    """Wait until the figures of the last edit are shown: they are no part of what the next one costs."""
    quiet = time.monotonic() + QUIET
    while time.monotonic() < quiet:
        if window.controller.evaluations.busy:
            quiet = time.monotonic() + QUIET
        app.processEvents()
        time.sleep(0.005)


@contextmanager
def crowded_window(stops: int, routes: int) -> Iterator[tuple[QApplication, MainWindow]]:
    """Open the window with so many customers on so many routes, and settings of its own; end it afterwards."""
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
        plan = Plan(tuple(PlannedRoute(depot.replace("d", "v"), tuple(keys)) for depot, keys in planned))
        window.session.load(replace(scenario, vehicles=vehicles), plan, saved=True)
        favour_the_window()
        collector = GarbageCollector(app)
        yield app, window
        window.end()
        collector.close()
        window.deleteLater()
        app.processEvents()
        settings.sync()
