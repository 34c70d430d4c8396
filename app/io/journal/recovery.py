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
from app.io.journal.records import FORMAT, NAMES, Arranged, Begin, Edited, Moved, records_in
from app.io.journal.store import generations
from app.io.journal.values import JournalDataError
from app.io.manifest import FORMAT_VERSION, saved_format
from app.model.document import Step
from app.model.patch import StalePatchError, State
from app.model.variants import Arrangement, Variants


@dataclass(frozen=True, slots=True)
class Contents:
    """What a journal holds.

    Parameters
    ----------
    variants
        The document with all its edits; None when it cannot be read.
    steps
        For each variant, the edits that can still be undone, the last one last.
    place
        The user's own file of the document.
    edits
        How many edits since the last save are in it, in whatever variant; those that were undone again do not count.
    names
        Of the last of them, the last one last.
    latest
        When the last edit was made, seconds since the epoch.
    replaces
        Name of the journal's folder that this one was recovered from.
    newer
        Whether a newer Routewright wrote it, which is why it cannot be read.
    history
        The document before the first edit and after each one, with the name of that.
    """

    variants: Variants | None = None
    steps: tuple[tuple[Step, ...], ...] = ()
    place: Place | None = None
    edits: int = 0
    names: tuple[str, ...] = ()
    latest: float = 0.0
    replaces: str = ""
    newer: bool = False
    history: tuple[tuple[Variants, str], ...] = field(default=(), compare=False, repr=False)

    @property
    def state(self) -> State | None:
        """What the present variant holds; None when it cannot be read."""
        return None if self.variants is None else self.variants.state


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
    edits = [one for one in records[1:] if isinstance(one, Edited | Arranged)]
    place = next((one.place for one in reversed(records) if isinstance(one, Begin | Moved)), None)
    unread = Contents(
        place=place,
        edits=begin.edits + sum(isinstance(one, Edited) for one in edits),
        names=(*begin.names, *(one.name for one in edits if isinstance(one, Edited)))[-NAMES:],
        latest=edits[-1].at if edits else begin.at,
        newer=begin.format > FORMAT or _is_newer(folder / Path(begin.base).name),
    )
    base = None if unread.newer else _base(folder, begin)
    if base is None:
        return unread
    return _replayed(base, begin, edits, place)


def _is_newer(base: Path) -> bool:
    """Whether the document that edits start from says what this Routewright does not know: it would lose that."""
    return (saved_format(base) or 0) > FORMAT_VERSION


def _base(folder: Path, begin: Begin) -> Variants | None:
    path = folder / Path(begin.base).name
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return None
    loaded = load_document(path) if digest == begin.digest else None
    return loaded.variants if loaded is not None else None


def _replayed(base: Variants, begin: Begin, edits: Sequence[Edited | Arranged], place: Place | None) -> Contents:
    variants, latest = base, begin.at
    steps: list[list[Step]] = [[] for _ in base.items]
    names = list(begin.names)
    count = begin.edits
    history = [(base, "")]
    for edit in edits:
        try:
            if isinstance(edit, Arranged):
                title = edit.arrangement.title(variants)
                variants = edit.arrangement.applied(variants)
                steps = _rearranged(steps, edit.arrangement)
            else:
                step = edit.step(variants.state)
                title = step.title
                variants = variants.with_state(step.patch.applied(variants.state))
        except (JournalDataError, StalePatchError, ValueError):
            break  # what follows was made for a document that cannot be had
        latest = edit.at
        history.append((variants, title))
        if isinstance(edit, Edited):
            mine = steps[variants.present]
            if step.undone and mine and mine[-1].patch == step.patch.inverted():
                mine.pop()
                count -= 1
                names.reverse()
                names.remove(step.name)  # the last of that name
                names.reverse()
                continue
            mine.append(step)
        count += bool(title)
        names += [title] if title else []
    return Contents(
        variants,
        tuple(map(tuple, steps)),
        place,
        count,
        tuple(names[-NAMES:]),
        latest,
        begin.replaces,
        history=tuple(history),
    )


def _rearranged(steps: list[list[Step]], arrangement: Arrangement) -> list[list[Step]]:
    """Return the steps of each variant of an arrangement; a copy has none."""
    sources = arrangement.sources
    return [[] if source in sources[:place] else steps[source] for place, source in enumerate(sources)]


def _since_save(contents: Contents) -> Contents | None:
    """Return the edits that the user's own file does not hold; None when it holds all.

    They are fewer where the crash came after a save, before that was noted in the journal.
    """
    place = contents.place
    if contents.variants is None or place is None or place.unchanged:
        return contents
    now = fingerprint(place.path)
    saved = load_document(place.path).variants
    names: list[str] = []
    for variants, title in reversed(contents.history):
        if saved is not None and _equal(variants, saved):
            if not names:
                return None
            last = tuple(reversed(names[:NAMES]))
            return replace(contents, place=Place(place.path, now), edits=len(names), names=last)
        names += [title] if title else []
    return contents  # somebody else has written it


def _equal(one: Variants, other: Variants) -> bool:
    """Whether two documents hold the same, whichever variant is shown."""
    return one.names == other.names and all(
        here.state == there.state for here, there in zip(one.items, other.items, strict=True)
    )


def _folders(root: Path) -> list[Path]:
    """Return the folders of all journals, and those of locks whose window ended before it had a folder."""
    with suppress(OSError):
        return sorted({one if one.is_dir() else one.with_suffix("") for one in root.iterdir()})
    return []
