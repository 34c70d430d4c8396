"""What the menu of help opens: the guide, the keys, and what the program is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.views.actions import by_menu
from app.views.theme import Theme


class HelpDesk(QObject):
    """Opens windows and dialogs; the start does without them, so they are imported when they are asked for.

    Parameters
    ----------
    theme
        Of the application.
    plan
        Commands that stand first in the menu of the plan and are made elsewhere.
    window
        Owner of what is opened.
    """

    def __init__(self, theme: Theme, plan: Sequence[QAction], window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._plan, self._window = theme, plan, window
        self._actions: Mapping[str, QAction] = {}

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {"guide": self._show_guide, "shortcuts": self._show_shortcuts, "about": self._show_about}

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """List the keys of these commands."""
        self._actions = actions

    def _show_about(self) -> None:
        from app.views.dialogs.about_dialog import AboutDialog

        AboutDialog(self._window).open()

    def _show_guide(self) -> None:
        from app.views.guide.window import show_guide

        show_guide(self._theme, self._window)

    def _show_shortcuts(self) -> None:
        from app.views.dialogs.shortcuts_dialog import ShortcutsDialog

        ShortcutsDialog(by_menu(self._actions, self._plan), self._window).open()
