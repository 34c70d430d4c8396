"""How a search begins: the setting, where it is kept, and the line that tells of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.jobs.solve_controller import SolveController
from app.views.first_plan import FirstPlanSetting, explained, told
from solver.init import MOST_ROLLOUTS, ROLLOUTS, FirstPlan, Init
from tests.app.conftest import MakeController


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def make_setting(controller: SolveController, settings: QSettings, qtbot: QtBot) -> FirstPlanSetting:
    made = FirstPlanSetting(controller, settings, controller)
    qtbot.addWidget(made.init)
    qtbot.addWidget(made.rollouts)
    return made


@pytest.mark.parametrize(
    ("first", "line"),
    [
        (FirstPlan(Init.POLICY, 0.0381), "First plan: policy, 38 ms"),
        (FirstPlan(Init.CLASSICAL, 0.0001), "First plan: classical, 1 ms"),
        (FirstPlan(Init.RANDOM, 0.9994), "First plan: random, 999 ms"),
        (FirstPlan(Init.POLICY, 1.26), "First plan: policy, 1.3 s"),
        (FirstPlan(None, 0.02), ""),
    ],
)
def test_the_line(first: FirstPlan, line: str) -> None:
    assert told(first) == line
    assert bool(explained(first)) is bool(line)


def test_at_first_the_engine_chooses(controller: SolveController, settings: QSettings, qtbot: QtBot) -> None:
    setting = make_setting(controller, settings, qtbot)
    assert setting.init.currentData() == Init.AUTO.value
    assert setting.rollouts.value() == ROLLOUTS
    assert (controller.init, controller.rollouts) == (Init.AUTO, ROLLOUTS)


def test_what_is_chosen_holds_for_the_next_solve_and_the_next_start(
    make_controller: MakeController, settings: QSettings, qtbot: QtBot
) -> None:
    controller = make_controller()
    setting = make_setting(controller, settings, qtbot)
    setting.init.setCurrentIndex(setting.init.findData(Init.POLICY.value))
    setting.rollouts.setValue(31)
    assert (controller.init, controller.rollouts) == (Init.POLICY, 31)
    assert not controller.session.modified
    settings.sync()
    later = make_controller()
    kept = make_setting(later, QSettings(settings.fileName(), QSettings.Format.IniFormat), qtbot)
    assert (later.init, later.rollouts) == (Init.POLICY, 31)
    assert (kept.init.currentData(), kept.rollouts.value()) == (Init.POLICY.value, 31)


@pytest.mark.parametrize("init", Init)
def test_rollouts_are_the_policys(init: Init, controller: SolveController, settings: QSettings, qtbot: QtBot) -> None:
    setting = make_setting(controller, settings, qtbot)
    setting.init.setCurrentIndex(setting.init.findData(init.value))
    assert setting.rollouts.isEnabled() is (init in {Init.AUTO, Init.POLICY})


@pytest.mark.parametrize(
    ("init", "rollouts"), [("magic", "many"), ("", "0"), ("POLICY", str(MOST_ROLLOUTS + 1)), ("None", "-3")]
)
def test_what_makes_no_sense_counts_as_the_default(
    init: str, rollouts: str, controller: SolveController, settings: QSettings, qtbot: QtBot
) -> None:
    settings.setValue("search/init", init)
    settings.setValue("search/rollouts", rollouts)
    make_setting(controller, settings, qtbot)
    assert (controller.init, controller.rollouts) == (Init.AUTO, ROLLOUTS)
