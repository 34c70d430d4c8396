"""Edits are undone and redone to the same state, merged where they should be, and tell whether they are saved."""

from dataclasses import replace

import pytest

from app.edits.session import EditSession
from app.model.document import Document, Step
from app.model.patch import Patch, StalePatchError, State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario


@pytest.fixture
def session(qtbot):
    scenario = Scenario(depots={"d": Depot("d")}, customers={name: Customer(name, lat=60.0) for name in ("a", "b")})
    session = EditSession(Document(scenario, Plan((PlannedRoute("v", ("a", "b"), 1),))))
    yield session
    session.close()


def renamed(session, customer, name):
    scenario = session.scenario
    customers = {**scenario.customers, customer: replace(scenario.customers[customer], name=name)}
    return Patch.between(session.state, State(replace(scenario, customers=customers), session.plan))


def test_undo_and_redo_tell_of_the_same_change(session, qtbot):
    before = session.scenario
    changes = []
    session.changed.connect(changes.append)
    assert session.do("Rename a", renamed(session, "a", "Anna"))
    after = session.scenario
    assert session.stack.undoText() == "Rename a"
    session.undo()
    assert session.scenario == before
    session.redo()
    assert session.scenario == after
    assert [change.of_kind("customers") for change in changes] == [{"a"}] * 3


def test_an_empty_patch_is_no_step(session):
    assert not session.do("Nothing", Patch())
    assert session.stack.count() == 0
    assert not session.modified


def test_a_stale_patch_changes_nothing(session):
    patch = renamed(session, "a", "Anna")
    session.do("Rename a", patch)
    with pytest.raises(StalePatchError):
        session.do("Rename a", patch)
    assert session.stack.count() == 1


def test_steps_of_one_key_are_undone_at_once(session):
    before = session.scenario
    for name in ("A", "An", "Ann"):
        session.do("Rename a", renamed(session, "a", name), merge_key="rename a")
    assert session.stack.count() == 1
    session.do("Rename b", renamed(session, "b", "Bo"), merge_key="rename b")
    assert session.stack.count() == 2
    session.undo()
    session.undo()
    assert session.scenario == before


def test_saved_state_is_remembered(session):
    session.do("Rename a", renamed(session, "a", "Anna"))
    assert session.modified
    session.mark_saved(session.whole)
    assert not session.modified
    session.undo()
    assert session.modified
    session.redo()
    assert not session.modified


def test_an_edit_made_while_saving_stays_unsaved(session):
    session.do("Rename a", renamed(session, "a", "Anna"))
    written = session.whole
    session.do("Rename b", renamed(session, "b", "Bo"))
    session.mark_saved(written)
    assert session.modified


def test_steps_that_led_to_a_loaded_document_can_be_undone(session):
    before, patch = session.state, renamed(session, "a", "Anna")
    after = patch.applied(before)
    session.load(after.scenario, after.plan, saved=False, steps=[Step("Rename a", patch)])
    assert session.state == after
    assert session.modified
    session.undo()
    assert session.state == before
    assert session.modified
    session.redo()
    assert session.state == after


def test_changes_tell_of_the_edit_behind_them(session):
    steps = []
    session.changed.connect(lambda change: steps.append(change.step))
    patch = renamed(session, "a", "Anna")
    session.do("Rename a", patch)
    session.undo()
    session.redo()
    session.load(session.scenario, saved=True)
    edit = Step("Rename a", patch)
    assert steps == [edit, Step("Rename a", patch.inverted(), undone=True), edit, None]


def test_a_save_is_told_of_with_what_was_saved(session, qtbot):
    written = session.whole
    session.do("Rename a", renamed(session, "a", "Anna"))
    with qtbot.waitSignal(session.saved) as told:
        session.mark_saved(written)
    assert told.args == [False]


def test_load_forgets_the_steps(session, qtbot):
    session.do("Rename a", renamed(session, "a", "Anna"))
    with qtbot.waitSignal(session.replaced):
        session.load(Scenario(), saved=True)
    assert session.stack.count() == 0
    assert not session.modified
    session.load(Scenario(), saved=False)
    assert session.modified
