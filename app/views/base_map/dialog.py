"""The form that names a server of tiles, and asks whether it may be asked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from app.language import sentences, tr
from app.map.text_scale import scaled
from app.map.tiles.grid import FINEST_ZOOM
from app.map.tiles.sources import USUAL_ZOOMS, OnlineSource, host_of, url_problem
from app.views.base_map.choice import CACHE_MEGABYTES, BaseMapChoice, BaseMapKind
from app.views.server_form import answer_buttons, form_layout, lay_out, paragraph
from app.views.theme import GAP

EXAMPLE = "https://tiles.example.org/{z}/{x}/{y}.png"
INTRODUCTION = tr(
    "Name a server of map tiles that you may use. Its owner says what the address is, whom to name on the map, and "
    "what use is allowed."
)
AGREEMENT = tr(
    "As you move the map, {server} learns the address of this computer and which places you look at. Customers, "
    "vehicles and plans are never sent. Nothing is requested before you agree, and nothing once you choose another "
    "base map."
)
UNSAFE = tr("The connection is not encrypted: others on the way can see it too.")
WIDTH = 560
NUMBER_WIDTH = 90
"""Pixels, of the dialog and of a number in it."""
LONGEST = 1000
"""Letters of an address."""


class OnlineDialog(QDialog):
    """Nothing is requested before it is accepted, and it cannot be accepted before the user has agreed.

    Parameters
    ----------
    choice
        What it begins with.
    """

    def __init__(self, choice: BaseMapChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("online_dialog")
        self.setWindowTitle(tr("Online Map Tiles"))
        self.finished.connect(self.deleteLater)
        self._choice = choice
        known = choice.online or OnlineSource("", "")
        self._url = _line("online_url", known.url, EXAMPLE, tr("Address of the tiles, with {z}, {x} and {y} in it"))
        self._url.setMaxLength(LONGEST)
        self._attribution = _line(
            "online_attribution",
            known.attribution,
            tr("© the makers of the map"),
            tr("Whom the map names, in a corner"),
        )
        self._attribution.setMaxLength(300)
        self._least = _spin("online_least_zoom", (0, known.zooms[0], FINEST_ZOOM), tr("Least zoom that the server has"))
        self._greatest = _spin(
            "online_greatest_zoom",
            (0, known.zooms[1] if choice.online else USUAL_ZOOMS[1], FINEST_ZOOM),
            tr("Greatest zoom that the server has; nearer, its tiles are magnified"),
        )
        least, _, most = CACHE_MEGABYTES
        self._cache = _spin(
            "online_cache",
            (least, choice.cache_megabytes, most),
            tr("Tiles are kept on this disk as long as the server allows, and the oldest go first"),
        )
        self._cache.setSuffix(" MB")
        self._agree = QCheckBox()
        self._agree.setObjectName("online_agree")
        self._agreement = paragraph("online_agreement", muted=True)
        self._problem = paragraph("online_problem", error=True)
        self._use = QPushButton(tr("&Use This Map"))
        self._use.setObjectName("online_use")
        self._lay_out()
        self._agree.setChecked(choice.may_ask)
        self._url.textChanged.connect(self._on_url)
        self._attribution.textChanged.connect(self._show)
        self._least.valueChanged.connect(self._show)
        self._greatest.valueChanged.connect(self._show)
        self._agree.toggled.connect(self._show)
        self._show()

    @property
    def choice(self) -> BaseMapChoice:
        """What the form says, when it was accepted."""
        url = self._url.text().strip()
        attribution = " ".join(self._attribution.text().split())
        online = OnlineSource(url, attribution, (self._least.value(), self._greatest.value()))
        return replace(
            self._choice,
            kind=BaseMapKind.ONLINE,
            online=online,
            agreed=url if self._agree.isChecked() else "",
            cache_megabytes=self._cache.value(),
        )

    def accept(self) -> None:
        """Close, if all is said and agreed to."""
        if self._use.isEnabled():
            super().accept()

    def _lay_out(self) -> None:
        zooms = QHBoxLayout()
        zooms.setSpacing(GAP)
        to = QLabel(tr("&to"))
        to.setBuddy(self._greatest)
        for widget in (self._least, to, self._greatest):
            zooms.addWidget(widget)
        zooms.addStretch(1)
        kept = QHBoxLayout()
        kept.addWidget(self._cache)
        kept.addStretch(1)
        form = form_layout()
        form.addRow(tr("&Address"), self._url)
        form.addRow(tr("&Map by"), self._attribution)
        for label, field, row in ((tr("&Zooms"), self._least, zooms), (tr("&Keep on disk"), self._cache, kept)):
            caption = QLabel(label)
            caption.setBuddy(field)
            form.addRow(caption, row)
        lay_out(
            self,
            WIDTH,
            paragraph("online_introduction", INTRODUCTION),
            form,
            (self._agree, self._agreement, self._problem),
            answer_buttons(self, self._use),
        )

    def _on_url(self) -> None:
        """Ask anew: whoever has agreed to one address has not agreed to another."""
        self._agree.setChecked(self._url.text().strip() == self._choice.agreed != "")
        self._show()

    def _show(self) -> None:
        url = self._url.text().strip()
        problem = url_problem(url)
        server = tr("the server") if problem else host_of(url)
        self._agree.setText(tr("&I agree that {server} is asked for tiles", server=server.replace("&", "&&")))
        self._agree.setEnabled(not problem)
        self._agreement.setText(sentences(AGREEMENT.format(server=server), UNSAFE if url.startswith("http:") else ""))
        if not problem and not self._attribution.text().strip():
            problem = tr("Say who makes the map: its makers have to be named on it.")
        if not problem and self._least.value() > self._greatest.value():
            problem = tr("The first zoom is the least one.")
        self._problem.setText(problem if url else "")
        self._use.setEnabled(not problem and self._agree.isChecked())
        self._use.setDefault(self._use.isEnabled())


def _line(name: str, text: str, placeholder: str, tip: str) -> QLineEdit:
    edit = QLineEdit(text)
    edit.setObjectName(name)
    edit.setPlaceholderText(placeholder)
    edit.setToolTip(tip)
    return edit


def _spin(name: str, values: tuple[int, int, int], tip: str) -> QSpinBox:
    least, value, most = values
    box = QSpinBox()
    box.setObjectName(name)
    box.setRange(least, most)
    box.setValue(value)
    box.setToolTip(tip)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setMinimumWidth(scaled(NUMBER_WIDTH))
    return box
