from __future__ import annotations

from app.map.tiles.backoff import Backoff


def test_pauses_double_up_to_a_limit() -> None:
    backoff, now, pauses = Backoff(2.0, 60.0), 100.0, []
    for _ in range(8):
        backoff.failed(now)
        pauses.append(backoff.until - now)
        now = backoff.until
    assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]


def test_failures_of_one_time_are_one() -> None:
    backoff = Backoff(2.0, 60.0)
    for now in (100.0, 100.1, 100.2):
        backoff.failed(now)
    assert (backoff.failures, backoff.until) == (1, 102.0)


def test_success_ends_it() -> None:
    backoff = Backoff(2.0, 60.0)
    backoff.failed(100.0)
    assert backoff.failing
    backoff.succeeded()
    assert not backoff.failing
    assert backoff.until == 0


def test_the_other_side_may_ask_for_more() -> None:
    backoff = Backoff(2.0, 60.0)
    backoff.failed(100.0, 500.0)
    assert backoff.until == 600.0
    backoff.failed(101.0, 3.0)
    assert backoff.until == 600.0
