"""What to export: the kind of file, which routes, and how a manifest looks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.io.navigation import Codes
from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.scenario import Scenario
from app.paper.options import PaperOptions, PaperSize
from app.plan_files import FILES, PlanFile
from app.views.theme import GAP, MARGIN, RADIO

_PAPERS = ((PaperSize.A4, tr("A4")), (PaperSize.LETTER, tr("US Letter")))
_CODES = (
    (Codes.PLACES, tr("Beside each stop, for the phone's own map")),
    (Codes.DIRECTIONS, tr("Beside each stop, for Google Maps")),
    (Codes.STAGES, tr("For every ten stops, for Google Maps")),
    (Codes.NONE, tr("None")),
)
BELOW = 120
"""Pixels of a screen that are kept for the buttons, what stands above them, and the title of the window."""

_KIND, _PAPER, _CODES_KEY, _WHY = "export/kind", "export/paper", "export/codes", "export/why"


class ExportDialog(QDialog):
    """Offers every kind of file; what was chosen the last time is chosen already.

    Parameters
    ----------
    scenario
        What is exported; some kinds cannot hold every scenario.
    routes
        How many the plan has; without any, only the scenario can be exported.
    selected
        How many of them are selected.
    settings
        Where the choice is remembered.
    note
        What the user should know before; "" for nothing.
    missing
        Why there are no routes, if there are none.
    """

    def __init__(
        self,
        scenario: Scenario,
        routes: int,
        selected: int,
        settings: QSettings,
        parent: QWidget | None = None,
        *,
        note: str = "",
        missing: str = tr("There is no plan yet: solve first."),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(tr("Export"))
        self.finished.connect(self.deleteLater)
        self._settings = settings
        self._kinds: dict[QRadioButton, PlanFile] = {}
        self._group = QButtonGroup(self)
        self._area = QScrollArea()
        self._all, self._selected = QRadioButton(), QRadioButton()
        self._scope = QGroupBox(tr("Routes"))
        self._manifests = QGroupBox(tr("Manifests"))
        self._print = QPushButton(tr("P&rint…"))
        self._to_printer = False
        self._paper = _box("export_paper", _PAPERS, str(settings.value(_PAPER, "")))
        self._codes = _box("export_codes", _CODES, str(settings.value(_CODES_KEY, "")))
        self._why = QCheckBox(tr("Say at each stop &why the route goes there"))
        self._why.setObjectName("export_why")
        self._why.setChecked(settings.value(_WHY, False, type=bool) is True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(
            self._choices(self._kinds_box(scenario, routes), self._scope_box(routes, selected), self._manifests_box())
        )
        if note := note if routes else missing:
            told = QLabel(note)
            told.setObjectName("export_note")
            told.setWordWrap(True)
            layout.addWidget(told)
        layout.addLayout(self._buttons())
        self._choose(str(settings.value(_KIND, "")))
        self._show_options()
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def kind(self) -> PlanFile:
        """The kind of file that is chosen."""
        return next(file for button, file in self._kinds.items() if button.isChecked())

    @property
    def only_selected(self) -> bool:
        """Whether only the selected routes are wanted."""
        return self._scope.isEnabled() and self._selected.isChecked()

    @property
    def to_printer(self) -> bool:
        """Whether the user wants paper at once, and no file."""
        return self._to_printer

    def accept(self) -> None:
        """Remember what was chosen, and close."""
        self._settings.setValue(_KIND, self.kind.key)
        self._settings.setValue(_PAPER, self._paper.currentData())
        self._settings.setValue(_CODES_KEY, self._codes.currentData())
        self._settings.setValue(_WHY, self._why.isChecked())
        super().accept()

    def _choices(self, *boxes: QWidget) -> QScrollArea:
        """Return all that can be chosen, which can be scrolled where large text takes more than the screen."""
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MARGIN)
        for box in boxes:
            layout.addWidget(box)
        self._area.setObjectName("export_choices")
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        wanted, room = inside.sizeHint(), self.screen().availableGeometry().height() - scaled(BELOW)
        bar = self._area.verticalScrollBar().sizeHint().width() if wanted.height() > room else 0
        self._area.setMinimumSize(wanted.width() + bar + 2, min(wanted.height() + 2, room))
        return self._area

    def _kinds_box(self, scenario: Scenario, routes: int) -> QWidget:
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for file in FILES:
            button, about = QRadioButton(file.title), QLabel(file.about)
            button.setObjectName(f"export_{file.key}")
            about.setProperty("muted", True)
            about.setContentsMargins(scaled(RADIO) + 14, 0, 0, GAP)  # below the title
            if not file.suits(scenario):
                about.setText(tr("Needs places on the earth; this scenario is on a plane."))
            button.setEnabled(file.suits(scenario) and bool(routes or not file.of_plan))
            button.setAccessibleDescription(about.text())
            self._kinds[button] = file
            self._group.addButton(button)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(about)
        return box

    def _scope_box(self, routes: int, selected: int) -> QGroupBox:
        self._all.setObjectName("export_all_routes")
        self._all.setText(trn("The only route", "All {number} routes", routes) if routes else tr("All routes"))
        self._all.setChecked(True)
        self._selected.setObjectName("export_selected_routes")
        self._selected.setText(
            trn("The {number} selected route", "The {number} selected routes", selected)
            if selected
            else tr("Selected routes: there are none")
        )
        self._selected.setEnabled(bool(selected))
        layout = QHBoxLayout(self._scope)
        layout.setSpacing(2 * MARGIN)
        layout.addWidget(self._all)
        layout.addWidget(self._selected)
        layout.addStretch()
        return self._scope

    def _manifests_box(self) -> QGroupBox:
        form = QFormLayout(self._manifests)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.addRow(tr("Pa&per"), self._paper)
        form.addRow(tr("&Codes to scan"), self._codes)
        form.addRow(self._why)
        return self._manifests

    def _buttons(self) -> QHBoxLayout:
        cancel, export = QPushButton(tr("Cancel")), QPushButton(tr("&Export…"))
        cancel.setObjectName("export_cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        export.setObjectName("export_accept")
        export.setDefault(True)
        export.clicked.connect(self.accept)
        self._print.setObjectName("export_print")
        self._print.setAutoDefault(False)
        self._print.clicked.connect(self._accept_paper)
        layout = QHBoxLayout()
        layout.addWidget(self._print)
        layout.addStretch()
        layout.addWidget(cancel)
        layout.addWidget(export)
        return layout

    def _choose(self, key: str) -> None:
        """Choose a kind, or the first one that can be chosen."""
        possible = [button for button in self._kinds if button.isEnabled()]
        button = next((one for one in possible if self._kinds[one].key == key), possible[0])
        button.setChecked(True)
        button.setFocus()

    def _on_toggled(self, button: QAbstractButton, checked: bool) -> None:
        if checked:
            self._area.ensureWidgetVisible(button)
            self._show_options()

    def _accept_paper(self) -> None:
        self._to_printer = True
        self.accept()

    def _show_options(self) -> None:
        self._scope.setEnabled(self.kind.of_plan)
        for widget in (self._manifests, self._print):
            widget.setEnabled(self.kind.key == "pdf")


def paper_options(settings: QSettings, printed: str) -> PaperOptions:
    """Return what was chosen the last time.

    Parameters
    ----------
    settings
        Where it is remembered.
    printed
        When it is made, in words.
    """
    paper, codes = str(settings.value(_PAPER, "")), str(settings.value(_CODES_KEY, ""))
    return PaperOptions(
        PaperSize(paper) if paper in set(PaperSize) else PaperSize.A4,
        Codes(codes) if codes in set(Codes) else Codes.PLACES,
        printed,
        settings.value(_WHY, False, type=bool) is True,
    )


def _box(name: str, choices: Iterable[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for value, label in choices:
        box.addItem(label, str(value))
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box
