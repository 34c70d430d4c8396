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
    st.sampled_from(["duplicate", "duplicate", "next", "next", "rename", "remove", "remove other"]),
)


@settings(max_examples=30)
@given(states(), st.lists(steps, max_size=25))
def test_the_journal_holds_what_the_window_held(qapp: object, state: State, script: list[Do | str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = EditSession(Document(state.scenario, state.plan))
        keeper = JournalKeeper(session, Path(folder))
        before = session.whole
        variants = session.variants
        for step in script:
            if isinstance(step, Do):
                session.land()
                before = session.whole
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
                session.mark_saved(session.whole)
            elif step == "save late":
                session.mark_saved(before)
            elif step in ("duplicate", "next", "remove"):
                session.land()  # as who solves does, before another one is shown
                if step == "duplicate" and variants.can_add:
                    variants.duplicate()
                elif step == "next":
                    variants.show((variants.present + 1) % len(variants.names))
                elif step == "remove":
                    variants.remove(variants.present)
            elif step == "rename":
                variants.rename(0, f"{variants.names[0]}!")
            elif step == "remove other":
                session.land()
                variants.remove(0)
            else:
                session.load(state.scenario, state.plan, saved=True)
        if not variants.modified:  # a copy that was deleted again is told of only where something else is unsaved
            session.drop_offer()
        keeper.end()
        found = unfinished(Path(folder))
        assert len(found) == (1 if variants.modified else 0)
        for one in found:
            recovered = one.contents.variants
            assert recovered is not None
            assert (recovered.names, recovered.present) == (variants.names, variants.present)
            assert one.contents.edits >= 1
            for there, here, made in zip(recovered.items, variants.value.items, one.contents.steps, strict=True):
                assert rows(there.state) == rows(here.state)
                again = there.state
                for step in reversed(made):
                    again = step.patch.inverted().applied(again)
            one.discard()
        assert list(Path(folder).iterdir()) == []
        session.close()
