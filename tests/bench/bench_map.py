"""How fast the map is, offscreen at 1000 x 700, with ten thousand stops and five hundred routes.

``python -m tests.bench.bench_map`` prints one JSON object: milliseconds, median and 95th percentile. A frame is one
step of panning or zooming with everything that it repaints.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from app.map.view import MapRoute, MapView
from app.model.scenario import Customer, Depot, Scenario

WIDTH, HEIGHT = 1000, 700
FRAMES = 60


def scenario_of(stops: int, routes: int, seed: int = 1) -> tuple[Scenario, list[MapRoute]]:
    """Return customers all over southern Finland, and routes that sweep them in sectors around their depots."""
    random = np.random.default_rng(seed)
    lat, lon = random.uniform(60.1, 60.9, stops), random.uniform(23.5, 26.0, stops)
    depots = {f"d{i}": Depot(f"d{i}", lat=60.2 + 0.15 * i, lon=24.0 + 0.4 * i) for i in range(4)}
    customers = {str(i): Customer(str(i), lat=float(lat[i]), lon=float(lon[i])) for i in range(stops)}
    places = np.array([(depot.lat, depot.lon) for depot in depots.values()])
    squares = (lat[:, None] - places[:, 0]) ** 2 + ((lon[:, None] - places[:, 1]) / 2) ** 2
    home = np.argmin(squares, axis=1)
    angle = np.arctan2(lat - places[home, 0], (lon - places[home, 1]) / 2)
    order = np.lexsort((angle, home))
    drawn = []
    for index, part in enumerate(np.array_split(order, routes)):
        depot = ("depots", f"d{home[part[0]]}")
        drawn.append(MapRoute(index, (depot, *(("customers", str(stop)) for stop in part), depot)))
    return Scenario(depots=depots, customers=customers), drawn


def timed(action: Callable[[int], object], times: int) -> dict[str, float]:
    """Return median and 95th percentile of an action, milliseconds."""
    spans = []
    for turn in range(times):
        start = time.perf_counter()
        action(turn)
        spans.append((time.perf_counter() - start) * 1000)
    return {"median": round(float(np.median(spans)), 3), "p95": round(float(np.percentile(spans, 95)), 3)}


def measure(stops: int = 10_000, routes: int = 500) -> dict[str, object]:
    """Return the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    scenario, drawn = scenario_of(stops, routes)
    small, small_drawn = scenario_of(500, 25)
    view = MapView()
    view.resize(WIDTH, HEIGHT)
    view.show()
    app.processEvents()

    def frame(step: Callable[[], object]) -> None:
        step()
        view.viewport.repaint()
        app.processEvents()

    figures: dict[str, object] = {"stops": stops, "routes": routes, "width": WIDTH, "height": HEIGHT}
    figures["set_scenario"] = timed(lambda turn: view.set_scenario(scenario), 5)
    view.fit()
    figures["set_routes"] = timed(lambda turn: view.set_routes(drawn), 5)
    frame(lambda: None)
    canvas = view.canvas
    figures["repaint"] = timed(lambda turn: frame(lambda: view.viewport.update()), FRAMES)
    figures["pan"] = timed(lambda turn: frame(lambda: canvas.pan(9 if turn % 40 < 20 else -9, 4)), FRAMES)
    view.fit()
    figures["zoom"] = timed(lambda turn: frame(lambda: canvas.zoom(1.2 if turn % 20 < 10 else 1 / 1.2)), FRAMES)
    view.fit()
    interaction = view.interaction
    figures["hit_test"] = timed(lambda turn: interaction.item_at(turn * 16.0, turn * 11.0), FRAMES)
    view.set_scenario(small)
    view.fit()
    figures["set_routes_500"] = timed(lambda turn: view.set_routes(small_drawn), 20)
    figures["live_frame_500"] = timed(lambda turn: frame(lambda: view.set_routes(small_drawn)), 20)
    view.close()
    return figures


def test_bench_map() -> None:
    figures = measure()
    for name, limit in {"pan": 16, "zoom": 16, "hit_test": 1, "set_scenario": 200, "set_routes_500": 15}.items():
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["median"] <= limit, f"{name}: {spans} ms, at most {limit} allowed"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
