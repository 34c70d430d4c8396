"""The whole window in one language, in a process of its own: sentences are constants, so no other language is in it.

``python -m tests.app.views.spoken_window`` opens the window in the language that the user wants, shows the sample, and
prints as JSON what its menus, keys and guide say. What Qt complains about goes to stderr.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.language import spoken, use_language
from app.language_choice import wanted_languages

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from app.views.main_window import MainWindow


def main() -> int:
    """Open the window, print what it says, and close it."""
    use_language(*wanted_languages())
    from PySide6.QtCore import QLocale, QSettings

    from app.jobs.client import SolverClient
    from app.views.application import make_application
    from app.views.colours import Appearance
    from app.views.main_window import MainWindow
    from app.views.theme import Theme

    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Theme(app, Appearance.LIGHT), settings, SolverClient())
        window.show()
        window.actions_by_name["open_straight_sample"].trigger()
        while not window.session.scenario.customers or window.controller.evaluations.busy:
            app.processEvents()
        print(json.dumps({"spoken": spoken(), "weekday": QLocale().dayName(1), **said(window)}))
        window.end()
    return 0


def said(window: MainWindow) -> dict[str, Any]:
    """Return what the window says: menus with their keys, standard buttons, title, and all keys it knows."""
    from PySide6.QtGui import QAction, QKeySequence
    from PySide6.QtWidgets import QAbstractButton, QDialogButtonBox, QLabel, QMenu

    from app.views.dialogs.shortcuts_dialog import CELLS, GESTURES, RULES, TIMELINE, ZONES
    from app.views.guide.pages import read_pages

    for name in ("show_replan", "show_comparison", "show_why", "show_settings"):
        window.actions_by_name[name].trigger()
    native = QKeySequence.SequenceFormat.NativeText
    menus = [action.menu() for action in window.menuBar().actions()]
    tops = [menu for menu in menus if isinstance(menu, QMenu)]
    commands = [one for menu in tops for one in commands_of(menu, menu.title().replace("&", ""))]
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return {
        "letters": {"menu_bar": [menu.title() for menu in tops], **letters(window)},
        "beside": [
            *(label.text() for label in window.findChildren(QLabel) if label.buddy() is not None),
            *(button.text() for button in window.findChildren(QAbstractButton)),
        ],
        "commands": {way: [one.toString(native) for one in action.shortcuts()] for way, action in commands},
        "keys": [one.toString(native) for action in window.findChildren(QAction) for one in action.shortcuts()],
        "gestures": [keys for keys, _ in (*GESTURES, *ZONES, *TIMELINE, *CELLS, *RULES)],
        "cancel": box.button(QDialogButtonBox.StandardButton.Cancel).text(),
        "guide": [str(page.path) for page in read_pages()],
        "tabs": [window.tables_dock.tabs.tabText(tab) for tab in range(window.tables_dock.tabs.count())],
        "issues": window.status.currentMessage(),
    }


def letters(window: MainWindow) -> dict[str, list[str]]:
    """Return the texts in each menu that has a name."""
    from PySide6.QtWidgets import QMenu

    return {
        menu.objectName(): [action.text() for action in menu.actions() if not action.isSeparator()]
        for menu in window.menuBar().findChildren(QMenu) + window.findChildren(QMenu)
        if menu.objectName()
    }


def commands_of(menu: QMenu, path: str) -> Iterator[tuple[str, Any]]:
    """Yield all commands of a menu, and of the menus in it, by the way to them."""
    from PySide6.QtWidgets import QMenu

    for action in menu.actions():
        if not action.isSeparator():
            way = f"{path} > {action.text().replace('&', '').lstrip('0123456789 ')}"
            yield way, action
            below = action.menu()
            if isinstance(below, QMenu):
                yield from commands_of(below, way)


if __name__ == "__main__":
    sys.exit(main())
