"""The variants of the open document: each has undo steps of its own, and one of them is shown and edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack

from app.edits.commands import EditCommand
from app.model.document import Document, Step
from app.model.patch import State
from app.model.variants import MOST_VARIANTS, Arrangement, Variant, Variants, free_name, plain_name


@dataclass(slots=True, eq=False)
class _Held:
    """A variant with its undo steps; what the present one holds is in the document."""

    name: str
    state: State
    stack: QUndoStack
    landings: set[int] = field(default_factory=set)


class OpenVariants(QObject):
    """Which variants there are, and which of them the document holds at present.

    A variant is told by its place, from 0. Adding, renaming and deleting variants are no undo steps: they lie beside
    what is undone within a variant.

    Parameters
    ----------
    document
        Holds the present variant; everybody who listens to it hears of a switch as of an edit.

    Signals
    -------
    leaving
        Another variant is about to be shown: what is under way in this one has to come to its end now.
    arranged
        An `Arrangement` has come into force, and the document has told of what is different.
    """

    leaving = Signal()
    arranged = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.undo_group = QUndoGroup(self)
        self._items = [self._hold(free_name(()), document.state)]
        self._present = 0
        self._saved: tuple[tuple[_Held, str], ...] | None = self._layout()
        self._activate()

    @property
    def value(self) -> Variants:
        """All variants with what they hold now."""
        at = self._present
        items = (
            Variant(one.name, self._document.state if place == at else one.state)
            for place, one in enumerate(self._items)
        )
        return Variants(tuple(items), at)

    @property
    def names(self) -> tuple[str, ...]:
        """What they are called, in their order."""
        return tuple(one.name for one in self._items)

    @property
    def present(self) -> int:
        """Place of the one that is shown."""
        return self._present

    @property
    def stack(self) -> QUndoStack:
        """The undo steps of the one that is shown."""
        return self._items[self._present].stack

    @property
    def landings(self) -> set[int]:
        """Places in the stack of the steps by which what a search had found entered the document."""
        return self._items[self._present].landings

    @landings.setter
    def landings(self, places: set[int]) -> None:
        self._items[self._present].landings = places

    @property
    def can_add(self) -> bool:
        """Whether there is room for another one."""
        return len(self._items) < MOST_VARIANTS

    @property
    def modified(self) -> bool:
        """Whether anything in any of them, or their names, has not been saved."""
        return self._layout() != self._saved or not all(one.stack.isClean() for one in self._items)

    # All at once

    def load(self, variants: Variants, *, saved: bool, steps: Sequence[Iterable[Step]] = ()) -> None:
        """Hold other variants instead; the undo steps made so far are gone.

        Parameters
        ----------
        variants
            What to hold now.
        saved
            Whether a file holds the same.
        steps
            For each variant, the edits that led to it, the last one last, where they can be undone.
        """
        old, self._items = self._items, [self._hold(one.name, one.state) for one in variants.items]
        self._present = variants.present
        if not saved:
            for one in self._items:
                one.stack.resetClean()
        self._saved = self._layout() if saved else None
        self._activate()
        for one in old:
            self._drop(one)
        self._document.reset(variants.state.scenario, variants.state.plan)
        for one, made in zip(self._items, steps, strict=False):
            for step in made:
                one.stack.push(EditCommand(self._document, step.title, step.patch, applied=True))

    def mark_saved(self, variants: Variants) -> bool:
        """Note that a file holds these now.

        Returns
        -------
        bool
            Whether these are all that there is; otherwise something has changed since, and stays unsaved.
        """
        if not variants.same_as(self.value):
            return False
        self._saved = self._layout()
        for one in self._items:
            one.stack.setClean()
        return True

    def close(self) -> None:
        """Forget the steps of all of them."""
        # Qt takes commands apart safely only while all else is alive.
        for one in self._items:
            one.stack.clear()

    # One by one

    def duplicate(self) -> None:
        """Add a copy of the present variant behind it, with its plan, and show that.

        Raises
        ------
        ValueError
            If there is no room for another one.
        """
        if not self.can_add:
            raise ValueError("there are as many variants as there can be")
        self.leaving.emit()
        at = self._present
        sources = [*range(at + 1), *range(at, len(self._items))]
        names = list(self.names)
        names.insert(at + 1, free_name(names))
        self._arrange(Arrangement(tuple(sources), tuple(names), at + 1))

    def rename(self, place: int, text: str) -> None:
        """Call a variant by another name; where another one has that, a number tells them apart."""
        names = list(self.names)
        name = plain_name(text, names[:place] + names[place + 1 :])
        if name and name != names[place]:
            names[place] = name
            self._arrange(Arrangement(tuple(range(len(names))), tuple(names), self._present))

    def remove(self, place: int) -> None:
        """Forget a variant and its undo steps; the last one stays whatever is asked."""
        if len(self._items) == 1:
            return
        if place == self._present:
            self.leaving.emit()
        sources = [at for at in range(len(self._items)) if at != place]
        present = self._present - (place < self._present)
        names = tuple(self._items[at].name for at in sources)
        self._arrange(Arrangement(tuple(sources), names, min(present, len(sources) - 1)))

    def show(self, place: int) -> None:
        """Show another variant."""
        if place != self._present:
            self.leaving.emit()
            self._arrange(self.value.shown(place))

    def _arrange(self, arrangement: Arrangement) -> None:
        old = self._items
        old[self._present].state = self._document.state
        taken: set[int] = set()
        self._items = []
        for source, name in zip(arrangement.sources, arrangement.names, strict=True):
            if source in taken:
                self._items.append(self._hold(name, old[source].state))
            else:
                old[source].name = name
                self._items.append(old[source])
            taken.add(source)
        self._present = arrangement.present
        self._activate()
        for place, one in enumerate(old):
            if place not in taken:
                self._drop(one)
        self._document.put(self._items[self._present].state)
        self.arranged.emit(arrangement)

    def _hold(self, name: str, state: State) -> _Held:
        return _Held(name, state, QUndoStack(self.undo_group))

    def _drop(self, one: _Held) -> None:
        self.undo_group.removeStack(one.stack)
        one.stack.clear()
        one.stack.deleteLater()

    def _activate(self) -> None:
        self.undo_group.setActiveStack(self.stack)

    def _layout(self) -> tuple[tuple[_Held, str], ...]:
        return tuple((one, one.name) for one in self._items)
