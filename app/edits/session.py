"""The editing of one document: every change goes through here, and every change can be undone."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.edits.commands import EditCommand
from app.model.document import Document, Step
from app.model.patch import Patch, State
from app.model.plan import Plan
from app.model.scenario import Scenario


class EditSession(QObject):
    """A document and its undo stack.

    Parameters
    ----------
    document
        An empty one when left out.

    Signals
    -------
    changed
        An `app.model.document.Change`; the document is in its new state already.
    replaced
        A whole other document was loaded, and `changed` has told of it.
    saved
        A file holds a `State` now; not the present one, where something was edited while it was written.
    """

    changed = Signal(object)
    replaced = Signal()
    saved = Signal(object)

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document or Document()
        self.stack = QUndoStack(self)
        self._unsubscribe = self.document.subscribe(self.changed.emit)

    @property
    def state(self) -> State:
        """Scenario and plan, as the functions of `app.model.changes` take them."""
        return self.document.state

    @property
    def scenario(self) -> Scenario:
        """The present scenario."""
        return self.document.scenario

    @property
    def plan(self) -> Plan:
        """The present plan."""
        return self.document.plan

    @property
    def modified(self) -> bool:
        """Whether there are changes that have not been saved."""
        return not self.stack.isClean()

    def do(self, name: str, patch: Patch, merge_key: str = "") -> bool:
        """Apply a patch as one undo step.

        Parameters
        ----------
        name
            What the user reads in the menu.
        patch
            Made for the present state.
        merge_key
            See `app.edits.commands.EditCommand`.

        Returns
        -------
        bool
            False when the patch changes nothing: then there is no step either.

        Raises
        ------
        app.model.patch.StalePatchError
            If the patch was made for another state.
        """
        if not patch:
            return False
        patch.applied(self.state)  # raises here: an exception within QUndoStack.push would be lost in Qt
        self.stack.push(EditCommand(self.document, name, patch, merge_key))
        return True

    def undo(self) -> None:
        """Take back the last step, if there is one."""
        self.stack.undo()

    def redo(self) -> None:
        """Do the step that was taken back last again, if there is one."""
        self.stack.redo()

    def load(self, scenario: Scenario, plan: Plan | None = None, *, saved: bool, steps: Iterable[Step] = ()) -> None:
        """Put another document in place of this one; the steps made so far are gone.

        Parameters
        ----------
        scenario, plan
            What to hold now.
        saved
            Whether a file holds the same, so that there is nothing to save.
        steps
            The edits that led to it, the last one last, where they can be undone.
        """
        self.stack.clear()
        if not saved:
            self.stack.resetClean()
        self.document.reset(scenario, plan)
        for step in steps:
            self.stack.push(EditCommand(self.document, step.title, step.patch, applied=True))
        self.replaced.emit()

    def mark_saved(self, state: State) -> None:
        """Note that a file holds ``state`` now; what was edited since then stays unsaved."""
        if state is self.document.state:
            self.stack.setClean()
        self.saved.emit(state)

    def close(self) -> None:
        """Stop telling of changes."""
        self._unsubscribe()
