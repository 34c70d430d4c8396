"""The check and a second evaluator that was written apart from it agree, on all that a problem can state."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.problem import Problem, Rule, Solution, check
from tests.solver.random_problems import TRAITS, each_trait, whole_problem, with_traffic
from tests.solver.random_solutions import obedient_solution, random_solution
from tests.solver.second_evaluator import evaluate

seeds = st.integers(0, 10**6)


def agree(problem: Problem, solution: Solution) -> None:
    report, opinion = check(problem, solution), evaluate(problem, solution)
    ours = Counter((str(v.rule), v.amount, v.route, v.client, v.dimension) for v in report.violations)
    assert ours == opinion.broken
    assert asdict(report.costs) == pytest.approx(opinion.costs)
    assert report.costs.total == pytest.approx(opinion.total)
    assert set(report.unserved) == opinion.missing
    assert len(report.unserved) == len(opinion.missing)
    assert [(one.start, one.end, [visit.start for visit in one.visits]) for one in report.routes] == opinion.times


@given(seeds, seeds, st.integers(1, 2))
@settings(max_examples=300)
def test_on_any_routes(seed: int, other: int, windows: int) -> None:
    problem = each_trait(seed, window_number=windows)
    agree(problem, random_solution(problem, other))


@given(seeds, seeds, st.integers(1, 2))
@settings(max_examples=300)
def test_on_routes_that_follow_locks_and_groups(seed: int, other: int, windows: int) -> None:
    problem = each_trait(seed, window_number=windows)
    agree(problem, obedient_solution(problem, other))


@given(seeds, seeds, st.integers(1, 2))
@settings(max_examples=300)
def test_where_legs_take_longer_at_some_hours(seed: int, other: int, windows: int) -> None:
    problem = with_traffic(each_trait(seed, window_number=windows), seed)
    agree(problem, random_solution(problem, other))
    agree(problem, obedient_solution(problem, other))


@pytest.mark.parametrize("trait", TRAITS)
def test_on_each_trait_alone(trait: str) -> None:
    for seed in range(40):
        problem = whole_problem(seed, [trait], window_number=1 + seed % 2)
        agree(problem, random_solution(problem, seed))
        agree(problem, obedient_solution(problem, seed))


def test_each_rule_is_broken_by_some_of_them() -> None:
    found: set[Rule] = set()
    for seed in range(400):
        problem = each_trait(seed)
        for solution in (random_solution(problem, seed), obedient_solution(problem, seed)):
            found |= {violation.rule for violation in check(problem, solution).violations}
    assert found == set(Rule)
