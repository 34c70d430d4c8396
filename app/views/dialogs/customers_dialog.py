"""Customers from a file of any shape: how it was understood, what each column is, and what cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.io.column_guess import targets
from app.io.customer_addresses import addresses_of
from app.io.customers_import import ENCODINGS, Preview, import_customers, preview
from app.io.geocoding.addresses import Address
from app.io.issues import RowIssue
from app.io.mapping_store import MappingStore
from app.jobs.background import BackgroundRunner
from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.scenario import Customer, Point, Scenario
from app.views.dialogs.column_words import title
from app.views.dialogs.issues_export import export_issues
from app.views.dialogs.issues_table import IssuesTable, issues_view
from app.views.theme import GAP, MARGIN

COLUMN_WIDTH = 164
"""Pixels of a column of the preview: what it is has to be read in the box on top of it."""

_DELIMITERS = ((",", tr("Comma")), (";", tr("Semicolon")), ("\t", tr("Tab")))
_DECIMALS = ((".", tr("Point")), (",", tr("Comma")))
_HEADERS = ((True, tr("First row has titles")), (False, tr("No titles")))
_UNUSED = tr("Keep, but do not use")
_DELAY = 60  # milliseconds in which several changes are one


@dataclass(frozen=True, slots=True)
class _Result:
    """What the file gives with the mapping of the moment."""

    customers: tuple[Customer, ...] = ()
    issues: tuple[RowIssue, ...] = ()
    addresses: Mapping[int, Address] = field(default_factory=dict)


class PlacesForm(Protocol):
    """The dialog that finds places, as far as it matters here."""

    accepted: SignalInstance

    @property
    def places(self) -> dict[int, Point]:
        """Places by the line of their row."""
        ...

    def open(self) -> None:
        """Show it."""
        ...


FindPlaces = Callable[[Mapping[int, Address], Mapping[int, Point], QWidget], PlacesForm]


class CustomersDialog(QDialog):
    """Shows a preview; each column has a combo box that says what it is. Nothing changes until it is accepted.

    Parameters
    ----------
    source
        A path, or the bytes of a clipboard.
    first
        The preview as guessed.
    scenario
        To which the customers are to be added.
    store
        Remembers the mapping that was accepted.
    runner
        Reads the file anew, and all of its rows, beside the window.
    find_places
        Makes the dialog that finds places of addresses, given these, the places that are known, and its owner; None
        where nobody can.

    Attributes
    ----------
    customers
        Those to be added, when the dialog was accepted.
    """

    def __init__(
        self,
        source: Path | bytes,
        first: Preview,
        scenario: Scenario,
        store: MappingStore,
        runner: BackgroundRunner,
        parent: QWidget | None = None,
        find_places: FindPlaces | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("customers_dialog")
        self.setWindowTitle(tr("Import Customers from {file}", file=first.file))
        self.resize(980, 600)
        self.finished.connect(self.deleteLater)
        self._source, self._scenario, self._store, self._runner = source, scenario, store, runner
        self._preview, self._find_places = first, find_places
        self._addresses: dict[int, Address] = {}
        self._places: dict[int, Point] = {}
        self._result = _Result()
        self._wanted = 0  # number of the newest question; older answers are out of date
        self._over = False  # then its widgets may be gone
        self._boxes: list[QComboBox] = []
        self._heading = QLabel()
        self._heading.setObjectName("customers_heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._sample = QTableWidget()
        self._issues = IssuesTable((), self)
        self._issues_view = issues_view(self._issues)
        self._accept = QPushButton(tr("Import"))
        self._export = QPushButton(tr("Export List…"))
        self._find = QPushButton()
        self._exported = QLabel()
        self._exported.setObjectName("customers_exported")
        self._exported.setTextFormat(Qt.TextFormat.PlainText)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY)
        self._timer.timeout.connect(self._try_mapping)
        self._lay_out()
        self._show_preview(first)

    @property
    def customers(self) -> tuple[Customer, ...]:
        """The customers that the file gives with the mapping of the moment."""
        return self._result.customers

    def mapping(self) -> dict[str, int]:
        """Return which column is what, as the combo boxes say."""
        chosen = {box.currentData(): place for place, box in enumerate(self._boxes)}
        return {target: place for target, place in chosen.items() if target is not None}

    def accept(self) -> None:
        """Remember the mapping and close."""
        chosen, mapping = self._preview, self.mapping()
        self._runner.run(
            tr("Remembering the columns"),
            lambda: self._store.remember(chosen, mapping),
            lambda _: None,
            lambda _: None,  # then the next file is guessed anew, which is no harm
        )
        super().accept()

    def _lay_out(self) -> None:
        self._encoding = _box("customers_encoding", [(name, name) for name in ENCODINGS])
        self._delimiter = _box("customers_delimiter", _DELIMITERS)
        self._decimal = _box("customers_decimal", _DECIMALS)
        self._header = _box("customers_header", _HEADERS)
        for box in (self._encoding, self._delimiter, self._decimal, self._header):
            box.activated.connect(lambda _: self._read_again())
        options = QHBoxLayout()
        options.setSpacing(GAP)
        for text, box in (
            (tr("&Encoding"), self._encoding),
            (tr("&Delimiter"), self._delimiter),
            (tr("Decimal &sign"), self._decimal),
            (tr("&Titles"), self._header),
        ):
            label = QLabel(text)
            label.setBuddy(box)
            options.addWidget(label)
            options.addWidget(box)
            options.addSpacing(MARGIN)
        options.addStretch()

        self._sample.setObjectName("customers_sample")
        self._sample.setAccessibleName(tr("Preview, with what each column is in the first row"))
        self._sample.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._sample.setShowGrid(False)
        self._sample.setAlternatingRowColors(True)
        self._sample.verticalHeader().hide()
        self._sample.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        below = QWidget()
        below_layout = QVBoxLayout(below)
        below_layout.setContentsMargins(0, GAP, 0, 0)
        above = QHBoxLayout()
        above.addWidget(self._heading)
        above.addStretch()
        above.addWidget(self._find)
        below_layout.addLayout(above)
        below_layout.addWidget(self._issues_view, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setHandleWidth(1)
        splitter.addWidget(self._sample)
        splitter.addWidget(below)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)

        self._export.setObjectName("customers_export")
        self._export.setAutoDefault(False)
        self._export.clicked.connect(self._export_issues)
        self._find.setObjectName("customers_find_places")
        self._find.setAutoDefault(False)
        self._find.setToolTip(tr("Look for the places of rows that say an address and no coordinates"))
        self._find.clicked.connect(self._on_find)
        self._find.hide()
        cancel = QPushButton(tr("Cancel"))
        cancel.setObjectName("customers_cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._accept.setObjectName("customers_accept")
        self._accept.setDefault(True)
        self._accept.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._export)
        buttons.addWidget(self._exported, 1)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self._accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(options)
        layout.addWidget(splitter, 1)
        layout.addLayout(buttons)

    def _show_preview(self, read: Preview) -> None:
        self._preview = read
        for box, value in (
            (self._encoding, read.encoding),
            (self._delimiter, read.delimiter),
            (self._decimal, read.decimal),
            (self._header, read.has_header),
        ):
            if box.findData(value) < 0:
                box.addItem(str(value), value)
            box.setCurrentIndex(box.findData(value))
        mapping = self._store.recall(read) or read.mapping
        meant = {place: target for target, place in mapping.items()}
        choices = targets(self._scenario.settings.dimensions)
        self._sample.clear()
        self._sample.setColumnCount(len(read.columns))
        self._sample.setRowCount(len(read.sample) + 1)
        self._sample.setHorizontalHeaderLabels(list(read.columns))
        self._boxes = []
        for place, name in enumerate(read.columns):
            box = _box(f"customers_column_{place}", [(None, _UNUSED), *((one, title(one)) for one in choices)])
            box.setAccessibleName(tr("What column {name} is", name=name))
            box.setCurrentIndex(max(box.findData(meant.get(place)), 0))
            box.activated.connect(lambda _, place=place: self._on_chosen(place))
            self._boxes.append(box)
            self._sample.setCellWidget(0, place, box)
            self._sample.setColumnWidth(place, scaled(COLUMN_WIDTH))
            for row, cells in enumerate(read.sample, start=1):
                self._sample.setItem(row, place, QTableWidgetItem(cells[place]))
        self._sample.setRowHeight(0, scaled(32))
        self._try_mapping()

    def _on_chosen(self, place: int) -> None:
        """A target can be one column only: it is taken from the one that had it."""
        target = self._boxes[place].currentData()
        for other, box in enumerate(self._boxes):
            if other != place and target is not None and box.currentData() == target:
                box.setCurrentIndex(0)
        self._timer.start()

    def _read_again(self) -> None:
        self._places.clear()  # rows may be others
        source, dimensions = self._source, self._scenario.settings.dimensions
        encoding, delimiter = self._encoding.currentData(), self._delimiter.currentData()
        decimal, has_header = self._decimal.currentData(), self._header.currentData()
        self._ask(
            lambda: preview(
                source,
                dimensions,
                encoding=encoding,
                delimiter=delimiter,
                decimal=decimal,
                has_header=has_header,
            ),
            self._show_preview,
        )

    def _try_mapping(self) -> None:
        read, mapping, scenario, places = self._preview, self.mapping(), self._scenario, dict(self._places)
        self._accept.setEnabled(False)
        self._ask(
            lambda: _Result(*import_customers(read, mapping, scenario, places), addresses_of(read, mapping)),
            self._show_result,
        )

    def _on_find(self) -> None:
        assert self._find_places is not None
        dialog = self._find_places(self._addresses, self._places, self)
        dialog.accepted.connect(lambda: self._take_places(dialog.places))
        dialog.open()

    def _take_places(self, places: dict[int, Point]) -> None:
        self._places = places
        self._try_mapping()

    def _show_result(self, result: _Result) -> None:
        self._result = result
        self._addresses = dict(result.addresses)
        self._find.setVisible(bool(result.addresses) and self._find_places is not None)
        missing = len(result.addresses.keys() - self._places.keys())
        self._find.setText(trn("&Find Place of {number} Address…", "&Find Places of {number} Addresses…", missing))
        self._issues.set_issues(result.issues)
        self._issues_view.setVisible(bool(result.issues))
        self._export.setVisible(bool(result.issues))
        self._exported.clear()
        count, bad = len(result.customers), len(result.issues)
        good = trn("{number} customer can be imported", "{number} customers can be imported", count)
        self._heading.setText(
            trn("{good}; {number} place cannot be used:", "{good}; {number} places cannot be used:", bad, good=good)
            if bad
            else good
        )
        self._accept.setText(trn("Import {number}", "Import {number}", count) if count else tr("Import"))
        self._accept.setEnabled(bool(result.customers))

    def _export_issues(self) -> None:
        export_issues(self._preview.file, self._result.issues, self._runner, self._exported.setText, self)

    def _ask(self, work: Callable[[], object], show: Callable[..., None]) -> None:
        """Do some work beside the window, and show its result unless a newer question was asked meanwhile."""
        self._wanted += 1
        wanted = self._wanted

        def done(result: object) -> None:
            if wanted == self._wanted and not self._over:
                show(result)

        self._runner.run(tr("Reading {file}", file=self._preview.file), work, done, lambda _: None)

    def done(self, result: int) -> None:
        """Close; what is still being read does not matter any more."""
        self._over = True
        self._timer.stop()
        super().done(result)


def _box(name: str, choices: Iterable[tuple[object, str]]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for value, label in choices:
        box.addItem(label, value)
    return box
