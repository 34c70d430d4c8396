"""The thread that writes the journal, so that the window never waits for a disk."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.io.atomic import WriteError, explained
from app.io.document import document_bytes
from app.io.fingerprint import Place
from app.io.journal.claim import Claim
from app.io.journal.records import NAMES, Arranged, Edited, Moved
from app.io.journal.recovery import Unfinished, new_claim
from app.io.journal.store import SPOKEN, JournalStore, generations
from app.language import tr
from app.model.document import Step
from app.model.variants import Arrangement, Variants

logger = logging.getLogger(__name__)

SYNC_SECONDS = 0.25
"""From an edit until the disk is asked to hold it. A crash of the window alone loses none that has left the queue."""

PATIENCE = 2.0
"""Seconds that somebody waits for the journal at the longest."""

AUTOSAVE_EDITS = 200
AUTOSAVE_BYTES = 8 << 20
"""After so many edits, or so many bytes of them, the journal starts afresh from a copy of the document as it is now."""


@dataclass(frozen=True, slots=True)
class Written:
    """An edit, or another arrangement of variants, to be written down, with the document around it."""

    step: Step | Arrangement
    before: Variants
    after: Variants
    at: float

    @property
    def title(self) -> str:
        """What the edit is called; "" when another variant is shown and nothing else has changed."""
        return self.step.title if isinstance(self.step, Step) else self.step.title(self.before)

    @property
    def record(self) -> Edited | Arranged:
        """What stands in the journal."""
        if isinstance(self.step, Step):
            return Edited.of(self.step, self.at)
        return Arranged(self.step, self.at)


class JournalWriter:
    """Writes down edits in the order in which it hears of them.

    Parameters
    ----------
    root
        Folder of all journals; this one gets a folder of its own there at its first edit.
    failed
        Called in the writer's thread with a sentence whenever edits cannot be kept.
    """

    def __init__(self, root: Path, failed: Callable[[str], None]):
        self._root, self._failed = root, failed
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        # From here on only the thread's own.
        self._claim: Claim | None = None
        self._store: JournalStore | None = None
        self._place: Place | None = None
        self._written = 0
        self._edits = 0
        self._names: list[str] = []
        self._healthy = True

    def edit(self, edit: Written) -> None:
        """Write down an edit."""
        self._do(lambda: self._edit(edit))

    def move(self, place: Place | None) -> None:
        """Note where the document lives from now on."""
        if self._thread is None:
            self._place = place
        else:
            self._do(lambda: self._move(place))

    def protect(self, document: Variants, found: Unfinished) -> None:
        """Keep a recovered document in this journal, and discard the one that it was recovered from."""
        self._do(lambda: self._protect(document, found))

    def drop(self) -> None:
        """Forget what was edited: a file holds it now, or the user does not want it."""
        if self._thread is not None:
            self._do(self._drop)

    def flush(self) -> None:
        """Wait, in whatever thread, until the system holds what was edited so far; for `PATIENCE` at most."""
        if self._thread is not None:
            written = threading.Event()
            self._tasks.put(written.set)
            written.wait(PATIENCE)

    def close(self, *, keep: bool) -> None:
        """Write what is left to write, end the thread, and leave the journal to the next start or remove it."""
        if self._thread is None:
            return
        self._do(lambda: self._end(keep=keep))
        self._tasks.put(None)
        self._thread.join()
        self._thread = None

    def _do(self, task: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
            self._thread.start()
        self._tasks.put(task)

    # In the thread

    def _work(self) -> None:
        due: float | None = None
        while True:
            if due is not None and time.monotonic() >= due:
                due = None
                self._try(self._sync)
            try:
                task = self._tasks.get(timeout=None if due is None else max(due - time.monotonic(), 0.0))
            except queue.Empty:
                continue
            if task is None:
                return
            self._try(task)
            if due is None:
                due = time.monotonic() + SYNC_SECONDS

    def _try(self, task: Callable[[], None]) -> None:
        try:
            task()
        except WriteError as error:
            self._give_up(str(error))
        except Exception:  # whatever it is, the edits after this one have to be kept
            logger.exception("the journal could not be written")
            self._give_up(
                tr("The journal of unsaved changes could not be written. Details are in Help > Crash Reports.")
            )

    def _give_up(self, reason: str) -> None:
        if self._store is not None:
            self._store.close()  # the next edit starts afresh
        self._healthy = False
        self._failed(tr("{reason} Until that is put right, save often.", reason=reason))

    def _sync(self) -> None:
        if self._store is not None:
            self._store.sync()

    def _edit(self, edit: Written) -> None:
        self._count(edit)
        if self._store is None or not self._store.begun:
            if not edit.title:
                return  # nothing is lost that anybody would miss
            if not self._healthy:  # edits before this one could not be written: it would mean nothing without them
                if self._tasks.empty():  # otherwise the next one will do: a disk may be full for long
                    self._autosave(edit.after)
                return
            self._begin(self._base(edit.before))
            assert self._store is not None
            if len(edit.before.items) > 1:  # the base may have been written when another one was shown
                self._store.append(Arranged(edit.before.shown(edit.before.present), edit.at))
        self._store.append(edit.record)
        self._written += 1
        if self._written >= AUTOSAVE_EDITS or self._store.size >= AUTOSAVE_BYTES:
            self._autosave(edit.after)

    def _autosave(self, document: Variants) -> None:
        # At least one: the same names for two edits may have been counted as one edit and its end.
        self._begin(document_bytes(document, at_home=True), max(self._edits, 1), self._names)

    def _begin(self, base: bytes, edits: int = 0, names: Sequence[str] = (), replaces: str = "") -> None:
        if self._store is None:
            with explained(SPOKEN):
                self._claim = new_claim(self._root)
            self._store = JournalStore(self._claim.folder)
        self._store.begin(base, self._place, edits, names[-NAMES:], replaces)
        self._written, self._healthy = 0, True

    def _base(self, document: Variants) -> bytes:
        """Return a document as its file has it; where its file still is as it was, that is the quickest."""
        if self._place is not None and self._place.unchanged:
            try:
                data = self._place.path.read_bytes()
            except OSError:
                data = b""
            if data and self._place.unchanged:
                return data
        return document_bytes(document, at_home=True)

    def _count(self, edit: Written) -> None:
        step = edit.step
        if isinstance(step, Step) and step.undone and self._names and self._names[-1] == step.name:
            self._names.pop()
            self._edits -= 1
        elif edit.title:
            self._names = [*self._names, edit.title][-AUTOSAVE_EDITS:]
            self._edits += 1

    def _move(self, place: Place | None) -> None:
        self._place = place
        if self._store is not None and self._store.begun:
            self._store.append(Moved(place))

    def _protect(self, document: Variants, found: Unfinished) -> None:
        self._edits, self._names = found.contents.edits, list(found.contents.names)
        self._begin(document_bytes(document, at_home=True), self._edits, self._names, found.name)
        found.discard()

    def _drop(self) -> None:
        if self._store is not None:
            self._store.drop()
        self._written = self._edits = 0
        self._names = []

    def _end(self, *, keep: bool) -> None:
        if self._store is None or self._claim is None:
            return
        self._try(self._sync)
        self._store.close()
        if keep and any(generations(self._claim.folder)):
            self._claim.release()
        else:
            self._claim.remove()
