"""What is wrong with what a scenario says of roads."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from math import nan
from typing import Any

import pytest

from app.model import validate
from app.model.road_library import NoNetworks, use_library
from app.model.scenario import Settings, TravelSource
from app.model.traffic import HOURS, Traffic
from app.model.validate import issues_of
from solver.roads.modes import Mode
from tests.app.model.states import small_scenario


class One(NoNetworks):
    """A library that has a network of the id "here"."""

    def has(self, key: str) -> bool:
        return key == "here"


@pytest.fixture(autouse=True)
def one() -> Iterator[None]:
    before = use_library(One())
    yield
    use_library(before)


def found(**settings: Any) -> list[tuple[str, str, str]]:
    scenario = small_scenario()
    issues = issues_of(replace(scenario, settings=replace(scenario.settings, **settings)))
    assert all(str(issue).endswith(".") for issue in issues)
    return [(issue.kind, issue.id, issue.field) for issue in issues]


def test_a_network_has_to_be_on_this_computer_where_it_is_used():
    assert found(travel=TravelSource.ROADS, network="here") == []
    assert found(travel=TravelSource.ROADS, network="there") == [("settings", "", "network")]
    assert found(travel=TravelSource.ROADS) == [("settings", "", "network")]
    assert found(network="there") == []


@pytest.mark.parametrize("address", ["http://localhost:5000", "https://roads.example/osrm"])
def test_an_address_of_a_server_is_one_of_the_web(address: str) -> None:
    assert found(travel=TravelSource.SERVER, server=address) == []


@pytest.mark.parametrize("address", ["", "localhost:5000", "ftp://a", "http://", "http://a:99999", "http://["])
def test_what_is_no_address_is_told_where_it_is_used(address: str) -> None:
    assert found(travel=TravelSource.SERVER, server=address) == [("settings", "", "server")]
    assert found(server=address) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("speed_factor", 0.0),
        ("speed_factor", nan),
        ("height", -1.0),
        ("weight", 1e9),
        ("signal_delay", -0.1),
        ("u_turn_delay", 1e5),
    ],
)
def test_a_number_of_a_mode_that_makes_no_sense_is_told(field: str, value: float) -> None:
    wrong: dict[str, Any] = {field: value}
    assert found(modes=(Mode("tram"), Mode("van", **wrong))) == [("modes", "van", field)]


def test_modes_have_ids_of_their_own():
    assert found(modes=(Mode(" "),)) == [("modes", " ", "id")]
    assert found(modes=(Mode("a"), Mode("b"), Mode("a"))) == [("modes", "a", "id")] * 2


@pytest.mark.parametrize("factor", [0.0, -1.0, nan, 4.0])
def test_a_factor_of_an_hour_that_makes_no_sense_is_told(factor: float) -> None:
    even = (1.0,) * HOURS
    assert found(traffic=Traffic(even, (*even[:7], factor, *even[8:]), even)) == [("traffic", "7", "main")]


@pytest.mark.parametrize("pace", [-0.5, 1.5, nan])
def test_a_zone_makes_roads_slower_only(pace: float) -> None:
    scenario = small_scenario()
    zone = replace(scenario.zones["Z1"], pace=pace)
    (issue,) = issues_of(replace(scenario, zones={"Z1": zone}))
    assert (issue.kind, issue.id, issue.field) == ("zones", "Z1", "pace")


def test_settings_of_roads_are_sound_from_the_start():
    assert found(traffic=Traffic(), modes=Settings().modes) == []


def test_memory_is_bounded_by_kinds_of_travel_and_by_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = replace(small_scenario(), zones={})  # else vehicles find other roads closed
    places = len(scenario.depots) + len(scenario.customers)
    alike = {key: replace(one, speed=20.0) for key, one in scenario.vehicles.items()}
    settings = {
        "straight": (scenario.settings, 1),
        "roads": (replace(scenario.settings, travel=TravelSource.ROADS, network="here"), 1),
        "two modes": (replace(scenario.settings, travel=TravelSource.ROADS, network="here"), 2),
        "hours": (replace(scenario.settings, traffic=Traffic()), 1 + len(Traffic().periods()) / 4),
    }
    for name, (one, weight) in settings.items():
        vehicles = dict(alike)
        if name == "two modes":
            vehicles["bike"] = replace(vehicles["bike"], profile="bicycle")
        day = replace(scenario, vehicles=vehicles, settings=one)
        monkeypatch.setattr(validate, "MOST_LEGS", math.ceil(places**2 * weight))
        assert issues_of(day) == [], name
        monkeypatch.setattr(validate, "MOST_LEGS", math.ceil(places**2 * weight) - 1)
        assert [issue.kind for issue in issues_of(day)] == ["customers"], name
