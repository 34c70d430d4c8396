"""Addresses from a road network."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Candidate, Quality, metres, sure
from app.io.geocoding.offline import NetworkGeocoder
from app.io.geocoding.trigrams import Trigrams
from app.resources import resource
from solver.roads.network import read_network
from tests.app.io.geocoding.towns import row_of_houses, town

TOWN = town(
    [
        *row_of_houses("Mäkelänkatu", ["1", "3", "5", "9", "2", "8 A", "8 B", "20-24"]),
        *row_of_houses("Kirkkotie", ["1", "3"], 60.20, 24.90, city="Helsinki", postcode="00200"),
        *row_of_houses("Kirkkotie", ["1", "3"], 60.40, 25.10, city="Tuusula", postcode="04300"),
        *row_of_houses("Hauptstraße", ["7"], 60.30, 25.00, city="", postcode=""),
    ],
    ["Satamakuja"],
)
GEOCODER = NetworkGeocoder(TOWN)


def best(query: Address | str) -> Candidate:
    return GEOCODER.candidates(query)[0]


@pytest.mark.parametrize(
    "query",
    ["Mäkelänkatu 5", "makelankatu 5", "MÄKELÄNKATU 5, 00100 Helsinki", Address("Mäkelänkatu", "5", "", "helsinki")],
)
def test_a_house_is_found_however_it_is_written(query: Address | str) -> None:
    found = GEOCODER.candidates(query)
    assert found[0].quality is Quality.HOUSE
    assert found[0].point == pytest.approx((60.1718, 24.94), abs=1e-6)
    assert sure(found) is found[0]


def test_abbreviations_are_written_out() -> None:
    assert sure(GEOCODER.candidates("Hauptstr. 7")) is not None


def test_letters_and_ranges_are_numbers_of_houses() -> None:
    assert best("Mäkelänkatu 8 B").label.startswith("Mäkelänkatu 8 B")
    assert best("Mäkelänkatu 8").quality is Quality.HOUSE
    assert best("Mäkelänkatu 22").label.startswith("Mäkelänkatu 20-24")


def test_a_number_between_two_houses_of_its_side_lies_between_them() -> None:
    found = best("Mäkelänkatu 7")
    assert found.quality is Quality.BETWEEN
    assert found.point == pytest.approx((60.17225, 24.94), abs=1e-5)
    assert sure(GEOCODER.candidates("Mäkelänkatu 7")) is not None


def test_a_number_beyond_the_last_house_is_somewhere_in_the_street() -> None:
    found = GEOCODER.candidates("Mäkelänkatu 99")
    assert found[0].quality is Quality.STREET
    assert sure(found) is None


def test_a_typing_error_finds_the_street_and_is_left_to_a_person() -> None:
    found = GEOCODER.candidates("Mäkelänktu 5")
    assert found[0].label.startswith("Mäkelänkatu 5")
    assert 0.5 < found[0].score < 0.9
    assert sure(found) is None


def test_streets_of_one_name_in_two_towns_are_a_choice_unless_the_town_is_said() -> None:
    found = GEOCODER.candidates("Kirkkotie 3")
    assert len(found) == 2
    assert sure(found) is None
    assert "Tuusula" in best("Kirkkotie 3, Tuusula").label
    assert sure(GEOCODER.candidates("Kirkkotie 3, Tuusula")) is not None
    assert "00200" in best("Kirkkotie 3, 00200").label


def test_of_equals_the_nearest_goes_first() -> None:
    for near in ((60.2, 24.9), (60.4, 25.1)):
        assert metres(near, GEOCODER.candidates("Kirkkotie 1", near)[0].point) < 200


def test_another_town_than_the_map_says_is_never_sure() -> None:
    assert sure(GEOCODER.candidates("Mäkelänkatu 5, Rovaniemi")) is None


def test_a_street_without_houses_is_found_by_its_name() -> None:
    found = best("Satamakuja 4, Helsinki")
    assert found.quality is Quality.STREET
    assert found.label == "Satamakuja"
    assert abs(found.point[0] - 60.0) < 0.01


def test_towns_and_postcodes_are_areas() -> None:
    assert best("04300 Tuusula").quality is Quality.AREA
    assert best(Address(city="tuusula")).point[0] == pytest.approx(60.4, abs=0.01)
    assert best("Olematon 1, Tuusula").quality is Quality.AREA


@pytest.mark.parametrize("query", ["", "qqqqq 1", Address(), "Rovaniemi"])
def test_what_is_not_known_has_no_candidates(query: Address | str) -> None:
    assert GEOCODER.candidates(query) == []


def test_every_candidate_says_where_it_is_from() -> None:
    assert "town.osm.pbf" in best("Mäkelänkatu 5").source
    assert TOWN.attribution in best("Mäkelänkatu 5").source


def test_a_network_without_addresses_and_names_knows_nothing() -> None:
    assert NetworkGeocoder(replace(town([]), names=())).candidates("Mäkelänkatu 5") == []


@given(st.text(max_size=40))
def test_whatever_is_asked_there_is_an_answer(text: str) -> None:
    found = GEOCODER.candidates(text)
    assert all(0 < one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True) or len(found) > 1


def test_most_houses_of_the_shipped_map_are_found_where_they_are() -> None:
    network = read_network(resource("roads/helsinki-centre.npz"))
    geocoder = NetworkGeocoder(network)
    rng = np.random.default_rng(3)
    found = 0
    rows = rng.choice(len(network.address_text), 200, replace=False)
    for row in rows:
        street, number, city, _ = (network.names[one] if one >= 0 else "" for one in network.address_text[row])
        candidates = geocoder.candidates(Address(street, number, "", city))
        place = tuple(network.address_place[row] / 1e7)
        found += bool(candidates) and metres(candidates[0].point, place) < 150
    assert found >= 180


def test_a_hundred_thousand_addresses_answer_at_once() -> None:
    rng = np.random.default_rng(5)
    letters = np.array(list("aeioukmnprstvl"))
    streets = ["".join(rng.choice(letters, 9)) + rng.choice(["katu", "tie", "kuja"]) for _ in range(5000)]
    houses = [
        (street, str(number), f"Town {at % 20}", "", 60 + at / 5000, 24 + number / 1000)
        for at, street in enumerate(streets)
        for number in range(1, 21)
    ]
    geocoder = NetworkGeocoder(town(houses))
    took = []
    for at in range(0, 5000, 250):
        began = time.perf_counter()
        found = geocoder.candidates(f"{streets[at][1:]} 7")  # with a letter missing
        took.append(time.perf_counter() - began)
        assert found[0].label.startswith(f"{streets[at]} 7")
    assert sorted(took)[10] < 0.05


@given(st.lists(st.text("abcdef ", min_size=1, max_size=12), min_size=1, max_size=20, unique=True), st.integers(0, 19))
def test_a_name_is_most_like_itself(names: list[str], at: int) -> None:
    name = names[at % len(names)]
    found = Trigrams(names).alike(name, 0.1, 50)
    assert found[0][1] == 1.0
    assert at % len(names) in [place for place, likeness in found if likeness == 1.0]
