"""What crashed windows have left: their journals, read and replayed."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

from app.io.document import load_document
from app.io.fingerprint import Place, fingerprint
from app.io.journal.claim import Claim, claimed
from app.io.journal.records import FORMAT, NAMES, Begin, Edited, Moved, records_in
from app.io.journal.store import generations
from app.io.journal.values import JournalDataError
from app.model.document import Step
from app.model.patch import StalePatchError, State


@dataclass(frozen=True, slots=True)
class Contents:
    """What a journal holds.

    Parameters
    ----------
    state
        The document with all its edits; None when it cannot be read.
    steps
        The edits that can still be undone, the last one last.
    place
        The user's own file of the document.
    edits
        How many edits since the last save are in it; those that were undone again do not count.
    names
        Of the last of them, the last one last.
    latest
        When the last edit was made, seconds since the epoch.
    replaces
        Name of the journal's folder that this one was recovered from.
    newer
        Whether a newer Routewright wrote it, which is why it cannot be read.
    """

    state: State | None = None
    steps: tuple[Step, ...] = ()
    place: Place | None = None
    edits: int = 0
    names: tuple[str, ...] = ()
    latest: float = 0.0
    replaces: str = ""
    newer: bool = False


@dataclass(slots=True)
class Unfinished:
    """A journal that nobody owns any more; this process does until it is released or discarded."""

    contents: Contents
    _claim: Claim = field(repr=False)

    @property
    def name(self) -> str:
        """Name of its folder."""
        return self._claim.folder.name

    def discard(self) -> None:
        """Remove it for good."""
        self._claim.remove()

    def release(self) -> None:
        """Leave it for the next time."""
        self._claim.release()


def journals_folder() -> Path:
    """Return the folder of this user's journals."""
    return platformdirs.user_data_path("routewright", appauthor=False) / "journals"


def new_claim(root: Path) -> Claim:
    """Return the claim of a journal that is not there yet.

    Raises
    ------
    OSError
        If nothing can be written in ``root``.
    """
    claim = None
    while claim is None:
        claim = claimed(root / uuid.uuid4().hex)
    return claim


def unfinished(root: Path) -> list[Unfinished]:
    """Take over every journal that its window has left behind; whatever the files hold, no exception is raised.

    One that holds nothing that its document's own file does not hold, too, is removed on the way.

    Returns
    -------
    list
        The one with the latest edit first.
    """
    found: list[Unfinished] = []
    for folder in _folders(root):
        try:
            claim = claimed(folder)
        except OSError:
            continue
        if claim is None:
            continue
        contents = contents_of(folder)
        contents = contents and _since_save(contents)
        if contents is None:
            claim.remove()
        else:
            found.append(Unfinished(contents, claim))
    replaced = {one.contents.replaces for one in found}
    for one in found:
        if one.name in replaced:  # the crash came in the middle of its recovery
            one.discard()
    found = [one for one in found if one.name not in replaced]
    return sorted(found, key=lambda one: one.contents.latest, reverse=True)


def contents_of(folder: Path) -> Contents | None:
    """Return what the journal in a folder holds; None when there are no edits in it."""
    unreadable = None
    for _, path in generations(folder):
        read = _read(folder, path)
        if read is not None and read.state is not None:
            return read if read.edits else None  # what was done and undone again is no loss
        unreadable = unreadable or read
    return unreadable


def _read(folder: Path, path: Path) -> Contents | None:
    try:
        data = path.read_bytes()
        changed = path.stat().st_mtime
    except OSError:
        return Contents()
    records = list(records_in(data))
    if not records or not isinstance(begin := records[0], Begin):
        return Contents(latest=changed)
    edits = [one for one in records[1:] if isinstance(one, Edited)]
    place = next((one.place for one in reversed(records) if isinstance(one, Begin | Moved)), None)
    unread = Contents(
        place=place,
        edits=begin.edits + len(edits),
        names=(*begin.names, *(one.name for one in edits))[-NAMES:],
        latest=edits[-1].at if edits else begin.at,
        newer=begin.format > FORMAT,
    )
    state = None if unread.newer else _base(folder, begin)
    if state is None:
        return unread
    return _replayed(state, begin, edits, place)


def _base(folder: Path, begin: Begin) -> State | None:
    path = folder / Path(begin.base).name
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    loaded = load_document(path) if digest == begin.digest else None
    return State(loaded.scenario, loaded.plan) if loaded is not None and loaded.scenario is not None else None


def _replayed(state: State, begin: Begin, edits: Sequence[Edited], place: Place | None) -> Contents:
    steps: list[Step] = []
    latest = begin.at
    for edit in edits:
        try:
            step = edit.step(state)
            state = step.patch.applied(state)
        except (JournalDataError, StalePatchError):
            break  # what follows was made for a state that cannot be had
        latest = edit.at
        if step.undone and steps and steps[-1].patch == step.patch.inverted():
            steps.pop()
        else:
            steps.append(step)
    names = (*begin.names, *(step.title for step in steps))
    return Contents(state, tuple(steps), place, begin.edits + len(steps), names[-NAMES:], latest, begin.replaces)


def _since_save(contents: Contents) -> Contents | None:
    """Return the edits that the user's own file does not hold; None when it holds all.

    They are fewer where the crash came after a save, before that was noted in the journal.
    """
    place, state = contents.place, contents.state
    if state is None or place is None or place.unchanged:
        return contents
    now = fingerprint(place.path)
    loaded = load_document(place.path)
    saved = State(loaded.scenario, loaded.plan) if loaded.scenario is not None else None
    missing = 0
    for step in (*reversed(contents.steps), None):
        if state == saved:
            names = contents.names[-missing:]
            return replace(contents, place=Place(place.path, now), edits=missing, names=names) if missing else None
        if step is not None:
            state = step.patch.inverted().applied(state)
            missing += 1
    return contents  # somebody else has written it


def _folders(root: Path) -> list[Path]:
    """Return the folders of all journals, and those of locks whose window ended before it had a folder."""
    with suppress(OSError):
        return sorted({one if one.is_dir() else one.with_suffix("") for one in root.iterdir()})
    return []
