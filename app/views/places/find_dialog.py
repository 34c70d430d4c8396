"""Looking for an address: what is typed is looked for on this computer, and what was found can be shown or added."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from app.io.column_guess import read_pair
from app.io.geocoding.addresses import parsed
from app.io.geocoding.candidates import Candidate, Geocoder, Quality
from app.jobs.servers.place_finder import PlaceFinder
from app.language import tr
from app.map.text_scale import scaled
from app.model.scenario import Point
from app.views.theme import GAP, MARGIN

AFTER = 200
"""Milliseconds after the last letter."""
SIZE = (460, 340)
"""Pixels."""
QUALITIES = {
    Quality.HOUSE: "{label}",
    Quality.BETWEEN: tr("{label} (between its neighbours)"),
    Quality.STREET: tr("{label} (somewhere in the street)"),
    Quality.AREA: tr("{label} (somewhere in the area)"),
}


class FindAddressDialog(QDialog):
    """Stays open while the map is used.

    Parameters
    ----------
    geocoder
        Knows places on this computer; None where there is no road network.
    finder
        Looks for addresses; the dialog closes it.
    near
        Of equals, the one that is nearest to here goes first.

    Signals
    -------
    show_wanted(object)
        A place, latitude and longitude, that the map should show.
    add_wanted(object, str)
        A place where a customer should be added, and what is known there.
    """

    show_wanted = Signal(object)
    add_wanted = Signal(object, str)

    def __init__(
        self, geocoder: Geocoder | None, finder: PlaceFinder, near: Point | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("find_address_dialog")
        self.setWindowTitle(tr("Look for an Address"))
        self.resize(*(scaled(one) for one in SIZE))
        self.finished.connect(self._on_finished)
        self._geocoder, self._finder, self._near = geocoder, finder, near
        self._found: tuple[Candidate, ...] = ()
        self._line = QLineEdit()
        self._line.setObjectName("find_address_line")
        self._line.setMaxLength(300)
        self._line.setPlaceholderText(tr("Street and number, or 60.17, 24.94"))
        self._line.setAccessibleName(tr("Address"))
        self._list = QListWidget()
        self._list.setObjectName("find_address_list")
        self._list.setAccessibleName(tr("Places that were found"))
        self._list.setSpacing(2)
        self._words = QLabel()
        self._words.setObjectName("find_address_words")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("muted", True)
        self._show = QPushButton(tr("&Show on Map"))
        self._show.setObjectName("find_address_show")
        self._add = QPushButton(tr("&Add Customer Here"))
        self._add.setObjectName("find_address_add")
        for button in (self._show, self._add):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self._add)
        buttons.addWidget(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._line)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._words)
        layout.addLayout(buttons)
        self._soon = QTimer(self, singleShot=True, interval=AFTER)
        self._soon.timeout.connect(self._look)
        self._line.textChanged.connect(lambda _: self._soon.start())
        self._list.currentRowChanged.connect(lambda _: self._tell())
        self._list.itemActivated.connect(lambda _: self._on_show())
        self._show.clicked.connect(self._on_show)
        self._add.clicked.connect(self._on_add)
        finder.found.connect(self._on_found)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter show the place, and the arrows choose another while the address is typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_show()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._list.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(max(0, min(self._list.currentRow() + step, self._list.count() - 1)))
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        text = self._line.text().strip()
        point = read_pair(text)
        if point is not None and abs(point[0]) <= 90 and abs(point[1]) <= 180:
            self._finder.stop()
            self._take((Candidate(point, text, Quality.HOUSE, 1.0),))
        elif len(text) > 1 and self._geocoder is not None:
            self._finder.look_up({0: parsed(text)}, self._geocoder, self._near)
        else:
            self._finder.stop()
            self._take(())

    def _on_found(self, found: Mapping[int, tuple[Candidate, ...]]) -> None:
        if 0 in found:
            self._take(found[0])

    def _take(self, found: tuple[Candidate, ...]) -> None:
        self._found = found
        self._list.clear()
        for one in found:
            self._list.addItem(QUALITIES[one.quality].format(label=one.label))
        if found:
            self._list.setCurrentRow(0)
        self._tell()

    @property
    def _chosen(self) -> Candidate | None:
        row = self._list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _tell(self) -> None:
        chosen = self._chosen
        for button in (self._show, self._add):
            button.setEnabled(chosen is not None)
        if chosen is not None:
            self._words.setText(chosen.source)
        elif self._geocoder is None:
            self._words.setText(tr("There is no road network with addresses on this computer; a place can be typed."))
        elif len(self._line.text().strip()) > 1:
            self._words.setText(tr("Nothing like it is in the road networks on this computer."))
        else:
            self._words.clear()

    def _on_show(self) -> None:
        if self._chosen is not None:
            self.show_wanted.emit(self._chosen.point)

    def _on_add(self) -> None:
        if self._chosen is not None:
            self.add_wanted.emit(self._chosen.point, self._chosen.label)

    def _on_finished(self) -> None:
        self._soon.stop()
        self._finder.close()
        self.deleteLater()
