"""Whose work is in the program, component by component, with every licence in full, and a search through all of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.language import tr, trn
from app.map.text_scale import scaled
from app.support.notices import Notice
from app.views.support.credit import CREDIT, LIBRARIES_OF_QT
from app.views.support.plain_text import reading_text
from app.views.theme import GAP, MARGIN

WIDTH, HEIGHT, LIST_WIDTH = 860, 620, 230


class LicencesDialog(QDialog):
    """Components on the left, what is said of the chosen one on the right.

    Parameters
    ----------
    notices
        As `app.support.notices.notices` returns them; none in a checkout, where the largest are named instead.
    """

    def __init__(self, notices: Sequence[Notice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("licences_dialog")
        self.setWindowTitle(tr("Licences"))
        self.finished.connect(self.deleteLater)
        self._notices = list(notices)
        self.list = self._make_list()
        self.text = reading_text("licences_text", tr("What is said of the chosen component"))
        self._find = QLineEdit()
        self._find.setObjectName("licences_find")
        self._find.setPlaceholderText(tr("Find in names and licences"))
        self._find.setAccessibleName(tr("Find in names and licences"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(self._on_typed)
        self._found = QLabel()
        self._found.setObjectName("licences_found")
        self._found.setProperty("muted", True)
        close = QPushButton(tr("Close"))
        close.setObjectName("licences_close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        heading = QLabel(LIBRARIES_OF_QT)
        heading.setObjectName("licences_qt")
        heading.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(heading)
        if self._notices:
            self._lay_out(layout)
            self.resize(scaled(WIDTH), scaled(HEIGHT))
            self._on_typed("")
        else:
            layout.addWidget(_in_short())
            self.setFixedWidth(scaled(WIDTH) // 2)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        layout.addLayout(row)
        (self._find if self._notices else close).setFocus()

    @cached_property
    def _folded(self) -> list[str]:
        """All that is said, for a search that does not mind capitals."""
        return [f"{one.title}\n{one.text}".casefold() for one in self._notices]

    def find_next(self, step: int = 1) -> None:
        """Go to the next place that has the words (``step`` 1), or to the one before (-1), round all components."""
        words = self._find.text()
        if not words or self.list.currentRow() < 0 or self._mark(words, step):
            return
        rows = [row for row in range(self.list.count()) if not self.list.item(row).isHidden()]
        here = rows.index(self.list.currentRow())
        beyond = rows[here + 1 :] + rows[: here + 1] if step > 0 else rows[:here][::-1] + rows[here:][::-1]
        for row in beyond:
            self._show(row)
            self.list.setCurrentRow(row)
            self.text.moveCursor(QTextCursor.MoveOperation.Start if step > 0 else QTextCursor.MoveOperation.End)
            if self._mark(words, step):
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search by Enter, backwards with Shift; a dialog would take it for its button."""
        if self._find.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.find_next(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as a short text needs, which is known when the style has given it its fonts."""
        super().showEvent(event)
        if not self._notices:
            self.resize(self.width(), self.heightForWidth(self.width()))

    def _lay_out(self, layout: QVBoxLayout) -> None:
        keys = QKeySequence.StandardKey
        QShortcut(keys.Find, self, self._find.setFocus)
        QShortcut(keys.FindNext, self, self.find_next)
        QShortcut(keys.FindPrevious, self, lambda: self.find_next(-1))
        search = QHBoxLayout()
        search.setSpacing(GAP)
        search.addWidget(self._find, 1)
        search.addWidget(self._found)
        both = QSplitter()
        both.setObjectName("reading_splitter")
        both.setChildrenCollapsible(False)
        both.setHandleWidth(GAP)
        both.addWidget(self.list)
        both.addWidget(self.text)
        both.setSizes([scaled(LIST_WIDTH), scaled(WIDTH - LIST_WIDTH)])
        both.setStretchFactor(1, 1)
        layout.addLayout(search)
        layout.addWidget(both, 1)

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("licences_list")
        made.setAccessibleName(tr("Components"))
        made.setUniformItemSizes(True)
        for one in self._notices:
            QListWidgetItem(one.title or tr("About this notice"), made)
        made.currentRowChanged.connect(self._show)
        return made

    def _on_typed(self, typed: str) -> None:
        """Leave those in the list that have the words, and show the first of them."""
        words = typed.casefold()
        hits = [row for row, text in enumerate(self._folded) if words in text] if words else range(len(self._notices))
        for row in range(self.list.count()):
            self.list.item(row).setHidden(row not in hits)
        self._found.setText(trn("{number} component", "{number} components", len(hits)))
        if not hits:
            self.list.setCurrentRow(-1)
            self.text.clear()
            return
        if self.list.currentRow() not in hits:
            self.list.setCurrentRow(hits[0])
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._mark(typed, 1)

    def _show(self, row: int) -> None:
        if row >= 0:
            one = self._notices[row]
            self.text.setPlainText(f"{one.title}\n\n{one.text}".lstrip("\n"))

    def _mark(self, words: str, step: int) -> bool:
        """Select the next place in the text that has the words, and return whether there is one."""
        backward = QTextDocument.FindFlag.FindBackward
        return bool(words) and self.text.find(words, QTextDocument.FindFlag(0) if step > 0 else backward)


def _in_short() -> QLabel:
    sources = tr(
        "An installed Routewright shows all licences here in full. They are put together when an installer is built, "
        "from what is in it, so there are none where the program runs from its sources."
    )
    made = QLabel(f"{CREDIT}\n\n{sources}")
    made.setObjectName("licences_in_short")
    made.setWordWrap(True)
    return made
