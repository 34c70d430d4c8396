"""The editing of one document: every change goes through here, and every change can be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.edits.commands import EditCommand
from app.model.changes import EditRefusedError, set_plan
from app.model.document import Change, Document
from app.model.moves import Draft
from app.model.patch import Patch, State
from app.model.plan import Plan
from app.model.scenario import Scenario


class EditSession(QObject):
    """A document and its undo stack.

    A search that runs *offers* plans. The last one offered is the present plan: views show it, and the next edit is
    made on it. It enters the document with that edit, or when the search ends, as a step of its own before it.

    Parameters
    ----------
    document
        An empty one when left out.

    Attributes
    ----------
    searching
        Whether a search runs that would change back what is moved by hand, unless it is locked.

    Signals
    -------
    changed
        An `app.model.document.Change`; the document is in its new state already.
    replaced
        A whole other document was loaded, and `changed` has told of it.
    released
        Nothing holds the plan any more, see `hold`.
    """

    changed = Signal(object)
    replaced = Signal()
    released = Signal()

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document or Document()
        self.stack = QUndoStack(self)
        self.searching = False
        self._holders = 0
        self._offered: State | None = None
        self._unsubscribe = self.document.subscribe(self._on_changed)

    @property
    def state(self) -> State:
        """Scenario and plan, as the functions of `app.model.changes` take them."""
        return self._offered or self.document.state

    @property
    def scenario(self) -> Scenario:
        """The present scenario."""
        return self.document.scenario

    @property
    def plan(self) -> Plan:
        """The present plan."""
        return self.state.plan

    @property
    def modified(self) -> bool:
        """Whether there are changes that have not been saved."""
        return not self.stack.isClean() or self._offered is not None

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
        self.land()
        self.stack.push(EditCommand(self.document, name, patch, merge_key))
        return True

    def move(self, draft: Draft) -> bool:
        """Change the plan by hand as one undo step; a search that runs is kept from changing it back, by locks.

        Returns
        -------
        bool
            False when nothing changes.

        Raises
        ------
        app.model.changes.EditRefusedError
            If the draft was made for another state.
        """
        if draft.before is not self.state:
            raise EditRefusedError("The plan has changed in the meantime, so this was not done. Try again.")
        return self.do(*(draft.held_edit if self.searching else draft.edit))

    @property
    def held(self) -> bool:
        """Whether the plan is not to change under somebody's hand, who looks at it or drags a part of it."""
        return self._holders > 0

    def hold(self) -> None:
        """Ask a search to offer nothing until `release`; several may hold at once."""
        self._holders += 1

    def release(self) -> None:
        """Let go; with the last one the search may offer again."""
        self._holders -= 1
        if not self._holders:
            self.released.emit()

    def offer(self, plan: Plan) -> None:
        """Show a plan of a search and make the next edit on it; the document does not hold it yet.

        Customers and vehicles that are gone by now are left out of it.
        """
        state = self.document.state
        patch = set_plan(state, plan).patch
        self._offered = patch.applied(state) if patch else None

    def land(self, name: str = "Solve") -> bool:
        """Let the plan that was offered last enter the document, as one undo step.

        Returns
        -------
        bool
            Whether there was one.
        """
        offered, self._offered = self._offered, None
        if offered is None:
            return False
        self.stack.push(EditCommand(self.document, *set_plan(self.document.state, offered.plan, name)))
        return True

    def drop_offer(self) -> None:
        """Forget the plan that was offered last."""
        self._offered = None

    def undo(self) -> None:
        """Take back the last step, if there is one."""
        self.stack.undo()

    def redo(self) -> None:
        """Do the step that was taken back last again, if there is one."""
        self.stack.redo()

    def load(self, scenario: Scenario, plan: Plan | None = None, *, saved: bool) -> None:
        """Put another document in place of this one; the steps made so far are gone.

        Parameters
        ----------
        scenario, plan
            What to hold now.
        saved
            Whether a file holds the same, so that there is nothing to save.
        """
        self.drop_offer()
        self.stack.clear()
        if not saved:
            self.stack.resetClean()
        self.document.reset(scenario, plan)
        self.replaced.emit()

    def mark_saved(self, state: State) -> None:
        """Note that a file holds ``state`` now; what was edited since then stays unsaved."""
        if state is self.document.state:
            self.stack.setClean()

    def close(self) -> None:
        """Stop telling of changes."""
        self._unsubscribe()

    def _on_changed(self, change: Change) -> None:
        """Carry the plan that is offered over to what an undone step has left, unless that was about the plan."""
        if self._offered is not None:
            plan, self._offered = self._offered.plan, None
            if not change.touches("plan"):
                self.offer(plan)
        self.changed.emit(change)
