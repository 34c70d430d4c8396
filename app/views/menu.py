"""Menus whose letters are theirs while they are open."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu

_WITH_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Menu(QMenu):
    """A menu that takes letters before the program does: M there is not the key of a mode, but of an entry.

    Qt asks the shortcuts of the window behind an open menu first, and this program has some of a single letter.
    """

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            key = cast(QKeyEvent, event)
            if key.text().isprintable() and key.text() and not key.modifiers() & _WITH_OTHERS:
                event.accept()
                return True
        return super().event(event)
