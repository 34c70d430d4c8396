"""Travel by roads, from a scenario to the engine's matrices."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from app.model.compile import compile_scenario
from app.model.kept_travel import kept_travel
from app.model.road_keys import road_keys
from app.model.road_routers import Routers
from app.model.road_travel import leg_shape, leg_shapes, ways_to_keep
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.travel import travel_of
from app.model.validate import ScenarioError, issues_of
from solver.problem import UNREACHABLE
from solver.roads.modes import Mode, ModeKind
from solver.roads.network import DEGREE, Network
from tests.app.model.fake_roads import SPEED, FakeLibrary, FakeRouter, roads
from tests.solver.roads.grids import grid, one_way

NETWORK = grid(3, 4)
PLACES = [(float(lat), float(lon)) for lat, lon in NETWORK.node_place / DEGREE]
"""Of junctions, row by row from the south-west; 0 to 3, 4 to 7 and 8 to 11, a hundred metres apart."""


@pytest.fixture(autouse=True)
def door() -> Iterator[tuple[FakeLibrary, Routers]]:
    with roads(town=NETWORK) as made:
        yield made


def scenario(*customers: int, network: str = "town") -> Scenario:
    """A depot at junction 0, customers at others, a car and a truck."""
    return Scenario(
        depots={"D": Depot("D", "", *PLACES[0])},
        vehicles={
            "car": Vehicle("car", "Car", capacity=(1.0,), start_depot="D", end_depot="D", profile="car"),
            "truck": Vehicle("truck", "Truck", capacity=(1.0,), start_depot="D", end_depot="D", profile="truck"),
        },
        customers={f"C{at}": Customer(f"C{at}", "", *PLACES[at]) for at in customers},
        settings=Settings(travel=TravelSource.ROADS, network=network),
    )


def around(*junctions: int, size: float = 0.0003) -> tuple[tuple[float, float], ...]:
    """Return a square around junctions that no other one lies in."""
    places = np.array([PLACES[at] for at in junctions])
    (south, west), (north, east) = places.min(axis=0) - size, places.max(axis=0) + size
    return ((south, west), (south, east), (north, east), (north, west))


def with_zone(before: Scenario, zone: Zone) -> Scenario:
    return replace(before, zones={**before.zones, zone.id: zone})


def computed(routers: Routers, of: Scenario) -> int:
    router = routers.router(road_keys(of)["car"])
    assert isinstance(router, FakeRouter)
    return router.computed[0]


def test_distances_are_those_of_streets():
    found = travel_of(scenario(3, 5))
    assert found.travel.distance[found.profiles[0]].tolist() == [[0, 300, 200], [300, 0, 300], [200, 300, 0]]
    assert found.travel.duration[found.profiles[0]].tolist()[0] == [0, 300 / SPEED, 200 / SPEED]
    assert found.profiles == (0, 1)


def test_vehicles_of_the_same_roads_share_a_profile():
    alike = scenario(3)
    alike = replace(alike, vehicles={key: replace(one, profile="car") for key, one in alike.vehicles.items()})
    found = travel_of(alike)
    assert found.profiles == (0, 0)
    assert found.travel.profiles == 1


def test_a_mode_of_the_scenario_is_used():
    slow = Mode("car", speed_factor=0.5)
    before = scenario(3)
    found = travel_of(replace(before, settings=replace(before.settings, modes=(slow,))))
    assert found.travel.duration[found.profiles[0], 0, 1] == 2 * 300 / SPEED
    assert found.travel.duration[found.profiles[1], 0, 1] == 300 / SPEED


def test_one_way_streets_make_travel_asymmetric(door):
    door[0].networks["one-way"] = one_way(NETWORK, 0)
    found = travel_of(scenario(1, network="one-way")).travel.distance[0]
    assert (found[0, 1], found[1, 0]) == (100, 300)


def test_a_zone_closes_roads_to_those_who_are_forbidden():
    closed = with_zone(scenario(2), Zone("Z", "", around(1), frozenset({"truck"})))
    found = travel_of(closed)
    car, truck = found.profiles
    assert found.travel.distance[car, 0, 1] == 200
    assert found.travel.distance[truck, 0, 1] == 400


def test_a_pace_slows_everybody_who_is_on_the_roads_inside():
    slow = with_zone(scenario(1, 2), Zone("Z", "", around(0, 1, 2), pace=0.5))
    found = travel_of(slow)
    assert found.profiles == (0, 1)
    assert found.travel.distance[:, 0, 1].tolist() == [100, 100]
    assert found.travel.duration[:, 0, 1].tolist() == [2 * 100 / SPEED] * 2


def test_of_zones_that_overlap_the_slowest_counts():
    slow = with_zone(scenario(1), Zone("Z", "", around(0, 1), pace=0.5))
    slower = with_zone(slow, Zone("Y", "", around(0, 1, 2), pace=0.25))
    assert travel_of(slower).travel.duration[0, 0, 1] == 4 * 100 / SPEED


def test_closing_roads_to_all_leaves_no_way_in():
    closed = with_zone(scenario(3, 11), Zone("Z", "", around(3), pace=0.0))
    travel = travel_of(closed).travel
    assert travel.distance[0, 0, 1] == travel.distance[0, 1, 0] == UNREACHABLE
    assert 0 < travel.duration[0, 0, 1] < 3600  # a clock can show it
    assert travel.distance[0, 0, 2] == 500
    assert (travel.distance[:, [0, 1, 2], [0, 1, 2]] == 0).all()


def test_zones_do_nothing_where_travel_is_not_by_roads():
    before = scenario(3)
    straight = replace(before, settings=replace(before.settings, travel=TravelSource.GREAT_CIRCLE))
    closed = with_zone(straight, Zone("Z", "", around(3), pace=0.0))
    assert travel_of(closed).travel is travel_of(straight).travel


def test_what_does_not_change_is_the_same_object():
    one = scenario(3, 5)
    assert travel_of(one).travel is travel_of(replace(one, settings=replace(one.settings, name="Other"))).travel


def test_places_that_are_known_are_not_computed_again(door):
    _, routers = door
    travel_of(scenario(3, 5))
    before = computed(routers, scenario())
    travel_of(scenario(3, 5, 7))
    assert computed(routers, scenario()) == before + 1
    moved = travel_of(scenario(3, 6, 7)).travel
    assert computed(routers, scenario()) == before + 2
    assert moved.distance[0].tolist()[0] == [0, 300, 300, 400]


def test_a_closure_that_is_lifted_needs_nothing_new(door):
    _, routers = door
    open_roads = scenario(3, 5)
    travel_of(open_roads)
    travel_of(with_zone(open_roads, Zone("Z", "", around(1), pace=0.0)))
    before = computed(routers, open_roads)
    travel_of(open_roads)
    assert computed(routers, open_roads) == before


def test_the_order_of_a_network_is_kept(door):
    library, _ = door
    travel_of(scenario(3))
    assert len(library.orders["town"]) == NETWORK.segments


def test_several_threads_get_the_same(door):
    _, routers = door
    days = [scenario(3, 5), with_zone(scenario(3, 5), Zone("Z", "", around(1), pace=0.0)), scenario(3, 5, 7)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(travel_of, days * 8))
    for one, of in zip(found, days * 8, strict=True):
        assert np.array_equal(one.travel.distance, travel_of(of).travel.distance)
    assert computed(routers, scenario()) < 30


def test_a_compiled_problem_leaves_out_who_has_no_road():
    problem = compile_scenario(with_zone(scenario(3, 5), Zone("Z", "", around(3), pace=0.0)))
    assert problem.travel.distance.shape == (2, 3, 3)
    assert problem.travel.distance[0, 0, 1] == UNREACHABLE


def test_legs_have_shapes_where_there_are_roads():
    day = scenario(3, 5)
    shape = leg_shape(day, "car", PLACES[0], PLACES[3])
    assert shape is not None
    assert shape[0].tolist() == list(PLACES[0])
    assert leg_shape(with_zone(day, Zone("Z", "", around(3), pace=0.0)), "car", PLACES[0], PLACES[3]) is None
    assert leg_shape(day, "gone", PLACES[0], PLACES[3]) is None
    assert leg_shape(replace(day, settings=Settings()), "car", PLACES[0], PLACES[3]) is None
    assert leg_shape(scenario(3, network="elsewhere"), "car", PLACES[0], PLACES[3]) is None


def test_many_legs_get_their_shapes_at_once():
    day = with_zone(scenario(3, 5), Zone("Z", "", around(3), frozenset({"truck"})))
    drives = [("car", PLACES[0], PLACES[3]), ("truck", PLACES[0], PLACES[3]), ("gone", PLACES[0], PLACES[3])]
    drives += [("truck", PLACES[5], PLACES[0])]
    shapes = leg_shapes(day, drives)
    assert [shape is None for shape in shapes] == [False, True, True, False]
    assert shapes[3] is not None
    assert shapes[3][0].tolist() == list(PLACES[5])
    assert leg_shapes(day, []) == []


def test_a_network_that_cannot_be_read_is_an_issue(door):
    door[0].networks["town"] = None
    assert issues_of(scenario(3)) == []
    with pytest.raises(ScenarioError) as caught:
        compile_scenario(scenario(3))
    (issue,) = caught.value.issues
    assert (issue.kind, issue.field, issue.value) == ("settings", "network", "town")


def test_a_document_is_planned_with_where_its_network_is_not(door):
    library, _ = door
    day = with_zone(scenario(3, 5), Zone("Z", "", around(1), frozenset({"truck"})))
    there = travel_of(day).travel
    kept = ways_to_keep(day)
    assert len(kept) == 2
    del library.networks["town"]
    (issue,) = issues_of(day)
    assert (issue.kind, issue.field) == ("settings", "network")
    kept_travel().keep(kept)
    assert issues_of(day) == []
    fewer = replace(day, customers={"C5": day.customers["C5"]})
    assert np.array_equal(travel_of(day).travel.distance, there.distance)
    assert np.array_equal(travel_of(day).travel.duration, there.duration)
    assert travel_of(day).travel is travel_of(day).travel
    assert travel_of(fewer).travel.distance.tolist() == there.distance[:, [0, 2]][:, :, [0, 2]].tolist()
    assert ways_to_keep(day)  # it is saved again


def test_a_place_that_the_document_does_not_know_is_named(door):
    library, _ = door
    day = scenario(3, 5)
    travel_of(day)
    kept_travel().keep(ways_to_keep(day))
    del library.networks["town"]
    (issue,) = issues_of(scenario(3, 5, 7))
    assert (issue.kind, issue.id) == ("customers", "C7")
    closed = with_zone(day, Zone("Z", "", around(1), pace=0.0))
    assert [one.field for one in issues_of(closed)] == ["network"]  # of these roads nobody has said anything


def test_a_network_that_is_there_goes_before_what_a_document_says():
    day = scenario(3)
    travel_of(day)
    (one, *_) = ways_to_keep(day)
    kept_travel().keep([replace(one, distance=one.distance * 7)])
    assert travel_of(day).travel.distance[0, 0, 1] == 300


def test_nothing_is_kept_of_other_sources_and_of_what_was_never_computed():
    assert ways_to_keep(scenario(3)) == ()
    assert ways_to_keep(replace(scenario(3), settings=Settings())) == ()


def test_the_name_of_a_mode_does_not_make_other_roads():
    keys = road_keys(
        replace(
            scenario(),
            vehicles={
                "a": Vehicle("a", profile="car"),
                "b": Vehicle("b", profile="mine"),
                "c": Vehicle("c", profile="bicycle"),
            },
            settings=Settings(network="town", modes=(Mode("mine", ModeKind.CAR),)),
        )
    )
    assert keys["a"] == keys["b"] != keys["c"]
    assert len({key.digest for key in keys.values()}) == 2


def test_a_scenario_without_customers_has_travel():
    assert travel_of(scenario()).travel.distance.shape == (2, 1, 1)


@pytest.mark.parametrize("network", [grid(2, 2), grid(1, 2)])
def test_a_place_far_from_every_road_has_no_way(network: Network, door) -> None:
    door[0].networks["small"] = network
    far = scenario(1, network="small")
    far = replace(far, customers={"C1": replace(far.customers["C1"], lat=50.0)})
    assert (travel_of(far).travel.distance[:, 0, 1] == UNREACHABLE).all()
