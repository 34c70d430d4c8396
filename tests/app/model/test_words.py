"""What things are called in the names of edits."""

from __future__ import annotations

from dataclasses import fields

import pytest

from app.model.patch import TABLES
from app.model.scenario import Customer, Depot, Profile, Scenario, Vehicle, Zone
from app.model.traffic import Traffic
from app.model.words import field_name, items_name, references_name
from solver.roads.modes import Mode

NEVER_IN_A_SENTENCE = {"extra"}
SAID_OTHERWISE = {"hazmat": "hazardous goods"}


@pytest.mark.parametrize("kind", [Depot, Vehicle, Customer, Profile, Zone, Mode, Traffic])
def test_every_field_has_a_name(kind):
    for field in fields(kind):
        if field.name not in NEVER_IN_A_SENTENCE:
            assert field_name(field.name) == SAID_OTHERWISE.get(field.name, field.name.replace("_", " "))


def test_a_name_goes_before_an_id_and_may_have_braces():
    assert items_name("customers", [Customer("1", "A {b}")]) == "customer A {b}"
    assert items_name("customers", [Customer("{1}")]) == "customer {1}"


@pytest.mark.parametrize("kind", TABLES)
def test_several_are_counted(kind):
    assert items_name(kind, [Customer("1"), Customer("2")]) == f"2 {kind}"


def test_references_of_several_kinds_are_counted_each():
    scenario = Scenario(customers={"1": Customer("1")})
    one, route = ("customers", "1"), ("routes", "bike/2")
    assert references_name(scenario, []) == "nothing"
    assert references_name(scenario, [one, one]) == "customer 1"
    assert references_name(scenario, [route]) == "route of bike 2"
    assert references_name(scenario, [("routes", "van/1"), one, route]) == "1 customer and 2 routes"
