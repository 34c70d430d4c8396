"""The timeline follows figures and selection, and draws nothing that nobody sees."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QPushButton, QStackedWidget, QToolButton

from app.edits.selection import Selection
from app.jobs.solve_run import SolveState
from app.model import changes
from app.views.timeline_dock import TimelineDock
from tests.app.jobs.scenarios import make_scenario, one_route


@pytest.fixture
def make_dock(qtbot, theme, make_controller):
    """Return a function that makes a dock in a window."""

    def make(plan=None, shown=True):
        scenario = make_scenario(6)
        controller = make_controller(scenario, one_route(scenario) if plan else None)
        selection = Selection()
        window = QMainWindow()
        qtbot.addWidget(window)
        dock = TimelineDock(controller, selection, theme, window)
        dock.controller, dock.selection, dock.main = controller, selection, window
        window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        window.resize(900, 300)
        dock.setVisible(shown)
        window.show()
        qtbot.waitExposed(window)
        qtbot.waitUntil(lambda: not controller.evaluations.busy)
        qtbot.wait(10)
        return dock

    return make


def page(dock):
    return dock.findChild(QStackedWidget, "timeline_panel").currentIndex()


def test_before_the_first_plan_it_says_how_to_get_one(make_dock, qtbot):
    dock = make_dock()
    assert page(dock) == 0
    with qtbot.waitSignal(dock.solve_requested):
        qtbot.mouseClick(dock.findChild(QPushButton, "timeline_empty_solve"), Qt.MouseButton.LeftButton)


def test_a_plan_is_shown_and_edits_are_followed(make_dock, qtbot):
    dock = make_dock(plan=True)
    session = dock.controller.session
    assert page(dock) == 1
    assert len(dock.view.stage.day.lanes[0]) == 6
    session.do(*changes.delete(session.state, {("customers", "C1")}))
    qtbot.waitUntil(lambda: len(dock.view.stage.day.lanes[0]) == 5)
    session.undo()
    qtbot.waitUntil(lambda: len(dock.view.stage.day.lanes[0]) == 6)
    session.do(*changes.set_field(session.state, "customers", ["C1"], "name", "Aalto"))
    qtbot.waitUntil(lambda: dock.view.stage.day.lanes[0].customers[1].name == "Aalto")


def test_a_scenario_that_cannot_be_evaluated_says_so(make_dock, qtbot):
    dock = make_dock(plan=True)
    session = dock.controller.session
    session.do(*changes.set_field(session.state, "customers", ["C1"], "lat", 999.0))
    qtbot.waitUntil(lambda: page(dock) == 0)
    session.undo()
    qtbot.waitUntil(lambda: page(dock) == 1)


def test_a_solve_is_followed_while_it_runs(make_dock, qtbot):
    dock = make_dock()
    dock.controller.start(60.0)
    qtbot.waitUntil(lambda: page(dock) == 1, timeout=10_000)
    assert dock.controller.state is SolveState.SOLVING
    dock.controller.stop()
    qtbot.waitUntil(lambda: dock.controller.state is SolveState.IDLE)
    plan = dock.controller.session.plan
    qtbot.waitUntil(lambda: not dock.controller.evaluations.busy)

    def shown():
        return [tuple(visit.customer for visit in lane.figures.visits) for lane in dock.view.stage.day.lanes]

    qtbot.waitUntil(lambda: shown() == [route.stops for route in plan.routes if route.stops])


def test_selection_is_shared_both_ways(make_dock):
    dock = make_dock(plan=True)
    dock.selection.set({("customers", "C3")})
    assert dock.view.stage.selected == {("customers", "C3")}
    dock.view.selection_requested.emit(frozenset({("routes", "van/1")}))
    assert dock.selection.items == {("routes", "van/1")}
    assert dock.view.stage.selected == {("routes", "van/1")}


def test_nothing_is_drawn_until_somebody_looks(make_dock, qtbot):
    dock = make_dock(plan=True, shown=False)
    assert not dock.view.stage.day.lanes
    dock.show()
    qtbot.waitUntil(lambda: len(dock.view.stage.day.lanes) == 1)
    assert page(dock) == 1


def test_what_lies_behind_another_tab_is_drawn_when_it_comes_to_the_front(make_dock, qtbot):
    dock = make_dock(plan=True)
    other = QDockWidget("Other", dock.main)
    dock.main.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, other)
    dock.main.tabifyDockWidget(dock, other)
    other.show()
    other.raise_()
    qtbot.waitUntil(lambda: dock.visibleRegion().isEmpty())
    session, drawn = dock.controller.session, dock.view.stage.day
    session.do(*changes.delete(session.state, {("customers", "C1")}))
    qtbot.waitUntil(lambda: not dock.controller.evaluations.busy)
    qtbot.wait(10)
    assert dock.view.stage.day is drawn
    dock.raise_()
    qtbot.waitUntil(lambda: len(dock.view.stage.day.lanes[0]) == 5)


def test_unused_vehicles_are_shown_on_demand(make_dock):
    dock = make_dock(plan=True)
    assert len(dock.view.stage.day.lanes) == 1
    dock.unused.click()
    assert [lane.spare for lane in dock.view.stage.day.lanes] == [0, 2]
    dock.unused.click()
    assert len(dock.view.stage.day.lanes) == 1


def test_buttons_zoom_and_fit(make_dock, qtbot):
    dock = make_dock(plan=True)
    fitted = dock.view.stage.axis
    for name, changed in (("timeline_zoom_in", True), ("timeline_zoom_out", True), ("timeline_fit", False)):
        qtbot.mouseClick(dock.findChild(QToolButton, name), Qt.MouseButton.LeftButton)
        assert (dock.view.stage.axis.scale < fitted.scale or name == "timeline_zoom_out") == changed


def test_another_document_is_shown_from_its_beginning(make_dock, qtbot):
    dock = make_dock(plan=True)
    dock.view.zoom_in()
    scenario = make_scenario(4)
    dock.controller.session.load(scenario, one_route(scenario), saved=True)
    qtbot.waitUntil(lambda: len(dock.view.stage.day.lanes[0]) == 4)
    stage = dock.view.stage
    assert 0 < stage.axis.to_pixel(stage.day.begin) < stage.axis.to_pixel(stage.day.end) < stage.axis.width
