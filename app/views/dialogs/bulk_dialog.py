"""Any field of all selected customers, in one dialog and one undo step."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.edits.session import EditSession
from app.jobs.background import BackgroundRunner
from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.changes import Edit
from app.model.scenario import Scenario
from app.views.messages import InlineMessage
from app.views.tables.blocks import BlockRefusedError
from app.views.tables.bulk import SharedField, bulk_edit, shared_fields
from app.views.tables.columns import Editor
from app.views.theme import GAP, MARGIN, Theme

logger = logging.getLogger(__name__)

SEVERAL = tr("several values")
_WIDTH = 460


class BulkField(QCheckBox):
    """A field of the dialog: a box that says whether it is to be changed, and beside it what to.

    Parameters
    ----------
    shared
        The field, and what all have there.
    scenario
        Says what there is to choose from.

    Attributes
    ----------
    editor
        A line, or a list where the field is chosen from one.

    Signals
    -------
    edited
        Another value, or whether it counts.
    """

    edited = Signal()

    def __init__(self, shared: SharedField, scenario: Scenario, parent: QWidget | None = None) -> None:
        column = shared.column
        super().__init__(column.title.replace("&", "&&"), parent)
        self.shared = shared
        self.setObjectName(f"bulk_change_{column.key}")
        self.setAccessibleName(tr("Change {title}", title=column.title))
        self.setToolTip(column.tip)
        self.editor: QLineEdit | QComboBox = QLineEdit() if column.editor is Editor.TEXT else _list(shared, scenario)
        self.editor.setObjectName(f"bulk_{column.key}")
        self.editor.setAccessibleName(column.title)
        self.editor.setToolTip(column.tip)
        self._show_present()
        self.toggled.connect(self._on_toggled)
        if isinstance(self.editor, QLineEdit):
            self.editor.textEdited.connect(lambda _: self._on_edited(True))
        else:
            self.editor.activated.connect(lambda _: self._on_edited(self.text_to_write is not None))

    @property
    def text_to_write(self) -> str | None:
        """What stands in the editor; None where nothing has been chosen yet."""
        if isinstance(self.editor, QLineEdit):
            return self.editor.text()
        chosen: str | None = self.editor.currentData()
        return chosen

    def _show_present(self) -> None:
        """Show what all have there, or that they differ."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(self.shared.text or "")
            self.editor.setPlaceholderText(SEVERAL if self.shared.text is None else "")
        else:
            self.editor.setCurrentIndex(self.editor.findData(self.shared.text) if self.shared.text is not None else 0)

    def _on_edited(self, counts: bool) -> None:
        self.setChecked(counts)
        self.edited.emit()

    def _on_toggled(self, on: bool) -> None:
        if not on:
            self._show_present()
        elif isinstance(self.editor, QLineEdit):
            self.editor.setPlaceholderText(tr("empty"))
        self.edited.emit()


class BulkDialog(QDialog):
    """Shows what the customers have in common; the fields that are ticked are changed for all of them.

    Parameters
    ----------
    session
        Holds the customers and gets the edit.
    ids
        Of the customers.
    runner
        Works out the edit beside the window: of ten thousand customers it takes a while.
    """

    def __init__(
        self,
        session: EditSession,
        ids: Sequence[str],
        runner: BackgroundRunner,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bulk_dialog")
        self._session, self._ids, self._runner = session, tuple(ids), runner
        self._over = False  # then its widgets may be gone
        self._busy = False
        count = len(self._ids)
        self.setWindowTitle(trn("Edit {number} Customer", "Edit {number} Customers", count))
        self.setMinimumWidth(scaled(_WIDTH))
        self.finished.connect(self._end)
        self.fields = [BulkField(shared, session.scenario, self) for shared in shared_fields(session.state, self._ids)]
        self._message = InlineMessage(theme)
        self._apply = QPushButton(trn("Change {number} Customer", "Change {number} Customers", count))
        self._cancel = QPushButton(tr("Cancel"))
        self._lay_out()
        for field in self.fields:
            field.edited.connect(self._refresh)
        self._refresh()
        self.fields[0].editor.setFocus()

    def _lay_out(self) -> None:
        heading = QLabel(tr("Ticked fields are changed for all; the others stay as they are."))
        heading.setProperty("muted", True)
        heading.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(self.fields):
            grid.addWidget(field, row, 0)
            grid.addWidget(field.editor, row, 1)
        self._cancel.setObjectName("bulk_cancel")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._apply.setObjectName("bulk_apply")
        self._apply.setProperty("primary", True)
        self._apply.setDefault(True)
        self._apply.clicked.connect(self._work_out)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._apply)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(heading)
        layout.addWidget(self._message)
        layout.addLayout(grid)
        layout.addLayout(buttons)
        # Typing ticks the box, so the editor comes before it
        order = [widget for field in self.fields for widget in (field.editor, field)]
        for widget, following in pairwise(order):
            QWidget.setTabOrder(widget, following)

    def texts(self) -> dict[str, str]:
        """Return what is to be written, by the key of the column."""
        found = {field.shared.column.key: field.text_to_write for field in self.fields if field.isChecked()}
        return {key: text for key, text in found.items() if text is not None}

    def _refresh(self) -> None:
        self._apply.setEnabled(bool(self.texts()) and not self._busy)

    def _work_out(self) -> None:
        state, ids, texts = self._session.state, self._ids, self.texts()
        self._set_busy(True)
        work = trn("Changing {number} customer", "Changing {number} customers", len(ids))
        self._runner.run(work, lambda: bulk_edit(state, ids, texts), self._on_edit, self._on_failed)

    def _on_edit(self, edit: Edit) -> None:
        if not self._over:
            self._session.do(*edit)
            self.accept()

    def _on_failed(self, error: Exception) -> None:
        if self._over:
            return
        self._set_busy(False)
        if not isinstance(error, BlockRefusedError):
            logger.error("customers could not be changed", exc_info=error)
            self._message.say(tr("The customers could not be changed. Nothing was changed."))
            return
        self._message.say(str(error))
        refused = {problem.title for problem in error.problems}
        field = next(field for field in self.fields if field.shared.column.title in refused)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field.editor, QLineEdit):
            field.editor.selectAll()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for field in self.fields:
            field.setEnabled(not busy)
            field.editor.setEnabled(not busy)
        self._refresh()

    def _end(self) -> None:
        self._over = True
        self.deleteLater()


def _list(shared: SharedField, scenario: Scenario) -> QComboBox:
    """Return a list of what may be chosen; where the customers differ it begins with a row that says so."""
    column = shared.column
    box = QComboBox()
    if shared.text is None:
        box.addItem(SEVERAL, None)
    choices = [("yes", tr("Yes")), ("no", tr("No"))] if column.choices is None else column.choices(scenario)
    for stored, label in choices:
        box.addItem(label or tr("None"), stored)
    if shared.text is not None and box.findData(shared.text) < 0:  # a profile that is gone stays visible
        box.insertItem(0, shared.text, shared.text)
    return box
