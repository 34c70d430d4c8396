"""What the menu of help opens: the guide, the keys, and what helps when something went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.views.actions import by_menu
from app.views.solve_bar import SolveBar
from app.views.support.desk import SupportDesk
from app.views.theme import Theme


class HelpDesk(QObject):
    """Opens windows and dialogs; the start does without them, so they are imported when they are asked for.

    Parameters
    ----------
    controller, runner, theme
        Of the window.
    bar
        Has the commands that stand first in the menu of the plan.
    window
        Owner of what is opened.

    Attributes
    ----------
    support
        What helps when something went wrong.
    """

    def __init__(
        self, controller: SolveController, runner: BackgroundRunner, theme: Theme, bar: SolveBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self._plan = (bar.solve_action, bar.stop_action)
        self.support = SupportDesk(controller, runner, theme, window)
        self._actions: Mapping[str, QAction] = {}

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {"guide": self._show_guide, "shortcuts": self._show_shortcuts, **self.support.commands()}

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """List the keys of these commands."""
        self._actions = actions

    def _show_guide(self) -> None:
        from app.views.guide.window import show_guide

        show_guide(self._theme, self._window)

    def _show_shortcuts(self) -> None:
        from app.views.dialogs.shortcuts_dialog import ShortcutsDialog

        ShortcutsDialog(by_menu(self._actions, self._plan), self._window).open()
