"""How far an export is, in the status bar, with a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from app.jobs.export_job import ExportJob
from app.map.text_scale import scaled
from app.views.theme import GAP

TITLE_WIDTH = 240
"""Pixels at most."""


class ExportProgress(QWidget):
    """Shown while something is being exported or printed.

    Parameters
    ----------
    job
        Whose progress is shown.
    stop
        The command that stops it; it can be used only as long as there is something to stop.
    """

    def __init__(self, job: ExportJob, stop: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_progress")
        self._title = QLabel()
        self._title.setObjectName("export_progress_title")
        self._bar = QProgressBar()
        self._bar.setObjectName("export_progress_bar")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(90)
        self._stop = stop
        stop.setEnabled(False)
        stop.triggered.connect(lambda _checked=False: job.stop())
        button = QToolButton()
        button.setObjectName("export_progress_stop")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setDefaultAction(stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP // 2)
        for widget in (self._title, self._bar, button):
            layout.addWidget(widget)
        job.running_changed.connect(self._on_running_changed)
        job.progressed.connect(self._on_progressed)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.hide()

    def _on_running_changed(self, title: str) -> None:
        # A name without end must not push the window wider.
        shown = self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, scaled(TITLE_WIDTH))
        self._title.setText(f"{shown}…" if title else "")
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)  # until the first part is done there is no telling
        self.setVisible(bool(title))
        self._stop.setEnabled(bool(title))

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
