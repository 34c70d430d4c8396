"""Lines and streets on the map are those of the scenario, and follow its changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.edits.session import EditSession
from app.map.view import MapRoute, MapView
from app.model import changes
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.server_travel import asked_for
from app.model.shape_table import ShapeTable, shape_table, use_shapes
from app.views.roads.map_shapes import MapShapes
from app.views.roads.map_streets import MapStreets
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import roads
from tests.solver.roads.grids import grid

NETWORK = grid(4, 4)
DEPOT, CORNER = (tuple(NETWORK.node_place[node] / DEGREE) for node in (0, 10))
SETTINGS = Settings(travel=TravelSource.ROADS, network="grid")
SCENARIO = Scenario(
    depots={"d": Depot("d", lat=float(DEPOT[0]), lon=float(DEPOT[1]))},
    customers={"a": Customer("a", lat=float(CORNER[0]) + 1e-4, lon=float(CORNER[1]) + 1e-4)},
    vehicles={"van": Vehicle("van", start_depot="d", end_depot="d")},
    settings=SETTINGS,
)
ROUTE = MapRoute("van/1", 0, (("depots", "d"), ("customers", "a"), ("depots", "d")), "1", "Van", "van")


class Desk:
    """A map with a route on it, over a session."""

    def __init__(self, qtbot: QtBot, scenario: Scenario) -> None:
        self._qtbot = qtbot
        self.session = EditSession()
        self.session.load(scenario, saved=True)
        self.view = MapView()
        qtbot.addWidget(self.view)
        self.shapes = MapShapes(self.view, self.session)
        self.streets = MapStreets(self.view, self.session)
        self.view.set_scenario(scenario, [ROUTE])

    def set_settings(self, **new: object) -> None:
        state = self.session.state
        self.session.do(*changes.set_settings(state, replace(state.scenario.settings, **new)))

    def streets_shown(self) -> bool:
        """Return whether there are streets on the map, once it is as it stays."""
        self._qtbot.waitUntil(lambda: not self.streets.busy, timeout=5000)
        return bool(self.view.canvas.streets.attribution)

    def lines(self) -> int:
        """Return of how many lines the route is made, once it is as it stays."""
        self._qtbot.waitUntil(lambda: not self.shapes.busy, timeout=5000)
        return len(self.view._ways.at(1e-3).x0)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    with roads(grid=NETWORK):
        made = Desk(qtbot, SCENARIO)
        yield made
        made.shapes.close()
        made.streets.close()
        made.session.close()


def test_routes_follow_roads(desk: Desk) -> None:
    assert desk.lines() > 2


def test_they_are_straight_where_travel_is_not_by_roads(desk: Desk) -> None:
    assert desk.lines() > 2
    desk.set_settings(travel=TravelSource.GREAT_CIRCLE)
    assert desk.lines() == 2
    desk.session.undo()
    assert desk.lines() > 2


def test_a_network_that_is_gone_leaves_straight_lines(desk: Desk) -> None:
    desk.set_settings(network="gone")
    assert desk.lines() == 2


def test_roads_that_are_closed_are_left(desk: Desk) -> None:
    before = desk.lines()
    lat, lon = DEPOT
    ring = ((lat - 1, lon - 1), (lat + 1, lon - 1), (lat + 1, lon + 1), (lat - 1, lon + 1))
    closed = Zone("z", ring=ring, forbidden=frozenset({"van"}))
    desk.session.do(*changes.add(desk.session.state, "zones", [closed]))
    assert desk.lines() == 2
    desk.session.undo()
    assert desk.lines() == before


def test_streets_are_those_of_the_network(desk: Desk) -> None:
    assert desk.streets_shown()
    desk.set_settings(network="gone")
    assert not desk.streets_shown()
    desk.session.undo()
    assert desk.streets_shown()
    desk.set_settings(travel=TravelSource.GREAT_CIRCLE)
    assert not desk.streets_shown()


def test_streets_that_come_too_late_are_not_shown(desk: Desk) -> None:
    assert desk.streets_shown()
    desk.set_settings(network="gone")
    desk.set_settings(network="grid")
    desk.set_settings(travel=TravelSource.GREAT_CIRCLE)
    assert not desk.streets_shown()


def test_a_network_that_is_imported_later_is_followed(qtbot: QtBot) -> None:
    with roads() as (library, _):
        desk = Desk(qtbot, SCENARIO)
        assert desk.lines() == 2
        assert not desk.streets_shown()
        library.networks["grid"] = NETWORK
        desk.shapes.refresh()
        desk.streets.refresh()
        assert desk.lines() > 2
        assert desk.streets_shown()
        desk.shapes.close()
        desk.streets.close()
        desk.session.close()


def test_what_a_server_tells_is_drawn_when_it_has_come(qtbot: QtBot) -> None:
    former = use_shapes(ShapeTable())
    try:
        by_server = replace(SETTINGS, travel=TravelSource.SERVER, server="http://localhost:5000", network="")
        desk = Desk(qtbot, replace(SCENARIO, settings=by_server))
        straight = desk.lines()
        depot, customer = desk.session.scenario.depots["d"], desk.session.scenario.customers["a"]
        start, end = (depot.lat, depot.lon), (customer.lat, customer.lon)
        asked = asked_for(by_server, desk.session.scenario.vehicles["van"])
        shape_table().put(asked, start, end, np.array([start, (start[0], end[1]), end]))
        desk.shapes.refresh()
        assert desk.lines() > straight
        desk.shapes.close()
        desk.streets.close()
        desk.session.close()
    finally:
        use_shapes(former)
