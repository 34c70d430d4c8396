"""Steps are taken in order, whatever becomes of others, and each is told of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.selftest.step import Step, StepError, UnavailableError, take
from app.selftest.told import Began, Done, Failed, Skipped, Told


def fine(stage: list[str]) -> Mapping[str, Any]:
    stage.append("fine")
    return {"size": 3}


def wrong(_: list[str]) -> Mapping[str, Any]:
    raise StepError("it was green")


def unforeseen(_: list[str]) -> Mapping[str, Any]:
    raise KeyError("colour")


def unavailable(_: list[str]) -> Mapping[str, Any]:
    raise UnavailableError("it is not installed")


def told_of(*steps: Step[list[str]]) -> list[Told]:
    told: list[Told] = []
    take(steps, [], told.append)
    return [one for one in told if not isinstance(one, Began)]


def test_what_is_known_of_a_step_is_told_with_its_time() -> None:
    (done,) = told_of(Step("one", fine))
    assert isinstance(done, Done)
    assert (done.step, done.facts) == ("one", {"size": 3})
    assert done.seconds >= 0


def test_a_step_is_told_of_before_it_is_taken() -> None:
    told: list[Told] = []
    with pytest.raises(SystemExit):
        take([Step("one", lambda _: exit(1))], None, told.append)
    assert told == [Began("one")]


def test_steps_go_on_after_one_that_failed(capsys: pytest.CaptureFixture[str]) -> None:
    first, second, third = told_of(Step("one", wrong), Step("two", unforeseen), Step("three", fine))
    assert first == Failed("one", "it was green")
    assert isinstance(second, Failed)
    assert "KeyError" in second.reason
    assert "unforeseen" in capsys.readouterr().err  # where it was
    assert isinstance(third, Done)


@pytest.mark.parametrize("work", [wrong, unavailable])
def test_what_needs_a_step_that_was_not_done_is_skipped(work: Any) -> None:
    told = told_of(Step("one", work), Step("two", fine, ("one",)), Step("three", fine, ("two",)), Step("four", fine))
    assert [type(one) for one in told[1:]] == [Skipped, Skipped, Done]
    assert "one" in told[1].reason  # type: ignore[union-attr]


def test_what_is_not_installed_is_no_fault() -> None:
    assert told_of(Step("one", unavailable)) == [Skipped("one", "it is not installed")]
