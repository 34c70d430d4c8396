"""Variants of the open document: each is edited and undone by itself, and all are saved together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.edits.session import EditSession
from app.model import changes
from app.model.document import Change, Document
from app.model.variants import MOST_VARIANTS, Arrangement, Variant, Variants
from tests.app.model.states import small_state


@pytest.fixture
def session(qapp: object) -> Iterator[EditSession]:
    session = EditSession(Document(small_state().scenario, small_state().plan))
    yield session
    session.close()


def rename(session: EditSession, name: str) -> None:
    session.do(*changes.set_field(session.state, "customers", ["C1"], "name", name))


def name_of(session: EditSession) -> str:
    return session.scenario.customers["C1"].name


def test_a_copy_has_the_plan_and_no_steps(session: EditSession) -> None:
    rename(session, "Anna")
    session.variants.duplicate()
    assert session.variants.present == 1
    assert (session.scenario, session.plan) == (session.whole.items[0].state.scenario, small_state().plan)
    assert session.stack.count() == 0
    assert len(set(session.variants.names)) == 2


def test_each_is_undone_by_itself(session: EditSession) -> None:
    rename(session, "Anna")
    session.variants.duplicate()
    rename(session, "Berta")
    session.variants.show(0)
    assert name_of(session) == "Anna"
    session.undo()
    assert name_of(session) == "Aalto"
    session.variants.show(1)
    assert name_of(session) == "Berta"
    session.undo()
    session.undo()  # there is no more: the copy began with Anna
    assert name_of(session) == "Anna"
    session.redo()
    assert name_of(session) == "Berta"
    group = session.variants.undo_group
    assert (group.canUndo(), group.canRedo()) == (True, False)


def test_a_switch_tells_of_what_differs_and_no_more(session: EditSession) -> None:
    session.variants.duplicate()
    rename(session, "Berta")
    told: list[Change] = []
    session.changed.connect(told.append)
    session.variants.show(0)
    (change,) = told
    assert (change.kinds, change.of_kind("customers"), change.moved) == ({"customers"}, {"C1"}, frozenset())
    assert change.step is None


def test_what_is_under_way_can_still_be_brought_to_its_end(session: EditSession) -> None:
    session.variants.duplicate()
    session.variants.leaving.connect(lambda: rename(session, "At last"))
    session.variants.show(0)
    assert name_of(session) == "Aalto"
    assert session.whole.items[1].state.scenario.customers["C1"].name == "At last"
    session.variants.duplicate()
    assert name_of(session) == "At last"  # the end came before the copy was made


def test_deleting_shows_the_next_and_the_last_one_stays(session: EditSession) -> None:
    for name in ("Berta", "Carla"):
        session.variants.duplicate()
        rename(session, name)
    session.variants.show(1)
    session.variants.remove(1)
    assert (session.variants.present, name_of(session)) == (1, "Carla")
    session.variants.remove(0)
    assert (session.variants.present, name_of(session)) == (0, "Carla")
    session.undo()
    assert name_of(session) == "Berta"  # it was a copy of that
    session.variants.remove(0)
    assert len(session.variants.names) == 1


def test_no_two_have_the_same_name(session: EditSession) -> None:
    session.variants.rename(0, "  Rain\n tomorrow ")
    session.variants.duplicate()
    session.variants.rename(1, "rain TOMORROW")
    assert session.variants.names[0] == "Rain tomorrow"
    assert session.variants.names[1] != "rain TOMORROW"
    session.variants.rename(1, " \n ")
    assert session.variants.names[1]


def test_there_is_an_end_to_copies(session: EditSession) -> None:
    for _ in range(MOST_VARIANTS - 1):
        assert session.variants.can_add
        session.variants.duplicate()
    assert not session.variants.can_add
    with pytest.raises(ValueError, match="many"):
        session.variants.duplicate()


def test_saved_is_what_a_file_holds_of_all_of_them(session: EditSession) -> None:
    assert not session.modified
    session.variants.duplicate()
    assert session.modified
    session.mark_saved(session.whole)
    session.variants.show(0)
    assert not session.modified  # which one is shown is no change
    rename(session, "Anna")
    session.variants.show(1)
    assert session.modified
    session.variants.show(0)
    session.undo()
    assert not session.modified
    session.variants.rename(0, "Other")
    assert session.modified
    session.variants.rename(0, "Variant 1")
    assert not session.modified
    session.variants.remove(1)
    assert session.modified
    session.variants.duplicate()  # as many as in the file, but another
    session.variants.rename(1, "Variant 2")
    assert session.modified


def test_what_changes_while_a_file_is_written_stays_unsaved(session: EditSession) -> None:
    session.variants.duplicate()
    written = session.whole
    session.variants.show(0)
    rename(session, "Anna")
    session.variants.show(1)
    session.mark_saved(written)
    assert session.modified
    session.mark_saved(session.whole)
    assert not session.modified


def test_another_document_brings_its_own(session: EditSession) -> None:
    session.variants.duplicate()
    rename(session, "Berta")
    items = tuple(Variant(name, small_state()) for name in ("A", "B", "C"))
    session.load_variants(Variants(items, 2), saved=True)
    assert (session.variants.names, session.variants.present) == (("A", "B", "C"), 2)
    assert session.stack.count() == 0
    assert not session.modified
    session.load_variants(Variants(items, 0), saved=False)
    assert session.modified


def test_who_listens_can_follow_every_arrangement(session: EditSession) -> None:
    value = session.whole
    heard: list[Arrangement] = []
    session.variants.arranged.connect(heard.append)
    session.variants.duplicate()
    session.variants.duplicate()
    session.variants.rename(0, "First")
    session.variants.show(0)
    session.variants.remove(1)
    for one in heard:
        value = one.applied(value)
    assert value == session.whole
    assert len(heard) == 5
