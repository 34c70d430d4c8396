"""The cost curve, by its data."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import Sample
from app.model import changes
from app.model.plan import Plan
from app.views.cost_curve import CostCurve
from solver.init import FirstPlan, Init

FIRST = FirstPlan(Init.CLASSICAL, 0.1)


@pytest.fixture
def curve(qtbot: QtBot) -> CostCurve:
    made = CostCurve()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def test_infeasible_samples_are_drawn_apart(curve: CostCurve) -> None:
    for elapsed, cost, feasible in ((0.1, 90.0, False), (0.2, 120.0, True), (0.5, 100.0, True)):
        curve.add_sample(Sample(elapsed, 10.0, cost, feasible, 1, FIRST))
    dashed, solid = (item.getData() for item in (curve.broken, curve.sound))
    assert np.array_equal(dashed[0], [0.1, 0.2])
    assert np.array_equal(dashed[1], [90.0, 90.0])
    assert np.array_equal(solid[0], [0.2, 0.5])
    assert np.array_equal(solid[1], [120.0, 100.0])


def test_follows_a_solve_and_starts_afresh_with_the_next(
    curve: CostCurve,
    controller: SolveController,
    qtbot: QtBot,
) -> None:
    curve.set_controller(controller)
    with qtbot.waitSignal(controller.ended, timeout=20_000):
        controller.start(seconds=0.4)
    first = curve.samples
    assert first
    with qtbot.waitSignal(controller.started):
        controller.start(seconds=0.1)
    assert curve.samples == ()
    items = len(curve.plot.scene().items())
    with qtbot.waitSignal(controller.ended, timeout=20_000):
        pass
    assert len(curve.plot.scene().items()) == items


def test_paints_while_empty(curve: CostCurve) -> None:
    assert not curve.grab().isNull()


def test_background_follows_the_appearance(curve: CostCurve) -> None:
    for window in ("#112233", "#ddeeff"):
        palette = curve.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(window))
        curve.setPalette(palette)
        assert curve.plot.backgroundBrush().color().name() == window


def test_another_document_has_no_curve_yet(curve: CostCurve, controller: SolveController) -> None:
    curve.set_controller(controller)
    curve.add_sample(Sample(0.1, 10.0, 90.0, True, 1, FIRST))
    assert curve.plot.isVisible()
    controller.session.load(controller.session.scenario, saved=True)
    assert curve.samples == ()
    assert not curve.plot.isVisible()


def test_what_was_found_is_not_said_of_another_plan(
    curve: CostCurve, controller: SolveController, qtbot: QtBot
) -> None:
    curve.set_controller(controller)
    with qtbot.waitSignal(controller.ended, timeout=20_000):
        controller.start(seconds=0.3)
    summary = curve.findChild(QLabel, "cost_summary")
    assert isinstance(summary, QLabel)
    found = summary.text()
    session = controller.session
    with qtbot.waitSignal(controller.evaluated, timeout=20_000):
        session.do(*changes.set_plan(session.state, Plan()))
    changed = summary.text()
    assert changed != found
    with qtbot.waitSignal(controller.evaluated, timeout=20_000):
        session.undo()
    assert summary.text() == found
