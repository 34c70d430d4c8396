"""What may change, how firmly the rest is kept, how long to search: the left side of the re-plan dock."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.model.replan import FIRMNESS, Part
from app.views.number_box import NumberBox
from app.views.theme import GAP, MARGIN

PARTS = {
    Part.EVERYTHING: (tr("Everyth&ing"), tr("All routes may change, and unassigned customers are taken in")),
    Part.ROUTES: (tr("Selected ro&utes"), tr("The selected routes exchange stops and take unassigned customers in")),
    Part.INSERT: (tr("Insert unassig&ned only"), tr("Who is in no route joins one; all others keep vehicle and order")),
    Part.ORDER: (tr("&Order within routes only"), tr("Every stop stays on its vehicle")),
}
"""What each choice is called and does."""

FIRM = (tr("Free"), tr("Loosely"), tr("Somewhat"), tr("Rather firmly"), tr("Firmly"), tr("Very firmly"))
"""What each firmness is called."""

SECONDS = 5.0


class ReplanControls(QWidget):
    """Four choices, a slider, seconds and a button.

    Parameters
    ----------
    settings
        Remembers how long to search.

    Signals
    -------
    start_requested
        The button was pressed while nothing is searched.
    stop_requested
        It was pressed during a search.
    firmness_changed
        The slider stands elsewhere.
    """

    start_requested = Signal()
    stop_requested = Signal()
    firmness_changed = Signal()

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replan_controls")
        self._settings = settings
        self._searching = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP // 2)
        self.parts: dict[Part, QRadioButton] = {}
        group = QButtonGroup(self)
        for part, (text, tip) in PARTS.items():
            button = QRadioButton(text)
            button.setObjectName(f"replan_{part.value}")
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            group.addButton(button)
            layout.addWidget(button)
            self.parts[part] = button
        self.parts[Part.EVERYTHING].setChecked(True)
        layout.addLayout(self._make_slider())
        layout.addLayout(self._make_row())
        layout.addStretch(1)

    @property
    def part(self) -> Part:
        """What may change."""
        return next(part for part, button in self.parts.items() if button.isChecked())

    @property
    def firmness(self) -> int:
        """How firmly the plan is kept, a place in `app.model.replan.FIRMNESS`."""
        return self.slider.value()

    def show_routes(self, count: int) -> None:
        """Say how many routes are selected; without one that choice is off."""
        button = self.parts[Part.ROUTES]
        button.setText(f"{PARTS[Part.ROUTES][0]} ({count})" if count else PARTS[Part.ROUTES][0])
        button.setEnabled(bool(count))
        if not count and button.isChecked():
            self.parts[Part.EVERYTHING].setChecked(True)

    def show_state(self, *, searching: bool, idle: bool) -> None:
        """Let the button start a search, or stop it."""
        self._searching = searching
        self.button.setText(tr("Stop") if searching else tr("Re-p&lan"))
        self.button.setEnabled(searching or idle)

    def show_price(self, text: str) -> None:
        """Say what the slider means for the present plan."""
        self.slider.setToolTip(text)
        self.slider.setAccessibleDescription(text)
        self._firm.setToolTip(text)

    def _make_slider(self) -> QVBoxLayout:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("replan_firmness")
        self.slider.setAccessibleName(tr("Keep the plan as it is"))
        self.slider.setRange(0, len(FIRMNESS) - 1)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        label = QLabel(tr("&Keep the plan as it is"))
        label.setBuddy(self.slider)
        self._firm = QLabel()
        self._firm.setObjectName("replan_firmness_word")
        self._firm.setProperty("muted", True)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self._firm)
        self.slider.valueChanged.connect(self._on_slider)
        self._on_slider()
        made = QVBoxLayout()
        made.setContentsMargins(0, GAP, 0, 0)
        made.setSpacing(0)
        made.addLayout(head)
        made.addWidget(self.slider)
        return made

    def _make_row(self) -> QHBoxLayout:
        self.seconds = NumberBox()
        self.seconds.setObjectName("replan_seconds")
        self.seconds.setAccessibleName(tr("Time limit, seconds"))
        self.seconds.setAccessibleDescription(tr("How long the search for a proposal may take"))
        self.seconds.setRange(0.1, 3600)
        self.seconds.setDecimals(1)
        self.seconds.setSuffix(" s")
        self.seconds.lineEdit().setTextMargins(GAP, 0, 0, 0)
        remembered = self._settings.value("replan/seconds", SECONDS, float)
        self.seconds.setValue(remembered if isinstance(remembered, float) else SECONDS)
        self.seconds.valueChanged.connect(lambda value: self._settings.setValue("replan/seconds", value))
        self.button = QPushButton()
        self.button.setObjectName("replan_button")
        self.button.setAccessibleDescription(tr("Searches for a proposal; the plan stays until it is accepted"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._on_button)
        row = QHBoxLayout()
        row.setContentsMargins(0, GAP, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.button)
        row.addWidget(self.seconds)
        row.addStretch(1)
        self.show_state(searching=False, idle=True)
        return row

    def _on_slider(self) -> None:
        self._firm.setText(FIRM[self.slider.value()])
        self.firmness_changed.emit()

    def _on_button(self) -> None:
        (self.stop_requested if self._searching else self.start_requested).emit()
