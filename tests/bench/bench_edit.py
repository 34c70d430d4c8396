"""What one edit of one customer costs in the real window, among ten thousand customers on five hundred routes.

``python -m tests.bench.bench_edit`` prints one JSON object: milliseconds, medians, of processor time that the window's
thread spends from the edit until table and map are drawn anew, and of the time on the clock, in which the figures of
the plan are worked out by the side.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from app.model import changes
from app.model.changes import Edit
from app.model.patch import State
from tests.bench.bench_map import Paints
from tests.bench.desk import crowded_window, settle

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
    with crowded_window(stops, routes) as (app, window):
        paints = Paints(window.map.viewport)

        def edit(make: Callable[[State, int], Edit], turn: int) -> tuple[float, float]:
            settle(app, window)
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
