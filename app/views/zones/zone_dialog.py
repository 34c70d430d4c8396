"""Asked when a zone was drawn: what it is called, which vehicles may enter, when, and how fast its roads are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.language import tr, trn
from app.map.outline import Ring
from app.model.scenario import Scenario, TravelSource, Window
from app.model.zones import inside
from app.views.theme import GAP, MARGIN
from app.views.zones.pace_line import PaceLine
from app.views.zones.vehicle_line import VehicleLine

WIDTH = 420
MOST_SHOWN = 10
"""Vehicle types beyond this are scrolled to."""


class ZoneDialog(QDialog):
    """A name, and for each vehicle type a box and hours; rejecting it leaves the drawing as it is.

    Parameters
    ----------
    scenario
        Has the vehicles and the customers.
    ring
        What was drawn.
    """

    def __init__(self, scenario: Scenario, ring: Ring, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zone_dialog")
        self.setWindowTitle(tr("New Zone"))
        self.setMinimumWidth(WIDTH)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = QLineEdit()
        self._name.setObjectName("zone_name")
        self._name.setAccessibleName(tr("Name of the zone"))
        self._name.setPlaceholderText(tr("Name, such as Old town"))
        self.boxes = {key: VehicleLine(scenario, key) for key in scenario.vehicles}
        for box in self.boxes.values():
            box.edited.connect(self._say)
        self.roads = PaceLine()
        self._inside = _inside(scenario, ring)
        self._accept = QPushButton(tr("Add Zone"))
        self._sentence = QLabel()
        self._sentence.setObjectName("zone_sentence")
        self._sentence.setProperty("muted", True)
        self._sentence.setWordWrap(True)
        self._lay_out()
        self._say()
        self._name.setFocus()

    @property
    def name(self) -> str:
        """What the zone is called."""
        return self._name.text().strip()

    @property
    def forbidden(self) -> frozenset[str]:
        """Ids of the vehicle types that may not enter."""
        return frozenset(key for key, box in self.boxes.items() if not box.isChecked())

    @property
    def hours(self) -> Mapping[str, tuple[Window, ...]]:
        """When those vehicle types may enter that may not at any time."""
        return MappingProxyType({key: box.hours for key, box in self.boxes.items() if box.isChecked() and box.hours})

    @property
    def pace(self) -> float:
        """How fast the roads inside are, as in `app.model.scenario.Zone`."""
        return self.roads.pace

    def accept(self) -> None:
        """Close, unless there are hours that make no sense: then stay there."""
        wrong = next((box for box in self.boxes.values() if box.fault), None)
        if wrong is None:
            super().accept()
        else:
            wrong.editor.setFocus()

    def _lay_out(self) -> None:
        heading = QLabel(
            tr("Which vehicles may enter, and when?") if self.boxes else tr("There are no vehicles yet; all may enter.")
        )
        boxes = QWidget()
        grid = QGridLayout(boxes)
        grid.setContentsMargins(2, 2, 2, 2)
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        for row, box in enumerate(self.boxes.values()):
            grid.addWidget(box, row, 0)
            grid.addWidget(box.editor, row, 1)
        listed: QWidget = boxes
        if len(self.boxes) > MOST_SHOWN:
            area = QScrollArea()
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setWidget(boxes)
            area.setFixedHeight(MOST_SHOWN * (boxes.sizeHint().height() // len(self.boxes)))
            listed = area
        cancel = QPushButton(tr("Back to Drawing"))
        cancel.setObjectName("zone_back")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        accept = self._accept
        accept.setObjectName("zone_add")
        accept.setProperty("primary", True)
        accept.setDefault(True)
        accept.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self._name)
        layout.addWidget(heading)
        layout.addWidget(listed)
        layout.addWidget(self.roads)
        layout.addWidget(self._sentence)
        layout.addLayout(buttons)

    def _say(self) -> None:
        """Say what this means for the customers in the zone."""
        wrong = next((box for box in self.boxes.values() if box.fault), None)
        self._accept.setEnabled(wrong is None)
        if wrong is not None:
            self._sentence.setText(tr("{vehicle}: expected {expected}.", vehicle=wrong.name, expected=wrong.fault))
            return
        inside, closed, total = self._inside, len(self.forbidden), len(self.boxes)
        said = [_with_customers(inside, closed, total) if inside else _without(closed, total)]
        if self.hours:
            said.append(
                trn(
                    "{number} vehicle type may begin to serve there at its hours only.",
                    "{number} vehicle types may begin to serve there at their hours only.",
                    len(self.hours),
                )
            )
        self._sentence.setText(" ".join(said))


def _inside(scenario: Scenario, ring: Ring) -> int:
    """Return how many customers lie in a ring."""
    points = np.array([(one.lat, one.lon) for one in scenario.customers.values()], dtype=np.float64).reshape(-1, 2)
    return int(inside(ring, points, scenario.settings.travel is TravelSource.PLANE).sum()) if len(points) else 0


def _without(closed: int, total: int) -> str:
    if not closed:
        return tr("No customer lies in the zone: every vehicle may enter.")
    if closed == total:
        return tr("No customer lies in the zone: no vehicle may enter.")
    return trn(
        "No customer lies in the zone: closed to {number} vehicle type of {total}.",
        "No customer lies in the zone: closed to {number} vehicle types of {total}.",
        closed,
        total=total,
    )


def _with_customers(inside: int, closed: int, total: int) -> str:
    if not closed:
        return trn(
            "{number} customer lies in the zone: every vehicle may serve them.",
            "{number} customers lie in the zone: every vehicle may serve them.",
            inside,
        )
    if closed == total:
        return trn(
            "{number} customer lies in the zone: nobody could serve them.",
            "{number} customers lie in the zone: nobody could serve them.",
            inside,
        )
    types = trn("{number} vehicle type", "{number} vehicle types", closed)
    return trn(
        "{number} customer lies in the zone: closed to {types} of {total}.",
        "{number} customers lie in the zone: closed to {types} of {total}.",
        inside,
        types=types,
        total=total,
    )
