"""The whole way of a solve, with the engine that users get."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.solve_run import Ending, Sample
from solver import worker
from solver.init import Init
from tests.app.conftest import MakeController
from tests.app.jobs.scenarios import make_scenario

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
