"""What holds for the whole scenario, as a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.edits.session import EditSession
from app.io.cells import CellError
from app.language import sentences, tr
from app.map.text_scale import scaled
from app.model.changes import set_settings
from app.model.document import Change
from app.model.scenario import Rounding, Scenario, Settings, TravelSource
from app.model.travel_words import travel_words
from app.model.validate import issues_of
from app.views.messages import InlineMessage
from app.views.roads.source_line import SourceLine, lacks
from app.views.tables import cells
from app.views.theme import GAP, MARGIN, Theme


@dataclass(frozen=True, slots=True)
class _Line:
    """A field that is typed."""

    field: str
    label: str
    tip: str
    show: Callable[[Any], str]
    read: Callable[[str], object]


def _names_of(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


_LINES = (
    _Line("name", tr("&Name"), tr("What the scenario is called"), cells.shown_text, cells.text_of),
    _Line("currency", tr("&Currency"), tr("Stands behind every cost"), cells.shown_text, cells.text_of),
    _Line(
        "dimensions",
        tr("&Load dimensions"),
        tr("What vehicles carry, parted by commas, such as kg, m3; customers and vehicles get a column for each"),
        ", ".join,
        _names_of,
    ),
    _Line(
        "detour",
        tr("&Detour factor"),
        tr("Road distance over great-circle distance"),
        cells.shown_number,
        cells.number_of,
    ),
    _Line(
        "priority_value",
        tr("Cost of leavin&g out"),
        tr("Of an optional customer of priority one"),
        cells.shown_number,
        cells.number_of,
    ),
)
_Choice = type[TravelSource] | type[Rounding]
_CHOICES: tuple[tuple[str, str, _Choice], ...] = (
    ("travel", tr("&Travel"), TravelSource),
    ("rounding", tr("Distances in a pl&ane"), Rounding),
)
_WORDS: dict[TravelSource | Rounding, str] = {
    TravelSource.GREAT_CIRCLE: tr("Great circle"),
    TravelSource.PLANE: tr("Plane"),
    TravelSource.MATRIX: tr("Matrix"),
    TravelSource.ROADS: tr("Roads"),
    TravelSource.SERVER: tr("Server"),
    Rounding.EXACT: tr("Exact"),
    Rounding.NEAREST: tr("Nearest"),
    Rounding.TRUNCATED: tr("Truncated"),
}
"""What each choice is called."""

_LEFT = 3
"""Typed fields on the left; the others stand on the right, below the choices."""

_WIDTHS = (220, 320)
"""Pixels; the least and the most of a field."""


class SettingsPanel(QWidget):
    """Edits `app.model.scenario.Settings`, each field as an undo step of its own.

    Signals
    -------
    source_wanted(app.model.scenario.TravelSource)
        A source of travel was chosen that has to be named first, or another of its kind is to be named.
    """

    source_wanted = Signal(object)

    def __init__(self, session: EditSession, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings_panel")
        self._session = session
        self.message = InlineMessage(theme)
        self._edits: dict[str, QLineEdit] = {}
        self._boxes: dict[str, QComboBox] = {}
        self._fields: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(MARGIN)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnMinimumWidth(2, 3 * MARGIN)
        for row, line in enumerate(_LINES[:_LEFT]):
            self._place(row, 0, line.label, self._edit(line))
        for row, (field, label, kind) in enumerate(_CHOICES):
            self._place(row, 3, label, self._box(field, kind))
        for row, line in enumerate(_LINES[_LEFT:], start=len(_CHOICES)):
            self._place(row, 3, line.label, self._edit(line))
        self.source = SourceLine()
        self.source.wanted.connect(self.source_wanted)
        self._grid.addWidget(self.source, _LEFT, 0, 1, 2)
        columns = QHBoxLayout()
        columns.addLayout(self._grid)
        columns.addStretch(1)
        self._hint = QLabel(tr("The time limit of a solve stands beside the Solve button."))
        self._hint.setProperty("muted", True)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(MARGIN)
        inside.addLayout(columns)
        inside.addWidget(self._hint)
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("settings_area")
        area.setAccessibleName(tr("Settings"))
        area.setAccessibleDescription(tr("The arrow keys scroll"))
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addWidget(area, 1)
        session.changed.connect(self._on_changed)
        self._show()

    def add_row(self, left: tuple[str, QWidget], right: tuple[str, QWidget] | None = None, hint: str = "") -> None:
        """Add one or two fields that are no settings of the scenario below those that are.

        Parameters
        ----------
        left, right
            Labels and fields.
        hint
            A sentence on them.
        """
        last = self._grid.rowCount()
        self._grid.setRowMinimumHeight(last, GAP)  # an empty row sets them apart
        self._place(last + 1, 0, *left)
        if right is not None:
            self._place(last + 1, 3, *right)
        self._hint.setText(sentences(self._hint.text(), hint))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for field in self._fields:
                _size(field)

    def _place(self, row: int, column: int, label: str, field: QWidget) -> None:
        self._fields.append(field)
        _size(field)
        caption = QLabel(label)
        caption.setBuddy(field)
        plain = label.replace("&", "")
        field.setAccessibleName(plain if not isinstance(field, QAbstractButton) else f"{plain}: {field.text()}")
        if not field.accessibleDescription():
            field.setAccessibleDescription(field.toolTip() or plain)
        self._grid.addWidget(caption, row, column)
        self._grid.addWidget(field, row, column + 1)

    def _edit(self, line: _Line) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(f"settings_{line.field}")
        edit.setToolTip(line.tip)
        edit.editingFinished.connect(lambda: self._on_typed(line))
        self._edits[line.field] = edit
        return edit

    def _box(self, field: str, kind: _Choice) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"settings_{field}")
        for choice in kind:
            box.addItem(_WORDS[choice], choice.value)
        box.activated.connect(lambda _: self._on_chosen(field, kind))
        self._boxes[field] = box
        return box

    def _on_typed(self, line: _Line) -> None:
        text = self._edits[line.field].text()
        if text == line.show(getattr(self._session.scenario.settings, line.field)):
            return
        try:
            value = line.read(text)
        except CellError as error:
            self._refuse(line, text, error.expected)
            return
        fields: dict[str, Any] = {line.field: value}
        settings = replace(self._session.scenario.settings, **fields)
        issue = next((one for one in issues_of(Scenario(settings=settings)) if one.field == line.field), None)
        if issue is not None:
            self._refuse(line, text, issue.expected)
            return
        self._session.do(*set_settings(self._session.state, settings))

    def _on_chosen(self, field: str, kind: _Choice) -> None:
        chosen = kind(self._boxes[field].currentData())
        if chosen is TravelSource.MATRIX and self._session.scenario.matrix is None:
            self._show()
            self.message.say(
                tr("There is no travel matrix: open a scenario folder that has distance.csv or duration.csv.")
            )
            return
        if isinstance(chosen, TravelSource) and lacks(self._session.scenario.settings, chosen):
            self._show()
            self.source_wanted.emit(chosen)
            return
        value: dict[str, Any] = {field: chosen}
        settings = replace(self._session.scenario.settings, **value)
        self._session.do(*set_settings(self._session.state, settings))

    def _refuse(self, line: _Line, text: str, expected: str) -> None:
        self._show()
        label = line.label.replace("&", "")
        self.message.say(
            sentences(
                tr(
                    "{field}: “{value}” is not possible; expected {expected}.",
                    field=label,
                    value=text,
                    expected=expected,
                ),
                tr("Nothing was changed."),
            )
        )

    def _on_changed(self, change: Change) -> None:
        if change.touches("settings"):
            self.message.clear()
            self._show()

    def show_source(self, words: str) -> None:
        """Say where distances and times come from now."""
        self.source.show_words(words, self._session.scenario.settings)

    def _show(self) -> None:
        self.show_source(travel_words(self._session.scenario))
        settings: Settings = self._session.scenario.settings
        for line in _LINES:
            self._edits[line.field].setText(line.show(getattr(settings, line.field)))
        for field, box in self._boxes.items():
            box.setCurrentIndex(box.findData(str(getattr(settings, field))))
        guesses = (TravelSource.GREAT_CIRCLE, TravelSource.SERVER)  # a server has not told all at once
        self._edits["detour"].setEnabled(settings.travel in guesses)
        self._boxes["rounding"].setEnabled(settings.travel is TravelSource.PLANE)


def _size(field: QWidget) -> None:
    least, most = _WIDTHS
    field.setMinimumWidth(scaled(least))
    field.setMaximumWidth(scaled(most))
