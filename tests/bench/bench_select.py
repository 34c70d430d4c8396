"""What it takes to select half of ten thousand customers with a lasso, and to edit them together, in the real window.

``python -m tests.bench.bench_select`` prints one JSON object: milliseconds, median and 95th percentile, of processor
time that the window's thread spends, and on the clock. ``lasso`` lasts from the release of the mouse until map, tables
and status bar are drawn anew; ``draw`` is one step of the line before that; ``bulk`` is an edit of all that is chosen,
from the button to the new tables, some of it beside the window, and ``bulk_stall`` the longest that it
holds up the window.
"""

from __future__ import annotations

import json
import math
import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.map.view import MapMode
from app.views.dialogs.bulk_dialog import BulkDialog
from tests.bench.desk import crowded_window, settle, summary

TIMES = 9
STEPS = 240
"""Moves of the mouse along a lasso."""


def measure(stops: int = 10_000, routes: int = 500) -> dict[str, object]:
    """Return the figures."""
    with crowded_window(stops, routes) as (app, window):
        view = window.map

        def send(kind: QEvent.Type, at: QPointF) -> None:
            button = Qt.MouseButton.LeftButton
            event = QMouseEvent(kind, at, view.viewport.mapToGlobal(at), button, button, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(view.viewport, event)

        def way(turn: int) -> list[QPointF]:
            """Return a wavy line around the left or the right half of the map, so that each changes everything."""
            width, height = view.viewport.width(), view.viewport.height()
            middle = width * (0.25 if turn % 2 else 0.75)
            corners = []
            for step in range(STEPS):
                angle = 2.1 * math.pi * step / STEPS
                # a square with rounded corners, a little wider than half of the map
                across, along = (math.copysign(abs(part) ** 0.3, part) for part in (math.cos(angle), math.sin(angle)))
                reach = 1 + 0.03 * math.sin(17 * angle)
                corners.append(QPointF(middle + across * reach * width * 0.26, height / 2 + along * reach * height))
            return corners

        draws, releases, waits, counts = [], [], [], []
        settle(app, window)
        view.set_mode(MapMode.LASSO)
        for turn in range(TIMES):
            line = way(turn)
            send(QEvent.Type.MouseButtonPress, line[0])
            for at in line[1:]:
                spent = time.thread_time()
                send(QEvent.Type.MouseMove, at)
                app.processEvents()
                draws.append((time.thread_time() - spent) * 1000)
            start, spent = time.perf_counter(), time.thread_time()
            send(QEvent.Type.MouseButtonRelease, line[-1])
            for _ in range(3):
                app.processEvents()
            releases.append((time.thread_time() - spent) * 1000)
            waits.append((time.perf_counter() - start) * 1000)
            counts.append(len(window.selection.ids("customers")))

        cpu, clock, stalls = [], [], []
        for turn in range(3):
            window.actions_by_name["edit_selected"].trigger()
            dialog = window.findChild(BulkDialog)
            field = next(field for field in dialog.fields if field.shared.column.key == "service")
            field.editor.setText(str(turn + 7))
            field.editor.textEdited.emit(field.editor.text())
            app.processEvents()
            steps, spent, start = window.session.stack.count(), time.thread_time(), time.perf_counter()
            dialog._work_out()
            longest, more = 0.0, 2  # after the edit what it has changed is drawn
            while more:
                more -= window.session.stack.count() > steps
                turn_began = time.thread_time()
                app.processEvents()
                longest = max(longest, (time.thread_time() - turn_began) * 1000)
            stalls.append(longest)
            cpu.append((time.thread_time() - spent) * 1000)
            clock.append((time.perf_counter() - start) * 1000)
            settle(app, window)
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {
        "stops": stops,
        "routes": routes,
        "selected": [min(counts), max(counts)],
        "draw": summary(draws),
        "lasso": summary(releases),
        "lasso_clock": summary(waits),
        "bulk": summary(cpu),
        "bulk_clock": summary(clock),
        "bulk_stall": summary(stalls),
    }


def test_bench_select() -> None:
    figures = measure()
    print(json.dumps(figures))
    fewest, most = figures["selected"]  # type: ignore[misc]
    assert fewest > 3_500
    assert most < 6_500
    for name, limit in {"draw": 30, "lasso": 100, "bulk_stall": 50}.items():
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["median"] <= limit, f"{name}: {spans} ms, at most {limit} allowed"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
