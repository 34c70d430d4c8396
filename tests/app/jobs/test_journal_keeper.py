"""The keeper: what is edited is in the journal at once, and what a file holds is in it no more."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread

from app.edits.session import EditSession
from app.io.document import document_bytes, save_document
from app.io.fingerprint import Place, fingerprint
from app.io.journal.recovery import Contents, contents_of, unfinished
from app.jobs import journal_writer
from app.jobs.journal_keeper import JournalKeeper
from app.model import changes
from app.model.document import Document
from app.model.plan import Plan, PlannedRoute
from tests.app.model.states import small_state

MakeKeeper = Callable[[], tuple[EditSession, JournalKeeper]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "journals"


@pytest.fixture
def make_keeper(qapp: object, root: Path) -> Iterator[MakeKeeper]:
    made: list[tuple[EditSession, JournalKeeper]] = []

    def make() -> tuple[EditSession, JournalKeeper]:
        state = small_state()
        session = EditSession(Document(state.scenario, state.plan))
        made.append((session, JournalKeeper(session, root)))
        return made[-1]

    yield make
    for session, keeper in made:
        keeper.end()
        session.close()


@pytest.fixture
def kept(make_keeper: MakeKeeper) -> tuple[EditSession, JournalKeeper]:
    return make_keeper()


def rename(session: EditSession, name: str) -> None:
    session.do(*changes.set_field(session.state, "customers", ["C1"], "name", name))


def journal(root: Path) -> Contents | None:
    """What the only journal holds, whoever owns it."""
    folders = [one for one in root.iterdir() if one.is_dir()] if root.exists() else []
    assert len(folders) <= 1
    return contents_of(folders[0]) if folders else None


def until(qtbot: Any, root: Path, edits: int) -> Contents:
    found: Contents | None = None

    def there() -> None:
        nonlocal found
        found = journal(root)  # once: it may be written afresh in the next moment
        assert (found.edits if found else 0) == edits

    qtbot.waitUntil(there)
    assert found is not None
    return found


def test_nothing_is_written_without_an_edit(kept: tuple[EditSession, JournalKeeper], root: Path) -> None:
    session, keeper = kept
    keeper.set_place(None)
    session.load(session.scenario, session.plan, saved=True)
    keeper.end()
    assert not root.exists()


def test_every_edit_is_kept(kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any) -> None:
    session, _ = kept
    for number in range(3):
        rename(session, f"Name {number}")
    found = until(qtbot, root, 3)
    assert found.state == session.state
    session.undo()
    found = until(qtbot, root, 2)
    assert found.state == session.state
    session.redo()
    found = until(qtbot, root, 3)
    assert found.state == session.state
    assert [step.name for step in found.steps[0]] == [session.stack.text(index) for index in range(3)]


def test_unsaved_edits_stay_for_the_next_start(
    kept: tuple[EditSession, JournalKeeper], root: Path, make_keeper: MakeKeeper
) -> None:
    session, keeper = kept
    rename(session, "Name")
    other, _ = make_keeper()
    rename(other, "Of another window")
    keeper.end()
    keeper.end()
    rename(session, "Too late")
    (left,) = unfinished(root)  # not that of the other window
    assert left.contents.state is not None
    assert left.contents.state.scenario.customers["C1"].name == "Name"
    left.release()


def test_the_steps_can_be_undone_after_recovery(
    kept: tuple[EditSession, JournalKeeper], root: Path, make_keeper: MakeKeeper, qtbot: Any
) -> None:
    session, keeper = kept
    for number in range(3):
        rename(session, f"Name {number}")
    keeper.end()
    (left,) = unfinished(root)
    found = left.contents
    assert found.state is not None
    session, keeper = make_keeper()
    session.load(found.state.scenario, found.state.plan, saved=False, steps=found.steps[0])
    keeper.protect(left)
    keeper.flush()
    found = until(qtbot, root, 3)  # and the old journal is gone: there is but one
    assert session.modified
    for _ in range(3):
        session.undo()
    assert session.state == small_state()
    session.redo()
    assert session.scenario.customers["C1"].name == "Name 0"


def test_an_offered_plan_is_kept_with_the_edit_that_is_made_on_it(
    kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any
) -> None:
    session, _ = kept
    offered = Plan((PlannedRoute("van", ("C1",), 1),))
    session.offer(offered)
    rename(session, "Name")
    session.offer(Plan())
    found = until(qtbot, root, 2)
    assert found.state == session.document.state
    assert found.state.plan == offered


def test_saving_ends_the_journal(kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any) -> None:
    session, keeper = kept
    rename(session, "Name")
    until(qtbot, root, 1)
    session.mark_saved(session.whole)
    qtbot.waitUntil(lambda: journal(root) is None)
    rename(session, "Another")
    assert until(qtbot, root, 1).state == session.state
    session.undo()
    session.undo()
    keeper.flush()
    found = until(qtbot, root, 1)  # the first edit was saved: without it the document is another than its file
    assert found.state == session.state
    assert found.names[-1].endswith(session.stack.redoText())


def test_an_edit_made_while_saving_stays(kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any) -> None:
    session, _ = kept
    rename(session, "Name")
    written = session.whole
    rename(session, "Another")
    session.mark_saved(written)
    assert until(qtbot, root, 2).state == session.state


def test_another_document_begins_another_journal(
    kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any
) -> None:
    session, keeper = kept
    rename(session, "Name")
    session.load(small_state().scenario, saved=True)
    keeper.set_place(Place(root / "other.routewright"))
    rename(session, "Another")
    found = until(qtbot, root, 1)
    assert found.state == session.state
    assert found.place == Place(root / "other.routewright")


def test_the_user_may_not_want_them(kept: tuple[EditSession, JournalKeeper], root: Path) -> None:
    session, keeper = kept
    rename(session, "Name")
    keeper.drop()
    keeper.end()
    assert list(root.iterdir()) == []


def test_what_was_undone_altogether_leaves_nothing(kept: tuple[EditSession, JournalKeeper], root: Path) -> None:
    session, keeper = kept
    rename(session, "Name")
    session.undo()
    keeper.end()
    assert list(root.iterdir()) == []


def test_an_unchanged_file_is_copied_rather_than_written_anew(
    kept: tuple[EditSession, JournalKeeper], root: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, keeper = kept
    path = tmp_path / "day.routewright"
    save_document(path, session.scenario, session.plan)
    keeper.set_place(Place(path, fingerprint(path)))
    written: list[object] = []
    monkeypatch.setattr(
        journal_writer, "document_bytes", lambda state, **how: written.append(state) or document_bytes(state, **how)
    )
    rename(session, "Name")
    assert until(qtbot, root, 1).state == session.state
    assert written == []
    session.mark_saved(session.whole)
    qtbot.waitUntil(lambda: journal(root) is None)
    os.utime(path, (5, 5))  # somebody else has been there
    rename(session, "Another")
    assert until(qtbot, root, 1).state == session.state
    assert len(written) == 1


def test_the_journal_starts_afresh_now_and_then(
    kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, _ = kept
    monkeypatch.setattr(journal_writer, "AUTOSAVE_EDITS", 4)
    for number in range(10):
        rename(session, f"Name {number}")
    found = until(qtbot, root, 10)
    assert found.state == session.state
    assert len(found.steps[0]) == 2
    assert len(found.names) == 5


def test_the_user_is_told_that_nothing_can_be_kept_and_then_it_goes_on(
    kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any
) -> None:
    session, keeper = kept
    told: list[tuple[str, bool]] = []
    keeper.message.connect(lambda text: told.append((text, QThread.isMainThread())))
    root.touch()  # a file where a folder should be
    rename(session, "Name")
    rename(session, "Another")
    qtbot.waitUntil(lambda: bool(told))
    root.unlink()
    rename(session, "Yet another")
    found = until(qtbot, root, 3)
    assert found.state == session.state
    assert all(in_window for _, in_window in told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_a_full_disk_in_the_middle_loses_nothing_once_there_is_room(
    kept: tuple[EditSession, JournalKeeper], root: Path, qtbot: Any
) -> None:
    session, keeper = kept
    rename(session, "Name")
    before = until(qtbot, root, 1)
    writing = keeper._writer._store
    assert writing is not None
    writing.close()
    writing._file = open("/dev/full", "ab", buffering=0)  # noqa: SIM115 - the store closes it
    with qtbot.waitSignal(keeper.message) as told:
        rename(session, "Another")
    assert "full" in told.args[0]
    assert journal(root) == before
    rename(session, "Yet another")
    found = until(qtbot, root, 3)
    assert found.state == session.state
