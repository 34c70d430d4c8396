"""All that widgets let a user read: texts, tips, names for screen readers, headings and cells."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QStatusBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

MOST_ROWS = 40
"""Rows of a table that are read."""
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


def read_aloud(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield where a text is and what it says, of a window and all that is in it."""
    for widget in (top, *top.findChildren(QWidget)):
        where = _path(widget)
        for text in _of_any(widget):
            yield where, text
        for text in _of_kind(widget):
            yield where, text
    for action in top.findChildren(QAction):
        for text in (action.text(), action.toolTip(), action.statusTip(), action.whatsThis()):
            yield f"action {action.objectName() or _path(action)}", text


def _path(thing: QObject) -> str:
    """Return the names of a thing and of the nearest one above it that has a name."""
    own, above = thing.objectName(), thing.parent()
    while not own.strip() or own.startswith("qt_"):
        if above is None:
            return type(thing).__name__
        own, above = above.objectName(), above.parent()
    return f"{own} ({type(thing).__name__})"


def _of_any(widget: QWidget) -> Iterator[str]:
    yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.accessibleName()
    yield widget.accessibleDescription()


def _of_kind(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() if widget.parent() is None or not isinstance(widget.parent(), QAbstractSpinBox):
            yield widget.text()
        case QAbstractButton() if not _is_standard(widget):
            yield widget.text()
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            yield widget.placeholderText()
        case QGroupBox() | QMenu():
            yield widget.title()
        case QTabBar():
            for tab in range(widget.count()):
                yield from (widget.tabText(tab), widget.tabToolTip(tab))
        case QStatusBar():
            yield widget.currentMessage()
        case QMessageBox():
            yield from (widget.text(), widget.informativeText(), widget.detailedText())
        case QComboBox():
            yield from _of_model(widget.model())
        case QAbstractItemView():
            yield from _of_model(widget.model())


def _is_standard(button: QAbstractButton) -> bool:
    """Whether Qt itself writes on a button."""
    box = button.parent()
    return (
        isinstance(box, QDialogButtonBox) and box.standardButton(button) is not QDialogButtonBox.StandardButton.NoButton
    )


def _of_model(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    for column in range(_columns(model, QModelIndex())):
        for role in ROLES:
            yield _text(model.headerData(column, Qt.Orientation.Horizontal, role))
    yield from _of_rows(model, QModelIndex())


def _of_rows(model: QAbstractItemModel, above: QModelIndex) -> Iterator[str]:
    for row in range(min(model.rowCount(above), MOST_ROWS)):
        for column in range(_columns(model, above)):
            index = model.index(row, column, above)
            for role in ROLES:
                yield _text(index.data(role))
        yield from _of_rows(model, model.index(row, 0, above))


def _columns(model: QAbstractItemModel, above: QModelIndex) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
