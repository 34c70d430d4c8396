"""Where the numbers come from is said for every source."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.model.scenario import Matrix, Scenario, TravelSource
from app.model.server_travel import all_asked, places_of
from app.model.traffic import Traffic
from app.model.travel_table import TravelTable, travel_table, use_table
from app.model.travel_words import travel_words
from tests.app.model.fake_roads import roads
from tests.app.model.states import small_scenario
from tests.solver.roads.grids import grid


def by(source: TravelSource, **settings: object) -> Scenario:
    scenario = small_scenario()
    return replace(scenario, settings=replace(scenario.settings, travel=source, **settings))  # type: ignore[arg-type]


def test_every_source_has_words_of_its_own() -> None:
    said = [travel_words(by(source)) for source in TravelSource]
    assert len(set(said)) == len(said)
    assert all(one.endswith(".") and "{" not in one for one in said)


def test_the_network_is_named_while_it_is_here() -> None:
    with roads(town=grid(2, 2)):
        here = travel_words(by(TravelSource.ROADS, network="town"))
        gone = travel_words(by(TravelSource.ROADS, network="elsewhere"))
    assert "Town" in here
    assert "elsewhere" in gone


def test_legs_that_a_server_has_not_told_are_counted() -> None:
    scenario = by(TravelSource.SERVER, server="http://localhost:5000")
    places = places_of(scenario)
    before = use_table(TravelTable())
    try:
        legs = len(places) * (len(places) - 1)
        assert str(legs) in travel_words(scenario)
        zeros = np.zeros((len(places), len(places)), dtype=np.int64)
        for asked in all_asked(scenario):
            travel_table().put(asked, places, places, zeros, zeros)
        assert str(legs) not in travel_words(scenario)
    finally:
        use_table(before)


@pytest.mark.parametrize("parts", [("distance",), ("duration",), ("distance", "duration")])
def test_a_matrix_says_what_it_has(parts: tuple[str, ...]) -> None:
    square = np.zeros((2, 2), dtype=np.int64)
    scenario = replace(by(TravelSource.MATRIX), matrix=Matrix(("a", "b"), **dict.fromkeys(parts, square)))  # type: ignore[arg-type]
    assert travel_words(scenario) != travel_words(replace(scenario, matrix=None))


def test_speeds_by_the_hour_are_mentioned() -> None:
    for source in TravelSource:
        assert travel_words(by(source, traffic=Traffic())).startswith(travel_words(by(source)))
        assert travel_words(by(source, traffic=Traffic())) != travel_words(by(source))
