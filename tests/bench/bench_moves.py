"""What it takes to say what a change by hand would cost, and to compare all vehicles.

``python -m tests.bench.bench_moves`` prints one JSON object: milliseconds on the clock, median and 95th percentile, for
100, 500 and 2,000 stops on routes of eight or nine.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable

import numpy as np

from app.model import moves
from app.model.compile import compile_scenario
from app.model.offers import assignments, ranked
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.proposal import Pricing
from tests.app.jobs.scenarios import make_scenario

SIZES = {100: 12, 500: 60, 2000: 240}
"""Routes, by stops."""

PREVIEWS, RANKINGS = 200, 10


def measure(stops: int, routes: int) -> dict[str, object]:
    """Return the figures of one size."""
    scenario = make_scenario(stops, routes + 1)
    # In rows from north to south and cut along them: routes as long as bad hand-made ones.
    order = sorted(scenario.customers, key=lambda key: (round(scenario.customers[key].lat * 50), key))
    parts = np.array_split(np.array(order), routes)
    state = State(scenario, Plan(tuple(PlannedRoute("van", tuple(part.tolist())) for part in parts)))
    problem = compile_scenario(scenario)
    pricing = Pricing(problem, state)
    chance = random.Random(1)

    def preview() -> None:
        """Price a drop of one stop somewhere, as a drag does for each place that it comes over."""
        draft = moves.move_stops(state, [chance.choice(order)], chance.randrange(routes), chance.randrange(9))
        pricing.proposal(draft)

    def first_preview() -> None:
        """The same, before anything is remembered of the plan."""
        draft = moves.move_stops(state, [chance.choice(order)], chance.randrange(routes), chance.randrange(9))
        Pricing(problem, state).proposal(draft)

    def ranking() -> None:
        ranked(assignments(Pricing(problem, state), [chance.choice(order)]))

    return {
        "stops": stops,
        "routes": routes,
        "preview": _spans(preview, PREVIEWS),
        "first_preview": _spans(first_preview, PREVIEWS // 4),
        "ranking": _spans(ranking, RANKINGS),
    }


def _spans(act: Callable[[], None], times: int) -> dict[str, float]:
    spans = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        spans.append((time.perf_counter() - begin) * 1000)
    median, high = np.percentile(spans, (50, 95)).round(2).tolist()
    return {"median": median, "p95": high}


def test_bench_moves() -> None:
    for stops, routes in SIZES.items():
        figures = measure(stops, routes)
        print(json.dumps(figures))
        preview, ranking = figures["preview"], figures["ranking"]
        assert isinstance(preview, dict)
        assert isinstance(ranking, dict)
        assert preview["p95"] <= 30
        if stops <= 500:
            assert ranking["median"] <= 150


if __name__ == "__main__":
    print(json.dumps([measure(*size) for size in SIZES.items()], indent=2))
