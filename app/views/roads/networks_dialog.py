"""The road networks of this computer: which there are, how one is imported, and which one the scenario takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.io.atomic import WriteError
from app.io.networks import NetworkStore, StoredNetwork
from app.jobs.road_import import RoadImport
from app.language import tr
from app.model.amounts import grouped
from app.model.scenario import Point
from app.views.messages import InlineMessage
from app.views.number_box import NumberBox
from app.views.roads.import_line import ImportLine
from app.views.roads.network_words import about, area_text, around, day_text, size_text
from app.views.theme import GAP, MARGIN, Theme

FILES = tr("OpenStreetMap data (*.osm.pbf *.pbf *.osm *.osm.gz *.osm.bz2);;All files (*)")
MARGIN_KILOMETRES = 5.0
"""How far an import reaches beyond the places of the scenario, at first."""

EXPLAINED = tr(
    "On a road network vehicles travel along streets, one-ways and turns included, instead of straight lines. It is "
    "imported once from a file of OpenStreetMap and kept on this computer. Nothing is sent anywhere."
)
WHERE = tr(
    "Files of countries and regions are at {geofabrik}, of cities at {bbbike}; the format to choose is .osm.pbf."
)
COLUMNS = (tr("Network"), tr("Area"), tr("Streets"), tr("Size"), tr("Data of"), tr("Imported"))


class NetworksDialog(QDialog):
    """A list with what can be done with its rows, and an import below it; the window stays usable beside it.

    Parameters
    ----------
    store
        Has the networks.
    job
        Imports them; it goes on when the dialog is closed.
    theme
        For icons.

    Signals
    -------
    use_requested
        Id of the network that the scenario is to take.
    removed
        Id of one that is gone.
    """

    use_requested = Signal(str)
    removed = Signal(str)

    def __init__(self, store: NetworkStore, job: RoadImport, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("networks_dialog")
        self.setWindowTitle(tr("Road Networks"))
        self.finished.connect(self.deleteLater)
        self._store, self._job = store, job
        self._networks: tuple[StoredNetwork, ...] = ()
        self._used = ""
        self._places: tuple[Point, ...] = ()
        self.message = InlineMessage(theme)
        self.list = QTreeWidget()
        self._about = QLabel()
        self._use = QPushButton(tr("&Use for This Scenario"))
        self._remove = QPushButton(tr("&Remove"))
        self._import = QPushButton(tr("&Import…"))
        self.near = QRadioButton(tr("Only &around this scenario, and so far beyond"))
        self.whole = QRadioButton(tr("The &whole file"))
        self.margin = NumberBox()
        self._line = ImportLine(job, "networks_progress")
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.list.itemActivated.connect(lambda *_: self._use.click())
        self._use.clicked.connect(lambda: self.use_requested.emit(self.chosen))
        self._remove.clicked.connect(self._on_remove)
        self._import.clicked.connect(self._ask_file)
        self.near.toggled.connect(self.margin.setEnabled)
        job.started.connect(self._show_chosen)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.stopped.connect(self._show_chosen)
        self.show_networks()

    # What is shown

    @property
    def chosen(self) -> str:
        """Id of the row that is chosen, or ""."""
        item = self.list.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def show_scenario(self, network: str, places: Sequence[Point]) -> None:
        """Mark the network that a scenario takes, and import around its places; "" where it takes none."""
        self._places = tuple(places)
        self.near.setEnabled(bool(places))
        (self.near if places else self.whole).setChecked(True)
        if network != self._used:
            self._used = network
            self.show_networks()

    def show_networks(self, choose: str = "") -> None:
        """List what there is now, and choose a row: this one, the one before, or the one in use."""
        wanted = [choose, self.chosen, self._used]
        self._networks = self._store.listed()
        self.list.clear()
        for one in self._networks:
            item = QTreeWidgetItem(self._row(one))
            item.setData(0, Qt.ItemDataRole.UserRole, one.id)
            for column in (2, 3):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if one.id == self._used:
                font = item.font(0)
                font.setBold(True)
                item.setFont(0, font)
            self.list.addTopLevelItem(item)
        ids = [one.id for one in self._networks]
        row = next((ids.index(key) for key in wanted if key in ids), 0)
        self.list.setCurrentIndex(self.list.model().index(row, 0))
        self._show_chosen()

    def _row(self, one: StoredNetwork) -> list[str]:
        name = tr("{network} (in use)", network=one.name) if one.id == self._used else one.name
        if one.summary is None:
            return [name, tr("damaged"), "", size_text(one.bytes), "", day_text(one.created)]
        recent = day_text(one.summary.timestamp)
        imported = tr("comes with the program") if one.sample else day_text(one.created)
        return [name, area_text(one.bounds), grouped(one.segments), size_text(one.bytes), recent, imported]

    def _show_chosen(self) -> None:
        one = next((network for network in self._networks if network.id == self.chosen), None)
        self._about.setText(about(one) if one is not None else "")
        self._use.setEnabled(one is not None and not one.damaged and one.id != self._used)
        self._remove.setEnabled(one is not None and not one.sample)
        self._import.setEnabled(not self._job.running)

    # What is done

    def import_file(self, path: Path) -> None:
        """Import a file; what there was before stays if that fails."""
        self.message.clear()
        name = path.name
        for suffix in (".gz", ".bz2", ".pbf", ".osm"):
            name = name.removesuffix(suffix)
        bounds = around(self._places, self.margin.value()) if self.near.isChecked() else None
        self._job.start(path, name or path.name, bounds)

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Import Roads"), "", FILES)
        if path:
            self.import_file(Path(path))

    def _on_finished(self, network: StoredNetwork) -> None:
        self.show_networks(network.id)
        self._use.setFocus()

    def _on_failed(self, sentence: str) -> None:
        self.message.say(sentence)
        self._show_chosen()

    def _on_remove(self) -> None:
        key = self.chosen
        try:
            self._store.remove(key)
        except WriteError as error:
            self.message.say(str(error))
            return
        self.show_networks()
        self.removed.emit(key)

    def _lay_out(self) -> None:
        explained, where = QLabel(EXPLAINED), QLabel(_where())
        where.setObjectName("networks_where")
        where.setOpenExternalLinks(True)  # nothing is opened before somebody clicks
        where.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._about.setObjectName("networks_about")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        for label in (explained, where, self._about):
            label.setWordWrap(True)
        for label in (where, self._about):
            label.setProperty("muted", True)
        self._dress_list()
        for button, name in ((self._use, "use"), (self._remove, "remove"), (self._import, "import")):
            button.setObjectName(f"networks_{name}")
            button.setAutoDefault(False)
        self._use.setProperty("primary", True)
        self.near.setObjectName("networks_near")
        self.whole.setObjectName("networks_whole")
        group = QButtonGroup(self)
        group.addButton(self.near)
        group.addButton(self.whole)
        self.margin.setObjectName("networks_margin")
        self.margin.setAccessibleName(tr("Kilometres beyond the places of the scenario"))
        self.margin.setDecimals(1)
        self.margin.setRange(0.5, 500.0)
        self.margin.setValue(MARGIN_KILOMETRES)
        self.margin.setSuffix(" km")
        self.margin.lineEdit().setTextMargins(GAP, 0, 0, 0)
        self.whole.setChecked(True)
        close = QPushButton(tr("Close"))
        close.setObjectName("networks_close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(explained)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._about)
        layout.addLayout(_line(self._use, self._remove))
        layout.addLayout(_line(self.near, self.margin, self.whole))
        layout.addWidget(where)
        layout.addWidget(self.message)
        layout.addLayout(_line(self._import, self._line, close, stretch=2))
        self.resize(900, 480)

    def _dress_list(self) -> None:
        self.list.setObjectName("networks_list")
        self.list.setAccessibleName(tr("Road networks"))
        self.list.setHeaderLabels(COLUMNS)
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


def _where() -> str:
    links = {"geofabrik": "https://download.geofabrik.de", "bbbike": "https://extract.bbbike.org"}
    named = {name: f'<a href="{url}">{url.removeprefix("https://")}</a>' for name, url in links.items()}
    return WHERE.format(**named)


def _line(*widgets: QWidget, stretch: int | None = None) -> QHBoxLayout:
    """Return widgets beside one another, with room at the end or before the one at ``stretch``."""
    line = QHBoxLayout()
    line.setSpacing(GAP)
    for place, widget in enumerate(widgets):
        if place == stretch:
            line.addStretch(1)
        line.addWidget(widget)
    if stretch is None:
        line.addStretch(1)
    return line
