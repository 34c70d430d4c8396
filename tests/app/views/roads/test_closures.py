"""Streets that are closed on the map, and the plan that follows."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

from app.jobs.client import SolverClient
from app.jobs.solve_run import Ending, SolveState
from app.map.view import MapMode
from app.model.changes import delete
from app.model.road_routers import Routers, use_routers
from app.model.scenario import TravelSource
from app.views.main_window import MainWindow
from app.views.roads.closures import ZONES
from app.views.zones.zone_dialog import ZoneDialog
from tests.app.model.fake_roads import CuttingRouter, roads
from tests.solver import fake_engine
from tests.solver.roads.grids import grid

LEFT = Qt.MouseButton.LeftButton


def streets():
    """Return a grid of streets around the customers, the first of them named."""
    network = grid(8, 8, 600.0, 60.15, 24.90)
    names = np.full(network.segments, -1, dtype=np.int32)
    names[:7] = 0
    return replace(network, way_name=names, names=("Harbour Street",))


@pytest.fixture
def window(qtbot, theme, tmp_path, scenario) -> Iterator[MainWindow]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with roads(grid=streets()):
        use_routers(Routers(lambda network, mode, order: CuttingRouter(network, mode)))
        window = MainWindow(theme, settings, SolverClient())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.session.load(scenario, saved=True)
        yield window
        window.end()


def send(window, kind, place):
    at = QPointF(window.map.pixel_of(*place))
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    event = QMouseEvent(kind, at, window.map.viewport.mapToGlobal(at), pressed, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.map.viewport, event)


def draw(window, *line):
    window.actions_by_name["mode_close_street"].trigger()
    assert window.map.mode is MapMode.CLOSE_STREET
    send(window, QEvent.Type.MouseButtonPress, line[0])
    for place in line[1:]:
        send(window, QEvent.Type.MouseMove, place)
    send(window, QEvent.Type.MouseButtonRelease, line[-1])


@pytest.fixture
def told(window, monkeypatch):
    """What would have been solved: the keyword arguments of each start."""
    found = []
    monkeypatch.setattr(window.controller, "start", lambda *_, **how: found.append(how))
    return found


def by_roads(window):
    settings = replace(window.session.scenario.settings, travel=TravelSource.ROADS, network="grid")
    return replace(window.session.scenario, settings=settings)


def test_a_line_along_a_street_closes_it_in_one_step(window, told):
    window.session.load(by_roads(window), saved=True)
    draw(window, (60.15, 24.905), (60.15, 24.91), (60.15, 24.915))
    zone = window.session.scenario.zones["Z2"]
    assert zone.pace == 0
    assert "Harbour Street" in zone.name
    assert window.selection.items == {(ZONES, "Z2")}
    assert window.map.mode is MapMode.SELECT
    assert window.session.stack.count() == 1
    window.session.undo()
    assert list(window.session.scenario.zones) == ["Z1"]
    assert told == []  # there is no plan that could follow


def test_a_click_closes_what_is_below_it_and_without_roads_it_is_said_what_to_do(window):
    draw(window, (60.17, 24.95))
    assert window.session.scenario.zones["Z2"].pace == 0
    assert window.banner.isVisible()


def test_escape_leaves_a_line_and_then_the_mode(window):
    window.actions_by_name["mode_close_street"].trigger()
    send(window, QEvent.Type.MouseButtonPress, (60.15, 24.905))
    send(window, QEvent.Type.MouseMove, (60.15, 24.92))
    window.map.keyPressEvent(key_press(Qt.Key.Key_Escape))
    send(window, QEvent.Type.MouseButtonRelease, (60.15, 24.93))
    assert list(window.session.scenario.zones) == ["Z1"]
    window.map.keyPressEvent(key_press(Qt.Key.Key_Escape))
    assert window.map.mode is MapMode.SELECT


def key_press(key):
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_the_plan_follows_a_closure_and_its_end_but_no_undo(window, told, session):
    window.session.load(by_roads(window), session.plan, saved=True)
    draw(window, (60.15, 24.905), (60.15, 24.915))
    assert len(told) == 1
    assert not told[0]["task"].proposes
    window.session.undo()
    window.session.redo()
    assert len(told) == 1
    window.session.do(*delete(window.session.state, [(ZONES, "Z2")]))
    assert len(told) == 2


def test_what_roads_do_not_know_of_makes_no_plan_follow(window, told, session):
    window.session.load(by_roads(window), session.plan, saved=True)
    zone = window.session.scenario.zones["Z1"]
    from app.model.changes import replace_items

    window.session.do(*replace_items(window.session.state, ZONES, [replace(zone, name="Old town")]))
    window.session.do(*delete(window.session.state, [("customers", "C6")]))
    assert told == []
    window.session.do(*replace_items(window.session.state, ZONES, [replace(zone, pace=0.5)]))
    assert len(told) == 1


def test_a_zone_that_is_drawn_may_slow_roads_or_close_them(window, qtbot):
    for choice, pace in ((0, 1.0), (1, 0.5), (2, 0.0)):
        window.map.zone_tool.zone_drawn.emit(((60.1, 24.9), (60.2, 24.9), (60.2, 25.0)))
        dialog = next(one for one in window.findChildren(ZoneDialog) if one.isVisible())
        dialog.roads.choice.setCurrentIndex(choice)
        qtbot.mouseClick(dialog.findChild(QPushButton, "zone_add"), LEFT)
        assert list(window.session.scenario.zones.values())[-1].pace == pace
        window.session.undo()


def test_a_closure_with_a_plan_is_solved_to_its_end_and_undone(qtbot, theme, tmp_path, scenario, session):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with roads(grid=streets()):
        use_routers(Routers(lambda network, mode, order: CuttingRouter(network, mode)))
        window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
        qtbot.addWidget(window)
        window.show()
        there = replace(scenario.settings, travel=TravelSource.ROADS, network="grid")
        window.session.load(replace(scenario, settings=there), session.plan, saved=True)
        qtbot.waitUntil(lambda: window.controller.evaluations.evaluation is not None, timeout=10_000)
        before = window.session.state
        with qtbot.waitSignal(window.controller.ended, timeout=20_000) as ended:
            draw(window, (60.15, 24.905), (60.15, 24.91), (60.15, 24.915))
        assert window.session.scenario.zones["Z2"].pace == 0
        assert ended.args == [Ending.FINISHED]
        assert window.session.plan.routes
        while window.session.stack.canUndo():
            window.session.undo()
        assert window.session.state == before
        assert window.controller.state is SolveState.IDLE
        window.end()
