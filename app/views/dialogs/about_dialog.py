"""What this program is, and whose work it stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app import __version__
from app.language import tr
from app.map.text_scale import scaled
from app.resources import resource
from app.views.theme import GAP, MARGIN

WIDTH = 420
TEXT = tr(
    "Plans delivery and service routes: draw depots, vehicles and customers, press Solve, and watch the routes form."
)
CREDITS = tr(
    "Qt {version} through PySide6 (LGPL), pyqtgraph (MIT), NumPy (BSD), Numba (BSD), Shapely "
    "(BSD),\nsegno (BSD), XlsxWriter (BSD).\nMap: Natural Earth, public domain.",
    version=qVersion(),
)


class AboutDialog(QDialog):
    """Name, version and credits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about_dialog")
        self.setWindowTitle(tr("About Routewright"))
        self.finished.connect(self.deleteLater)
        icon = QLabel()
        icon.setPixmap(QIcon(str(resource("icons/routewright.svg"))).pixmap(64, 64))
        name = QLabel("Routewright")
        name.setProperty("heading", True)
        version = QLabel(tr("Version {version}", version=__version__))
        version.setObjectName("about_version")
        version.setProperty("muted", True)
        text, credit = QLabel(TEXT), QLabel(CREDITS)
        credit.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * MARGIN, 2 * MARGIN, 3 * MARGIN, MARGIN)
        layout.setSpacing(GAP)
        for label in (icon, name, version, text, credit):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(label in (text, credit))
            layout.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(MARGIN)
        layout.addWidget(buttons)
        self.setFixedWidth(scaled(WIDTH))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the text needs, which is known when the style has given it its fonts."""
        super().showEvent(event)
        self.resize(self.width(), self.heightForWidth(self.width()))
