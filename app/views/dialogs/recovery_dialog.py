"""The question after a crash: what was not saved, and what is to become of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.io.journal.recovery import Contents, Unfinished
from app.language import tr, trn
from app.views.contents import moment, whole_contents
from app.views.theme import GAP, MARGIN


class RecoveryDialog(QDialog):
    """Lists documents with changes that no file holds; the user recovers or discards one, or leaves all for later.

    Parameters
    ----------
    found
        What was left behind, at least one.

    Signals
    -------
    recover_requested
        An `Unfinished` that the user wants back.
    discard_requested
        One that nobody wants any more; it is not in the list after that.
    """

    recover_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, found: Sequence[Unfinished], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery_dialog")
        self.setWindowTitle(tr("Recover Unsaved Work"))
        self.resize(640, 400)
        self.finished.connect(self.deleteLater)
        self._found = list(found)
        heading = QLabel(
            tr(
                "<b>Routewright ended without saving everything.</b> These changes were written down as they were "
                "made. Recover opens the document with them; the file itself stays as it is until you save."
            )
        )
        heading.setObjectName("recovery_heading")
        heading.setWordWrap(True)
        self._list = _list()
        self._list.currentItemChanged.connect(self._show_details)
        self._details = QLabel()
        self._details.setObjectName("recovery_details")
        self._details.setTextFormat(Qt.TextFormat.PlainText)  # it quotes what users have typed
        self._details.setWordWrap(True)
        self._details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._details.setProperty("muted", True)

        self._discard = _button(tr("Discard…"), "recovery_discard", self._ask_to_discard)
        later = _button(tr("Later"), "recovery_later", self.reject)
        later.setToolTip(tr("Ask again at the next start"))
        self._recover = _button(tr("Recover"), "recovery_recover", self._on_recover)
        self._recover.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self._discard)
        buttons.addStretch()
        buttons.addWidget(later)
        buttons.addWidget(self._recover)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(heading)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._details)
        layout.addLayout(buttons)
        for one in self._found:
            self._list.addTopLevelItem(QTreeWidgetItem(_cells(one.contents)))
        self._list.setCurrentIndex(self._list.model().index(0, 0))
        self._list.setFocus()

    @property
    def chosen(self) -> Unfinished:
        """The one that the buttons are about."""
        return self._found[self._list.currentIndex().row()]

    def _show_details(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            found = self.chosen.contents
            self._details.setText(_details(found))
            self._recover.setEnabled(found.state is not None)

    def _on_recover(self) -> None:
        chosen = self.chosen
        self.accept()
        self.recover_requested.emit(chosen)

    def _ask_to_discard(self) -> None:
        buttons = QMessageBox.StandardButton
        found = self.chosen.contents
        question = QMessageBox(
            QMessageBox.Icon.NoIcon,
            "Routewright",
            trn(
                "Discard {number} change to “{title}”?",
                "Discard {number} changes to “{title}”?",
                found.edits,
                title=_title(found),
            ),
            buttons.Cancel,
            self,
        )
        question.setObjectName("discard_question")
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setInformativeText(tr("They cannot be brought back after that."))
        question.setDefaultButton(buttons.Cancel)
        discard = question.addButton(buttons.Discard)
        discard.setAutoDefault(False)  # Enter never means it, even if it gets the focus
        discard.setObjectName("discard_yes")
        question.finished.connect(lambda code: self._on_answered(question, code == buttons.Discard.value))
        question.open()

    def _on_answered(self, question: QMessageBox, discard: bool) -> None:
        question.deleteLater()
        if not discard:
            return
        row = self._list.currentIndex().row()
        self._list.takeTopLevelItem(row)  # which chooses another one while it is still there
        gone = self._found.pop(row)
        self.discard_requested.emit(gone)
        if not self._found:
            self.accept()


def _list() -> QTreeWidget:
    made = QTreeWidget()
    made.ensurePolished()  # else rows are measured before the style says how high they are
    made.setObjectName("recovery_list")
    made.setAccessibleName(tr("Documents with unsaved changes"))
    made.setHeaderLabels([tr("Document"), tr("Last change"), tr("Changes")])
    made.setRootIsDecorated(False)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (1, 2):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    return made


def _button(text: str, name: str, act: object) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAutoDefault(False)
    made.clicked.connect(act)
    return made


def _title(found: Contents) -> str:
    if found.place is not None:
        return found.place.path.stem
    return found.state.scenario.settings.name if found.state is not None else tr("Untitled")


def _cells(found: Contents) -> list[str]:
    when = moment(datetime.fromtimestamp(found.latest)) if found.latest else ""
    return [_title(found), when, str(found.edits or "")]


def _details(found: Contents) -> str:
    where = str(found.place.path) if found.place is not None else tr("Not saved to a file yet")
    if found.newer:
        return f"{where}\n" + tr("A newer Routewright wrote this down; open it with that one.")
    if found.variants is None:
        return f"{where}\n" + tr("What was written down is damaged and cannot be read.")
    lines = [where, whole_contents(found.variants)]
    if found.place is not None and not found.place.unchanged:
        lines.append(tr("The file has changed since, so what is recovered will be a new document."))
    lines.append(tr("Last changes:"))
    return "\n".join([*(line for line in lines if line), *(f"    {name}" for name in reversed(found.names))])
