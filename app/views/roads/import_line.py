"""How far an import of roads is, with a button that stops it; in the dialog, and in the status bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.jobs.road_import import RoadImport
from app.language import tr
from app.map.text_scale import scaled
from app.views.theme import GAP

BAR_WIDTH, TITLE_WIDTH = 120, 240
"""Pixels."""


class ImportLine(QWidget):
    """Shown while something is imported.

    Parameters
    ----------
    job
        Whose progress is shown.
    name
        Of the object.
    """

    def __init__(self, job: RoadImport, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._title = QLabel()
        self._title.setObjectName(f"{name}_title")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}_bar")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(scaled(BAR_WIDTH))
        self._stop = QPushButton(tr("Stop"))
        self._stop.setObjectName(f"{name}_stop")
        self._stop.setAutoDefault(False)
        self._stop.setAccessibleDescription(tr("Ends the import; nothing of it is kept"))
        self._stop.clicked.connect(self._on_stop)
        self._job = job
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for widget in (self._title, self._bar, self._stop):
            layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        job.started.connect(self._on_started)
        job.progressed.connect(self._on_progressed)
        for end in (job.finished, job.failed, job.stopped):
            end.connect(self.hide)
        self.setVisible(False)
        if job.running:
            self._on_started()

    def _on_started(self) -> None:
        self._show(0.0, tr("Importing roads"))
        self._stop.setEnabled(True)
        self.show()

    def _on_progressed(self, share: float, stage: str) -> None:
        self._show(share, stage or tr("Importing roads"))

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._job.stop()

    def _show(self, share: float, title: str) -> None:
        shown = self._title.fontMetrics().elidedText(f"{title}…", Qt.TextElideMode.ElideMiddle, scaled(TITLE_WIDTH))
        self._title.setText(shown)
        self._bar.setAccessibleName(title)
        self._bar.setValue(round(1000 * share))
