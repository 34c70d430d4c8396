"""Who cannot be reached, why, and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from app.model.kept_travel import kept_travel
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.road_library import use_library
from app.model.road_routers import Routers, use_routers
from app.model.road_travel import ways_to_keep
from app.model.scenario import Customer, Depot, Point, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.unreached import Obstacle, Unreached, moved_to_roads, unreached
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import FakeLibrary, FakeRouter, FloatArray, roads
from tests.solver.roads.grids import grid

NETWORK = grid(2, 4)
PLACES = [(float(lat), float(lon)) for lat, lon in NETWORK.node_place / DEGREE]
FAR = (61.0, 25.0)


@dataclass(frozen=True)
class FakeCut:
    cut: str
    place: Point | None
    distance: float


class CuttingRouter(FakeRouter):
    """Says what cuts off who is far from every junction, or at one whose streets are all closed."""

    def with_pace(self, pace: np.ndarray | None) -> CuttingRouter:
        return CuttingRouter(self.network, self.mode, pace, self.computed)

    def cut_off(self, points: FloatArray) -> list[FakeCut | None]:
        return [self._cut(node) for node in self.nodes(points)]

    def _cut(self, node: int) -> FakeCut | None:
        if node < 0:
            return FakeCut("far", PLACES[0], 1234.0)
        at = (self.network.segment_node == node).any(axis=1)
        closed = self.pace is not None and not self.pace[at].any()
        return FakeCut("closed", PLACES[1], 100.0) if closed else None


@pytest.fixture(autouse=True)
def library() -> Iterator[FakeLibrary]:
    with roads(town=NETWORK) as (made, _):
        use_routers(Routers(lambda network, mode, order: CuttingRouter(network, mode)))
        yield made


def scenario(*places: Point, travel: TravelSource = TravelSource.ROADS) -> Scenario:
    def vehicle(key: str) -> Vehicle:
        return Vehicle(key, key.title(), capacity=(1.0,), start_depot="D", end_depot="D", profile=key)

    return Scenario(
        depots={"D": Depot("D", "Hub", *PLACES[0])},
        vehicles={"car": vehicle("car"), "truck": vehicle("truck")},
        customers={f"C{at}": Customer(f"C{at}", "", *place) for at, place in enumerate(places)},
        settings=Settings(travel=travel, network="town"),
    )


def around(place: Point, size: float = 0.0003) -> tuple[Point, ...]:
    (lat, lon) = place
    return ((lat - size, lon - size), (lat - size, lon + size), (lat + size, lon + size), (lat + size, lon - size))


def closed(of: Scenario, *places: Point, **zone: object) -> Scenario:
    zones = {f"Z{at}": Zone(f"Z{at}", f"Works {at}", around(place), **zone) for at, place in enumerate(places)}  # type: ignore[arg-type]
    return replace(of, zones=zones)


def said(of: Scenario) -> list[Unreached]:
    found = list(unreached(of))
    assert all(one.sentence(of).endswith(".") and "{" not in one.sentence(of) for one in found)
    return found


def test_everybody_is_reached_where_there_are_roads():
    assert said(scenario(PLACES[3], PLACES[5])) == []


def test_who_is_far_from_every_road_is_named():
    (one,) = said(scenario(PLACES[3], FAR))
    assert one == Unreached("customers", "C1", ("car", "truck"), True, Obstacle.FAR, "", PLACES[0], 1234.0)


def test_a_road_that_a_zone_closes_to_all():
    (one,) = said(closed(scenario(PLACES[3], PLACES[1]), PLACES[3], pace=0.0))
    assert (one.id, one.everybody, one.obstacle, one.zone) == ("C0", True, Obstacle.CLOSED, "Z0")
    assert "Works 0" in one.sentence(closed(scenario(PLACES[3]), PLACES[3], pace=0.0))


def test_whom_a_zone_keeps_out_should_not_come_and_is_not_named():
    assert said(closed(scenario(PLACES[3]), PLACES[3], forbidden=frozenset({"truck"}))) == []


def test_who_should_come_but_finds_the_roads_around_closed_is_named():
    # The customer itself lies outside of the zones that are closed to the truck.
    shut = closed(scenario(PLACES[3]), PLACES[2], PLACES[7], forbidden=frozenset({"truck"}))
    (one,) = said(shut)
    assert (one.vehicles, one.everybody, one.zone) == (("truck",), False, "")


def test_a_type_without_a_vehicle_needs_no_road():
    shut = closed(scenario(PLACES[3]), PLACES[2], PLACES[7], forbidden=frozenset({"truck"}))
    none = {**shut.vehicles, "truck": replace(shut.vehicles["truck"], count=0)}
    assert said(replace(shut, vehicles=none)) == []


def test_of_a_depot_that_is_cut_off_the_customers_are_not_named():
    (one,) = said(closed(scenario(PLACES[3], PLACES[2]), PLACES[0], pace=0.0))
    assert (one.kind, one.id, one.obstacle, one.everybody) == ("depots", "D", Obstacle.CLOSED, True)


def test_without_the_network_no_reason_is_known(library: FakeLibrary) -> None:
    day = scenario(PLACES[3], FAR)
    unreached(day)
    kept_travel().keep(ways_to_keep(day))
    del library.networks["town"]
    (one,) = said(day)
    assert (one.id, one.obstacle, one.road) == ("C1", Obstacle.UNKNOWN, None)


def test_moving_to_the_nearest_road_is_one_edit():
    day = scenario(PLACES[3], FAR, (61.0, 25.5))
    state = State(day, Plan((PlannedRoute("car", ("C0", "C1"), 1),)))
    edit = moved_to_roads(state, unreached(day))
    after = edit.patch.applied(state)
    assert (after.scenario.customers["C1"].lat, after.scenario.customers["C1"].lon) == pytest.approx(PLACES[0])
    assert after.scenario.customers["C0"] is day.customers["C0"]
    assert after.plan == state.plan
    assert unreached(after.scenario) == ()
    assert edit.patch.inverted().applied(after) == state


def test_what_has_no_road_stays():
    day = scenario(PLACES[3])
    state = State(day)
    nowhere = Unreached("customers", "C0", ("car",), True, Obstacle.ISLAND)
    assert not moved_to_roads(state, [nowhere]).patch


def test_straight_lines_reach_everybody():
    before = use_library(FakeLibrary())
    assert said(scenario(FAR, travel=TravelSource.GREAT_CIRCLE)) == []
    use_library(before)


def test_without_customers_nobody_is_unreached():
    assert said(scenario()) == []
