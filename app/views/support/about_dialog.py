"""What this program is, what it was built from, and whose work it stands on."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal, qVersion
from PySide6.QtGui import QAccessible, QAccessibleEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.edition import Edition, edition
from app.language import tr
from app.map.text_scale import scaled
from app.resources import resource
from app.views.support.credit import CREDIT, LIBRARIES_OF_QT
from app.views.theme import GAP, MARGIN

WIDTH = 460
TEXT = tr(
    "Plans delivery and service routes: draw depots, vehicles and customers, press Solve, and watch the routes form."
)


class AboutDialog(QDialog):
    """Name, version, build and credits.

    Signals
    -------
    diagnostics_asked
        The user wants a text about this computer in the clipboard.
    licences_asked
        The user wants to read the licences.
    """

    diagnostics_asked = Signal()
    licences_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about_dialog")
        self.setWindowTitle(tr("About Routewright"))
        self.finished.connect(self.deleteLater)
        icon = QLabel()
        icon.setPixmap(QIcon(str(resource("icons/routewright.svg"))).pixmap(64, 64))
        name = QLabel("Routewright")
        name.setProperty("heading", True)
        known = edition()
        version = _muted(tr("Version {version}, with Qt {qt}", version=known.version, qt=qVersion()), "about_version")
        build = _muted(built(known), "about_build")
        build.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text, whose = QLabel(TEXT), _muted(CREDIT, "about_credit")
        libraries = _muted(LIBRARIES_OF_QT, "about_qt")
        self._told = _muted("", "about_told")
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * MARGIN, 2 * MARGIN, 3 * MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for label in (icon, name, version, build, text, whose, libraries, self._told):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label not in (icon, name))
            layout.addWidget(label)
        layout.addSpacing(MARGIN)
        layout.addLayout(self._buttons())
        self._told.hide()
        self.setFixedWidth(scaled(WIDTH))
        self._close.setFocus()

    def tell(self, sentence: str) -> None:
        """Say that something was done, where whoever pressed a button here is looking."""
        self._told.setText(sentence)
        self._told.show()
        self._fit()
        QAccessible.updateAccessibility(QAccessibleEvent(self._told, QAccessible.Event.Alert))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the text needs, which is known when the style has given it its fonts."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._layout.activate()
        self.resize(self.width(), self.heightForWidth(self.width()))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        diagnostics = QPushButton(tr("Copy Diagnostics"))
        diagnostics.setObjectName("about_diagnostics")
        diagnostics.setToolTip(tr("Copies what this computer is, for whoever helps; nothing of what is planned"))
        diagnostics.clicked.connect(self.diagnostics_asked)
        licences = QPushButton(tr("Licences…"))
        licences.setObjectName("about_licences")
        licences.clicked.connect(self.licences_asked)
        close = self._close = QPushButton(tr("Close"))
        close.setObjectName("about_close")
        close.clicked.connect(self.reject)
        for button in (diagnostics, licences, close):
            button.setAutoDefault(False)
        close.setDefault(True)
        row.addWidget(diagnostics)
        row.addWidget(licences)
        row.addStretch()
        row.addWidget(close)
        return row


def built(known: Edition) -> str:
    """Return in a sentence what the program was built from."""
    if not known.packaged:
        return tr("Run from its sources")
    if not known.commit or not known.built:
        return tr("Installed as a program")
    return tr("Build {commit} of {day}", commit=known.commit, day=_day(known.built))


def _day(written: str) -> str:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def _muted(text: str, name: str) -> QLabel:
    made = QLabel(text)
    made.setObjectName(name)
    made.setProperty("muted", True)
    return made
