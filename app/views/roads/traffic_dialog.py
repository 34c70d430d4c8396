"""Speeds by the hour: how fast streets are in the rush and at night."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.model.traffic import GROUPS, Traffic
from app.views.roads.hour_grid import USUAL, HourGrid
from app.views.theme import GAP, MARGIN, Theme

SAME, CITY, OWN = "same", "city", "own"
"""Presets: no traffic, the built-in one, and what was edited here."""

EXPLAINED = tr(
    "In per cent of the usual speed: at 50 a street takes twice as long. Whoever cycles or walks passes the queues. "
    "Select several hours and type a number for all of them."
)


class TrafficDialog(QDialog):
    """A choice of presets, and a number for each hour and group of streets.

    Parameters
    ----------
    traffic
        What it begins with; None is the same at all hours.
    theme
        Has the colours.
    """

    def __init__(self, traffic: Traffic | None, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("traffic_dialog")
        self.setWindowTitle(tr("Speeds by the Hour"))
        self.finished.connect(self.deleteLater)
        self.preset = QComboBox()
        self.preset.setObjectName("traffic_preset")
        for text, value in (
            (tr("The same at all hours"), SAME),
            (tr("Rush hours of a city"), CITY),
            (tr("My own speeds"), OWN),
        ):
            self.preset.addItem(text, value)
        self.grid = HourGrid(theme)
        self.grid.setMinimumSize(self.grid.least_size())
        self.grid.edited.connect(self._show_preset)
        self.preset.activated.connect(self._on_preset)
        self._lay_out()
        if traffic is not None:
            self.grid.show_percents(_percents(traffic))
        self._show_preset()
        self.grid.setFocus()

    @property
    def traffic(self) -> Traffic | None:
        """What the dialog says; None where all hours are as usual."""
        percents = self.grid.percents
        if all(percent == USUAL for row in percents.values() for percent in row):
            return None
        return Traffic(**{group: tuple(percent / 100 for percent in row) for group, row in percents.items()})

    def _lay_out(self) -> None:
        label = QLabel(tr("&Speeds"))
        label.setBuddy(self.preset)
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(label)
        top.addWidget(self.preset)
        top.addStretch(1)
        explained = QLabel(EXPLAINED)
        explained.setProperty("muted", True)
        explained.setWordWrap(True)
        cancel = QPushButton(tr("Cancel"))
        cancel.setObjectName("traffic_cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        use = QPushButton(tr("&Use These Speeds"))
        use.setObjectName("traffic_use")
        use.setProperty("primary", True)
        use.setDefault(True)
        use.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(top)
        layout.addWidget(self.grid, 1)
        layout.addWidget(explained)
        layout.addLayout(buttons)

    def _on_preset(self) -> None:
        chosen = self.preset.currentData(Qt.ItemDataRole.UserRole)
        if chosen != OWN:
            self.grid.show_percents(_percents(Traffic()) if chosen == CITY else {})

    def _show_preset(self) -> None:
        now = self.grid.percents
        known = {SAME: dict.fromkeys(now, (USUAL,) * len(now["main"])), CITY: _percents(Traffic())}
        name = next((preset for preset, percents in known.items() if percents == now), OWN)
        self.preset.setCurrentIndex(self.preset.findData(name))


def _percents(traffic: Traffic) -> dict[str, tuple[int, ...]]:
    return {group: tuple(round(100 * factor) for factor in getattr(traffic, group)) for group in GROUPS}
