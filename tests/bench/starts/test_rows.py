"""What is kept of a solve, and what its plan is worth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from solver.problem import Problem, Route, Solution, check, make_problem
from tests.bench.starts.rows import Price, Rows, as_line
from tests.bench.starts.samples import price, row


@pytest.fixture
def problem() -> Problem:
    """Two clients, the second optional, and vehicles for one of them each."""
    line = [[10 * abs(i - j) for j in range(3)] for i in range(3)]
    return make_problem(
        distance=line, delivery=[1, 1], capacity=[1], count=[2], required=[True, False], prize=[0.0, 5.0]
    )


def test_who_is_required_and_left_out_costs_what_the_search_counts(problem: Problem) -> None:
    absent_cost = np.array([700.0, 5.0])

    def priced(*routes: tuple[int, ...]) -> Price:
        solution = Solution.of([Route(0, clients) for clients in routes])
        return Price.of(problem, absent_cost, check(problem, solution))

    assert priced((0,), (1,)) == Price(60.0, missing=0, broken=False)
    assert priced((0,)) == Price(25.0, missing=0, broken=False)
    assert priced((1,)) == Price(740.0, missing=1, broken=False)
    assert priced((0, 1)) == Price(40.0, missing=0, broken=True)
    assert [priced((0,)).feasible, priced((1,)).feasible, priced((0, 1)).feasible] == [True, False, False]


def test_no_gap_counts_more_than_that_of_a_broken_rule() -> None:
    assert price(103.0).gap(100.0) == pytest.approx(3.0)
    assert price(740.0, missing=1).gap(100.0) == price(40.0, broken=True).gap(100.0) == 100.0


def test_rows_are_kept_as_they_were_and_a_cut_line_is_skipped(tmp_path: Path) -> None:
    rows = [row("policy", 101.5, best_known=100.0), row("random", price(700.0, missing=2), seed=2)]
    kept = Rows(tmp_path / "out" / "runs.jsonl")
    kept.add(rows[:1])
    with kept.path.open("a", encoding="utf-8") as file:
        file.write(as_line(rows[1])[:40])
    again = Rows(kept.path)
    assert again.read() == rows[:1]
    again.add(rows[1:])
    assert Rows(kept.path).read() == rows


def test_only_what_was_measured_like_the_last_is_reported(tmp_path: Path) -> None:
    kept = Rows(tmp_path / "runs.jsonl")
    assert kept.latest() == []
    rows = [row("policy", 1, version="e1"), row("policy", 2, version="e2"), row("policy", 3, threads=1, version="e2")]
    kept.add([*rows, row("auto", 2, version="e2")])
    assert [one.answer.cost for one in kept.latest()] == [2, 2]
