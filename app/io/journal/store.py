"""The files of one journal: a copy of the document, and the edits since then.

A generation is ``base-N.routewright`` with ``edits-N.journal``. The next one is written whole before the last one is
removed, so that there is one that can be read at every moment. The user's own file is never touched.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from app.io.atomic import explained, sync_folder, write_file
from app.io.document import SUFFIX
from app.io.fingerprint import Place
from app.io.journal.records import Begin, Record, line_of
from app.language import tr

EDITS_SUFFIX = ".journal"

_EDITS = re.compile(r"edits-(\d{1,9})\.journal")
SPOKEN = Path(tr("The journal of unsaved changes"))
"""How a user is told of these files, who knows nothing of their names."""


class JournalStore:
    """Writes a journal into a folder of its own.

    Parameters
    ----------
    folder
        Made when there is something to write.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        self._file: io.FileIO | None = None
        self._line = 0
        self._generation = 0

    @property
    def begun(self) -> bool:
        """Whether there is a journal to append to."""
        return self._file is not None

    @property
    def size(self) -> int:
        """Bytes of the edits in the present generation."""
        return self._file.tell() if self._file is not None else 0

    def begin(
        self, base: bytes, place: Place | None, edits: int = 0, names: Sequence[str] = (), replaces: str = ""
    ) -> None:
        """Start the journal of a document afresh.

        Parameters
        ----------
        base
            The document, as its file would hold it.
        place, edits, names, replaces
            See `app.io.journal.records.Begin`.

        Raises
        ------
        app.io.atomic.WriteError
            If it cannot be written; the journal so far is kept, and can be gone on with.
        """
        with explained(SPOKEN):
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True)  # others may not be meant to read it
                sync_folder(self._folder.parent)
            number = max((one for one, _ in generations(self._folder)), default=self._generation) + 1
            name = f"base-{number}{SUFFIX}"
            write_file(self._folder / name, base)
            head = Begin(name, hashlib.sha256(base).hexdigest(), time.time(), place, edits, tuple(names), replaces)
            edits_file = self._folder / f"edits-{number}{EDITS_SUFFIX}"
            write_file(edits_file, line_of(head, 0))
            self.close()
            self._file = open(edits_file, "ab", buffering=0)  # noqa: SIM115 - it stays open until `close`
        self._line, self._generation = 1, number
        self._remove(before=number)

    def append(self, record: Record) -> None:
        """Hand a record over to the system: it survives the end of the process, though not yet that of the machine.

        Raises
        ------
        app.io.atomic.WriteError
            If it cannot be written; nothing can be appended any more then, since half of it may be there.
        """
        assert self._file is not None
        line = line_of(record, self._line)
        with explained(SPOKEN):
            try:
                if self._file.write(line) != len(line):
                    raise OSError("the system took a part of it only")
            except OSError:
                self.close()
                raise
        self._line += 1

    def sync(self) -> None:
        """Wait until the disk holds what was appended.

        Raises
        ------
        app.io.atomic.WriteError
            If the disk reports an error.
        """
        if self._file is not None:
            with explained(SPOKEN):
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """Append no more; what is there stays."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def drop(self) -> None:
        """Forget all of it: a file holds what it held, or the user does not want it."""
        self.close()
        self._remove(before=self._generation + 1)

    def _remove(self, before: int) -> None:
        # The edits go first: a base without edits is nothing that anybody would miss.
        for number, path in generations(self._folder):
            if number < before:
                with suppress(OSError):
                    path.unlink()
        for path in self._folder.glob("base-*"):
            if path.name not in {f"base-{number}{SUFFIX}" for number, _ in generations(self._folder)}:
                with suppress(OSError):
                    path.unlink()


def generations(folder: Path) -> Iterator[tuple[int, Path]]:
    """Return the files of edits in a journal's folder with their numbers, the newest first."""
    found: list[tuple[int, Path]] = []
    with suppress(OSError):
        found = [
            (int(match[1]), path) for path in folder.iterdir() if (match := _EDITS.fullmatch(path.name)) is not None
        ]
    return iter(sorted(found, reverse=True))
