"""An answer as plain values for other programs: every sentence with its numbers, and the plans that they are of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.model.patch import TABLES, State, table_of
from app.model.why.explanation import Bar, Explanation
from app.model.why.facts import Number, Sentence


def record(explanation: Explanation) -> dict[str, Any]:
    """Return an answer as values that JSON can hold.

    Parameters
    ----------
    explanation
        The answer.

    Returns
    -------
    dict
        ``title``, ``verdict``, ``label`` and ``exact`` as in the explanation; ``short`` and ``long``: sentences, each
        with ``text``, ``numbers`` by name, and ``items`` (kind and id); ``parts``, ``alternatives`` and ``remedies``:
        bars, each with ``label``, ``number``, ``broken`` (sentences), ``items`` and ``said`` (a sentence or null);
        ``proposed``: the name of a plan, or ""; and ``plans`` by name, each with its ``routes`` (``vehicle``,
        ``number``, ``stops``), its ``locks``, and in ``changed`` the ids of what is not as in the scenario that was
        asked about, by table. A number has its ``value``, ``unit``, ``measure``, the plan ``at`` which it is measured
        and the plan ``minus`` whose value is taken from that, or null; and ``customer``, ``route``, ``dimension`` and
        ``rule`` where it is about one. Money is in the scenario's currency, lengths of time and times of day are
        seconds.
    """
    return {
        "title": explanation.title,
        "verdict": explanation.verdict.value,
        "label": explanation.label,
        "exact": explanation.exact,
        "short": [_sentence(one) for one in explanation.short],
        "long": [_sentence(one) for one in explanation.long],
        "parts": _bars(explanation.parts),
        "alternatives": _bars(explanation.alternatives),
        "remedies": _bars(explanation.remedies),
        "proposed": explanation.proposed,
        "plans": {name: _plan(state, explanation.state) for name, state in explanation.evidence.items()},
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "numbers": {name: _number(number) for name, number in sentence.numbers.items()},
        "items": [list(item) for item in sentence.items],
    }


def _number(number: Number) -> dict[str, Any]:
    made: dict[str, Any] = {
        "value": float(number.value),
        "unit": number.shown_as.value,
        "measure": number.measure.value,
        "at": number.at,
        "minus": number.minus,
    }
    if number.customer:
        made["customer"] = number.customer
    if number.route is not None:
        made["route"] = {"vehicle": number.route[0], "number": number.route[1]}
    if number.dimension:
        made["dimension"] = number.dimension
    if number.rule:
        made["rule"] = number.rule
    return made


def _bars(bars: Iterable[Bar]) -> list[dict[str, Any]]:
    return [
        {
            "label": bar.label,
            "number": _number(bar.number),
            "broken": [_sentence(one) for one in bar.broken],
            "items": [list(item) for item in bar.items],
            "said": None if bar.said is None else _sentence(bar.said),
        }
        for bar in bars
    ]


def _plan(state: State, now: State) -> dict[str, Any]:
    made: dict[str, Any] = {
        "routes": [
            {"vehicle": route.vehicle, "number": route.number, "stops": list(route.stops)}
            for route in state.plan.routes
        ],
        "locks": {stop: lock.value for stop, lock in state.plan.locks.items()},
        "changed": {},
    }
    for kind in TABLES:
        was, then = table_of(now.scenario, kind), table_of(state.scenario, kind)
        keys = [key for key in {**was, **then} if was.get(key) != then.get(key)]
        if keys:
            made["changed"][kind] = keys
    return made
