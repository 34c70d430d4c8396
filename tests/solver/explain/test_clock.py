"""Arrivals and departures of many vehicles at once are those of one at a time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solver.explain.clock import arrivals, latest_departures
from solver.problem import Problem
from tests.solver.random_problems import random_problem, with_traffic


@given(st.integers(0, 10**6), st.booleans())
def test_they_are_those_of_one_clock(seed: int, traffic: bool) -> None:
    problem = random_problem(seed)
    if traffic:
        problem = with_traffic(problem, seed)
    rng = np.random.default_rng(seed)
    travel = problem.travel
    profile, (start, end) = rng.integers(0, travel.profiles, 30), rng.integers(0, travel.locations, (2, 30))
    times = rng.integers(-200, 1500, 30) + 86_400 * rng.integers(0, 2, 30)
    legs = list(zip(profile.tolist(), start.tolist(), end.tolist(), times.tolist(), strict=True))

    assert arrivals(travel, profile, start, end, times).tolist() == [forward(problem, *leg) for leg in legs]
    assert latest_departures(travel, profile, start, end, times).tolist() == [backward(problem, *leg) for leg in legs]


def forward(problem: Problem, profile: int, start: int, end: int, time: int) -> int:
    clock = problem.travel.clock(profile)
    return (
        time + int(problem.travel.duration[profile, start, end]) if clock is None else clock.arrival((start, end), time)
    )


def backward(problem: Problem, profile: int, start: int, end: int, time: int) -> int:
    clock = problem.travel.clock(profile)
    if clock is None:
        return time - int(problem.travel.duration[profile, start, end])
    return clock.latest_departure((start, end), time)
