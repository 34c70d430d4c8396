"""By which roads the commands let a scenario travel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.io.networks import NetworkStore
from app.model.road_library import library
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle
from app.model.travel import travel_of
from app.network_argument import NetworkArgumentError, on_network, use_own_networks
from tests.app.model.fake_roads import roads
from tests.solver.roads.osm.maps import SOUTH, STEP, WEST, Map


@pytest.fixture
def store() -> Iterator[NetworkStore]:
    with roads():
        yield use_own_networks()


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A file with a street to the east and one to the north."""
    of = Map()
    east = of.line(4)
    of.way(*east, name="Main Street")
    of.way(east[0], of.node(2, 0))
    return of.write(tmp_path, "town.osm")


def scenario(lat: float = SOUTH) -> Scenario:
    return Scenario(
        depots={"D": Depot("D", "", lat, WEST)},
        vehicles={"v": Vehicle("v", capacity=(1.0,), start_depot="D", end_depot="D")},
        customers={"C": Customer("C", "", lat, WEST + 3 * STEP)},
        settings=Settings("Day"),
    )


def test_nothing_asked_for_is_nothing_changed(store: NetworkStore) -> None:
    day = scenario()
    assert on_network(day, None, store) is day


def test_a_file_is_imported_and_used(store: NetworkStore, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = on_network(scenario(), str(town), store)
    assert day.settings.travel is TravelSource.ROADS
    assert store.name(day.settings.network) == "town"
    assert library() is store
    assert "OpenStreetMap" in capsys.readouterr().err
    assert travel_of(day).travel.distance[0, 0, 1] == pytest.approx(167, abs=1)


def test_a_network_is_found_by_name_and_by_id(store: NetworkStore, town: Path) -> None:
    key = on_network(scenario(), str(town), store).settings.network
    for name in (key, "town", "TOWN"):
        assert on_network(scenario(), name, store).settings.network == key
    assert on_network(scenario(), "central helsinki", store).settings.network != key


def test_a_network_that_is_not_there_is_told_with_those_that_are(store: NetworkStore) -> None:
    with pytest.raises(NetworkArgumentError, match="Central Helsinki"):
        on_network(scenario(), "atlantis", store)


def test_two_networks_of_one_name_are_no_choice(store: NetworkStore, town: Path, tmp_path: Path) -> None:
    on_network(scenario(), str(town), store)
    other = Map()
    other.way(*other.line(3))
    other.write(tmp_path, "other.osm").replace(town)
    on_network(scenario(), str(town), store)
    with pytest.raises(NetworkArgumentError, match=r"town \("):
        on_network(scenario(), "town", store)


def test_a_file_that_cannot_be_used_is_told_in_words(store: NetworkStore, town: Path) -> None:
    with pytest.raises(NetworkArgumentError, match="another region"):
        on_network(scenario(lat=10.0), str(town), store)
    town.write_bytes(b"")
    with pytest.raises(NetworkArgumentError, match="empty"):
        on_network(scenario(), str(town), store)
    assert len(store.listed()) == 1  # the sample's


def test_a_scenario_in_a_plane_takes_all_of_the_file(store: NetworkStore, town: Path) -> None:
    plane = replace(scenario(lat=10.0), settings=Settings(travel=TravelSource.PLANE))
    assert on_network(plane, str(town), store).settings.travel is TravelSource.ROADS
