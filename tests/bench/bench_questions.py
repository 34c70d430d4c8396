"""How long the six questions take in the real window, and whether it goes on drawing meanwhile.

``python -m tests.bench.bench_questions`` prints a JSON object per number of stops: milliseconds, median and 95th
percentile, from the question to the *first* answer on the screen and to the *complete* one, searches included. ``live``
is what the dock answers by itself, from the selection of a stop to both of its cards; ``live_solving`` the same while a
solve runs. A *gap* is the longest time between two beats of a timer that should beat every 5 ms; *busy* is the
processor time that the window's process spent in such a gap, which is what it would be on a machine without other work
to do.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.locks import lock
from app.model.moves import unassign
from app.model.plan import Lock
from app.model.scenario import Access, Profile, ProfileRule, Scenario, Zone
from app.model.why.explanation import Explanation
from app.model.why.questions import (
    Question,
    WhatChanged,
    WhatCosts,
    WhyLeg,
    WhyNotNext,
    WhyUnassigned,
    WhyVehicle,
)
from app.views.application import favour_the_window, make_application
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.bench.bench_first_routes import WARM_UP, Watchdog, scenario_of, wait
from tests.bench.desk import settle, summary

SIZES = {100: 5, 500: 20, 2000: 80}
"""Vehicles of each of three types, by stops."""

TURNS = {"leg": 20, "next": 6, "vehicle": 20, "vehicle, searched": 3, "unassigned": 4, "cost": 1, "changed": 20}
"""How often each question is asked, each time about another stop."""

LIVE = 20
MOST_LIVE = 100.0
"""Milliseconds that each of the answers beside a selection may take with 500 stops."""

MOST_GAP = 50.0
"""Milliseconds of work that the window may not be kept from drawing for."""

LONGEST = 120
"""Seconds that an answer may take."""


def crowded(stops: int, vehicles: int) -> Scenario:
    """Return a city with windows, a zone, and a profile that forbids one type and prefers another."""
    scenario = scenario_of(stops, vehicles)
    rules = {"truck": ProfileRule(Access.FORBIDDEN), "bike": ProfileRule(Access.PREFERRED, 4.0)}
    ring = ((60.19, 24.85), (60.22, 24.85), (60.22, 24.95), (60.19, 24.95))
    customers = {
        key: replace(one, profile="shop" if number % 5 == 0 else "")
        for number, (key, one) in enumerate(scenario.customers.items())
    }
    return replace(
        scenario,
        customers=customers,
        profiles={"shop": Profile("shop", "Shop", MappingProxyType(rules))},
        zones={"Z": Zone("Z", "Centre", ring, frozenset({"truck"}))},
    )


def measure(stops: int, vehicles: int) -> dict[str, object]:
    """Return the figures of one number of stops."""
    app = QApplication.instance() or make_application()
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(prefix="routewright-") as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings)
        try:
            return {"stops": stops, **_measure(app, window, crowded(stops, vehicles))}
        finally:
            window.end()
            window.deleteLater()
            app.processEvents()
            settings.sync()


def _measure(app: QApplication, window: MainWindow, scenario: Scenario) -> dict[str, object]:
    controller, session = window.controller, window.session
    window.resize(1280, 800)
    window.show()
    wait(controller.evaluated, lambda: session.load(scenario, saved=True))
    favour_the_window()
    wait(controller.client.ready, controller.client.start, WARM_UP)
    wait(controller.ended, lambda: controller.start(5.0))
    chance, earlier = random.Random(1), session.state
    left = chance.sample(sorted(session.plan.served), TURNS["unassigned"])
    session.move(unassign(session.state, left))
    session.do(*lock(session.state, [("customers", key) for key in _served(window, chance, 5)], Lock.PLACE))
    window.why.show()
    settle(app, window)
    questions: dict[str, Callable[[int], Question]] = {
        "leg": lambda _: _leg(window, chance),
        "next": lambda _: _next(window, chance),
        "vehicle": lambda _: WhyVehicle(_served(window, chance)[0]),
        "vehicle, searched": lambda _: WhyVehicle(_served(window, chance)[0], resolved=True),
        "unassigned": lambda turn: WhyUnassigned(left[turn]),
        "cost": lambda _: WhatCosts(),
        "changed": lambda _: WhatChanged(earlier),
    }
    figures: dict[str, object] = {"live": _live(window, chance)}
    for kind, question in questions.items():
        figures[kind] = _asked(window, question, TURNS[kind])
    wait(controller.progressed, lambda: controller.start(3600.0))
    QTest.qWait(1000)
    figures["live_solving"] = _live(window, chance)
    wait(controller.ended, controller.stop)
    return figures


def _asked(window: MainWindow, question: Callable[[int], Question], turns: int) -> dict[str, object]:
    """Return how long a question takes, and how long the window stands still at worst."""
    watchdog, firsts, completes, searches = Watchdog(), list[float](), list[float](), list[int]()
    gaps, busy = list[float](), list[float]()
    searcher = window.why.searcher
    for turn in range(turns):
        asked, came, of = question(turn), list[float](), [0]
        began = time.perf_counter()

        def answered(_: Explanation, came: list[float] = came) -> None:
            came.append(time.perf_counter())

        def progressed(_: int, number: int, of: list[int] = of) -> None:
            of[0] = number

        searcher.answered.connect(answered)
        searcher.progressed.connect(progressed)
        still = watchdog.during(lambda asked=asked: wait(searcher.ended, lambda: window.why.ask(asked), LONGEST))
        searcher.answered.disconnect(answered)
        searcher.progressed.disconnect(progressed)
        firsts.append((came[0] - began) * 1000)
        completes.append((came[-1] - began) * 1000)
        searches.append(of[0])
        gaps.append(still["longest_gap"])
        busy.append(still["longest_busy"])
        QTest.qWait(50)
    return {
        "first": summary(firsts),
        "complete": summary(completes),
        "searches": max(searches),
        "longest_gap": max(gaps),
        "longest_busy": max(busy),
    }


def _live(window: MainWindow, chance: random.Random) -> dict[str, object]:
    """Return how long it takes from a selection to the answers beside it."""
    watchdog, spans, gaps, busy = Watchdog(), list[float](), list[float](), list[float]()
    for customer in _served(window, chance, LIVE):
        window.selection.set([])
        QTest.qWait(50)

        def both(customer: str = customer) -> None:
            loop, limit = QEventLoop(), QTimer(singleShot=True, interval=LONGEST * 1000)
            limit.timeout.connect(loop.quit)
            limit.start()
            answers = list[Explanation]()

            def answered(explanation: Explanation) -> None:
                answers.append(explanation)
                if len(answers) == 2:
                    loop.quit()

            window.why.live.answered.connect(answered)
            began = time.perf_counter()
            window.selection.set([("customers", customer)])
            loop.exec()
            spans.append((time.perf_counter() - began) * 1000)
            window.why.live.answered.disconnect(answered)

        still = watchdog.during(both)
        gaps.append(still["longest_gap"])
        busy.append(still["longest_busy"])
    return {"both": summary(spans), "longest_gap": max(gaps), "longest_busy": max(busy)}


def _served(window: MainWindow, chance: random.Random, number: int = 1) -> list[str]:
    return chance.sample(sorted(window.session.plan.served), number)


def _leg(window: MainWindow, chance: random.Random) -> Question:
    state = window.session.state
    route = chance.choice([route for route in state.plan.routes if route.stops])
    return WhyLeg((route.vehicle, route.number), chance.choice(route.stops))


def _next(window: MainWindow, chance: random.Random) -> Question:
    routes = window.session.plan.routes
    route = chance.choice([route for route in routes if len(route.stops) > 2])
    place = chance.randrange(len(route.stops) - 2)
    return WhyNotNext((route.vehicle, route.number), route.stops[place], route.stops[place + 2])


@pytest.mark.bench
@pytest.mark.timeout(1800)
def test_answers_come_promptly_and_the_window_goes_on_drawing() -> None:
    for stops, vehicles in SIZES.items():
        figures = measure(stops, vehicles)
        print(json.dumps(figures))
        for kind, one in figures.items():
            if isinstance(one, dict):
                assert one["longest_busy"] <= MOST_GAP, (stops, kind, one)
        for kind in ("leg", "vehicle"):
            one = figures[kind]
            assert isinstance(one, dict)
            assert stops > 500 or one["complete"]["median"] <= MOST_LIVE


if __name__ == "__main__":
    for size, number in SIZES.items():
        print(json.dumps(measure(size, number)), flush=True)
