"""The editing of one document: every change goes through here, and every change can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.edits.commands import EditCommand
from app.edits.variants import OpenVariants
from app.model.document import Document, Step
from app.model.patch import Patch, State
from app.model.plan import Plan
from app.model.scenario import Scenario
from app.model.variants import Variants


class EditSession(QObject):
    """A document, its undo stack, and the other variants that can take its place.

    Parameters
    ----------
    document
        An empty one when left out.

    Attributes
    ----------
    variants
        Of which the document holds one; each has an undo stack of its own.

    Signals
    -------
    changed
        An `app.model.document.Change`; the document is in its new state already.
    replaced
        A whole other document was loaded, and `changed` has told of it.
    saved
        A file was written; whether it holds all that there is now, or something was edited meanwhile.
    """

    changed = Signal(object)
    replaced = Signal()
    saved = Signal(bool)

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document or Document()
        self.variants = OpenVariants(self.document, self)
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
    def whole(self) -> Variants:
        """All variants, the present one included."""
        return self.variants.value.with_state(self.state)

    @property
    def stack(self) -> QUndoStack:
        """The undo steps of the present variant."""
        return self.variants.stack

    @property
    def modified(self) -> bool:
        """Whether there are changes that have not been saved."""
        return self.variants.modified

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
        """Put another document in place of this one, which has one variant; the steps made so far are gone.

        Parameters
        ----------
        scenario, plan
            What to hold now.
        saved
            Whether a file holds the same, so that there is nothing to save.
        steps
            The edits that led to it, the last one last, where they can be undone.
        """
        self.load_variants(Variants.of(State(scenario, plan or Plan())), saved=saved, steps=(steps,))

    def load_variants(self, variants: Variants, *, saved: bool, steps: Sequence[Iterable[Step]] = ()) -> None:
        """Put another document in place of this one; ``steps`` are those of each variant, see `load`."""
        self.variants.load(variants, saved=saved, steps=steps)
        self.replaced.emit()

    def mark_saved(self, written: Variants) -> None:
        """Note that a file holds these variants now; what was edited since then stays unsaved."""
        self.saved.emit(self.variants.mark_saved(written))

    def close(self) -> None:
        """Stop telling of changes."""
        self._unsubscribe()
