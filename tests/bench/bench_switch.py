"""What it takes to show another variant of a day with two thousand stops, in the real window.

``python -m tests.bench.bench_switch`` prints one JSON object: milliseconds, median and largest, of processor time that
the window's thread spends from the command until tables and map are drawn anew, of the time on the clock, and of that
until the figures of the plan stand there. Variants have another plan, and in part other customers.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.variants import Variant, Variants
from app.views.application import favour_the_window, make_application
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.app.jobs.scenarios import make_scenario
from tests.bench.bench_map import Paints
from tests.bench.desk import settle

TIMES = 20
LIMIT = 100
"""Milliseconds of processor time."""


def variants(stops: int, routes: int) -> Variants:
    """Return three variants: another plan, and another plan over fewer customers with other hours."""
    scenario = make_scenario(stops, routes)
    items = []
    for name, turn in (("A", 0), ("B", stops // 3), ("C", stops // 2)):
        keys = list(scenario.customers)
        keys = keys[turn:] + keys[:turn]
        if name == "C":
            kept = keys[: -stops // 20]
            changed = {key: replace(scenario.customers[key], service=600) for key in kept[: stops // 10]}
            scenario = replace(scenario, customers={key: scenario.customers[key] for key in kept} | changed)
            keys = kept
        parts = np.array_split(np.array(keys), routes)
        plan = Plan(tuple(PlannedRoute("van", tuple(part.tolist())) for part in parts))
        items.append(Variant(name, State(scenario, plan)))
    return Variants(tuple(items))


def measure(stops: int = 2000, routes: int = 100) -> dict[str, object]:
    """Return the figures."""
    app = QApplication.instance() or make_application()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings)
        window.show()
        window.session.load_variants(variants(stops, routes), saved=True)
        favour_the_window()
        paints = Paints(window.map.viewport)

        def switch() -> tuple[float, float, float]:
            settle(app, window)
            before = paints.count
            clock, busy = time.perf_counter(), time.thread_time()
            window.variants.step(1)
            for _ in range(3):  # the map is drawn when control is back in the loop
                app.processEvents()
            spent = (time.thread_time() - busy) * 1000, (time.perf_counter() - clock) * 1000
            assert paints.count > before
            while window.controller.evaluations.busy:
                app.processEvents()
                time.sleep(0.001)
            return *spent, (time.perf_counter() - clock) * 1000

        for _ in range(3):
            switch()  # each once, so that its figures are known
        spans = np.array([switch() for _ in range(TIMES)])
        window.end()
        window.deleteLater()
        app.processEvents()
        settings.sync()
    named = zip(("cpu", "clock", "until_figures"), spans.T, strict=True)
    figures = {
        name: {"median": round(float(np.median(one)), 1), "worst": round(float(one.max()), 1)} for name, one in named
    }
    return {"stops": stops, "routes": routes, **figures}


def test_bench_switch() -> None:
    figures = measure()
    print(json.dumps(figures))
    spans = figures["cpu"]
    assert isinstance(spans, dict)
    assert spans["median"] <= LIMIT


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
