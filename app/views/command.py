"""A command of the window, as data."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One command.

    Parameters
    ----------
    name
        Object name of its action.
    text
        In the menu; ``&`` marks the letter that reaches it there, an ellipsis that more will be asked.
    keys
        A standard key, a text such as ``Ctrl+1``, or nothing.
    icon
        Of ``resources/icons``.
    tip
        In the status bar and on the toolbar.
    checkable
        Whether it is on or off.
    local
        Whether the keys count only in the widgets that the action is given to, as those of single letters have to.
    """

    name: str
    text: str
    keys: QKeySequence.StandardKey | str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    local: bool = False


SEPARATOR = Command("", "")
"""A line in a menu."""
