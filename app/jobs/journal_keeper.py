"""Sees to it that every edit of a session is in a journal until a file holds it."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.edits.session import EditSession
from app.io.fingerprint import Place
from app.io.journal.recovery import Unfinished
from app.jobs.journal_writer import JournalWriter, Written
from app.model.document import Change, Step
from app.model.variants import Arrangement


class JournalKeeper(QObject):
    """Listens to a session and hands its edits to a `JournalWriter`; nothing here waits.

    The plan that a search offers is no edit before it lands in the document.

    Parameters
    ----------
    session
        Whose edits are kept.
    root
        Folder of all journals; nothing is written there before the first edit.

    Signals
    -------
    message
        A sentence that the user should read: edits cannot be kept.
    """

    message = Signal(str)
    _failed = Signal(str)

    def __init__(self, session: EditSession, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._whole = session.variants.value
        self._ended = False
        self._failed.connect(self._on_failed)  # emitted in the writer's thread, received in this one
        self._writer = JournalWriter(root, self._failed.emit)
        session.changed.connect(self._on_changed)
        session.variants.arranged.connect(self._on_arranged)
        session.replaced.connect(self._on_replaced)
        session.saved.connect(self._on_saved)

    def set_place(self, place: Place | None) -> None:
        """Note where the document lives, for the crash in which nobody can be asked."""
        if not self._ended:
            self._writer.move(place)

    def protect(self, found: Unfinished) -> None:
        """Keep the present document, which was recovered and which no file holds; what it came from goes after that."""
        self._writer.protect(self._session.variants.value, found)

    def flush(self) -> None:
        """Wait until the journal holds every edit so far: who writes a file calls this first, in a thread of its own.

        So the journal is never behind the file, and it can be told afterwards which edits the file does not hold.
        """
        self._writer.flush()

    def drop(self) -> None:
        """Forget the edits: the user does not want them."""
        self._writer.drop()

    def end(self) -> None:
        """Write what is left to write and end the thread; unsaved edits stay in the journal for the next start."""
        if not self._ended:
            self._ended = True
            self._writer.close(keep=self._session.modified)

    def _on_changed(self, change: Change) -> None:
        if change.step is not None:
            self._write(change.step)

    def _on_arranged(self, arrangement: Arrangement) -> None:
        self._write(arrangement)

    def _write(self, step: Step | Arrangement) -> None:
        before, self._whole = self._whole, self._session.variants.value
        if not self._ended:
            self._writer.edit(Written(step, before, self._whole, time.time()))

    def _on_replaced(self) -> None:
        self._whole = self._session.variants.value
        self._writer.drop()

    def _on_saved(self, all_of_it: bool) -> None:
        if all_of_it:
            self._writer.drop()

    def _on_failed(self, text: str) -> None:
        if not self._ended:
            self.message.emit(text)
