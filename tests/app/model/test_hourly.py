"""Travel that depends on the hour, from settings to the engine's periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.model.compile import compile_scenario
from app.model.kept_travel import kept_travel
from app.model.road_travel import ways_to_keep
from app.model.scenario import Customer, Depot, Matrix, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.traffic import HOUR, HOURS, Traffic
from app.model.travel import travel_of
from solver.problem import UNREACHABLE
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import FakeLibrary, roads
from tests.app.model.states import small_scenario
from tests.solver.roads.grids import grid

EVEN = (1.0,) * HOURS
MORNING = (*EVEN[:7], 0.5, 0.5, *EVEN[9:])
RUSH = Traffic(EVEN, MORNING, (*EVEN[:7], 0.25, 0.25, *EVEN[9:]))

NETWORK = grid(2, 4)
PLACES = [(float(lat), float(lon)) for lat, lon in NETWORK.node_place / DEGREE]


@pytest.fixture
def library() -> Iterator[FakeLibrary]:
    with roads(town=NETWORK) as (made, _):
        yield made


def by(source: TravelSource, traffic: Traffic | None, matrix: Matrix | None = None) -> Scenario:
    scenario = small_scenario()
    return replace(scenario, settings=replace(scenario.settings, travel=source, traffic=traffic), matrix=matrix)


def on_roads(traffic: Traffic | None = RUSH, **zone: object) -> Scenario:
    zones = {"Z": Zone("Z", "", **zone)} if zone else {}  # type: ignore[arg-type]
    return Scenario(
        depots={"D": Depot("D", "", *PLACES[0])},
        vehicles={
            key: Vehicle(key, key, capacity=(1.0,), start_depot="D", end_depot="D", profile=key)
            for key in ("car", "bicycle")
        },
        customers={"C": Customer("C", "", *PLACES[3])},
        zones=zones,
        settings=Settings(travel=TravelSource.ROADS, network="town", traffic=traffic),
    )


@pytest.mark.parametrize("source", [TravelSource.GREAT_CIRCLE, TravelSource.PLANE, TravelSource.SERVER])
def test_without_streets_all_legs_are_on_main_roads(source: TravelSource) -> None:
    all_day, made = travel_of(by(source, None)), travel_of(by(source, RUSH))
    hours = made.travel.hours
    assert hours is not None
    assert hours.starts.tolist() == [0, 7 * HOUR, 9 * HOUR]
    for before, profile in zip(all_day.profiles, made.profiles, strict=True):
        usual = all_day.travel.duration[before]
        assert np.array_equal(hours.duration[profile, 0], usual)
        assert np.array_equal(hours.duration[profile, 1], 2 * usual)
        assert np.array_equal(made.travel.distance[profile], all_day.travel.distance[before])
        assert np.array_equal(made.travel.duration[profile], usual)


def test_whoever_cycles_does_not_stand_in_traffic() -> None:
    scenario = by(TravelSource.GREAT_CIRCLE, RUSH)
    alike = {key: replace(one, speed=20.0) for key, one in scenario.vehicles.items()}
    alike["bike"] = replace(alike["bike"], profile="bicycle")
    made = travel_of(replace(scenario, vehicles=alike))
    bike, van = made.profiles
    hours = made.travel.hours
    assert hours is not None
    assert np.array_equal(hours.duration[bike, 0], hours.duration[bike, 1])
    assert np.array_equal(hours.duration[bike, 0], hours.duration[van, 0])
    assert (hours.duration[van, 1] >= hours.duration[van, 0]).all()


def test_a_matrix_keeps_its_missing_roads() -> None:
    ids = (*small_scenario().depots, *small_scenario().customers)
    square = np.full((6, 6), 100, dtype=np.int64)
    square[0, 5] = UNREACHABLE
    made = travel_of(by(TravelSource.MATRIX, RUSH, Matrix(ids, square, square))).travel
    assert made.hours is not None
    assert made.hours.duration[0, :, 0, 5].tolist() == [UNREACHABLE] * 3
    assert made.hours.duration[0, :, 0, 4].tolist() == [100, 200, 100]


def test_without_traffic_nothing_is_different() -> None:
    assert travel_of(by(TravelSource.GREAT_CIRCLE, None)).travel.hours is None


@pytest.mark.parametrize("source", [TravelSource.GREAT_CIRCLE, TravelSource.PLANE])
def test_what_does_not_change_is_the_same_object(source: TravelSource) -> None:
    assert travel_of(by(source, RUSH)).travel is travel_of(by(source, RUSH)).travel


def test_roads_are_slower_by_their_class(library: FakeLibrary) -> None:
    made = travel_of(on_roads())
    car, bicycle = made.profiles
    hours = made.travel.hours
    assert hours is not None
    assert hours.duration[car, :, 0, 1].tolist() == [30, 120, 30]
    assert hours.duration[bicycle, :, 0, 1].tolist() == [30, 30, 30]
    assert made.travel.duration[:, 0, 1].tolist() == [30, 30]
    assert travel_of(on_roads()).travel is made.travel


def test_what_has_no_road_has_none_at_any_hour(library: FakeLibrary) -> None:
    (lat, lon) = PLACES[3]
    ring = ((lat - 3e-4, lon - 3e-4), (lat - 3e-4, lon + 3e-4), (lat + 3e-4, lon + 3e-4), (lat + 3e-4, lon - 3e-4))
    made = travel_of(on_roads(ring=ring, pace=0.0)).travel
    assert made.hours is not None
    assert (made.distance[:, 0, 1] == UNREACHABLE).all()
    assert len(set(made.hours.duration[:, :, 0, 1].ravel().tolist())) == 1
    assert made.duration[0, 0, 1] < 3600


def test_without_the_network_the_hours_are_a_guess(library: FakeLibrary) -> None:
    travel_of(on_roads(None))
    kept_travel().keep(ways_to_keep(on_roads(None)))
    del library.networks["town"]
    made = travel_of(on_roads())
    assert made.travel.hours is not None
    assert made.travel.hours.duration[made.profiles[0], :, 0, 1].tolist() == [30, 60, 30]
    assert travel_of(on_roads()).travel is made.travel


@pytest.mark.parametrize("source", [TravelSource.GREAT_CIRCLE, TravelSource.ROADS])
def test_it_compiles(library: FakeLibrary, source: TravelSource) -> None:
    scenario = on_roads()
    scenario = replace(scenario, settings=replace(scenario.settings, travel=source, traffic=Traffic()))
    assert compile_scenario(scenario).travel.hours is not None
