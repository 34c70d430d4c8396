"""Modes of travel: whose rights vehicles have on the road, how large they are, and what they wait for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.language import listing, tr
from app.map.text_scale import scaled
from app.model.scenario import Scenario
from app.model.travel_modes import USUAL, modes_of
from app.views.roads.mode_form import ModeForm
from app.views.roads.mode_words import mode_name
from app.views.theme import GAP, MARGIN
from solver.roads.modes import BUILT_IN, Mode

LIST_WIDTH = 230
"""Pixels."""


class ModesDialog(QDialog):
    """On the left the modes, on the right the figures of one; nothing is changed before it is accepted.

    Parameters
    ----------
    scenario
        Has the modes, and the vehicles that travel in them.
    mode
        Id of the one to begin with; that of the first vehicle where there is none of this id.
    """

    def __init__(self, scenario: Scenario, mode: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modes_dialog")
        self.setWindowTitle(tr("Travel Modes"))
        self.finished.connect(self.deleteLater)
        self._users = _users(scenario)
        self._modes = dict(modes_of(scenario.settings))
        for key in self._users:  # a profile that no mode has travels as a car, until it is said how else
            self._modes.setdefault(key, usual(key))
        self.list = QListWidget()
        self.list.setObjectName("modes_list")
        self.list.setAccessibleName(tr("Travel modes"))
        self.list.setFixedWidth(scaled(LIST_WIDTH))
        self.list.setSpacing(3)
        self.form = ModeForm()
        self._used = QLabel()
        self._used.setObjectName("modes_used")
        self._used.setProperty("muted", True)
        self._used.setTextFormat(Qt.TextFormat.PlainText)
        self._used.setWordWrap(True)
        self._name = QLineEdit()
        self._name.setObjectName("modes_new")
        self._name.setAccessibleName(tr("Name of a new mode"))
        self._name.setPlaceholderText(tr("Name, such as crane"))
        self._add = QPushButton(tr("&Add"))
        self._add.setObjectName("modes_add")
        self._reset = QPushButton(tr("&Reset"))
        self._reset.setObjectName("modes_reset")
        self._lay_out()
        for key in self._modes:
            self.list.addItem(QListWidgetItem())
            self.list.item(self.list.count() - 1).setData(Qt.ItemDataRole.UserRole, key)
        self._name.textChanged.connect(self._show_adding)
        self._name.returnPressed.connect(self._on_add)
        self._add.clicked.connect(self._on_add)
        self._reset.clicked.connect(self._on_reset)
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.form.edited.connect(self._on_edited)
        self._show_names()
        self._show_adding()
        wanted = mode if mode in self._modes else next(iter(self._users), USUAL)
        self.choose(wanted)
        self.list.setFocus()

    @property
    def modes(self) -> tuple[Mode, ...]:
        """All modes as the dialog says them, those included that are as they are built in."""
        return tuple(self._modes.values())

    @property
    def chosen(self) -> str:
        """Id of the mode whose figures are shown."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def choose(self, key: str) -> None:
        """Show the figures of a mode."""
        self.list.setCurrentRow(list(self._modes).index(key))

    def _lay_out(self) -> None:
        adding = QHBoxLayout()
        adding.setSpacing(GAP)
        adding.addWidget(self._name, 1)
        adding.addWidget(self._add)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.list, 1)
        left.addLayout(adding)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self._used)
        right.addWidget(self.form)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(2 * MARGIN)
        columns.addLayout(left)
        columns.addLayout(right, 1)
        cancel = QPushButton(tr("Cancel"))
        cancel.setObjectName("modes_cancel")
        cancel.clicked.connect(self.reject)
        accept = QPushButton(tr("Use These &Modes"))
        accept.setObjectName("modes_use")
        accept.setProperty("primary", True)
        accept.clicked.connect(self.accept)
        for button in (self._add, self._reset, cancel, accept):
            button.setAutoDefault(False)  # Enter in the name of a new mode adds it
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._reset)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(columns, 1)
        layout.addLayout(buttons)

    def _on_edited(self) -> None:
        self._modes[self.chosen] = self.form.mode
        self._show_names()

    def _on_reset(self) -> None:
        self._modes[self.chosen] = usual(self.chosen)
        self._show_names()
        self._show_chosen()

    def _on_add(self) -> None:
        if not self._add.isEnabled():
            return
        key = self._name.text().strip()
        self._modes[key] = usual(key)
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, key)
        self.list.addItem(item)
        self._name.clear()
        self._show_names()
        self.choose(key)

    def _show_adding(self) -> None:
        name = self._name.text().strip()
        self._add.setEnabled(bool(name) and name not in self._modes)

    def _show_names(self) -> None:
        for row, (key, mode) in enumerate(self._modes.items()):
            name, changed = mode_name(key), mode != usual(key)
            item = self.list.item(row)
            item.setText(tr("{mode}, changed", mode=name) if changed else name)
        self._reset.setEnabled(self.list.currentItem() is not None and self._modes[self.chosen] != usual(self.chosen))

    def _show_chosen(self) -> None:
        key = self.chosen
        self.form.show_mode(self._modes[key], usual(key))
        users = self._users.get(key, ())
        if users:
            self._used.setText(tr("Travel like this: {vehicles}.", vehicles=listing(users)))
        else:
            self._used.setText(tr("No vehicle travels like this. The column Roads of the vehicles says who does."))
        self._show_names()


def usual(key: str) -> Mode:
    """Return a mode as it is when nothing is said of it: as it is built in, or else as a car."""
    return BUILT_IN.get(key, replace(BUILT_IN[USUAL], id=key))


def _users(scenario: Scenario) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the vehicle types by the id of the mode that they travel in."""
    users: dict[str, tuple[str, ...]] = {}
    for key, vehicle in scenario.vehicles.items():
        users[vehicle.profile] = (*users.get(vehicle.profile, ()), vehicle.name or key)
    return users
