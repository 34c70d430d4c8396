"""A long text to be read, as it was written: letters of one width, lines as they are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit


def reading_text(name: str, called: str) -> QPlainTextEdit:
    """Return a view that the Tab key leads into and out of.

    Parameters
    ----------
    name
        Of the object.
    called
        What a screen reader calls it.
    """
    made = QPlainTextEdit()
    made.setObjectName(name)
    made.setAccessibleName(called)
    made.setReadOnly(True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    made.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    made.setTabChangesFocus(True)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setPointSizeF(made.font().pointSizeF())
    made.setFont(fixed)
    return made
