"""What is said while a solve runs."""

from __future__ import annotations

import pytest

from app.jobs.solve_run import SolveState
from app.views.progress_words import LOADING, WIDEST, progress_words


def words(state: SolveState = SolveState.SOLVING, **known: float) -> str:
    given = {"warm": True, "waited": 0.0, "elapsed": 0.0, "budget": 10.0, **known}
    return progress_words(state, **given)  # type: ignore[arg-type]


def test_each_state_has_words_of_its_own() -> None:
    preparing = SolveState.PREPARING
    said = [
        words(),
        words(elapsed=10.0),
        words(SolveState.STOPPING),
        words(preparing),
        words(preparing, warm=False),
        words(preparing, warm=False, waited=LOADING + 1),
    ]
    assert len(set(said)) == len(said)
    assert all(said)
    assert not words(SolveState.IDLE)


@pytest.mark.parametrize(("budget", "apart"), [(10.0, 0.1), (600.0, 1.0), (7200.0, 1.0)])
def test_times_are_as_exact_as_it_matters(budget: float, apart: float) -> None:
    assert words(budget=budget, elapsed=1.0) != words(budget=budget, elapsed=1.0 + apart)
    assert words(budget=budget, elapsed=1.0) == words(budget=budget, elapsed=1.0 + apart / 3)


@pytest.mark.parametrize("budget", [0.1, 59.9, 60.0, 3599.0, 3600.0, 36_000.0 - 1])
def test_words_do_not_grow_on_the_way(budget: float) -> None:
    lengths = {len(words(budget=budget, elapsed=part * budget)) for part in (0.0, 0.3, 0.999)}
    assert max(lengths) <= len(WIDEST)


def test_when_the_time_is_over_none_is_left() -> None:
    assert words(elapsed=12.0) == words(elapsed=10.0) != words(elapsed=9.9)
