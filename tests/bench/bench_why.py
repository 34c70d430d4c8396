"""From a selection to the answers beside the map: why a stop is on its vehicle, and why the route goes there.

``python -m tests.bench.bench_why`` prints a JSON object per number of stops: milliseconds from the selection of another
stop to the answer on the screen, median and 95th percentile over `TURNS` stops, and what kept the window from drawing
meanwhile at worst; the same while a search offers plans `OFFERS` times a second, when answers are asked again.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.views.main_window import MainWindow
from tests.bench.bench_first_routes import Watchdog
from tests.bench.desk import crowded_window, settle, summary

TURNS = 20
SIZES = ((100, 5), (500, 20), (2000, 80))
"""Stops and routes."""
OFFERS = 10
"""Plans a second, about what a search finds when it begins."""
PATIENCE = 20.0
"""Seconds."""
AT_MOST = 100.0
"""Milliseconds to an answer at 500 stops."""


def measure(stops: int, routes: int) -> dict[str, object]:
    """Return the figures of one number of stops."""
    with crowded_window(stops, routes) as (app, window):
        window.resize(1400, 900)
        window.actions_by_name["show_why"].trigger()
        settle(app, window)
        watchdog, chance = Watchdog(), random.Random(1)
        _turns(app, window, chance, 2)  # the first answers build what others find
        figures: dict[str, object] = {"stops": stops}
        spans: list[list[float]] = []
        busy = watchdog.during(lambda: spans.extend(_turns(app, window, chance, TURNS)))["longest_busy"]
        figures.update(_said(spans), longest_busy=busy)
        offers = QTimer(interval=1000 // OFFERS)
        offers.timeout.connect(lambda: _offer(window, chance))
        window.session.searching = True
        offers.start()
        live: list[list[float]] = []
        busy = watchdog.during(lambda: live.extend(_turns(app, window, chance, TURNS)))["longest_busy"]
        offers.stop()
        window.session.searching = False
        settle(app, window)
        figures["while plans arrive"] = {**_said(live), "longest_busy": busy}
        return figures


def _offer(window: MainWindow, chance: random.Random) -> None:
    """Show another plan, as a search does that has found one."""
    routes = list(window.session.plan.routes)
    at = chance.randrange(len(routes))
    routes[at] = replace(routes[at], stops=routes[at].stops[::-1])
    window.session.offer(window.session.plan.with_routes(routes))
    window.controller.progressed.emit(window.controller.evaluations.evaluation)


def _said(spans: list[list[float]]) -> dict[str, object]:
    return {name: summary([one[slot] for one in spans]) for slot, name in enumerate(("vehicle", "leg"))}


def _turns(app: QApplication, window: MainWindow, chance: random.Random, turns: int) -> list[list[float]]:
    """Select one stop after the other, and return how long the two answers took."""
    spans = []
    for stop in chance.sample(sorted(window.session.plan.served), turns):
        began = time.perf_counter()
        window.selection.set([("customers", stop)])
        spans.append([_shown(app, window, slot, stop, began) for slot in (0, 1)])
    return spans


def _shown(app: QApplication, window: MainWindow, slot: int, stop: str, began: float) -> float:
    """Wait until a card answers a question about a stop, and return how long it took."""
    card = window.why.dock.cards[slot]
    while True:
        question = card.explanation.question if card.explanation is not None else None
        if card.isVisible() and stop in (getattr(question, "customer", ""), getattr(question, "to", "")):
            return (time.perf_counter() - began) * 1000
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError(stop)
        app.processEvents()
        time.sleep(0.001)


@pytest.mark.timeout(300)
def test_bench_why() -> None:
    figures = measure(500, 20)
    print(json.dumps(figures))
    for name in ("vehicle", "leg"):
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["median"] <= AT_MOST, f"{name}: {spans} ms"


if __name__ == "__main__":
    for size in [one for one in SIZES if not sys.argv[1:] or str(one[0]) in sys.argv[1:]]:
        print(json.dumps(measure(*size)), flush=True)
