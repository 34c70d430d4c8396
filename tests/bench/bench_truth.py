"""A thousand questions about random scenarios, and whether everything is so that is said in answer.

``python -m tests.bench.bench_truth`` prints one JSON object: for each question how many were asked, how many numbers,
infeasible alternatives, fixes and bars the answers had, and the seeds of those in which something was not so.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

import pytest

from app.model.why.explanation import Explanation, Verdict
from tests.app.model.why.cases import KINDS, case, on_streets
from tests.app.model.why.claims import hold
from tests.app.model.why.questions_of import explain
from tests.app.model.why.quick_search import quick_search

PAIRS = 1000


def measure(pairs: int = PAIRS) -> dict[str, Any]:
    """Return what was asked and found, by question."""
    with on_streets():
        return _measured(pairs)


def _measured(pairs: int) -> dict[str, Any]:
    counted: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    untrue: dict[str, list[int]] = defaultdict(list)
    for seed in range(pairs):
        one = case(seed)
        explanation = explain(one.question, one.state, quick_search)
        counted[one.kind].update(_figures(explanation))
        try:
            hold(explanation, most_left=4)
        except AssertionError:
            untrue[one.kind].append(seed)
    return {kind: {**counted[kind], "untrue": untrue[kind]} for kind in KINDS}


def _figures(explanation: Explanation) -> dict[str, int]:
    bars = explanation.alternatives
    return {
        "asked": 1,
        "numbers": len(explanation.numbers),
        "infeasible": int(explanation.verdict is Verdict.INFEASIBLE) + sum(bool(bar.broken) for bar in bars),
        "fixes": len(explanation.remedies),
        "alternatives": len(bars),
    }


@pytest.mark.bench
@pytest.mark.timeout(1800)
def test_everything_that_is_said_is_so() -> None:
    figures = measure()
    print(json.dumps(figures))
    assert not [seed for one in figures.values() for seed in one["untrue"]]


if __name__ == "__main__":
    print(json.dumps(measure()))
