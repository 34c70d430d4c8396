"""Everything that answers say is so: random scenarios and questions, and claims held to plans by other code.

A thousand of them are asked in `tests.bench.bench_truth`.
"""

from __future__ import annotations

import pytest

from tests.app.model.why.cases import KINDS, case, on_streets
from tests.app.model.why.claims import hold
from tests.app.model.why.questions_of import explain
from tests.app.model.why.quick_search import quick_search

EACH = 35
"""Pairs for each question."""


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_is_so(kind: str) -> None:
    for seed in range(KINDS.index(kind), EACH * len(KINDS), len(KINDS)):
        with on_streets():
            one = case(seed)
            assert one.kind == kind
            try:
                hold(explain(one.question, one.state, quick_search))
            except AssertionError as error:
                raise AssertionError(f"seed {seed}: {error}") from error
