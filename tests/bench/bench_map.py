"""How fast the map is, offscreen at 1000 x 700, with ten thousand stops and five hundred routes, straight and by road.

``python -m tests.bench.bench_map`` prints one JSON object: milliseconds, median and 95th percentile, and the median of
the processor's time, which is the fairer figure on a machine with other work to do. A frame is one step of panning or
zooming and the one repaint that follows from it.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.map.projection import Mercator
from app.map.streets import Streets
from app.map.view import MapRoute, MapView
from app.map.ways import Shapes, shaped
from app.model.drives import Drive
from app.model.scenario import Customer, Depot, Scenario
from tests.solver.roads.grids import grid

WIDTH, HEIGHT = 1000, 700
FRAMES = 60
CORNERS = 30
"""Of a leg along roads."""


def scenario_of(stops: int, routes: int, *, crossed: bool = False, seed: int = 1) -> tuple[Scenario, list[MapRoute]]:
    """Return customers all over southern Finland, and routes that sweep them in sectors around their depots.

    Routes go out along one side of their sector and come back along the other; ``crossed`` ones run to and fro.
    """
    random = np.random.default_rng(seed)
    lat, lon = random.uniform(60.1, 60.9, stops), random.uniform(23.5, 26.0, stops)
    depots = {f"d{i}": Depot(f"d{i}", lat=60.2 + 0.15 * i, lon=24.0 + 0.4 * i) for i in range(4)}
    customers = {str(i): Customer(str(i), lat=float(lat[i]), lon=float(lon[i])) for i in range(stops)}
    places = np.array([(depot.lat, depot.lon) for depot in depots.values()])
    squares = (lat[:, None] - places[:, 0]) ** 2 + ((lon[:, None] - places[:, 1]) / 2) ** 2
    home = np.argmin(squares, axis=1)
    angle = np.arctan2(lat - places[home, 0], (lon - places[home, 1]) / 2)
    order = np.lexsort((angle, home))
    reach = squares[np.arange(stops), home]
    drawn = []
    for index, sector in enumerate(np.array_split(order, routes)):
        away, back = np.array_split(sector, 2)
        visits = np.concatenate([away[np.argsort(reach[away])], back[np.argsort(-reach[back])]])
        depot = ("depots", f"d{home[sector[0]]}")
        turns = sector if crossed else visits
        points = (depot, *(("customers", str(stop)) for stop in turns), depot)
        drawn.append(MapRoute(str(index), index, points, str(index + 1), vehicle="van"))
    return Scenario(depots=depots, customers=customers), drawn


def shapes_of(drives: list[Drive], seed: int = 2) -> Shapes:
    """Return winding roads: detours of a tenth of the way, and turns at each of `CORNERS` corners."""
    random = np.random.default_rng(seed)
    share = np.linspace(0.0, 1.0, CORNERS)[None, :, None]
    ends = np.array([drive[1:] for drive in drives])
    start, way = ends[:, :1], np.diff(ends, axis=1)
    aside = 0.1 * np.sin(np.pi * share) * random.uniform(-1, 1, (len(drives), 1, 1))
    aside = aside + 0.02 * random.normal(size=(len(drives), CORNERS, 1)) * (share % 1.0 > 0)
    lines = start + share * way + aside * way[:, :, ::-1] * (1.0, -1.0)
    return dict(zip(drives, shaped(list(lines), Mercator()), strict=True))


def timed(action: Callable[[int], object], times: int) -> dict[str, float]:
    """Return what an action takes, milliseconds."""
    spans, busy = [], []
    for turn in range(times):
        start, start_busy = time.perf_counter(), time.process_time()
        action(turn)
        spans.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - start_busy) * 1000)
    return {
        "median": round(float(np.median(spans)), 3),
        "p95": round(float(np.percentile(spans, 95)), 3),
        "cpu": round(float(np.median(busy)), 3),
    }


class Paints(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


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

    paints = Paints(view.viewport)

    def frame(step: Callable[[], object]) -> None:
        before = paints.count
        step()
        while paints.count == before:
            app.processEvents()

    def sway(turn: int) -> None:
        way = 1 if turn % 40 < 20 else -1
        view.canvas.pan(9 * way, 4 * way)

    figures: dict[str, object] = {"stops": stops, "routes": routes, "width": WIDTH, "height": HEIGHT}
    figures["set_scenario"] = timed(lambda turn: view.set_scenario(scenario if turn % 2 else Scenario()), 6)
    view.set_scenario(scenario)
    view.fit()
    # The same routes are not drawn again, so every other turn has them in other colours
    recoloured = [replace(route, color=route.color + 1) for route in drawn]
    figures["set_routes"] = timed(lambda turn: view.set_routes(recoloured if turn % 2 else drawn), 5)
    frame(view.viewport.update)
    moved = {**scenario.customers, "77": replace(scenario.customers["77"], lat=60.5)}
    figures["move_one"] = timed(
        lambda turn: view.set_scenario(scenario if turn % 2 else replace(scenario, customers=moved)), 20
    )
    canvas = view.canvas
    figures["repaint"] = timed(lambda turn: frame(view.viewport.update), FRAMES)
    figures["pan"] = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
    view.set_routes(scenario_of(stops, routes, crossed=True)[1])
    view.fit()
    figures["pan_crossed"] = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
    view.set_routes(drawn)
    view.fit()
    figures["zoom"] = timed(lambda turn: frame(lambda: canvas.zoom(1.2 if turn % 20 < 10 else 1 / 1.2)), FRAMES)
    view.fit()
    interaction = view.interaction
    figures["hit_test"] = timed(lambda turn: interaction.item_at(turn * 16.0, turn * 11.0), FRAMES)
    view.set_scenario(small)
    view.fit()
    small_recoloured = [replace(route, color=route.color + 1) for route in small_drawn]

    def live(turn: int) -> None:
        view.set_routes(small_recoloured if turn % 2 else small_drawn)

    figures["set_routes_500"] = timed(live, 20)
    figures["live_frame_500"] = timed(lambda turn: frame(lambda: live(turn)), 20)
    view.set_scenario(scenario, drawn)
    view.fit()
    missed: list[list[Drive]] = []
    view.shapes_missed.connect(missed.append)
    figures["set_shapes_straight"] = timed(lambda _: view.set_shapes({}), 3)
    started = time.perf_counter()
    shapes = shapes_of(missed[0])
    figures["simplify_all"] = round((time.perf_counter() - started) * 1000, 1)
    figures["roads_set_shapes"] = timed(lambda _: view.set_shapes(shapes), 5)
    frame(view.viewport.update)
    figures["roads_set_routes"] = timed(lambda turn: view.set_routes(recoloured if turn % 2 else drawn), 5)
    figures["roads_move_one"] = timed(
        lambda turn: view.set_scenario(scenario if turn % 2 else replace(scenario, customers=moved)), 10
    )
    view.set_scenario(scenario)
    figures["roads_pan"] = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
    figures["roads_zoom"] = timed(lambda turn: frame(lambda: canvas.zoom(1.2 if turn % 20 < 10 else 1 / 1.2)), FRAMES)
    for name, closer in {"near": 6.0, "street": 40.0}.items():
        view.fit()
        canvas.zoom(closer)
        figures[f"roads_legs_{name}"] = len(canvas.routes._ways.near(canvas.camera.rect))
        figures[f"roads_pan_{name}"] = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
    view.fit()
    figures["roads_hit_test"] = timed(lambda turn: interaction.item_at(turn * 16.0, turn * 11.0), FRAMES)
    started = time.perf_counter()
    streets = Streets(grid(100, 100, 80.0, lat=60.2, lon=24.5))
    figures["streets_read"] = round((time.perf_counter() - started) * 1000, 1)
    view.set_shapes(None)
    view.set_streets(streets)
    x, y = (float(value) for value in Mercator().to_map(60.235, 24.57))
    for name, scale in {"city": 20.0, "street": 2.0}.items():
        view.look(replace(view.camera, x=x, y=y, units_per_pixel=scale))
        frame(view.viewport.update)
        figures[f"streets_picture_{name}"] = timed(lambda _: frame(canvas.streets.forget_picture), 5)
        figures[f"streets_pan_{name}"] = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
    view.close()
    return figures


def test_bench_map() -> None:
    figures = measure()
    limits = {"pan": 16, "zoom": 16, "hit_test": 1, "move_one": 15, "set_routes_500": 15}
    limits |= {"roads_pan": 16, "roads_zoom": 16, "roads_hit_test": 1, "roads_set_routes": 50}
    limits |= {"streets_picture_city": 50, "streets_picture_street": 50, "streets_pan_city": 16}
    for name, limit in limits.items():
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["median"] <= limit, f"{name}: {spans} ms, at most {limit} allowed"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
