"""One vehicle type of the dialog of a zone: whether it may enter, and when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.io.cells import CellError
from app.language import tr
from app.model.scenario import Scenario, Window, Zone
from app.model.validate import issues_of_item
from app.views.tables.cells import shown_windows, windows_of


class VehicleLine(QCheckBox):
    """A box that says whether a vehicle type may enter, and beside it the hours at which it may.

    Parameters
    ----------
    scenario
        Has the vehicle.
    vehicle
        Its id.

    Attributes
    ----------
    editor
        The hours, as in a table of customers; nothing is any time.

    Signals
    -------
    edited
        Another answer.
    """

    edited = Signal()

    def __init__(self, scenario: Scenario, vehicle: str, parent: QWidget | None = None) -> None:
        name = scenario.vehicles[vehicle].name or vehicle
        super().__init__(name.replace("&", "&&"), parent)
        self.vehicle, self.name = vehicle, name
        self._scenario = scenario
        self.setObjectName(f"zone_may_enter_{vehicle}")
        self.setAccessibleName(tr("{vehicle} may enter", vehicle=name))
        self.setChecked(True)
        self.editor = QLineEdit()
        self.editor.setObjectName(f"zone_hours_{vehicle}")
        self.editor.setAccessibleName(tr("Hours at which {vehicle} may enter", vehicle=name))
        self.editor.setPlaceholderText(tr("at any time"))
        self.editor.setToolTip(tr("Such as 6–11, or 06:00–11:00, 18:00–20:00"))
        self.editor.textEdited.connect(self.edited)
        self.editor.editingFinished.connect(self._write_out)
        self.toggled.connect(self._on_toggled)

    @property
    def hours(self) -> tuple[Window, ...]:
        """When it may enter; nothing is any time, or never where the box is not ticked."""
        return () if self.fault else windows_of(self.editor.text())

    @property
    def fault(self) -> str:
        """What is expected instead of hours that make no sense; empty when they do."""
        if not self.isChecked():
            return ""
        try:
            windows = windows_of(self.editor.text())
        except CellError as error:
            return error.expected
        zone = Zone("zone", hours={self.vehicle: windows} if windows else {})
        found = (issue.expected for issue in issues_of_item(self._scenario, zone) if issue.field == "hours")
        return next(found, "")

    def _on_toggled(self, may: bool) -> None:
        self.editor.setEnabled(may)
        self.edited.emit()

    def _write_out(self) -> None:
        """Show hours as all tables show them, once they are typed."""
        if self.hours:
            self.editor.setText(shown_windows(self.hours))
