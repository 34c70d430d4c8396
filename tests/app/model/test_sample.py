"""The sample scenario: as its script makes it, ready to be solved, and telling its story."""

from __future__ import annotations

import runpy
from collections import Counter
from math import cos, hypot, radians

import pytest

from app.io import read_scenario
from app.model.compile import compile_scenario
from app.model.scenario import Scenario
from app.model.validate import issues_of
from app.resources import resource


@pytest.fixture(scope="module")
def sample() -> Scenario:
    result = read_scenario(resource("samples/helsinki"))
    assert result.issues == ()
    assert result.scenario is not None
    return result.scenario


def test_the_files_are_what_the_script_makes(sample: Scenario) -> None:
    made = runpy.run_path(str(resource("samples/make_helsinki.py")))["make"]()
    assert made == sample
    assert list(made.customers) == list(sample.customers)


def test_it_is_as_large_as_promised(sample: Scenario) -> None:
    assert len(sample.customers) == 120
    assert sum(vehicle.count for vehicle in sample.vehicles.values()) == 8
    assert (len(sample.vehicles), len(sample.depots), len(sample.profiles), len(sample.zones)) == (3, 2, 4, 1)
    assert Counter(one.profile for one in sample.customers.values()).keys() == sample.profiles.keys()
    assert any(len(one.windows) == 2 for one in sample.customers.values())
    assert 5 <= sum(not one.required for one in sample.customers.values()) <= 15


def test_it_compiles_and_everybody_can_be_served_by_somebody(sample: Scenario) -> None:
    assert issues_of(sample) == []
    clients = compile_scenario(sample).clients
    assert clients.allowed.any(axis=1).all()
    large = list(sample.vehicles).index("large")
    assert 20 < (~clients.allowed[:, large]).sum() < 80


def test_cafes_are_served_in_the_morning(sample: Scenario) -> None:
    for one in sample.customers.values():
        if one.profile == "cafe":
            assert one.windows[-1][1] <= 10 * 3600


def test_names_and_places_are_all_different(sample: Scenario) -> None:
    customers = list(sample.customers.values())
    assert len({one.name for one in customers}) == len(customers)
    for index, one in enumerate(customers):
        for other in customers[:index]:
            metres = hypot(one.lat - other.lat, (one.lon - other.lon) * cos(radians(60.17))) * 111_195
            assert metres > 50
