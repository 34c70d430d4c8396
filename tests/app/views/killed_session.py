"""Editing without a pause, with saves now and then, again and again in a process of its own, to be killed.

``python -m tests.app.views.killed_session DOCUMENT JOURNALS`` reads the number of the last edit from each line and
forks a process that recovers the document, or opens it, and goes on from there. That one prints ``opened PID``, then
``edited NUMBER SECONDS`` and ``saved NUMBER 0``; ``dead 0 0`` comes when it has ended.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QWidget

from app.edits.session import EditSession
from app.io.document import load_document
from app.io.journal.recovery import unfinished
from app.jobs.background import BackgroundRunner
from app.jobs.journal_keeper import JournalKeeper
from app.model import changes
from app.model.changes import Edit
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer
from app.views.application import make_application
from app.views.files.document_files import DocumentFiles
from app.views.files.recent import RecentFiles
from app.views.theme import Theme

PAUSE = 2
"""Milliseconds between two edits; twenty times as fast as a person could be."""

SAVE_EVERY = 25
"""Edits."""


def tell(word: str, number: int, seconds: float = 0) -> None:
    """Print a line that a kill cannot tear."""
    os.write(sys.stdout.fileno(), f"{word} {number} {seconds}\n".encode())


def edit(state: State, number: int) -> Edit:
    """Return the edit of a number; it depends on the state and the number only."""
    scenario = state.scenario
    first = next(iter(scenario.customers))
    new = f"new {number % 7}"
    match number % 5:
        case 0 if new not in scenario.customers:
            return changes.add(state, "customers", [Customer(new, str(number), 60.1, 24.0)])
        case 1 if new in scenario.customers:
            return changes.delete(state, {("customers", new)})
        case 2:
            return changes.set_settings(state, replace(scenario.settings, name=f"Day {number}"))
        case 3:
            stops = tuple(scenario.customers)[number % 20 : number % 20 + 5]
            return changes.set_plan(state, Plan((PlannedRoute(next(iter(scenario.vehicles)), stops, 1),)))
    return changes.set_field(state, "customers", [first], "name", str(number))


def edit_and_save(path: Path, journals: Path, number: int) -> None:
    """Go on where the last process was killed, until this one is."""
    app = make_application()
    window = QWidget()
    session, runner = EditSession(parent=window), BackgroundRunner(window)
    recent = RecentFiles(QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat), window)
    keeper = JournalKeeper(session, journals, window)
    files = DocumentFiles(session, runner, recent, keeper, Theme(app), window)
    timer = QTimer(window, interval=PAUSE)

    def step() -> None:
        nonlocal number
        number += 1
        session.do(*edit(session.state, number))
        if number % 10 == 0:
            session.undo()
            session.redo()
        tell("edited", number, time.time())
        if number % SAVE_EVERY == 0:
            saved = number
            files.save(lambda: tell("saved", saved))

    def opened() -> None:
        if not timer.isActive():  # a save tells of the place, too
            tell("opened", os.getpid())
            timer.start()

    timer.timeout.connect(step)
    files.path_changed.connect(opened)
    left = unfinished(journals)
    if left:
        found = left[0].contents
        assert found.state is not None
        assert found.place is not None
        assert found.place.unchanged  # nobody else has been there, whenever the last save was
        files.take_unsaved(found.variants, found.place.path, found.steps)
        keeper.protect(left[0])
    else:
        files.open(path)
    app.exec()


def state_on_disk(path: Path, journals: Path) -> State:
    """Return what a user would have after the next start."""
    left = unfinished(journals)
    assert len(left) <= 1
    if not left:
        loaded = load_document(path)
        assert loaded.issues == ()
        assert loaded.scenario is not None
        return State(loaded.scenario, loaded.plan)
    left[0].release()
    found = left[0].contents.state
    assert found is not None
    return found


def main() -> None:
    """Fork one process after the other: only the first has to wait until everything is imported."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            edit_and_save(Path(sys.argv[1]), Path(sys.argv[2]), int(line))
        os.waitpid(pid, 0)
        tell("dead", 0)


if __name__ == "__main__":
    main()
