"""Rows of solves that never were, for the tests of this package."""

from __future__ import annotations

from typing import Any

from tests.bench.starts.rows import Price, Row, Run


def price(cost: float, *, missing: int = 0, broken: bool = False) -> Price:
    """Return a price, of a plan without faults where nothing else is said."""
    return Price(cost, missing, broken)


def row(init: str, cost: float | Price, *, problem: int | str = 0, budget: float = 0.1, **more: Any) -> Row:
    """Return the row of a solve on a trained city's rich days."""
    place: dict[str, Any] = {"series": "trained-rich", "size": "100", "seed": 1, "threads": 2, "version": "e1"}
    place |= {key: more.pop(key) for key in place.keys() & more.keys()}
    answer = cost if isinstance(cost, Price) else price(cost)
    settings: dict[str, Any] = {
        "date": "2026-01-02",
        "machine": "a machine",
        "by": init,
        "first_seconds": 0.004,
        "first": price(2 * answer.cost),
        "seconds": budget,
        "answer": answer,
        "iterations": 7,
    }
    return Row(Run(problem=str(problem), budget=budget, init=init, **place), **settings | more)
