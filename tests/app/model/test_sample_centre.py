"""The sample by road: as its script makes it, and every place of it on roads that all its vehicles can use."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from dataclasses import replace
from math import cos, hypot, radians
from pathlib import Path

import pytest

from app.io import read_scenario
from app.io.networks import NetworkStore
from app.model.compile import compile_scenario
from app.model.road_library import library, use_library
from app.model.scenario import Scenario, TravelSource
from app.model.unreached import unreached
from app.model.validate import issues_of
from app.resources import resource


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    before = use_library(NetworkStore(Path(tmp_path_factory.mktemp("networks"))))
    result = read_scenario(resource("samples/helsinki-centre"))
    assert result.issues == ()
    assert result.scenario is not None
    yield result.scenario
    use_library(before)


@pytest.mark.timeout(300)  # compiles the router if nothing has yet
def test_the_files_are_what_the_script_makes(sample: Scenario) -> None:
    made = runpy.run_path(str(resource("samples/make_helsinki_centre.py")))["make"]()
    assert made == sample
    assert list(made.customers) == list(sample.customers)


def test_its_network_comes_with_the_program(sample: Scenario) -> None:
    assert sample.settings.travel is TravelSource.ROADS
    assert library().has(sample.settings.network)
    assert issues_of(sample) == []


@pytest.mark.timeout(300)
def test_all_its_places_are_reached_by_all_modes(sample: Scenario) -> None:
    assert unreached(sample) == ()
    open_to_all = replace(
        sample, zones={}, profiles={key: replace(one, rules={}) for key, one in sample.profiles.items()}
    )
    assert unreached(open_to_all) == ()


@pytest.mark.timeout(300)
def test_it_compiles_and_everybody_can_be_served_by_somebody(sample: Scenario) -> None:
    problem = compile_scenario(sample)
    assert problem.clients.allowed.any(axis=1).all()
    assert len(sample.customers) == 59
    assert (len(sample.vehicles), len(sample.depots), len(sample.zones)) == (3, 2, 1)
    distance = problem.travel.distance
    assert (distance != distance.transpose(0, 2, 1)).mean() > 0.5  # one-way streets


def test_names_and_places_are_all_different(sample: Scenario) -> None:
    customers = list(sample.customers.values())
    assert len({one.name for one in customers}) == len(customers)
    for index, one in enumerate(customers):
        for other in [*customers[:index], *sample.depots.values()]:
            metres = hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(60.17))) * 111_195
            assert metres > (35 if other in customers else 1)
