"""Three hints for first steps: what each says, when its moment is, and the line that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.language import tr
from app.views.theme import GAP, MARGIN


class Hint(StrEnum):
    """The hints, in the order in which they come."""

    SOLVE = "solve"
    STOPS = "stops"
    SHARE = "share"


TEXTS = {
    Hint.SOLVE: tr(
        "Press Solve (F5): the routes form on the map while the search goes on. Stop keeps the best of them."
    ),
    Hint.STOPS: tr(
        "Click a stop to see where it is in its day. Drag it to another route, or right-click it to compare "
        "vehicles. Whatever you do can be undone (Ctrl+Z)."
    ),
    Hint.SHARE: tr("The tab Unserved says why somebody is left out. File > Export hands the plan on to others."),
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which hint is of use.

    Parameters
    ----------
    solvable
        Whether there are customers and vehicles.
    planned
        Whether there are routes.
    busy
        Whether a solve runs, or something else has to be done first.
    """

    solvable: bool
    planned: bool
    busy: bool


def hint_for(situation: Situation, learned: frozenset[Hint]) -> Hint | None:
    """Return the hint whose moment it is, but none that has been learned; the last comes after the one before it."""
    if situation.busy:
        return None
    if not situation.planned:
        return Hint.SOLVE if situation.solvable and Hint.SOLVE not in learned else None
    if Hint.STOPS not in learned:
        return Hint.STOPS
    return Hint.SHARE if Hint.SHARE not in learned else None


class HintLine(QFrame):
    """One hint over the map, hidden while there is none; it takes no keys away from what the user does.

    Signals
    -------
    dismissed
        The `Hint` that the user does not want to see again.
    """

    dismissed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hint")
        self.setProperty("hint", True)
        self.hint: Hint | None = None
        self._text = QLabel()
        self._text.setObjectName("hint_text")
        self._text.setWordWrap(True)
        self._button = QPushButton(tr("Got It"))
        self._button.setObjectName("hint_dismiss")
        self._button.setAccessibleDescription(tr("Do not show this hint again"))
        self._button.setToolTip(tr("Do not show this hint again; Help can bring it back"))
        self._button.clicked.connect(lambda: self.dismissed.emit(self.hint))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP // 2, GAP, GAP // 2)
        layout.setSpacing(MARGIN)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(self, hint: Hint | None) -> None:
        """Show a hint, and let a screen reader read it; None hides the line."""
        if hint is self.hint:
            return
        self.hint = hint
        if hint is None:
            self.hide()
            return
        self._text.setText(TEXTS[hint])
        self.setAccessibleName(TEXTS[hint])
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
