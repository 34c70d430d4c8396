"""The commands that lock and unlock whatever is selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.language import sentences, tr, trn
from app.model import locks
from app.model.changes import Edit, EditRefusedError
from app.model.patch import State
from app.model.plan import Lock
from app.model.violations import name_of

COMMANDS = {Lock.VEHICLE: "lock_vehicle", Lock.PLACE: "lock_place", Lock.DRIVEN: "lock_driven"}
"""The name of the command for each lock, and of its icon but for the hyphen."""

DONE: Mapping[Lock, Callable[[int, str], str]] = {
    Lock.VEHICLE: lambda number, stop: trn(
        "{stop} stays on this vehicle.", "{number} stops stay on their vehicles.", number, stop=stop
    ),
    Lock.PLACE: lambda number, stop: trn(
        "{stop} keeps its place.", "{number} stops keep their places.", number, stop=stop
    ),
    Lock.DRIVEN: lambda number, stop: trn(
        "The vehicle has driven up to {stop}.", "{number} stops have been driven already.", number, stop=stop
    ),
}
"""What is said of one stop, and of several, that have been locked."""


class LockCommands(QObject):
    """Makes each of them one edit, and says what was done and how it is undone.

    Parameters
    ----------
    controller
        Has what is locked, and tells of searches.
    selection
        Of it what.
    parent
        Owner.

    Signals
    -------
    said
        A passing sentence: what was done.
    message
        A sentence for the user: why something was not done.
    """

    said = Signal(str)
    message = Signal(str)

    def __init__(self, controller: SolveController, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._session, self._selection = controller, controller.session, selection
        self._actions: Mapping[str, QAction] = {}
        self._told = False  # of locks by hand, since the search began
        controller.started.connect(self._on_started)
        self._session.locked.connect(self._on_locked_by_hand)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {
            **{name: partial(self.lock, kind) for kind, name in COMMANDS.items()},
            "unlock": self.unlock,
            "unlock_all": self.unlock_all,
        }

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Enable these from now on where they can do something."""
        self._actions = actions
        self._selection.changed.connect(self._enable)
        self._session.changed.connect(self._enable)
        self._controller.progressed.connect(self._enable)
        self._enable()

    def lock(self, kind: Lock) -> None:
        """Lock the selected stops, or all of the selected routes."""
        before = self._session.plan.locks
        if self._make(lambda state: locks.lock(state, self._selection.items, kind)):
            now = self._session.plan.locks
            self._say([stop for stop in now if now[stop] is not before.get(stop)], DONE[kind], "unlock")

    def unlock(self) -> None:
        """Take the locks of the selected stops away, or of all of the selected routes."""
        before = self._session.plan.locks
        if self._make(lambda state: locks.unlock(state, self._selection.items)):
            now = self._session.plan.locks
            gone = [stop for stop in before if stop not in now]
            self._say(gone, _unlocked, "undo")

    def unlock_all(self) -> None:
        """Take every lock away."""
        gone = list(self._session.plan.locks)
        if self._make(locks.unlock_all):
            self._say(gone, _unlocked, "undo")

    def _make(self, change: Callable[[State], Edit]) -> bool:
        try:
            edit = change(self._session.state)
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return False
        return self._session.do(*edit)

    def _say(self, stops: list[str], done: Callable[[int, str], str], way_back: str) -> None:
        only = name_of(self._session.scenario.customers, stops[0]) if len(stops) == 1 else ""
        self.said.emit(sentences(done(len(stops), only), self._hint(way_back)))

    def _hint(self, name: str) -> str:
        keys = self._keys(name)
        if not keys:
            return ""
        return tr("{keys} unlocks.", keys=keys) if name == "unlock" else tr("{keys} takes that back.", keys=keys)

    def _keys(self, name: str) -> str:
        action = self._actions.get(name)
        return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) if action is not None else ""

    def _on_started(self) -> None:
        self._told = False

    def _on_locked_by_hand(self, stops: int) -> None:
        if not self._told:
            self._told = True
            self.said.emit(
                sentences(
                    tr("What you moved is locked, so that the search leaves it where you put it.")
                    if stops > 1
                    else tr("The stop that you moved is locked, so that the search leaves it where you put it."),
                    tr("Select it and press {keys} to unlock it.", keys=keys) if (keys := self._keys("unlock")) else "",
                )
            )

    def _enable(self) -> None:
        state, items = self._session.state, self._selection.items
        can = locks.lockable(state, items)
        for kind, name in COMMANDS.items():
            self._actions[name].setEnabled(kind in can)
        self._actions["unlock"].setEnabled(bool(locks.locked(state, items)))
        self._actions["unlock_all"].setEnabled(bool(state.plan.locks))


def _unlocked(number: int, stop: str) -> str:
    return trn("{stop} is not locked any more.", "{number} stops are not locked any more.", number, stop=stop)
