"""What a drag of stops takes, from a move of the mouse to the readout at the cursor on the screen, in the real window.

``python -m tests.bench.bench_drag`` prints one JSON object: milliseconds, median and 95th percentile, and the median of
the processor's time, which is the fairer figure on a machine with other work to do, for 100, 500 and 2,000 stops on
routes of eight or nine, offscreen at 1280 x 800. Every move leads over another place: ``exactly`` over the lines of the
map, ``best`` over its stops, ``several`` over both with ten stops held, best places that are worked out in the
background included, ``timeline`` over the places between the bars. ``drop`` is everything from the release to the map
and the timeline with the new plan, figures included; ``undo`` likewise.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.jobs.client import SolverClient
from app.views.main_window import MainWindow
from app.views.theme import Appearance, Theme
from tests.bench.bench_map import Paints
from tests.bench.bench_timeline import plan_of, scenario_of

SIZES = {100: 12, 500: 60, 2000: 240}
"""Routes, by stops."""

MOVES, DROPS = 60, 8
MOST = 30.0
"""Milliseconds that the 95th percentile of a move may take with 500 stops."""


Span = tuple[float, float]
"""On the clock, and of the processor's time."""


class Hand:
    """Moves the mouse over a window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self._paints = Paints(window.drag.stops.readout)
        self._chance = random.Random(1)

    def send(self, widget: QWidget, kind: QEvent.Type, at: QPoint) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind == QEvent.Type.MouseMove else left
        place = QPointF(at)
        modifiers = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QMouseEvent(kind, place, widget.mapToGlobal(place), button, left, modifiers))

    def grab(self, widget: QWidget, at: QPoint) -> None:
        self.send(widget, QEvent.Type.MouseButtonPress, at)
        for step in (6, 12, 18):
            self.send(widget, QEvent.Type.MouseMove, at + QPoint(step, 0))
        assert self.window.drag.stops.active

    def moves(self, widget: QWidget, places: list[QPoint]) -> dict[str, float]:
        """Return what moves to some places take that a drop can be made on."""
        spans: list[Span] = []
        for at in self._chance.choices(places, k=MOVES):
            before, painted = self.window.drag.stops.outcome, self._paints.count
            begin = _now()
            self.send(widget, QEvent.Type.MouseMove, at)
            drag = self.window.drag.stops
            while drag.waits:
                QApplication.processEvents()
            if drag.outcome is None or drag.outcome is before:
                continue
            while self._paints.count == painted:
                QApplication.processEvents()
            spans.append(_since(begin))
        assert len(spans) >= MOVES / 4
        return _figures(spans)

    def settled(self, act: Callable[[], object]) -> Span:
        """Return what it takes until every view shows what comes of an act."""
        begin = _now()
        act()
        while self.window.controller.evaluations.busy:
            QApplication.processEvents()
        QApplication.processEvents()
        return _since(begin)


def measure(stops: int, routes: int) -> dict[str, object]:
    """Return the figures of one size."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings, SolverClient())
        try:
            return {"stops": stops, "routes": routes, **_measure(window, stops, routes)}
        finally:
            window.session.stack.setClean()
            window.end()


def _measure(window: MainWindow, stops: int, routes: int) -> dict[str, object]:
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    scenario = scenario_of(stops, routes)
    plan = plan_of(scenario, routes)
    hand, drag, view = Hand(window), window.drag.stops, window.map
    hand.settled(lambda: window.session.load(scenario, plan, saved=True))
    QTest.qWait(50)
    window.timeline_dock.raise_()
    QTest.qWait(50)

    def pixel(key: str) -> QPoint:
        return view.pixel_of(scenario.customers[key].lat, scenario.customers[key].lon)

    points = {key: pixel(key) for route in plan.routes for key in route.stops}
    lines = [(points[a] + points[b]) / 2 for route in plan.routes for a, b in pairwise(route.stops)]
    first = plan.routes[0].stops[0]
    hand.grab(view.viewport, points[first])
    figures: dict[str, object] = {
        "exactly": hand.moves(view.viewport, lines),
        "best": hand.moves(view.viewport, list(points.values())),
    }
    drag.cancel()
    several = [route.stops[0] for route in plan.routes[:10]]
    window.selection.set([("customers", key) for key in several])
    hand.grab(view.viewport, points[first])
    figures["several"] = hand.moves(view.viewport, [*lines, *points.values()])
    drag.cancel()
    window.selection.clear()
    lanes = window.timeline_dock.view
    stage = lanes.stage
    gaps = [
        QPoint(round(stage.axis.to_pixel(float(lane.service[:, 0].mean()) + shift)), round(stage.rows.pixel(row)) + 16)
        for row, lane in enumerate(stage.day.lanes)
        if row in stage.rows.shown
        for shift in range(-7200, 7201, 1800)
    ]
    bar = QPoint(round(stage.axis.to_pixel(float(stage.day.lanes[0].middles[0]))), 16)
    hand.grab(lanes.canvas, bar)
    figures["timeline"] = hand.moves(lanes.canvas, [at for at in gaps if lanes.canvas.rect().contains(at)])
    drag.cancel()
    drops, undos = [], []
    for at in lines[10 : 10 + DROPS]:
        hand.grab(view.viewport, points[first])
        hand.send(view.viewport, QEvent.Type.MouseMove, at)
        drops.append(hand.settled(lambda at=at: hand.send(view.viewport, QEvent.Type.MouseButtonRelease, at)))
        if window.session.stack.canUndo():
            undos.append(hand.settled(window.session.undo))
    figures |= {"drop": _figures(drops), "undo": _figures(undos)}
    return figures


def _now() -> Span:
    return time.perf_counter(), time.process_time()


def _since(begin: Span) -> Span:
    now = _now()
    return (now[0] - begin[0]) * 1000, (now[1] - begin[1]) * 1000


def _figures(spans: list[Span]) -> dict[str, float]:
    clock, busy = np.array(spans).T
    median, high, cpu = (float(one) for one in (*np.percentile(clock, (50, 95)), np.median(busy)))
    return {"median": round(median, 2), "p95": round(high, 2), "cpu": round(cpu, 2)}


def test_bench_drag() -> None:
    for stops, routes in SIZES.items():
        figures = measure(stops, routes)
        print(json.dumps(figures))
        if stops <= 500:
            for what in ("exactly", "best", "timeline"):
                one = figures[what]
                assert isinstance(one, dict)
                assert one["p95"] <= MOST


if __name__ == "__main__":
    print(json.dumps([measure(*size) for size in SIZES.items()], indent=2))
