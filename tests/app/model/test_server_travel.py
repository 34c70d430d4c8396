"""Travel as a server has told it, and guessed where it has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from app.model.compile import compile_scenario
from app.model.scenario import Scenario, ServerKind, Settings, TravelSource
from app.model.server_travel import all_asked, asked_for, kinds_of, places_of, told_of
from app.model.travel import travel_of
from app.model.travel_table import UNKNOWN, Asked, TravelTable, use_table
from solver.problem import UNREACHABLE
from solver.roads.modes import Mode, ModeKind
from tests.app.model.states import small_scenario

ADDRESS = "http://localhost:5000"
DRIVING = Asked(ADDRESS, "driving")


@pytest.fixture
def table() -> Iterator[TravelTable]:
    made = TravelTable()
    former = use_table(made)
    yield made
    use_table(former)


def by_server(kind: ServerKind = ServerKind.OSRM, **settings: object) -> Scenario:
    scenario = small_scenario()
    values: dict[str, object] = {"travel": TravelSource.SERVER, "server": ADDRESS, "server_kind": kind, **settings}
    vehicles = {
        "bike": replace(scenario.vehicles["bike"], profile="bicycle"),
        "van": scenario.vehicles["van"],
        "lorry": replace(scenario.vehicles["van"], id="lorry", profile="truck"),
    }
    return replace(scenario, vehicles=vehicles, settings=replace(scenario.settings, **values))  # type: ignore[arg-type]


def test_vehicles_are_asked_for_in_the_words_of_the_server() -> None:
    assert all_asked(by_server()) == (Asked(ADDRESS, "cycling"), DRIVING)
    truck = "truck height=3.8 width=2.55 length=10 weight=12"
    assert [one.profile for one in all_asked(by_server(ServerKind.VALHALLA))] == ["bicycle", "auto", truck]


def test_a_mode_of_the_scenario_is_what_its_vehicles_are_asked_for() -> None:
    tanker = Mode("truck", ModeKind.TRUCK, height=4.0, hazmat=True)
    scenario = by_server(ServerKind.VALHALLA, modes=(tanker, Mode("car", ModeKind.FOOT)))
    asked = [asked_for(scenario.settings, one).profile for one in scenario.vehicles.values()]
    assert asked == ["bicycle", "pedestrian", "truck height=4 hazmat=true"]


def test_before_anything_was_told_it_is_the_guess_of_the_great_circle(table: TravelTable) -> None:
    scenario = by_server()
    guess = travel_of(replace(scenario, settings=replace(scenario.settings, travel=TravelSource.GREAT_CIRCLE)))
    made = travel_of(scenario)
    for place in range(3):
        for values, guessed in (
            (made.travel.distance, guess.travel.distance),
            (made.travel.duration, guess.travel.duration),
        ):
            assert np.array_equal(values[made.profiles[place]], guessed[guess.profiles[place]])
    told = told_of(scenario)
    assert (told.legs, told.told, told.complete) == (2 * 6 * 5, 0, False)


def test_what_was_told_takes_the_place_of_the_guess_pair_by_pair(table: TravelTable) -> None:
    scenario = by_server()
    before = travel_of(scenario)
    distance = np.full((6, 6), UNKNOWN)
    distance[0, 3], distance[3, 0], distance[4, 5] = 777, UNREACHABLE, 0
    table.put(DRIVING, places_of(scenario), places_of(scenario), distance, np.where(distance < 0, distance, 55))
    after = travel_of(scenario)
    van, bike = after.profiles[1], after.profiles[0]
    assert after.travel.distance[van, 0, 3] == 777
    assert after.travel.duration[van, 0, 3] == 55
    assert after.travel.distance[van, 3, 0] >= UNREACHABLE
    assert after.travel.distance[van, 4, 5] == 0
    assert after.travel.distance[van, 0, 4] == before.travel.distance[van, 0, 4]
    assert np.array_equal(after.travel.distance[bike], before.travel.distance[bike])
    assert told_of(scenario).told == 3
    assert compile_scenario(scenario).travel is after.travel


def test_vehicles_of_one_profile_and_two_speeds_are_told_the_same(table: TravelTable) -> None:
    scenario = by_server()
    slow = replace(scenario.vehicles["lorry"], speed=10.0)
    scenario = replace(scenario, vehicles={**scenario.vehicles, "lorry": slow})
    assert len(kinds_of(scenario)[0]) == 3
    values = np.full((6, 6), UNKNOWN)
    values[0, 1] = 60
    table.put(DRIVING, places_of(scenario), places_of(scenario), values, values)
    made = travel_of(scenario)
    van, lorry = made.profiles[1:]
    assert made.travel.duration[van, 0, 1] == made.travel.duration[lorry, 0, 1] == 60
    assert 2.9 < made.travel.duration[lorry, 0, 2] / made.travel.duration[van, 0, 2] < 3.1


def test_nothing_is_computed_again_before_something_else_is_told(table: TravelTable) -> None:
    scenario = by_server()
    first = travel_of(scenario).travel
    renamed = replace(scenario, settings=replace(scenario.settings, name="Other"))
    assert travel_of(renamed).travel is first
    table.put(DRIVING, places_of(scenario), places_of(scenario), np.full((6, 6), 7), np.full((6, 6), 7))
    assert travel_of(scenario).travel is not first


def test_another_server_has_told_nothing(table: TravelTable) -> None:
    scenario = by_server()
    table.put(DRIVING, places_of(scenario), places_of(scenario), np.full((6, 6), 7), np.full((6, 6), 7))
    assert told_of(scenario).told == 30
    assert told_of(by_server(server="http://localhost:5001")).told == 0


def test_a_scenario_without_vehicles_or_places_asks_for_nothing(table: TravelTable) -> None:
    assert told_of(Scenario(settings=Settings(travel=TravelSource.SERVER))).complete
