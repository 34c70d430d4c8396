"""Who cannot be reached, why, and what helps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar

import pytest

from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.kept_travel import kept_travel
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.road_library import use_library
from app.model.road_routers import Routers, use_routers
from app.model.road_travel import ways_to_keep
from app.model.scenario import (
    Access,
    Customer,
    Depot,
    Point,
    Profile,
    ProfileRule,
    Scenario,
    Settings,
    TravelSource,
    Vehicle,
    Zone,
)
from app.model.travel import travel_of
from app.model.unreached import FAR_MOVE, Obstacle, Unreached, moved_to_roads, unreached
from app.model.why.remedies import remedies_for
from solver.problem import UNREACHABLE, Rule
from solver.roads.modes import ModeKind
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import CuttingRouter, FakeCut, FakeLibrary, FakeRouter, FloatArray, roads
from tests.solver.roads.grids import grid

NETWORK = grid(2, 4)
PLACES = [(float(lat), float(lon)) for lat, lon in NETWORK.node_place / DEGREE]
FAR = (61.0, 25.0)


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
    assert all(one.help() for one in found)
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
    assert (one.road, one.near) == (None, False)
    assert not moved_to_roads(State(shut), [one]).patch


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


class SplitRouter(FakeRouter):
    """Of each kind of vehicle has roads of its own, in the order in which they are near to every place."""

    roads: ClassVar[dict[ModeKind, tuple[int, ...]]] = {}

    def nodes(self, points: FloatArray) -> list[int]:
        return [node if node in self.roads[self.mode.kind] else -1 for node in super().nodes(points)]

    def cut_off(self, points: FloatArray) -> list[FakeCut | None]:  # type: ignore[override]
        first = next(node for node in self.roads[self.mode.kind] if node)
        return [None if node >= 0 else FakeCut("island", PLACES[first], 100.0 * first) for node in self.nodes(points)]


@pytest.fixture
def split() -> Callable[..., None]:
    def split(car: tuple[int, ...], truck: tuple[int, ...]) -> None:
        roads = {ModeKind.CAR: car, ModeKind.TRUCK: truck}
        made = type("Split", (SplitRouter,), {"roads": roads})
        use_routers(Routers(lambda network, mode, order: made(network, mode)))

    return split


def test_a_place_is_moved_to_where_every_vehicle_gets(split: Callable[..., None]) -> None:
    split(car=(0, 1, 2), truck=(0, 2))
    day = scenario(FAR)
    (one,) = said(day)
    assert (one.everybody, one.road, one.metres, one.near) == (True, PLACES[2], 200.0, True)
    after = moved_to_roads(State(day), [one]).patch.applied(State(day)).scenario
    assert said(after) == []


def test_a_road_that_all_share_may_lie_beside_the_nearest_of_each(split: Callable[..., None]) -> None:
    split(car=(0, 3, 1), truck=(0, 2, 3))
    (one,) = said(scenario(FAR))
    assert (one.road, one.metres) == (PLACES[3], 300.0)
    split(car=(0, 1), truck=(0, 2))
    (apart,) = said(scenario(FAR))
    assert (apart.road, apart.metres) == (PLACES[1], 100.0)


def test_whom_a_profile_keeps_away_needs_no_road(split: Callable[..., None]) -> None:
    split(car=(0, 1), truck=(0, 2))
    day = scenario(FAR)
    only = Profile("P", rules={"truck": ProfileRule(Access.FORBIDDEN)})
    day = replace(day, profiles={"P": only}, customers={"C0": replace(day.customers["C0"], profile="P")})
    (one,) = said(day)
    assert (one.vehicles, one.road) == (("car",), PLACES[1])


def test_who_does_not_leave_the_depot_gets_nowhere_else_either(split: Callable[..., None]) -> None:
    split(car=(0, 1), truck=(3,))
    depot, one = said(scenario(PLACES[3]))
    assert (depot.kind, depot.vehicles, depot.everybody, depot.road) == ("depots", ("truck",), False, None)
    assert (one.id, one.vehicles, one.everybody) == ("C0", ("car",), True)


def test_a_far_move_is_not_a_near_one() -> None:
    (one,) = said(scenario(FAR))
    assert not one.near
    assert replace(one, metres=FAR_MOVE).near
    assert "1234" in one.help()


def test_straight_lines_reach_everybody():
    before = use_library(FakeLibrary())
    assert said(scenario(FAR, travel=TravelSource.GREAT_CIRCLE)) == []
    use_library(before)


def test_without_customers_nobody_is_unreached():
    assert said(scenario()) == []


def test_the_zone_is_named_where_figures_tell_of_the_missing_road():
    shut = closed(scenario(PLACES[3], PLACES[5]), PLACES[3], pace=0.0)
    problem = compile_scenario(shut)
    (left,) = evaluate(shut, problem, Plan((PlannedRoute("car", ("C1",), 1),))).unserved
    assert "Works 0" in " ".join(left.reasons)
    driven = evaluate(shut, problem, Plan((PlannedRoute("car", ("C0", "C1"), 1),)))
    to, beyond = (one for one in driven.violations if one.violation and one.violation.rule is Rule.UNREACHABLE)
    assert "Works 0" in to.text
    assert "Works 0" not in beyond.text


def test_opening_the_roads_is_a_remedy():
    shut = closed(scenario(PLACES[3], PLACES[5]), PLACES[3], pace=0.0)
    state = State(shut, Plan((PlannedRoute("car", ("C1",), 1),)))
    (remedy,) = (one for one in remedies_for(state, compile_scenario(shut), "C0") if one.kind == "roads")
    after = remedy.edit(state, 1).patch.applied(state)
    assert after.scenario.zones["Z0"].pace == 1
    assert unreached(after.scenario) == ()


def test_letting_a_vehicle_into_a_zone_opens_its_roads_too():
    shut = closed(scenario(PLACES[3], PLACES[5]), PLACES[3], forbidden=frozenset({"car", "truck"}))
    state = State(shut, Plan((PlannedRoute("car", ("C1",), 1),)))
    kinds = {one.kind: one for one in remedies_for(state, compile_scenario(shut), "C0")}
    assert "roads" not in kinds
    after = kinds["allow"].edit(state, 1).patch.applied(state).scenario
    made = travel_of(after)
    vehicle = [key not in after.zones["Z0"].forbidden for key in after.vehicles].index(True)
    assert made.travel.distance[made.profiles[vehicle], 0, 1] < UNREACHABLE
