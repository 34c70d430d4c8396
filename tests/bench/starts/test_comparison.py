"""What is said of the solves: gaps, paired differences and their intervals."""

from __future__ import annotations

import numpy as np
import pytest

from solver.init import Init
from tests.bench.starts.comparison import FEWEST, Interval, blocks_of, pooled
from tests.bench.starts.samples import price, row
from tests.bench.starts.tables import shortfalls


def test_a_gap_is_to_the_best_that_anybody_found_within_any_budget() -> None:
    rows = [row("policy", 110), row("classical", 105), row("policy", 100, budget=1), row("classical", 104, budget=1)]
    soon, late = blocks_of(rows)
    assert soon.gaps.ravel().tolist() == pytest.approx([10, 5])
    assert late.gaps.ravel().tolist() == pytest.approx([0, 4])
    (published,) = blocks_of([row("policy", 110, best_known=88.0)])
    assert published.gaps.ravel().tolist() == pytest.approx([25])


def test_what_breaks_rules_is_no_reference_unless_there_is_nothing_else() -> None:
    rows = [row("policy", price(50, broken=True)), row("classical", 100), row("random", price(190, missing=1))]
    (block,) = blocks_of(rows)
    assert block.gaps.ravel().tolist() == pytest.approx([100, 0, 90])
    assert block.infeasible.tolist() == [1, 0, 1]
    (hopeless,) = blocks_of([row("policy", price(300, missing=1)), row("classical", price(450, missing=2))])
    assert hopeless.gaps.ravel().tolist() == pytest.approx([0, 50])


def test_seeds_of_a_problem_count_as_one_and_what_was_cut_does_not_count() -> None:
    rows = [row(init, cost, seed=seed) for init in ("policy", "classical") for seed, cost in ((1, 100), (2, 110))]
    rows += [row("policy", 500, seed=3), row("policy", 100, problem=1), row("policy", 101, problem=2, budget=3)]
    block, alone = blocks_of(rows)
    assert block.inits == (Init.POLICY, Init.CLASSICAL)
    assert block.gaps.tolist() == [[pytest.approx(5)], [pytest.approx(5)]]
    assert alone.inits == (Init.POLICY,)
    assert alone.difference(Init.POLICY, Init.CLASSICAL) is None


def test_differences_are_paired() -> None:
    """Problems differ by far more than starts do, and yet the difference is certain."""
    rows = []
    for problem in range(8):
        costs = {"policy": 100 + 10 * problem, "classical": 101 + 10 * problem + problem % 2, "auto": 100}
        rows += [row(init, cost, problem=problem) for init, cost in costs.items()]
    (block,) = blocks_of(rows)
    against = block.difference(Init.POLICY, Init.CLASSICAL)
    assert against is not None
    difference = Interval.of(against)
    assert difference.mean == pytest.approx(-1.5)
    assert difference.below
    assert not Interval.of(block.of(Init.POLICY) - 30).below
    better = block.auto_and_better()
    assert better is not None
    assert better.tolist() == pytest.approx([-10 * problem for problem in range(8)])


def test_an_interval_holds_the_true_mean_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(1)
    intervals = [Interval.of(random.normal(3.0, 1.0, 40)) for _ in range(200)]
    held = sum(one.low is not None and one.high is not None and one.low <= 3 <= one.high for one in intervals)
    assert 0.88 * 200 <= held <= 0.99 * 200
    few = Interval.of(np.arange(1.0, FEWEST))
    assert (few.low, few.high, few.above) == (None, None, False)


def test_sizes_of_a_set_are_pooled_problem_by_problem() -> None:
    rows = [row("policy", 100 + n, problem=n, seconds=0.1, best_known=100.0) for n in range(3)]
    rows += [row("policy", 130, size="200", problem="a", seconds=0.5, best_known=100.0)]
    rows += [row("policy", 110, series="x", size="105–260", best_known=100.0)]
    days, instances = pooled(blocks_of(rows))
    assert days.gaps.tolist() == [pytest.approx([0, 1, 2, 30])]
    assert days.seconds.tolist() == pytest.approx([0.2])
    assert (days.size, instances.size) == ("all sizes", "105–260")


@pytest.mark.parametrize(
    ("series", "budget", "policy", "auto", "expected"),
    [
        ("unseen-rich", 0.3, 99, 105, 0),
        ("unseen-rich", 0.3, 100, 100, 1),  # early it has to be better
        ("unseen-rich", 1.0, 100, 100, 0),
        ("unseen-rich", 1.0, 101, 100, 1),
        ("x", 0.3, 105, 100, 0),
        ("x", 0.3, 105, 101, 1),
        ("x", 0.3, 98, 100, 1),
    ],
)
def test_what_falls_short_is_named(series: str, budget: float, policy: float, auto: float, expected: int) -> None:
    costs = {"policy": policy, "classical": 100, "auto": auto}
    rows = [
        row(init, cost, series=series, problem=problem, budget=budget)
        for problem in range(FEWEST)
        for init, cost in costs.items()
    ]
    assert len(list(shortfalls(blocks_of(rows)))) == expected
