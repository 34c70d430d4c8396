"""The figures of one mode of travel as a form, with those that are usual beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from app.language import tr
from app.map.text_scale import scaled
from app.model.validate_roads import SPEED_FACTORS
from app.views.number_box import NumberBox
from app.views.roads.mode_words import FIGURES, KINDS, Figure
from app.views.theme import GAP, MARGIN
from solver.roads.modes import Mode, ModeKind

FIELD_WIDTH = 150
"""Pixels."""


class ModeForm(QWidget):
    """A kind, numbers and a tick.

    Signals
    -------
    edited
        The user has changed something.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mode_form")
        self._mode = self._reference = Mode("")
        self._filling = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MARGIN)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(2, 1)
        self._usual: dict[str, QLabel] = {}
        self.kind = QComboBox()
        self.kind.setObjectName("mode_kind")
        for kind, name in KINDS.items():
            self.kind.addItem(name, kind.value)
        self.kind.setToolTip(tr("Whose rights and speeds it has on the roads"))
        self.kind.activated.connect(self._on_edited)
        self._place(tr("&Kind"), "kind", self.kind)
        self.boxes: dict[str, NumberBox] = {}
        for figure in FIGURES:
            self.boxes[figure.field] = box = _box(figure)
            box.valueChanged.connect(self._on_edited)
            self._place(figure.label, figure.field, box)
        self.hazmat = QCheckBox(tr("Carries ha&zardous goods"))
        self.hazmat.setObjectName("mode_hazmat")
        self.hazmat.setToolTip(tr("Streets that bar them are left out"))
        self.hazmat.toggled.connect(self._on_edited)
        self._grid.addWidget(self.hazmat, self._grid.rowCount(), 1, 1, 2)

    @property
    def mode(self) -> Mode:
        """The mode as the form says it."""
        values: dict[str, Any] = {}
        for figure in FIGURES:  # what was not touched stays as exact as it was
            shown, before = self.boxes[figure.field].value(), getattr(self._mode, figure.field)
            values[figure.field] = before if round(before, figure.decimals) == shown else shown
        return replace(self._mode, kind=ModeKind(self.kind.currentData()), hazmat=self.hazmat.isChecked(), **values)

    def show_mode(self, mode: Mode, usual: Mode) -> None:
        """Show a mode, and beside each figure that is not as usual the one that would be."""
        self._filling, self._mode = True, mode
        self.kind.setCurrentIndex(self.kind.findData(mode.kind.value))
        for figure in FIGURES:
            self.boxes[figure.field].setValue(getattr(mode, figure.field))
        self.hazmat.setChecked(mode.hazmat)
        self._filling = False
        self._reference = usual
        self._show_usual()

    def _on_edited(self) -> None:
        if not self._filling:
            self._show_usual()
            self.edited.emit()

    def _show_usual(self) -> None:
        mode, usual = self.mode, self._reference
        self._usual["kind"].setText("" if mode.kind == usual.kind else tr("Usual: {value}", value=KINDS[usual.kind]))
        for figure in FIGURES:
            value = getattr(usual, figure.field)
            same = getattr(mode, figure.field) == value
            words = self.boxes[figure.field].textFromValue(value) + figure.suffix
            if figure.unlimited and not value:
                words = tr("no limit")
            self._usual[figure.field].setText("" if same else tr("Usual: {value}", value=words))

    def _place(self, label: str, field: str, widget: QWidget) -> None:
        row = self._grid.rowCount()
        caption = QLabel(label)
        caption.setBuddy(widget)
        widget.setAccessibleName(label.replace("&", ""))
        widget.setFixedWidth(scaled(FIELD_WIDTH))
        usual = QLabel()
        usual.setObjectName(f"mode_usual_{field}")
        usual.setProperty("muted", True)
        usual.setMinimumWidth(scaled(FIELD_WIDTH))
        self._usual[field] = usual
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(widget, row, 1)
        self._grid.addWidget(usual, row, 2)


def _box(figure: Figure) -> NumberBox:
    box = NumberBox()
    box.setObjectName(f"mode_{figure.field}")
    box.setDecimals(figure.decimals)
    box.setRange(SPEED_FACTORS[0] if figure.field == "speed_factor" else 0.0, figure.most)
    box.setSingleStep(figure.step)
    box.setSuffix(figure.suffix)
    box.lineEdit().setTextMargins(GAP, 0, 0, 0)
    box.setToolTip(figure.tip)
    box.setAccessibleDescription(figure.tip)
    if figure.unlimited:
        box.setSpecialValueText(tr("no limit"))
    return box
