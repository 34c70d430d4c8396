"""The day of a planner: open the sample, solve it, trust nothing, ask why."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from app.jobs.asker import Asker
from app.jobs.solve_run import Ending
from app.model.compile import compile_scenario
from app.model.evaluation import to_solution
from app.model.patch import State
from app.model.plan import PlannedRoute
from app.model.variants import Variants
from app.model.why.explanation import Explanation
from app.model.why.questions import Question, WhyRoute, WhyVehicle
from app.selftest.stage import Stage
from app.selftest.step import StepError
from app.selftest.waiting import Wait, listening, pause
from solver.problem import check

Facts = Mapping[str, Any]

PICTURE = "window.png"

PAINTING = 500
"""Milliseconds that the views get to show the last figures before the picture is taken."""

SHORT = 0.5
"""Seconds of a solve of which only the beginning matters."""


def start_engine(stage: Stage) -> Facts:
    """Start the engine's process and wait until its kernels are loaded."""
    client = stage.window.client
    wait = Wait().on(client.ready, "").on(client.died)
    client.start()
    if fault := wait.result():
        raise StepError(fault)
    return {"since_start": round(time.monotonic() - stage.wish.began, 3)}


def open_sample(stage: Stage) -> Facts:
    """Open the sample and wait for its figures."""
    window = stage.window
    wait = Wait().on(window.session.replaced, "").on(window.files.message)
    window.files.open_sample(stage.sample)
    if fault := wait.result():
        raise StepError(fault)
    stage.figures()
    scenario = window.session.scenario
    return {"name": scenario.settings.name, "customers": len(scenario.customers), "travel": scenario.settings.travel}


def solve(stage: Stage, seconds: float) -> Facts:
    """Solve what is open, as the button does, and return how that went."""
    controller = stage.window.controller
    wait = Wait().on(controller.ended)
    with (
        listening(controller.message) as messages,
        listening(controller.sampled) as samples,
        listening(controller.progressed) as shown,
    ):
        began = time.perf_counter()
        controller.start(seconds)
        ending = wait.result()
        took = time.perf_counter() - began
        pause(0)  # the reason of a failure follows its ending
    if ending is not Ending.FINISHED or not samples:
        raise StepError(" ".join([f"the solve {ending}.", *(one.value for one in messages)]))
    evaluation = stage.figures()
    routes = [route for route in evaluation.routes if route.stops]
    if not routes:
        raise StepError("nobody is served by the plan")
    return {
        "first_routes": round(shown[0].at - began, 3) if shown else round(took, 3),
        "first_plan": samples[0].value.first.by,
        "iterations": samples[-1].value.iterations,
        "routes": len(routes),
        "served": sum(route.stops for route in routes),
        "distance_km": round(evaluation.distance_km, 3),
        "cost": round(evaluation.costs.total, 2),
        "currency": stage.window.session.scenario.settings.currency,
    }


def solve_sample(stage: Stage) -> Facts:
    """Solve the sample for as long as is wished for."""
    return solve(stage, stage.wish.seconds)


def solve_again(stage: Stage) -> Facts:
    """Solve from nothing once more: now that everything is warm, how soon are there routes counts."""
    start_over(stage)
    return solve(stage, SHORT)


def start_over(stage: Stage) -> None:
    """Open what is open without its plan."""
    scenario = stage.window.session.scenario
    stage.window.files.take_unsaved(Variants.of(State(scenario)), None)
    stage.figures()


def check_plan(stage: Stage) -> Facts:
    """Hold the plan to the plain check, whose word counts, and the figures to it."""
    evaluation, session = stage.figures(), stage.window.session
    problem = compile_scenario(session.scenario)
    report = check(problem, to_solution(problem, session.plan))
    if not (report.feasible and evaluation.feasible):
        raise StepError("the plan breaks a rule: " + " ".join(one.text for one in evaluation.violations[:5]))
    everybody = set(session.scenario.customers)
    left_out = {one.customer for one in evaluation.unserved}
    if session.plan.served | left_out != everybody or session.plan.served & left_out:
        raise StepError("customers are neither served nor said to be left out")
    return {"feasible": True, "left_out": len(left_out)}


def take_picture(stage: Stage) -> Facts:
    """Let the window be seen."""
    window = stage.window
    window.tables_dock.show_tab("routes")
    window.map.fit()
    pause(PAINTING)
    picture = window.grab()
    path = stage.file(PICTURE)
    if not picture.save(str(path), "PNG"):
        raise StepError(f"{path.name} could not be written")
    return {"width": picture.width(), "height": picture.height()}


def explain(stage: Stage) -> Facts:
    """Ask what a route is there for, and, with searches by the engine, why its first stop is on that vehicle."""
    asker = Asker(stage.window.controller)
    try:
        route = _longest(stage)
        whole = _answer(asker, WhyRoute((route.vehicle, route.number)))
        searched = _answer(asker, WhyVehicle(route.stops[0], resolved=True))
    finally:
        asker.close()
    return {
        "answers": [str(sentence) for one in (whole, searched) for sentence in one.short],
        "alternatives": len(searched.alternatives),
    }


def _longest(stage: Stage) -> PlannedRoute:
    return max(stage.window.session.plan.routes, key=lambda route: len(route.stops))


def _answer(asker: Asker, question: Question) -> Explanation:
    wait = Wait().on(asker.ended)
    with listening(asker.answered) as answers, listening(asker.message) as messages:
        asker.ask(question)
        answered = wait.result()
        pause(0)  # the reason follows
    if not answered:
        raise StepError(" ".join(["a question was not answered.", *(one.value for one in messages)]))
    explanation: Explanation = answers[-1].value
    if not explanation.complete or not explanation.short:
        raise StepError("an answer says nothing")
    return explanation
