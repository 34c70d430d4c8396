"""Values of the model come back from JSON as they were, and nothing else comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from types import MappingProxyType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.io.journal.values import JournalDataError, decoded, encoded
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Access, Customer, Matrix, Profile, ProfileRule, Scenario, Settings, Vehicle
from tests.app.io.scenarios import full_scenario, scenarios


def there_and_back(kind: Any, value: Any) -> Any:
    return decoded(kind, json.loads(json.dumps(encoded(value))))


@given(scenarios())
def test_a_whole_scenario_comes_back(scenario: Scenario) -> None:
    assert there_and_back(Scenario, scenario) == scenario


def test_a_plan_comes_back() -> None:
    plan = Plan((PlannedRoute("van", ("c1", ""), 2), PlannedRoute("bike", ())), {"c1": Lock.PLACE})
    assert there_and_back(Plan, plan) == plan


def types_in(kind: Any, seen: set[Any]) -> set[Any]:
    """Return the types of all fields in a dataclass and in what it holds."""
    if kind in seen:
        return seen
    seen.add(kind)
    inner = get_type_hints(kind).values() if is_dataclass(kind) else get_args(kind)
    for one in inner:
        if get_origin(kind) is not np.ndarray and one is not ...:
            types_in(one, seen)
    return seen


def test_every_type_in_the_model_is_known() -> None:
    # Fails when the model gets a field of a type that the journal cannot write; `decoded` is where it belongs.
    for kind in types_in(State, set()):
        plain = kind in (str, int, float, bool, type(None)) or is_dataclass(kind)
        enum = isinstance(kind, type) and issubclass(kind, Enum)
        origin = get_origin(kind)
        one_or_none = origin in (Union, UnionType) and len(set(get_args(kind)) - {type(None)}) == 1
        assert plain or enum or one_or_none or origin in (tuple, frozenset, np.ndarray, Mapping), kind


def test_what_is_the_default_is_left_out() -> None:
    assert encoded(Customer("c1", service=60)) == {"id": "c1", "service": 60}
    assert encoded(Settings()) == {}


def test_types_are_kept_where_values_are_equal() -> None:
    back = there_and_back(Vehicle, Vehicle("v", speed=30, fixed_cost=0))
    assert (type(back.speed), type(back.fixed_cost)) == (int, int)


def test_a_matrix_comes_back_with_its_type() -> None:
    matrix = Matrix(("a", "b"), np.arange(4, dtype=np.int64).reshape(2, 2))
    back = there_and_back(Matrix | None, matrix)
    assert back == matrix
    assert back.distance.dtype == np.int64
    assert there_and_back(Matrix | None, None) is None


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert there_and_back(Customer, Customer(text, notes=text)) == Customer(text, notes=text)


def test_rules_come_back_in_their_order() -> None:
    profile = Profile("p", rules=MappingProxyType({"z": ProfileRule(Access.FORBIDDEN), "a": ProfileRule()}))
    assert list(there_and_back(Profile, profile).rules) == ["z", "a"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Customer, {"id": 5}),
        (Customer, {"id": "c", "lat": "60"}),
        (Customer, {"id": "c", "required": 1}),
        (Customer, {"id": "c", "service": True}),
        (Customer, {"id": "c", "windows": [[1]]}),
        (Customer, {"id": "c", "windows": [[1, 2, 3]]}),
        (Customer, {"id": "c", "demand": "12"}),
        (Customer, {"id": "c", "of a newer version": 1}),
        (Customer, {}),
        (Customer, []),
        (Customer, None),
        (Profile, {"id": "p", "rules": [["van", {"access": "maybe"}]]}),
        (Profile, {"id": "p", "rules": [["van"]]}),
        (Matrix, {"ids": ["a"], "distance": {"dtype": "O", "shape": [1], "data": "eJwDAAAAAAE="}}),
        (Matrix, {"ids": ["a"], "distance": {"dtype": "<i8", "shape": [1], "data": "no"}}),
    ],
)
def test_what_is_no_value_is_refused(kind: Any, data: Any) -> None:
    with pytest.raises(JournalDataError):
        decoded(kind, data)


def test_what_is_no_part_of_the_model_is_not_written() -> None:
    with pytest.raises(TypeError):
        encoded({1, 2})


def test_everything_in_a_full_scenario_is_written() -> None:
    text = json.dumps(encoded(full_scenario()), ensure_ascii=False)
    for word in ("Café", "4412", "preferred", "Old town"):
        assert word in text
