"""Finding places of many addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Candidate, Quality, sure
from app.io.geocoding.offline import NetworkGeocoder
from app.io.geocoding.several import SeveralNetworks, networks_with_addresses
from app.io.networks import NetworkStore
from app.io.servers.exchange import Answer, Fault
from app.jobs.servers.http_client import Limits
from app.jobs.servers.place_finder import PlaceFinder
from app.model.road_library import use_library
from app.model.scenario import Point, Settings
from tests.app.io.geocoding.towns import row_of_houses, town
from tests.app.io.servers.stub_nominatim import StubNominatim
from tests.app.jobs.servers.stub_server import StubServer, serving

GEOCODER = NetworkGeocoder(town(row_of_houses("Mäkelänkatu", [str(number) for number in range(1, 80)])))
WANTED = {number: Address("Mäkelänkatu", str(number)) for number in range(1, 80)}


@pytest.fixture
def finder(qtbot: QtBot, tmp_path: Path) -> Iterator[PlaceFinder]:
    made = PlaceFinder(tmp_path / "addresses.sqlite", Limits(total=500))
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[StubServer]:
    with serving(StubNominatim().answer) as made:
        yield made


@pytest.fixture
def found(finder: PlaceFinder) -> dict[int, tuple[Candidate, ...]]:
    collected: dict[int, tuple[Candidate, ...]] = {}
    finder.found.connect(collected.update)
    return collected


def test_a_whole_list_is_found_on_this_computer(
    qtbot: QtBot, finder: PlaceFinder, found: dict[int, tuple[Candidate, ...]]
) -> None:
    with qtbot.waitSignal(finder.ended, timeout=5000) as ended:
        finder.look_up(WANTED, GEOCODER)
        assert finder.busy
    assert ended.args == [None]
    assert not finder.busy
    assert found.keys() == WANTED.keys()
    assert all(sure(one) is not None for one in found.values())
    assert finder.done == finder.wanted == len(WANTED)


def test_what_was_stopped_says_nothing_more(qtbot: QtBot, finder: PlaceFinder) -> None:
    class Slow:
        def candidates(self, query: Address | str, near: Point | None = None) -> list[Candidate]:
            finder._stopped.wait(0.02)
            return []

    said: list[object] = []
    finder.ended.connect(said.append)
    finder.look_up(WANTED, Slow())
    finder.stop()
    qtbot.wait(80)
    assert not said
    assert not finder.busy
    with qtbot.waitSignal(finder.ended, timeout=5000):
        finder.look_up({1: WANTED[1]}, GEOCODER)


def test_a_geocoder_that_breaks_ends_the_list(qtbot: QtBot, finder: PlaceFinder) -> None:
    class Broken:
        def candidates(self, query: Address | str, near: Point | None = None) -> list[Candidate]:
            raise RuntimeError("a mistake")

    with qtbot.waitSignal(finder.ended, timeout=5000):
        finder.look_up(WANTED, Broken())


def test_a_server_is_asked_for_each_and_says_what_it_has(
    qtbot: QtBot, finder: PlaceFinder, found: dict[int, tuple[Candidate, ...]], server: StubServer
) -> None:
    wanted = {7: Address("Kirkkotie", "3", "", "Tuusula"), 9: Address("Nowhere", "1", "", "Tuusula")}
    with qtbot.waitSignal(finder.ended, timeout=8000) as ended:
        finder.ask(wanted, server.address)
    assert ended.args == [None]
    assert found[7][0].quality is Quality.HOUSE
    assert found[9] == ()
    with qtbot.waitSignal(finder.ended, timeout=500):
        finder.ask(wanted, server.address)  # it has been asked already
    assert len(server.seen) == 2


def test_a_server_that_refuses_is_told(qtbot: QtBot, finder: PlaceFinder, server: StubServer) -> None:
    server.answer = lambda _: Answer(403)
    with qtbot.waitSignal(finder.ended, timeout=5000) as ended:
        finder.ask({7: Address("Kirkkotie", "3", "", "Tuusula")}, server.address)
    assert ended.args == [Fault.REFUSED]


def test_the_network_of_the_scenario_is_looked_into_or_else_all_there_are(tmp_path: Path) -> None:
    store = NetworkStore(tmp_path)
    key = store.add(town(row_of_houses("Mäkelänkatu", ["1", "3"])), "Town")
    former = use_library(store)
    try:
        assert networks_with_addresses(Settings(network=key)) == (key,)
        every = networks_with_addresses(Settings(network="gone"))
        assert key in every
        geocoder = SeveralNetworks((*every, "unknown"))
        assert sure(geocoder.candidates("makelankatu 3")) is not None
        assert geocoder.candidates("Olematon 3") == []
    finally:
        use_library(former)
    assert networks_with_addresses(Settings()) == ()
