"""One undo step: a named patch."""

from __future__ import annotations

import zlib

from PySide6.QtGui import QUndoCommand

from app.model.document import Document
from app.model.patch import Patch

NEVER_MERGED = -1
"""What Qt calls a command that stays on its own."""


class EditCommand(QUndoCommand):
    """Applies a patch, and its inverse when it is undone.

    Parameters
    ----------
    document
        What it changes.
    name
        What the user reads in the menu, such as "Move 3 customers".
    patch
        The change, made for the present state of the document.
    merge_key
        Commands of the same key that follow one another become one step when the patches can be joined: the user
        who nudges a stop five times with the arrow keys wants to undo that once. Empty: never.
    applied
        Whether the document holds the change already, so that the first `redo`, which Qt calls when the command is
        pushed, does nothing.
    """

    def __init__(self, document: Document, name: str, patch: Patch, merge_key: str = "", *, applied: bool = False):
        super().__init__(name)
        self._document = document
        self._patch = patch
        self._merge_key = merge_key
        self._applied = applied

    def redo(self) -> None:
        """Apply the patch."""
        if self._applied:
            self._applied = False
        else:
            self._document.apply(self._patch, self.text())

    def undo(self) -> None:
        """Apply its inverse."""
        self._document.apply(self._patch.inverted(), self.text(), undone=True)

    def id(self) -> int:
        """Return a number that commands of the same key share."""
        return zlib.crc32(self._merge_key.encode()) & 0x7FFFFFFF if self._merge_key else NEVER_MERGED

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in the command that came right after this one, if it belongs to it."""
        if not isinstance(other, EditCommand) or other._merge_key != self._merge_key:
            return False
        joined = self._patch.joined(other._patch)
        if joined is None:
            return False
        self._patch = joined
        self.setText(other.text())
        return True
