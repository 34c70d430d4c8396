"""The map is drawn anew for what it shows, and left alone for the rest."""

import pytest

from app.jobs.client import SolverClient
from app.jobs.solve_controller import SolveController
from app.map.view import MapView
from app.model import changes
from app.views.map_link import MapLink


@pytest.fixture
def link(qtbot, session, selection):
    view = MapView()
    qtbot.addWidget(view)
    controller = SolveController(session, SolverClient())
    link = MapLink(view, session, selection, controller)
    link.drawn = []
    draw = view.set_scenario
    view.set_scenario = lambda scenario, routes=None: (link.drawn.append(scenario), draw(scenario, routes))
    qtbot.wait(10)
    link.drawn.clear()
    yield link
    controller.shutdown()


@pytest.mark.parametrize(
    ("field", "value", "drawn"), [("demand", (9.0,), 0), ("windows", (), 0), ("name", "Aalto", 1), ("lat", 61.0, 1)]
)
def test_only_what_the_map_shows_is_drawn(link, session, qtbot, field, value, drawn):
    session.do(*changes.set_field(session.state, "customers", ["C1"], field, value))
    qtbot.wait(10)
    assert len(link.drawn) == drawn


def test_edits_in_a_row_are_drawn_once(link, session, qtbot):
    for lat in (60.1, 60.2, 60.3):
        session.do(*changes.set_field(session.state, "customers", ["C1"], "lat", lat))
    qtbot.waitUntil(lambda: bool(link.drawn))
    assert link.drawn == [session.scenario]


def test_a_refused_edit_is_said(link, selection, session, qtbot):
    selection.set({("depots", "D2")})
    with qtbot.waitSignal(link.message) as said:
        link.delete_selected()
    assert "bike" in said.args[0]
    assert session.stack.count() == 0
