"""The document: changed by patches, and telling what changed."""

from __future__ import annotations

import pytest

from app.model import changes
from app.model.document import Change, Document
from app.model.patch import Patch, StalePatchError
from app.model.plan import Plan
from app.model.scenario import Customer, Scenario
from tests.app.model.states import small_state


@pytest.fixture
def document() -> Document:
    state = small_state()
    return Document(state.scenario, state.plan)


@pytest.fixture
def told(document: Document) -> list[Change]:
    seen: list[Change] = []
    document.subscribe(seen.append)
    return seen


def test_contents_that_change_are_told_by_kind_and_id(document: Document, told: list[Change]) -> None:
    change = document.apply(changes.move(document.state, {("customers", "C1"), ("depots", "D2")}, 0.1, 0.1).patch)
    assert told == [change]
    assert change.kinds == {"customers", "depots"}
    assert change.of_kind("customers") == {"C1"}
    assert change.of_kind("vehicles") == frozenset()
    assert change.moved == frozenset()
    assert change.changes_problem


def test_rows_that_come_and_go_are_told_as_moved(document: Document, told: list[Change]) -> None:
    document.apply(changes.delete(document.state, {("customers", "C1")}).patch)
    assert told[0].kinds == {"customers", "plan"}
    assert told[0].moved == {"customers"}
    assert "C1" not in document.plan.served


def test_a_new_plan_does_not_change_the_problem(document: Document) -> None:
    change = document.apply(changes.set_plan(document.state, Plan()).patch)
    assert change.touches("plan", "customers")
    assert not change.touches("customers")
    assert not change.changes_problem


def test_nobody_is_told_of_nothing(document: Document, told: list[Change]) -> None:
    document.apply(Patch())
    assert told == []


def test_a_stale_patch_changes_and_tells_nothing(document: Document, told: list[Change]) -> None:
    patch = changes.add(document.state, "customers", [Customer("C9")]).patch
    document.apply(patch)
    state = document.state
    with pytest.raises(StalePatchError):
        document.apply(patch)
    assert document.state is state
    assert len(told) == 1


def test_reset_tells_of_everything(document: Document, told: list[Change]) -> None:
    document.reset(Scenario(customers={"X": Customer("X")}))
    assert told[0].of_kind("customers") == {"C1", "C2", "C3", "C4", "X"}
    assert told[0].touches("settings")
    assert document.plan == Plan()


def test_who_unsubscribed_is_not_told(document: Document) -> None:
    seen: list[Change] = []
    unsubscribe = document.subscribe(seen.append)
    unsubscribe()
    unsubscribe()
    document.reset(Scenario())
    assert seen == []
