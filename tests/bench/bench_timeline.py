"""How fast the timeline is, offscreen, with 500 stops on 60 vehicles, all of them in view and as many as a dock shows.

``python -m tests.bench.bench_timeline`` prints one JSON object: milliseconds, as `tests.bench.bench_map` does. A frame
is one step of panning or zooming and the repaints that follow from it; ``replan`` is everything between the figures of
a new plan and its picture on the screen, with half of its routes changed and with all of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Vehicle
from app.timeline.rows import LANE
from app.timeline.ruler import HEIGHT
from app.timeline.view import TimelineView
from tests.bench.bench_map import Paints, timed

WIDTH, DOCK = 1280, 300
STOPS, VEHICLES = 500, 60
FRAMES = 60


def scenario_of(stops: int, vehicles: int, seed: int = 1) -> Scenario:
    """Return customers around a depot, half of them with time windows, and vehicles with a shift."""
    random = np.random.default_rng(seed)
    lat, lon = random.normal(60.2, 0.06, stops), random.normal(24.9, 0.12, stops)
    opens = random.integers(7, 14, stops) * 3600
    wide = random.integers(1, 5, stops) * 3600
    customers = {
        f"C{i}": Customer(
            f"C{i}",
            f"Customer {i}",
            float(lat[i]),
            float(lon[i]),
            (float(random.integers(1, 20)),),
            (0.0,),
            int(random.integers(2, 30)) * 60,
            ((int(opens[i]), int(opens[i] + wide[i])),) if i % 2 else (),
        )
        for i in range(stops)
    }
    vehicle = Vehicle("van", "Van", vehicles + 2, (stops * 11.0 / vehicles,), "D", "D", shift=(7 * 3600, 16 * 3600))
    return Scenario({"D": Depot("D", "Depot", 60.2, 24.9)}, {"van": vehicle}, customers)


def plan_of(scenario: Scenario, routes: int, seed: int = 2) -> Plan:
    """Return a plan that visits customers of a sector in the order of their windows, more or less."""
    random = np.random.default_rng(seed)
    customers = list(scenario.customers.values())
    angle = np.array([np.arctan2(one.lat - 60.2, (one.lon - 24.9) / 2) for one in customers])
    due = np.array([one.windows[0][0] if one.windows else random.integers(7, 15) * 3600 for one in customers])
    parts = np.array_split(np.argsort(angle), routes)
    return Plan(
        tuple(
            PlannedRoute("van", tuple(customers[stop].id for stop in part[np.argsort(due[part], kind="stable")]))
            for part in parts
        )
    )


def measure(stops: int = STOPS, vehicles: int = VEHICLES) -> dict[str, object]:
    """Return the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    scenario = scenario_of(stops, vehicles)
    problem = compile_scenario(scenario)
    plan = plan_of(scenario, vehicles)
    turned = tuple(PlannedRoute(route.vehicle, route.stops[::-1]) for route in plan.routes)
    half = (*turned[: vehicles // 2], *plan.routes[vehicles // 2 :])
    first, some, every = (evaluate(scenario, problem, one) for one in (plan, Plan(half), Plan(turned)))
    view = TimelineView()
    figures: dict[str, object] = {"stops": stops, "vehicles": vehicles, "width": WIDTH}

    for name, height in (("all", vehicles * LANE + HEIGHT), ("dock", DOCK)):
        view.resize(WIDTH, height)
        view.show()
        view.show_plan(first, scenario)
        view.fit()
        app.processEvents()
        figures[name] = _measure_at(app, view, scenario, (first, some, every))
    view.close()
    return figures


def _measure_at(
    app: QApplication, view: TimelineView, scenario: Scenario, plans: tuple[Evaluation, Evaluation, Evaluation]
) -> dict[str, object]:
    paints = Paints(view.canvas)
    stage = view.stage

    def frame(step: Callable[[], object]) -> None:
        before = paints.count
        step()
        while paints.count == before:
            app.processEvents()

    def away(turn: int) -> int:
        return 1 if turn % 40 < 20 else -1

    first, some, every = plans
    figures: dict[str, object] = {}
    view.zoom_in()
    figures["pan"] = timed(lambda turn: frame(lambda: stage.pan(9.0 * away(turn), 0.0)), FRAMES)
    figures["pan_lanes"] = timed(lambda turn: frame(lambda: stage.pan(5.0, -7.0 * away(turn))), FRAMES)
    view.fit()
    figures["pan_whole_day"] = timed(lambda turn: frame(lambda: stage.pan(9.0 * away(turn), 0.0)), FRAMES)
    figures["zoom"] = timed(lambda turn: frame(lambda: stage.zoom(1.2 if turn % 20 < 10 else 1 / 1.2)), FRAMES)
    view.fit()
    figures["hover"] = timed(lambda turn: frame(lambda: stage.point(10.0 * turn, 40.0)), FRAMES)
    stage.point(None)
    for name, other in (("half", some), ("all", every)):
        figures[f"replan_{name}"] = timed(
            lambda turn, other=other: frame(lambda: view.show_plan(other if turn % 2 else first, scenario)), 20
        )
    return figures


def test_bench_timeline() -> None:
    figures = measure()
    limits = {
        "pan": 16,
        "pan_lanes": 16,
        "pan_whole_day": 16,
        "zoom": 16,
        "hover": 8,
        "replan_half": 30,
        "replan_all": 30,
    }
    for size in ("all", "dock"):
        measured = figures[size]
        assert isinstance(measured, dict)
        for name, limit in limits.items():
            assert measured[name]["median"] <= limit, f"{size}, {name}: {measured[name]} ms, at most {limit} allowed"


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
