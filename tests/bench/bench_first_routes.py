"""From Solve to the first routes on the screen, and whether the real window goes on drawing while the engine works.

``python -m tests.bench.bench_first_routes`` prints one JSON object; milliseconds. A *gap* is the time between two beats
of a timer that should beat every 5 ms; *busy* is the processor time that all threads of the window's process spent in
such a gap, which is what the gap would be on a machine without other work to do.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, QSettings, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication

from app.model.scenario import Customer, Depot, Scenario, Settings, Vehicle
from app.views.application import favour_the_window, make_application
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.theme import Theme

BEAT = 5
"""Milliseconds."""

WARM_UP = 900
"""Seconds that a cold engine may take to compile its kernels; none of it is measured."""


class Watchdog(QTimer):
    """Measures how long the event loop is kept from beating."""

    def __init__(self) -> None:
        super().__init__(interval=BEAT)
        self.gaps: list[float] = []
        self.busy: list[float] = []
        self._last = (time.perf_counter(), time.process_time())
        self.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = (time.perf_counter(), time.process_time())
        self.gaps.append((now[0] - self._last[0]) * 1000)
        self.busy.append((now[1] - self._last[1]) * 1000)
        self._last = now

    def during(self, action: Callable[[], object]) -> dict[str, float]:
        """Return the figures of the time that an action takes."""
        self.gaps.clear()
        self.busy.clear()
        self._last = (time.perf_counter(), time.process_time())
        self.start()
        action()
        self.stop()
        return {
            "longest_gap": round(max(self.gaps), 1),
            "p99_gap": round(float(np.percentile(self.gaps, 99)), 1),
            "longest_busy": round(max(self.busy), 1),
        }


def scenario_of(stops: int, vehicles: int) -> Scenario:
    """Return three kinds of vehicles, each with its own speed, and a city of customers, half of them with windows."""
    chance = random.Random(1)
    hour = 3600
    return Scenario(
        depots={"D": Depot("D", lat=60.2, lon=24.9)},
        vehicles={
            key: Vehicle(
                key, key, vehicles, (40.0,), "D", "D", (6 * hour, 20 * hour), cost, 1.0, 20.0, speed=speed, profile=key
            )
            for key, cost, speed in (("bike", 5.0, 15.0), ("van", 20.0, 30.0), ("truck", 40.0, 25.0))
        },
        customers={
            f"C{n}": Customer(
                f"C{n}",
                lat=60.2 + chance.gauss(0, 0.08),
                lon=24.9 + chance.gauss(0, 0.16),
                demand=(float(chance.randint(1, 4)),),
                service=180,
                windows=((8 * hour, 12 * hour),) if n % 2 else (),
            )
            for n in range(stops)
        },
        settings=Settings(solve_seconds=5.0),
    )


def wait(signal: SignalInstance, action: Callable[[], object], seconds: float = 60.0) -> float:
    """Return how long it takes from an action to a signal, milliseconds."""
    loop, limit = QEventLoop(), QTimer(singleShot=True, interval=int(seconds * 1000))
    limit.timeout.connect(loop.quit)
    signal.connect(loop.quit)
    began = time.perf_counter()
    limit.start()
    action()
    loop.exec()
    took = time.perf_counter() - began
    signal.disconnect(loop.quit)
    assert limit.isActive(), "the signal did not come"
    return round(took * 1000, 1)


def measure(stops: int = 500, vehicles: int = 20, seconds: float = 5.0) -> dict[str, object]:
    """Return the figures of solving one scenario."""
    app = QApplication.instance() or make_application()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings)
        try:
            return {"stops": stops, **_measure(window, scenario_of(stops, vehicles), seconds)}
        finally:
            window.end()
            window.deleteLater()
            app.processEvents()
            settings.sync()


def _measure(window: MainWindow, scenario: Scenario, seconds: float) -> dict[str, object]:
    controller, session = window.controller, window.session
    window.resize(1400, 900)
    window.show()
    watchdog = Watchdog()
    figures: dict[str, object] = {}
    figures["opening"] = watchdog.during(lambda: wait(controller.evaluated, lambda: session.load(scenario, saved=True)))
    favour_the_window()
    figures["loading"] = watchdog.during(lambda: wait(controller.client.ready, controller.client.start, WARM_UP))
    spans: list[float] = []
    for _ in range(3):
        spans.append(wait(controller.progressed, lambda: controller.start(60.0)))
        figures["stop"] = wait(controller.ended, controller.stop)
        session.undo()
        QApplication.processEvents()
    figures["first_routes"] = spans
    samples: list[object] = []
    controller.sampled.connect(samples.append)
    figures["solving"] = watchdog.during(
        lambda: wait(controller.ended, lambda: controller.start(seconds), seconds + 60)
    )
    figures["samples"] = len(samples)
    return figures


@pytest.mark.timeout(WARM_UP + 100)
def test_bench_first_routes() -> None:
    figures = measure()
    print(json.dumps(figures))
    first, stop = figures["first_routes"], figures["stop"]
    assert isinstance(first, list)
    assert isinstance(stop, float)
    assert min(first) <= 300
    assert stop <= 100
    for phase in ("loading", "solving"):
        spans = figures[phase]
        assert isinstance(spans, dict)
        assert spans["longest_busy"] <= 50, f"{phase}: {spans} ms"


if __name__ == "__main__":
    for number, fleet in ((500, 20), (2000, 80)):
        print(json.dumps(measure(number, fleet)), flush=True)
