"""How fast zones are drawn and customers coloured, offscreen at 1000 x 700 with ten thousand customers.

``python -m tests.bench.bench_zones`` prints one JSON object: milliseconds, median and 95th percentile, and the median
of the processor's time. A move is one mouse event and the one repaint that follows from it.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from app.map.gestures import Pointer
from app.map.view import MapMode, MapView
from app.model.colouring import ColourBy, colouring_of
from app.model.patch import State
from app.model.scenario import Customer, Profile, Vehicle, Zone
from tests.bench.bench_map import FRAMES, HEIGHT, WIDTH, Paints, scenario_of, timed

CUSTOMERS, ROUTES, CORNERS = 10_000, 500, 200


def measure() -> dict[str, object]:
    """Return the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    scenario, routes = scenario_of(CUSTOMERS, ROUTES)
    random = np.random.default_rng(1)

    def dressed(one: Customer) -> Customer:
        close = int(random.integers(9, 19)) * 3600
        windows = ((8 * 3600, close),) if random.random() < 0.8 else ()
        return replace(one, demand=(float(random.gamma(2.0, 5.0)),), windows=windows, profile=f"p{random.integers(12)}")

    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    ring = tuple((60.5 + 0.2 * math.sin(turn), 24.7 + 0.5 * math.cos(turn)) for turn in turns)
    scenario = replace(
        scenario,
        customers={key: dressed(one) for key, one in scenario.customers.items()},
        profiles={f"p{number}": Profile(f"p{number}", rules=MappingProxyType({})) for number in range(12)},
        vehicles={"van": Vehicle("van", capacity=(500.0,))},
        zones={"z": Zone("z", ring=ring)},
    )
    view = MapView()
    view.resize(WIDTH, HEIGHT)
    view.show()
    view.set_scenario(scenario, routes)
    view.fit()
    app.processEvents()
    paints = Paints(view.viewport)

    def frame(step: Callable[[], object]) -> None:
        before = paints.count
        step()
        while paints.count == before:
            app.processEvents()

    def sway(turn: int) -> None:
        view.canvas.pan(9 if turn % 40 < 20 else -9, 4 if turn % 40 < 20 else -4)

    state = State(scenario)
    figures: dict[str, object] = {"customers": CUSTOMERS, "routes": ROUTES, "corners": CORNERS}
    figures["pan_by_route"] = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
    for by in (ColourBy.PROFILE, ColourBy.LOAD, ColourBy.WINDOW):
        figures[f"classes_by_{by.name.lower()}"] = timed(lambda _, by=by: colouring_of(by, state, None), 10)  # type: ignore[misc]
        colouring = colouring_of(by, state, None)
        view.set_colouring(None)
        figures[f"show_by_{by.name.lower()}"] = timed(
            lambda turn, shown=colouring: frame(lambda: view.set_colouring(shown if turn % 2 else None)),  # type: ignore[misc]
            10,
        )
        view.set_colouring(colouring)
        figures[f"pan_by_{by.name.lower()}"] = timed(lambda turn: frame(lambda: sway(turn)), FRAMES)
    view.set_colouring(None)
    view.set_mode(MapMode.DRAW_ZONE)
    tool = view.zone_tool
    for corner in range(60):
        tool.drawer.put(Pointer(100.0 + 10 * corner, 300.0 - 0.3 * (corner - 30) ** 2))
    figures["draw_move"] = timed(lambda turn: frame(lambda: tool.hover(Pointer(300.0 + turn, 500.0 + turn))), FRAMES)
    view.set_mode(MapMode.SELECT)
    view.set_selected({("zones", "z")})
    outline = tool.shaper.outline
    assert outline is not None
    start = Pointer(*view.camera.to_pixel(*outline.points[0].tolist()))
    gesture = tool.gesture_for(start, space=False)
    assert gesture is not None
    gesture.press(start)
    figures["reshape_move"] = timed(
        lambda turn: frame(lambda: gesture.move(Pointer(start.x + 5 + turn / 4, start.y + turn / 4))), FRAMES
    )
    gesture.cancel()
    view.close()
    return figures


def test_bench_zones() -> None:
    figures = measure()
    limits = {"pan_by_profile": 16, "pan_by_load": 16, "draw_move": 16, "reshape_move": 20, "show_by_profile": 50}
    for name, limit in limits.items():
        spans = figures[name]
        assert isinstance(spans, dict)
        assert spans["median"] <= limit, f"{name}: {spans} ms, at most {limit} allowed"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
