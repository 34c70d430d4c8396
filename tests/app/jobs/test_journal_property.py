"""Whatever is edited, undone, saved and opened: what the journal holds at the end is what the window held."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.edits.session import EditSession
from app.io.journal.recovery import unfinished
from app.jobs.journal_keeper import JournalKeeper
from app.model.changes import Edit, EditRefusedError
from app.model.document import Document
from app.model.patch import State
from app.model.plan import Plan
from tests.app.model.states import states
from tests.app.model.test_patch import edits, rows


@dataclass(frozen=True)
class Do:
    make: Callable[[State], Edit]
    merged: bool


steps = st.one_of(
    st.builds(Do, edits(), st.booleans()),
    st.builds(Do, edits(), st.booleans()),
    st.sampled_from(["undo", "undo", "redo", "offer", "save", "save late", "new"]),
)


@settings(max_examples=30)
@given(states(), st.lists(steps, max_size=25))
def test_the_journal_holds_what_the_window_held(qapp: object, state: State, script: list[Do | str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = EditSession(Document(state.scenario, state.plan))
        keeper = JournalKeeper(session, Path(folder))
        before = state
        for step in script:
            if isinstance(step, Do):
                session.land()
                before = session.state
                with suppress(EditRefusedError):
                    name, patch = step.make(session.state)
                    session.do(name, patch, "merged" if step.merged else "")
            elif step == "undo":
                session.undo()
            elif step == "redo":
                session.redo()
            elif step == "offer":
                session.offer(Plan())
            elif step == "save":
                session.land()
                session.mark_saved(session.state)
            elif step == "save late":
                session.mark_saved(before)
            else:
                session.load(state.scenario, state.plan, saved=True)
        keeper.end()
        found = unfinished(Path(folder))
        assert len(found) == (0 if session.stack.isClean() else 1)
        for one in found:
            assert one.contents.state is not None
            assert rows(one.contents.state) == rows(session.document.state)
            assert one.contents.edits >= 1
            again = one.contents.state
            for made in reversed(one.contents.steps):
                again = made.patch.inverted().applied(again)
            one.discard()
        assert list(Path(folder).iterdir()) == []
        session.close()
