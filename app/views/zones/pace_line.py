"""The line of the dialog of a zone that says how fast its roads are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from app.language import tr
from app.views.theme import GAP

USUAL, SLOWER, CLOSED = "usual", "slower", "closed"
HALF = 50
"""Per cent of the usual speed that is proposed where roads are slower."""


class PaceLine(QWidget):
    """A choice, and a number where the roads are slower.

    Signals
    -------
    edited
        Another answer.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.choice.setObjectName("zone_roads")
        self.choice.setToolTip(tr("Counts where travel is by roads"))
        self.choice.setAccessibleName(tr("Roads inside"))
        for text, value in (
            (tr("As usual"), USUAL),
            (tr("Slower for everybody"), SLOWER),
            (tr("Closed to everybody"), CLOSED),
        ):
            self.choice.addItem(text, value)
        self.percent = QSpinBox()
        self.percent.setObjectName("zone_pace")
        self.percent.setAccessibleName(tr("Speed inside, in per cent of the usual one"))
        self.percent.setRange(5, 95)
        self.percent.setSingleStep(5)
        self.percent.setSuffix(" %")
        self.percent.setValue(HALF)
        self.percent.lineEdit().setTextMargins(GAP, 0, 0, 0)
        label = QLabel(tr("&Roads inside"))
        label.setBuddy(self.choice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(label)
        layout.addWidget(self.choice)
        layout.addWidget(self.percent)
        layout.addStretch(1)
        self.choice.currentIndexChanged.connect(self._on_edited)
        self.percent.valueChanged.connect(self._on_edited)
        self._on_edited()

    @property
    def pace(self) -> float:
        """As in `app.model.scenario.Zone`."""
        chosen = self.choice.currentData()
        return 1.0 if chosen == USUAL else 0.0 if chosen == CLOSED else self.percent.value() / 100

    def _on_edited(self) -> None:
        self.percent.setVisible(self.choice.currentData() == SLOWER)
        self.edited.emit()
