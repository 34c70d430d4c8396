"""Text size: live in all of the window, remembered, and nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.map.text_scale import text_scale
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from app.timeline.rows import LANE
from app.views.comfort.text_size import NORMAL, SIZES
from app.views.main_window import MainWindow
from app.views.theme import Theme

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, settings: QSettings, scenario: Scenario) -> Iterator[MainWindow]:
    made = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.session.load(scenario, PLAN, saved=True)
    yield made
    made.end()


def trigger(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def test_every_part_of_the_window_follows(window: MainWindow, qtbot: QtBot) -> None:
    customers = window.tables_dock.panels["customers"].view
    before = QApplication.font().pointSizeF()
    row, column = customers.verticalHeader().defaultSectionSize(), customers.columnWidth(1)
    header, rule = window.timeline_dock.view.headers.width(), window.timeline_dock.view.ruler.height()
    name = window.map.canvas._lettering.name_font.pixelSize()
    window.comfort.text_size.set_percent(150)
    assert text_scale() == 1.5
    assert QApplication.font().pointSizeF() == pytest.approx(1.5 * before)
    assert window.status.findChild(QLabel, "status_selection").font().pointSizeF() == pytest.approx(1.5 * before)
    assert customers.verticalHeader().defaultSectionSize() == round(1.5 * row)
    assert customers.columnWidth(1) == round(1.5 * column)
    assert window.timeline_dock.view.headers.width() == round(1.5 * header)
    assert window.timeline_dock.view.ruler.height() == round(1.5 * rule)
    assert window.map.canvas._lettering.name_font.pixelSize() == round(1.5 * name)
    window.comfort.text_size.set_percent(NORMAL)
    assert QApplication.font().pointSizeF() == pytest.approx(before)
    assert customers.verticalHeader().defaultSectionSize() == row


def test_keys_step_through_the_sizes_and_stop_at_the_ends(window: MainWindow) -> None:
    actions, size = window.actions_by_name, window.comfort.text_size
    steps = [size.percent]
    while actions["text_larger"].isEnabled():
        trigger(window, "text_larger")
        steps.append(size.percent)
    while actions["text_smaller"].isEnabled():
        trigger(window, "text_smaller")
        steps.append(size.percent)
    assert sorted(set(steps)) == list(SIZES)
    assert actions["text_normal"].isEnabled()
    trigger(window, "text_normal")
    assert size.percent == NORMAL
    assert not actions["text_normal"].isEnabled()


def test_a_key_is_enough(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitActive(window)
    qtbot.keyClick(window.map.canvas, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert window.comfort.text_size.percent == 110


def test_it_is_remembered_and_nonsense_is_not(
    window: MainWindow, qtbot: QtBot, theme: Theme, settings: QSettings
) -> None:
    window.comfort.text_size.set_percent(125)
    for stored, expected in (("125", 125), ("77", NORMAL), ("large", NORMAL)):
        settings.setValue("window/text_size", stored)
        again = MainWindow(theme, settings, SolverClient())
        qtbot.addWidget(again)
        assert again.comfort.text_size.percent == expected
        again.end()


@pytest.mark.parametrize("percent", [100, 150])
def test_at_1280_by_800_buttons_and_labels_have_the_room_that_they_need(
    window: MainWindow, qtbot: QtBot, percent: int
) -> None:
    window.comfort.text_size.set_percent(percent)
    for name in ("customers", "settings", "routes"):
        window.tables_dock.show_tab(name)
        QApplication.processEvents()
        assert window.size() == QSize(1280, 800)
        for button in window.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.minimumSizeHint().width(), button.objectName()
                assert button.height() >= button.fontMetrics().height(), button.objectName()
        for dock in (window.tables_dock, window.plan_dock):
            assert dock.width() >= dock.minimumSizeHint().width()
            assert window.rect().contains(dock.geometry())
        assert not window.tables_dock.geometry().intersects(window.plan_dock.geometry())
    assert window.map.height() >= 150


def test_a_click_on_the_timeline_means_what_is_there_at_any_size(window: MainWindow, qtbot: QtBot) -> None:
    window.timeline_dock.show()
    window.timeline_dock.raise_()
    view = window.timeline_dock.view
    qtbot.waitUntil(lambda: len(view.stage.day.lanes) == 2 and view.canvas.isVisible())
    for percent in (100, 150, 200):
        window.comfort.text_size.set_percent(percent)
        QApplication.processEvents()
        view.fit()
        scale = percent / 100
        at = view.headers.rect().topLeft()
        at.setX(round(20 * scale))
        at.setY(round((LANE * 1.5) * scale))
        qtbot.mouseClick(view.headers, Qt.MouseButton.LeftButton, pos=at)
        assert window.selection.items == {("routes", "bike/1")}
        lane = view.stage.day.lanes[0]
        px = view.stage.axis.to_pixel(float(lane.middles[1])) * scale
        at.setX(round(px))
        at.setY(round(14 * scale))
        assert view.item_at(at) == ("customers", "C2")
        qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=at)
        assert window.selection.items == {("customers", "C2")}


def test_tables_that_are_shown_later_are_as_large(window: MainWindow, qtbot: QtBot) -> None:
    small = window.tables_dock.panels["depots"].view.verticalHeader().defaultSectionSize()
    window.comfort.text_size.set_percent(200)
    sizes = {
        view.verticalHeader().defaultSectionSize()
        for view in window.findChildren(QTableView)
        if view.objectName() == "depots_view"
    }
    assert sizes == {2 * small}
