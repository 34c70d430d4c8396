"""A menu whose commands add to the selection with Shift and take out of it with Ctrl, by mouse and by keyboard."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.edits.selection import Combining
from app.language import tr
from app.views.menu import Menu
from app.views.select_commands import SelectCommands

MOST_NUMBERED = 9
"""Profiles that a digit reaches; the arrow keys reach the others."""


class SelectMenu(Menu):
    """Tells the commands which keys are down while one is chosen from it; their own keys always replace the selection.

    Parameters
    ----------
    title
        In the menu bar, or in the menu around it.
    commands
        What it chooses from.
    """

    def __init__(self, title: str, commands: SelectCommands, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._commands = commands

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._commands.how = Combining.of(event.modifiers())
        super().mouseReleaseEvent(event)
        self._commands.how = Combining.REPLACE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._commands.how = Combining.of(event.modifiers())
        super().keyPressEvent(event)
        self._commands.how = Combining.REPLACE


class ProfileMenu(SelectMenu):
    """Lists the profiles of the scenario; choosing one selects its customers."""

    def __init__(self, title: str, commands: SelectCommands, parent: QWidget | None = None) -> None:
        super().__init__(title, commands, parent)
        self.setObjectName("select_profile_menu")
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the profiles as they are now."""
        self.clear()
        self._add(tr("&0 No profile"), "")
        for place, (key, profile) in enumerate(self._commands.session.scenario.profiles.items(), start=1):
            name = (profile.name or key).replace("&", "&&")
            self._add(f"&{place} {name}" if place <= MOST_NUMBERED else name, key)

    def _add(self, text: str, profile: str) -> None:
        action = self.addAction(text)
        action.setObjectName(f"select_profile_{profile}")
        action.triggered.connect(lambda _checked=False: self._commands.select_profiles([profile]))
