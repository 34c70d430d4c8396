"""What a closed street costs is asked like what any zone costs."""

from __future__ import annotations

from dataclasses import replace

from app.model.compile import compile_scenario
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.travel import travel_of
from app.model.why.bindings import candidates
from app.model.why.evidence import Evidence
from app.model.why.questions import Binding
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import roads
from tests.solver.roads.grids import grid

NETWORK = grid(2, 4)
PLACES = [(float(lat), float(lon)) for lat, lon in NETWORK.node_place / DEGREE]


def day(pace: float, travel: TravelSource = TravelSource.ROADS) -> State:
    """A street between the depot and the only customer is closed or slow; nobody lives there."""
    lat, lon = PLACES[1]
    ring = ((lat - 3e-4, lon - 3e-4), (lat - 3e-4, lon + 3e-4), (lat + 3e-4, lon + 3e-4), (lat + 3e-4, lon - 3e-4))
    scenario = Scenario(
        {"D": Depot("D", "", *PLACES[0])},
        {"v": Vehicle("v", capacity=(1.0,), start_depot="D", end_depot="D")},
        {"C": Customer("C", "", *PLACES[3])},
        zones={"Z": Zone("Z", "Works", ring, pace=pace)},
        settings=Settings(travel=travel, network="town"),
    )
    return State(scenario, Plan((PlannedRoute("v", ("C",), 1),)))


def found(state: State) -> list[State]:
    """Return the plan without each zone that may bind it."""
    evidence = Evidence(state, compile_scenario(state.scenario))
    return [one.relaxation.relax(state) for one in candidates(state, evidence, [Binding.ZONE]) if one.tightness > 0]


def test_a_zone_that_closes_a_street_may_bind():
    with roads(town=NETWORK):
        (free,) = found(day(pace=0.0))
        assert travel_of(day(0.0).scenario).travel.distance[0, 0, 1] == 500
        assert travel_of(free.scenario).travel.distance[0, 0, 1] == 300


def test_a_zone_that_changes_nothing_binds_nothing():
    with roads(town=NETWORK):
        assert found(day(pace=1.0)) == []
        assert found(day(pace=0.5, travel=TravelSource.GREAT_CIRCLE)) == []
        closed = day(pace=1.0).scenario
        zones = {"Z": replace(closed.zones["Z"], forbidden=frozenset({"v"}))}
        (free,) = found(State(replace(closed, zones=zones), day(1.0).plan))
        assert free.scenario.zones["Z"].open_to_all
