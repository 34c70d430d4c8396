"""Answers as JSON: everything is in it, and enough to compute every number again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.model.why.explanation import Explanation
from app.model.why.facts import Measure, Number
from app.model.why.record import record
from tests.app.model.why.cases import KINDS, case
from tests.app.model.why.oracle import Oracle
from tests.app.model.why.questions_of import explain
from tests.app.model.why.quick_search import quick_search


def explained(seed: int) -> tuple[Explanation, dict[str, Any]]:
    one = case(seed)
    explanation = explain(one.question, one.state, quick_search)
    return explanation, json.loads(json.dumps(record(explanation), allow_nan=False))


def numbers_in(value: Any) -> list[dict[str, Any]]:
    """Return everything in a record that is a number with its measure."""
    if isinstance(value, list):
        return [number for one in value for number in numbers_in(one)]
    if not isinstance(value, dict):
        return []
    if "measure" in value:
        return [value]
    return [number for one in value.values() for number in numbers_in(one)]


@pytest.mark.parametrize("seed", range(2 * len(KINDS)))
def test_every_number_can_be_computed_from_what_is_recorded(seed: int) -> None:
    explanation, written = explained(seed)
    found = numbers_in(written)
    assert len(found) == len(explanation.numbers)
    oracle = Oracle(explanation.evidence)
    for one in found:
        route = one.get("route")
        number = Number(
            one["value"], Measure(one["measure"]), one["at"], one["minus"], one.get("customer", ""),
            (route["vehicle"], route["number"]) if route else None, one.get("dimension", 0), one.get("rule", ""),
        )  # fmt: skip
        assert one["value"] == pytest.approx(oracle.value(number), abs=1e-6)


@pytest.mark.parametrize("seed", range(len(KINDS)))
def test_all_sentences_and_plans_are_recorded(seed: int) -> None:
    explanation, written = explained(seed)
    assert [one["text"] for one in written["short"]] == [one.text for one in explanation.short]
    assert [one["text"] for one in written["long"]] == [one.text for one in explanation.long]
    for name in ("parts", "alternatives", "remedies"):
        assert [one["label"] for one in written[name]] == [one.label for one in getattr(explanation, name)]
    for name, state in explanation.evidence.items():
        plan = written["plans"][name]
        assert [tuple(route["stops"]) for route in plan["routes"]] == [route.stops for route in state.plan.routes]
        assert bool(plan["changed"]) == (state.scenario != explanation.state.scenario)
