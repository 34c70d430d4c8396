"""The crash reports of this computer: to be read, copied, saved and deleted. None is sent from here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.io.atomic import WriteError, write_file
from app.jobs.background import BackgroundRunner
from app.language import tr, trn
from app.map.text_scale import scaled
from app.support.crash_reports import CrashReports
from app.support.report import Part, Report
from app.views.contents import moment
from app.views.empty_state import EmptyState
from app.views.files.target import ask_target
from app.views.support.plain_text import reading_text
from app.views.theme import GAP, MARGIN

WIDTH, HEIGHT = 780, 560

_PARTS = {
    Part.WINDOW: tr("In the window; it went on"),
    Part.PROGRAM: tr("The program ended"),
    Part.ENGINE: tr("In the solver"),
}


class ReportsDialog(QDialog):
    """A list above, the text of the chosen report below.

    Parameters
    ----------
    reports
        Where they lie.
    runner
        Writes one to where the user wants it.
    shown
        The one to begin with; the newest when left out.
    """

    def __init__(
        self,
        reports: CrashReports,
        runner: BackgroundRunner,
        shown: Report | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("reports_dialog")
        self.setWindowTitle(tr("Crash Reports"))
        self.resize(scaled(WIDTH), scaled(HEIGHT))
        self.finished.connect(self.deleteLater)
        self._reports, self._runner = reports, runner
        self._all: list[Report] = []
        heading = QLabel(
            tr(
                "<b>Reports stay on this computer: nobody gets one unless you pass it on yourself.</b> Copy or save "
                "one for whoever helps you with Routewright. Names, addresses and places of your customers are not in "
                "them."
            )
        )
        heading.setObjectName("reports_heading")
        heading.setWordWrap(True)
        self._list = _list()
        self._list.currentItemChanged.connect(self._show)
        self._text = reading_text("reports_text", tr("The chosen report"))
        both = QSplitter(Qt.Orientation.Vertical)
        both.setObjectName("reading_splitter")
        both.setChildrenCollapsible(False)
        both.addWidget(self._list)
        both.addWidget(self._text)
        both.setHandleWidth(GAP)
        both.setSizes([scaled(150), scaled(300)])
        self._pages = QStackedWidget()
        self._pages.addWidget(both)
        self._pages.addWidget(EmptyState(tr("There are no crash reports: nothing has gone wrong.")))
        self._told = QLabel()
        self._told.setObjectName("reports_told")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setProperty("muted", True)
        self._told.setWordWrap(True)
        self._told.hide()
        self._copy = _button(tr("Copy"), "reports_copy", self._on_copy)
        self._save = _button(tr("Save As…"), "reports_save", self._on_save)
        self._delete = _button(tr("Delete"), "reports_delete", self._on_delete)
        self._delete_all = _button(tr("Delete All…"), "reports_delete_all", self._ask_to_delete_all)
        close = _button(tr("Close"), "reports_close", self.reject)
        close.setDefault(True)
        QShortcut(
            QKeySequence.StandardKey.Delete, self._list, self._on_delete, context=Qt.ShortcutContext.WidgetShortcut
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self._copy, self._save, self._delete, self._delete_all):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(heading)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._told)
        layout.addLayout(buttons)
        self._fill(shown)
        (self._list if self._all else close).setFocus()

    @property
    def chosen(self) -> Report | None:
        """The report that the buttons are about."""
        row = self._list.currentIndex().row()
        return self._all[row] if row >= 0 else None

    def _fill(self, shown: Report | None = None, row: int = 0) -> None:
        """List what there is, and choose a report, or else the one in a row."""
        self._all = self._reports.all()
        self._list.clear()
        for report in self._all:
            self._list.addTopLevelItem(QTreeWidgetItem(_cells(report)))
        faults = [report.fault for report in self._all]
        chosen = faults.index(shown.fault) if shown is not None and shown.fault in faults else row
        self._list.setCurrentIndex(self._list.model().index(min(chosen, len(self._all) - 1), 0))
        self._pages.setCurrentIndex(0 if self._all else 1)
        for button in (self._copy, self._save, self._delete, self._delete_all):
            button.setEnabled(bool(self._all))
        if not self._all:
            self._text.clear()

    def _show(self, item: QTreeWidgetItem | None) -> None:
        report = self.chosen if item is not None else None
        if report is not None:
            self._text.setPlainText(report.text())

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._told, QAccessible.Event.Alert))

    def _on_copy(self) -> None:
        if self.chosen is not None:
            QGuiApplication.clipboard().setText(self.chosen.text())
            self._tell(tr("The report is in the clipboard."))

    def _on_save(self) -> None:
        report = self.chosen
        name = tr("Routewright crash report.txt")
        path = ask_target(self, tr("Save Crash Report"), name, tr("Text files (*.txt)"), ".txt")
        if report is None or path is None:
            return
        data = report.text().encode("utf-8", "replace")

        def told(sentence: str) -> None:
            if isValid(self):
                self._tell(sentence)

        self._runner.run(
            tr("Saving {name}", name=path.name),
            lambda: write_file(path, data),
            lambda _: told(tr("The report is in {path}.", path=path)),
            lambda error: told(
                str(error) if isinstance(error, WriteError) else tr("{name} could not be written.", name=path.name)
            ),
        )

    def _on_delete(self) -> None:
        report = self.chosen
        if report is not None:
            row = self._all.index(report)
            gone = self._reports.delete(report)
            self._fill(row=row)
            self._tell(tr("The report is deleted.") if gone else _STAYS)

    def _ask_to_delete_all(self) -> None:
        buttons = QMessageBox.StandardButton
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "Routewright",
            trn("Delete {number} report?", "Delete all {number} reports?", len(self._all)),
            buttons.Cancel,
            self,
        )
        question.setObjectName("delete_question")
        question.setInformativeText(tr("They cannot be brought back after that."))
        question.setDefaultButton(buttons.Cancel)
        delete = question.addButton(tr("Delete All"), QMessageBox.ButtonRole.DestructiveRole)
        delete.setAutoDefault(False)  # Enter never means it, even if it gets the focus
        delete.setObjectName("delete_yes")
        delete.clicked.connect(self._delete_everything)
        question.finished.connect(question.deleteLater)
        question.open()

    def _delete_everything(self) -> None:
        gone = [self._reports.delete(report) for report in self._all]
        self._fill()
        self._tell(tr("All reports are deleted.") if all(gone) else _STAYS)


_STAYS = tr("The folder of the reports cannot be written, so they stay.")


def _list() -> QTreeWidget:
    made = QTreeWidget()
    made.ensurePolished()  # else rows are measured before the style says how high they are
    made.setObjectName("reports_list")
    made.setAccessibleName(tr("Crash reports, the newest first"))
    made.setHeaderLabels([tr("What happened"), tr("Last time"), tr("Times"), tr("Fault")])
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    for column in (0, 1, 2):
        made.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return made


def _button(text: str, name: str, act: Callable[[], object]) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: act())
    return made


def _cells(report: Report) -> list[str]:
    return [_PARTS[report.part], moment(report.last), str(report.times), report.headline]
