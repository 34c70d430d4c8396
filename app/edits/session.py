"""The editing of one document: every change goes through here, and every change can be undone."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from app.edits.commands import EditCommand
from app.edits.variants import OpenVariants
from app.language import tr
from app.model.changes import EditRefusedError, set_plan
from app.model.document import Change, Document, Step
from app.model.moves import Draft
from app.model.patch import Patch, State
from app.model.plan import Plan
from app.model.scenario import Scenario
from app.model.variants import Variants


class EditSession(QObject):
    """A document, its undo stack, and the other variants that can take its place.

    A search that runs *offers* plans. The last one offered is the present plan: views show it, and the next edit is
    made on it. It enters the document with that edit, or when the search ends, as a step of its own before it.

    Parameters
    ----------
    document
        An empty one when left out.

    Attributes
    ----------
    variants
        Of which the document holds one; each has an undo stack of its own.
    searching
        Whether a search runs that would change back what is moved by hand, unless it is locked.
    between_steps
        Whether one more step follows at once, so that the present state is nobody's wish.

    Signals
    -------
    changed
        An `app.model.document.Change`; the document is in its new state already.
    edited
        The `app.model.patch.Patch` of a step that was wished for: no undo or redo, and no plan of a search.
    replaced
        A whole other document was loaded, and `changed` has told of it.
    saved
        A file was written; whether it holds all that there is now, or something was edited meanwhile.
    released
        Nothing holds the plan any more, see `hold`.
    locked(int)
        So many stops have been moved by hand, and are locked now, since a search runs.
    """

    changed = Signal(object)
    edited = Signal(object)
    replaced = Signal()
    saved = Signal(bool)
    released = Signal()
    locked = Signal(int)

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document or Document()
        self.variants = OpenVariants(self.document, self)
        self.searching = False
        self.between_steps = False
        self._holders = 0
        self._offered: State | None = None
        # Weakly: a session that only its document and its commands refer to is not for Python's garbage collector to
        # take apart, which does not know that the stack of commands goes with it.
        here = weakref.WeakMethod(self._on_changed)
        self._unsubscribe = self.document.subscribe(lambda change: _call(here, change))

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
        return self.variants.modified or self._offered is not None

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
        self._push(EditCommand(self.document, name, patch, merge_key))
        self.edited.emit(patch)
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
            raise EditRefusedError(tr("The plan has changed in the meantime, so this was not done. Try again."))
        if not self.searching:
            return self.do(*draft.edit)
        done = self.do(*draft.held_edit)
        if done and draft.holds:
            self.locked.emit(len(draft.holds))
        return done

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

    def land(self) -> bool:
        """Let the plan that was offered last enter the document, as one undo step.

        Returns
        -------
        bool
            Whether there was one.
        """
        offered, self._offered = self._offered, None
        if offered is None:
            return False
        self._push(EditCommand(self.document, *set_plan(self.document.state, offered.plan)), landing=True)
        return True

    def drop_offer(self) -> None:
        """Forget the plan that was offered last."""
        self._offered = None

    def undo(self) -> None:
        """Take back the last step, if there is one.

        While a search runs that is the last edit: what the search had found before it goes with it, and is found again.
        """
        index = self.stack.index()
        if self.searching and index > 1 and index - 1 in self.variants.landings:
            self._step(self.stack.undo)
        self.stack.undo()

    def redo(self) -> None:
        """Do the step that was taken back last again, if there is one; while a search runs, the last edit."""
        index = self.stack.index()
        more = index + 1 < self.stack.count()
        if self.searching and more and index in self.variants.landings:
            self._step(self.stack.redo)
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
        self.drop_offer()
        self.variants.load(variants, saved=saved, steps=steps)
        self.replaced.emit()

    def mark_saved(self, written: Variants) -> None:
        """Note that a file holds these variants now; what was edited since then stays unsaved."""
        self.saved.emit(self.variants.mark_saved(written))

    def close(self) -> None:
        """Stop telling of changes, and forget the steps."""
        self._unsubscribe()
        self.variants.close()

    def _push(self, command: EditCommand, *, landing: bool = False) -> None:
        """Make a step in place of those that were taken back, and remember whether a search's plan lands with it."""
        index = self.stack.index()
        self.stack.push(command)
        landings = {one for one in self.variants.landings if one < index}
        self.variants.landings = landings | {index} if landing else landings

    def _step(self, step: Callable[[], None]) -> None:
        self.between_steps = True
        step()
        self.between_steps = False

    def _on_changed(self, change: Change) -> None:
        """Carry the plan that is offered over to what an undone step has left, unless that was about the plan."""
        if self._offered is not None:
            plan, self._offered = self._offered.plan, None
            if not change.touches("plan"):
                self.offer(plan)
        self.changed.emit(change)


def _call(listener: weakref.WeakMethod[Any], change: Change) -> None:
    heard = listener()
    if heard is not None:
        heard(change)
