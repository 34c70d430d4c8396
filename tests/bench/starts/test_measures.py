"""Latency and quality, measured on problems so small that the figures mean nothing."""

from __future__ import annotations

import numpy as np

from solver.policy.days import PLAIN, draw_day
from solver.policy.weights import Weights
from tests.bench.starts import bench_latency, bench_quality
from tests.bench.starts.bench_latency import ALL, BARS, CPU, ENCODED, GREEDY, WALL, Latency
from tests.bench.starts.bench_quality import Quality


def test_spans_are_counted_from_the_beginning() -> None:
    problem = draw_day(np.random.default_rng(1), 20, PLAIN)
    for clock in bench_latency.spans(problem, Weights.new(1), 3):
        assert 0 < clock[ENCODED] <= clock[GREEDY] <= clock[ALL] < 60_000


def test_processor_time_of_all_rollouts_and_half_of_it_for_the_greedy_one_decide() -> None:
    spans = np.full((2, 2, 3), 1.0)
    spans[:, WALL] = 1e6
    assert Latency("plain", 100, spans).within
    late = spans.copy()
    late[:, CPU, GREEDY] = (0.4 * BARS[100], 0.7 * BARS[100])
    assert not Latency("plain", 100, late).within
    late[:, CPU, GREEDY], late[:, CPU, ALL] = 1.0, (0.5 * BARS[100], 1.6 * BARS[100])
    assert not Latency("plain", 100, late).within
    assert bench_latency.table_of([Latency("rich", 100, late)]).splitlines()[-1].startswith("| rich | 100 | 1.0 ms |")


def test_more_rollouts_and_local_search_only_improve() -> None:
    costs = bench_quality.costs_of(draw_day(np.random.default_rng(2), 40, PLAIN), Weights.new(1), 1)
    assert np.isfinite([costs.greedy, costs.classical]).all()
    assert costs.polished <= costs.best <= costs.greedy
    assert costs.classical_polished <= costs.classical


def test_a_table_ends_with_the_mean_and_its_bars() -> None:
    gaps = [("a", Quality(4, 3, 2, 1, 0)), ("b", Quality(8, 5, 4, 3, 2))]
    lines = bench_quality.table_of(gaps).splitlines()
    assert lines[-2] == "| mean | 6.00 % | 4.00 % | 3.00 % | 2.00 % | 1.00 % |"
    assert lines[-1] == "| at most | 9.00 % | 7.00 % | 4.00 % | – | – |"
