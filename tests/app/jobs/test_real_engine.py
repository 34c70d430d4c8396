"""The whole way of a solve and of a question, with the engine that users get."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.asker import Asker
from app.jobs.solve_run import Ending, Sample
from app.model.plan import Plan, PlannedRoute
from app.model.why.explanation import Explanation
from app.model.why.questions import WhyNotNext, WhyUnassigned, WhyVehicle
from solver import worker
from solver.init import Init
from tests.app.conftest import MakeController
from tests.app.jobs.scenarios import make_scenario
from tests.app.model.states import HOUR
from tests.app.model.why.claims import hold

COMPILATION = 900
"""Seconds that the kernels may take to compile where no run has done it before."""


@pytest.mark.timeout(COMPILATION + 60)
def test_solve_and_stop(make_controller: MakeController, qtbot: QtBot) -> None:
    controller = make_controller(make_scenario(100, capacity=40.0), serve=worker.serve)
    session = controller.session
    with qtbot.waitSignal(controller.client.ready, timeout=COMPILATION * 1000):
        controller.client.start()
    samples: list[Sample] = []
    controller.sampled.connect(samples.append)
    controller.init = Init.RANDOM
    begun = time.perf_counter()
    with qtbot.waitSignal(controller.progressed, timeout=20_000) as progressed:
        controller.start(seconds=60.0)
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    with qtbot.waitSignal(controller.ended, timeout=20_000) as ended:
        controller.stop()
    stopped = time.perf_counter() - begun
    assert ended.args == [Ending.STOPPED]
    assert progressed.args[0].routes
    assert samples[0].first.by is Init.RANDOM
    assert samples[0].first.seconds < first
    assert session.plan.served == set(session.scenario.customers)
    assert first < 2.0  # generous, for a machine that is shared; tests/bench holds both to what users get
    assert stopped < 1.0
    session.undo()
    assert not session.plan.routes


@pytest.mark.timeout(COMPILATION + 120)
def test_a_question_that_searches_is_answered_and_all_that_is_said_is_so(
    make_controller: MakeController, qtbot: QtBot
) -> None:
    scenario = make_scenario(12, vehicles=2, capacity=6.0)
    keys = list(scenario.customers)
    tight = replace(
        scenario,
        customers={
            **scenario.customers,
            keys[0]: replace(scenario.customers[keys[0]], windows=((9 * HOUR, 9 * HOUR + 300),)),
        },
    )
    plan = Plan((PlannedRoute("van", tuple(keys[1:6]), 1), PlannedRoute("van", tuple(keys[6:]), 2)))
    controller = make_controller(tight, plan, worker.serve)
    with qtbot.waitSignal(controller.client.ready, timeout=COMPILATION * 1000):
        controller.client.start()
    asker = Asker(controller)
    told: list[Explanation] = []
    asker.answered.connect(told.append)
    for question in (WhyUnassigned(keys[0]), WhyVehicle(keys[5], resolved=True), WhyNotNext(("van", 1), None, keys[3])):
        with qtbot.waitSignal(asker.ended, timeout=60_000) as ended:
            asker.ask(question)
        assert ended.args == [True]
        assert told[-1].question == question
        hold(told[-1])
    asker.close()
