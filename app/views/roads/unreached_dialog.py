"""Which places cannot be reached by road, why, and what helps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.language import sentences, tr, trn
from app.model.scenario import Scenario
from app.model.unreached import Unreached
from app.views.theme import GAP, MARGIN

EXPLAINED = tr(
    "A place that no road leads to stays out of every plan. Often its coordinates are a little off: then it helps to "
    "move it to the nearest road. Where a street is closed, its zone can be opened or deleted."
)
PARTLY = tr(
    "Not every vehicle that should come gets to these places. Other vehicles do, so they are not moved. Where a street "
    "is closed, its zone can be opened or deleted."
)
NOBODY = tr("Every place can be reached by road.")


class UnreachedDialog(QDialog):
    """A list of sentences with what can be done about them; it follows what is found, and the window stays usable.

    Signals
    -------
    move_requested
        A tuple of `app.model.unreached.Unreached` that are to be moved to the nearest roads.
    show_requested
        Kind and id of a place that the map is to show.
    """

    move_requested = Signal(object)
    show_requested = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unreached_dialog")
        self.setWindowTitle(tr("Places Without a Road"))
        self.finished.connect(self.deleteLater)
        self._found: tuple[Unreached, ...] = ()
        self._explained = QLabel(EXPLAINED)
        self._explained.setObjectName("unreached_explained")
        self._explained.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("unreached_list")
        self.list.setAccessibleName(tr("Places without a road"))
        self.list.setAccessibleDescription(tr("Enter shows a place on the map"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.move_some = self._button("unreached_move", tr("&Move to the Nearest Road"), primary=True)
        self.move_all = self._button("unreached_move_all", tr("Move &All"))
        self.show_place = self._button("unreached_show", tr("&Show on the Map"))
        close = self._button("unreached_leave", tr("Close"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.move_some, self.move_all, self.show_place):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self._explained)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.resize(640, 360)
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.itemActivated.connect(lambda _: self.show_place.click())
        self.move_some.clicked.connect(lambda: self.move_requested.emit(self.chosen))
        self.move_all.clicked.connect(lambda: self.move_requested.emit(self.near))
        self.show_place.clicked.connect(self._on_show)
        close.clicked.connect(self.reject)
        self._show_buttons()

    @property
    def chosen(self) -> tuple[Unreached, ...]:
        """What is selected in the list."""
        return tuple(self._found[self.list.row(item)] for item in self.list.selectedItems())

    @property
    def near(self) -> tuple[Unreached, ...]:
        """What is moved where all are: a far move may be meant for another place, so it is asked for by itself."""
        return tuple(one for one in self._found if one.near)

    def show_unreached(self, found: Sequence[Unreached], scenario: Scenario) -> None:
        """List these; who was selected before still is."""
        selected = {(one.kind, one.id) for one in self.chosen}
        self._found = tuple(found)
        self.list.clear()
        for one in found:
            self.list.addItem(QListWidgetItem(sentences(one.sentence(scenario), one.help())))
        self._explained.setText(_explanation(self._found))
        rows = [row for row, one in enumerate(found) if (one.kind, one.id) in selected] or [0] * bool(found)
        for row in rows:
            item = self.list.item(row)
            if item is not None:
                item.setSelected(True)
        if rows:
            self.list.setCurrentRow(rows[0])
        self._show_buttons()

    def _button(self, name: str, text: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.setProperty("primary", primary)
        return button

    def _show_buttons(self) -> None:
        self.move_some.setEnabled(any(one.road is not None for one in self.chosen))
        self.move_all.setEnabled(bool(self.near))
        self.show_place.setEnabled(bool(self.chosen))

    def _on_show(self) -> None:
        if self.chosen:
            self.show_requested.emit(self.chosen[0].kind, self.chosen[0].id)


def _explanation(found: Sequence[Unreached]) -> str:
    """Say what such places mean, and which of them are not moved with the others."""
    if not found:
        return NOBODY
    said = EXPLAINED if any(one.everybody for one in found) else PARTLY
    far = sum(one.road is not None and not one.near for one in found)
    if not far:
        return said
    left = trn(
        "Move All leaves out {number} place that would move by more than 1 km; it can be moved by itself.",
        "Move All leaves out {number} places that would move by more than 1 km; each can be moved by itself.",
        far,
    )
    return sentences(said, left)
