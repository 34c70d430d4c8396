"""Addresses without places: what was found, candidates to choose from, and a map to put the rest down by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.io.column_guess import read_pair
from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Candidate, Geocoder
from app.io.servers.exchange import Fault, said, server_of
from app.jobs.servers.place_finder import PlaceFinder
from app.language import sentences, tr, trn
from app.map.gestures import MapMode
from app.map.mode_hint import ModeHint
from app.map.text_scale import scaled
from app.map.view import MapView
from app.model.scenario import Customer, Point, Scenario
from app.views.places.choices import PLACED, TO_DO, Choice, Choices, State
from app.views.places.rows import PlacesTable, places_view
from app.views.places.server_dialog import AddressServer, AddressServerDialog
from app.views.server_form import paragraph
from app.views.theme import GAP, MARGIN

SIZE = (1080, 660)
"""Pixels."""
HINT = tr(
    "Enter takes a candidate and goes to the next address; Delete leaves an address out, or takes it in again. A click "
    "on the map puts the address there."
)


class PlacesDialog(QDialog):
    """Nothing changes until it is accepted, and no address leaves this computer unless the user wants it.

    Parameters
    ----------
    addresses
        By the line of their row.
    known
        Places that were settled before, by line.
    scenario
        For the map, and for what is near.
    geocoder
        Knows places on this computer; None where there is no road network.
    finder
        Looks for addresses; the dialog closes it.
    server
        Of the user's choice.
    """

    def __init__(
        self,
        addresses: Mapping[int, Address],
        known: Mapping[int, Point],
        scenario: Scenario,
        geocoder: Geocoder | None,
        finder: PlaceFinder,
        server: AddressServer,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("places_dialog")
        self.setWindowTitle(tr("Places of Addresses"))
        self.resize(*(scaled(one) for one in SIZE))
        self.finished.connect(self._on_finished)
        self._scenario, self._geocoder, self._finder, self._server = scenario, geocoder, finder, server
        self._choices = Choices.of(addresses, known)
        self._asked_server = ""
        self._table = PlacesTable(self._choices, self)
        self._rows = places_view(self._table)
        self._candidates = QListWidget()
        self._candidates.setObjectName("places_candidates")
        self._candidates.setAccessibleName(tr("Candidates for the address"))
        self._candidates.setSpacing(2)
        self._candidates.setMaximumHeight(scaled(150))
        self._source = paragraph("places_source", muted=True)
        self._map = MapView()
        self._map.setObjectName("places_map")
        self._map.mode_changed.connect(self._keep_mode)
        self._keep_mode(self._map.mode)
        self._typed = QLineEdit()
        self._typed.setObjectName("places_typed")
        self._typed.setPlaceholderText("60.17, 24.94")
        self._typed.setToolTip(tr("Latitude and longitude in degrees; Enter puts the address there"))
        self._heading, self._message = paragraph("places_heading"), paragraph("places_message", error=True)
        self._progress = QProgressBar()
        self._progress.setObjectName("places_progress")
        self._progress.setAccessibleName(tr("Addresses that were looked for"))
        self._progress.setMaximumWidth(scaled(160))
        self._stop = _button("places_stop", tr("S&top"), self._on_stop)
        self._ask = _button("places_ask", "", self._on_ask)
        self._other = _button("places_other_server", tr("An&other Server…"), self._name_server)
        self._leave = _button("places_leave_out", tr("&Leave Out"), self._leave_out)
        self._accept = _button("places_accept", "", self.accept)
        self._lay_out()
        self._rows.selectionModel().currentRowChanged.connect(self._on_row)
        self._rows.activated.connect(lambda _: self._candidates.setFocus())
        self._candidates.itemActivated.connect(lambda _: self._take(self._candidates.currentRow()))
        self._candidates.currentRowChanged.connect(self._on_candidate)
        self._typed.returnPressed.connect(self._on_typed)
        self._map.add_requested.connect(lambda _, lat, lon: self._put((lat, lon)))
        self._map.delete_requested.connect(self._leave_out)
        finder.found.connect(self._on_found)
        finder.ended.connect(self._on_ended)
        self._rows.selectRow(0)
        waiting = {line: row.address for line, row in self._choices.rows.items()}
        if geocoder is not None:
            finder.look_up(waiting, geocoder, _middle(scenario))
        else:
            for line in waiting:
                self._choices.hear(line, ())
            self._message.setText(tr("There is no road network with addresses on this computer."))
            self._table.tell()
        self._show()

    @property
    def places(self) -> dict[int, Point]:
        """The places of those addresses that have one, by line."""
        return self._choices.places

    def _lay_out(self) -> None:
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(GAP, 0, 0, 0)
        beside.setSpacing(GAP)
        by_hand = QHBoxLayout()
        caption = QLabel(tr("&Place by hand"))
        caption.setBuddy(self._typed)
        by_hand.addWidget(caption)
        by_hand.addWidget(self._typed, 1)
        by_hand.addWidget(self._leave)
        beside.addWidget(self._map, 1)
        beside.addWidget(self._candidates)
        beside.addWidget(self._source)
        beside.addLayout(by_hand)
        splitter = QSplitter()
        splitter.setHandleWidth(1)
        splitter.addWidget(self._rows)
        splitter.addWidget(right)
        splitter.setSizes([scaled(560), scaled(520)])
        hint = paragraph("places_hint", muted=True)
        hint.setText(HINT)
        cancel = _button("places_cancel", tr("Cancel"), self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for part in (self._ask, self._other, self._progress, self._stop):
            buttons.addWidget(part)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self._heading)
        layout.addWidget(splitter, 1)
        for widget in (hint, self._message):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    # What is found

    def _on_found(self, candidates: Mapping[int, tuple[Candidate, ...]]) -> None:
        for line, some in candidates.items():
            self._choices.hear(line, some)
        self._table.tell()
        if self._line in candidates:
            self._show_line()
        self._show()

    def _on_ended(self, fault: Fault | None) -> None:
        if fault is not None:
            self._message.setText(sentences(said(fault, self._asked_server), tr("What was found stays.")))
        self._show()

    def _on_ask(self) -> None:
        if self._server.may_ask:
            self._ask_server()
        else:
            self._name_server()

    def _name_server(self) -> None:
        dialog = AddressServerDialog(self._server, self)

        def accepted() -> None:
            self._server.use(dialog.address)
            self._ask_server()

        dialog.accepted.connect(accepted)
        dialog.open()

    def _ask_server(self) -> None:
        self._message.clear()
        self._asked_server = self._server.address
        rows = self._choices.rows.items()
        self._finder.ask({line: row.address for line, row in rows if row.state in TO_DO}, self._asked_server)
        self._show()

    def _on_stop(self) -> None:
        self._finder.stop()
        for line, row in self._choices.rows.items():
            if row.state is State.WAITING:
                self._choices.hear(line, ())
        self._table.tell()
        self._show()

    # What a person settles

    @property
    def _line(self) -> int:
        row = self._rows.currentIndex().row()
        return self._table.lines[row] if row >= 0 else -1

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._choices.rows[self._line].candidates):
            self._choices.choose(self._line, place)
            self._settled()

    def _put(self, point: Point) -> None:
        if self._line >= 0:
            self._choices.put(self._line, point)
            self._settled()

    def _on_typed(self) -> None:
        point = read_pair(self._typed.text())
        if point is None or abs(point[0]) > 90 or abs(point[1]) > 180:
            self._message.setText(tr("A place is latitude and longitude in degrees, such as 60.17, 24.94."))
            return
        self._typed.clear()
        self._put(point)

    def _leave_out(self) -> None:
        if self._line >= 0:
            self._choices.leave_out(self._line)
            self._settled()

    def _settled(self) -> None:
        """Show what was settled, and go on to the next address that somebody has to look at."""
        self._message.clear()
        line = self._line
        self._table.tell(line)
        following = self._choices.next(line, lambda row: row.state in TO_DO)
        if following is not None and following != line:
            index = self._table.index(self._table.lines.index(following), 0)
            flag = QItemSelectionModel.SelectionFlag
            self._rows.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        else:
            self._show_line()
        self._show()

    # What is shown

    def _on_row(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self._show_line()

    def _show_line(self) -> None:
        row = self._choices.rows[self._line]
        self._candidates.clear()
        for one in row.candidates:
            self._candidates.addItem(one.label)
        chosen = next((at for at, one in enumerate(row.candidates) if one.point == row.point), 0)
        if row.candidates:
            self._candidates.setCurrentRow(chosen)
        self._leave.setText(tr("&Take In Again") if row.state is State.LEFT_OUT else tr("&Leave Out"))
        self._draw(row)

    def _draw(self, row: Choice) -> None:
        customers = {
            str(at): Customer(str(at), one.label, *one.point) for at, one in enumerate(row.candidates, start=1)
        }
        if row.state is State.BY_HAND and row.point is not None:
            customers["by hand"] = Customer("by hand", str(row.address), *row.point)
        shown = Scenario(depots=self._scenario.depots, customers=customers)
        if customers:  # depots may be far away
            self._map.set_scenario(replace(shown, depots={}))
            self._map.fit()
        self._map.set_scenario(shown)
        if not customers:
            self._map.fit()

    def _keep_mode(self, mode: MapMode) -> None:
        """Let a click put the address there, always; what the map says of that is meant for its own window."""
        if mode is not MapMode.ADD_CUSTOMER:
            self._map.set_mode(MapMode.ADD_CUSTOMER, keep=True)
        self._map.findChildren(ModeHint)[0].hide()

    def _on_candidate(self, place: int) -> None:
        row = self._choices.rows[self._line]
        self._source.setText(row.candidates[place].source if 0 <= place < len(row.candidates) else "")
        self._map.set_selected([("customers", str(place + 1))] if place >= 0 else [])

    def _show(self) -> None:
        choices, busy = self._choices, self._finder.busy
        placed, of = choices.count(PLACED), len(choices.rows)
        self._heading.setText(
            sentences(
                trn(
                    "{placed} of {number} address has a place.",
                    "{placed} of {number} addresses have a place.",
                    of,
                    placed=placed,
                ),
                trn("{number} is to be chosen.", "{number} are to be chosen.", choices.count(frozenset({State.OPEN}))),
                trn("{number} was not found.", "{number} were not found.", choices.count(frozenset({State.NOT_FOUND}))),
            )
        )
        self._progress.setVisible(busy)
        self._stop.setVisible(busy)
        self._progress.setRange(0, max(self._finder.wanted, 1))
        self._progress.setValue(self._finder.done)
        named = server_of(self._server.address) if self._server.may_ask else ""
        self._ask.setText(tr("&Ask {server}", server=named) if named else tr("&Ask a Server…"))
        self._ask.setVisible(not busy)
        self._other.setVisible(not busy and bool(named))
        for button in (self._ask, self._other):
            button.setEnabled(choices.count(TO_DO) > 0)
        self._accept.setText(trn("Take {number} Place", "Take {number} Places", placed))
        self._accept.setEnabled(placed > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter take a candidate and not end the dialog, and Delete leave an address out."""
        if event.key() == Qt.Key.Key_Delete:
            self._leave_out()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _on_finished(self) -> None:
        self._finder.close()
        self.deleteLater()


def _middle(scenario: Scenario) -> Point | None:
    """Return where the scenario is, by its depots."""
    depots = list(scenario.depots.values())
    if not depots:
        return None
    return sum(one.lat for one in depots) / len(depots), sum(one.lon for one in depots) / len(depots)


def _button(name: str, text: str, act: object) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.clicked.connect(act)
    return button
