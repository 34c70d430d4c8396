"""Intentions of legs beside an oracle that knows the definition only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from solver.explain.intention import Intention, intention_of
from solver.problem import Problem, Solution
from tests.solver.explain.intention_oracle import Oracle
from tests.solver.explain.leg_cases import leg_case

MOST = 2500
"""Completions that the oracle evaluates for one leg; what would take more is left out."""

Matrix = Counter[tuple[str, str]]
"""How often what the oracle says was called what."""


def compared(cases: Iterator[tuple[Problem, Solution, int]]) -> Matrix:
    found: Matrix = Counter()
    for problem, solution, position in cases:
        label = Oracle(problem, solution, 0, position).label(MOST)
        if label is not None:
            found[label, intention_of(problem, solution, 0, position).intention.value] += 1
    return found


def macro_f1(found: Matrix) -> float:
    labels = {label for pair in found for label in pair}
    each = []
    for label in labels:
        said = sum(count for (_, other), count in found.items() if other == label)
        true = sum(count for (one, _), count in found.items() if one == label)
        each.append(2 * found[label, label] / (said + true))
    return sum(each) / len(each)


def shown(found: Matrix) -> str:
    labels = [one.value for one in Intention]
    lines = ["oracle \\ found".ljust(14) + "".join(label.rjust(12) for label in labels)]
    lines += [one.ljust(14) + "".join(str(found[one, other]).rjust(12) for other in labels) for one in labels]
    return "\n".join([*lines, f"macro-F1 {macro_f1(found):.3f} of {found.total()}"])


def test_intentions_of_short_rests_are_those_of_the_oracle() -> None:
    found = compared(leg_case(seed, rest=1 + seed // 12 % 4, others=1 + seed // 48 % 3) for seed in range(384))
    print(shown(found))
    assert macro_f1(found) == pytest.approx(1.0)
    true = Counter(one for one, _ in found.elements())
    assert min(true[label.value] for label in Intention) >= 5
