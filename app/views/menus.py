"""The menus and the tool bar, from the commands that `app.views.actions` lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy, QToolBar, QWidget

from app.language import tr
from app.views.actions import MENUS, SUBMENUS, TOOLBAR
from app.views.command import SEPARATOR, Command
from app.views.menu import Menu
from app.views.solve_bar import SolveBar

MakeMenu = Callable[[str], QMenu]
"""Makes a menu that fills itself; takes the title."""

NONE: Mapping[str, MakeMenu] = MappingProxyType({})


def fill_menu_bar(
    bar: QMenuBar, actions: Mapping[str, QAction], solve_bar: SolveBar, special: Mapping[str, MakeMenu]
) -> None:
    """Put all commands into menus.

    Parameters
    ----------
    bar
        Of the window.
    actions
        By the names of the commands.
    solve_bar
        Has the first commands of the plan.
    special
        The menus that fill themselves, by the name of the menu or of the command that opens it.
    """
    for name, title, commands in MENUS:
        menu = special[name](title) if name in special else Menu(title, bar)
        menu.setObjectName(name)
        bar.addMenu(menu)
        if name == "plan_menu":
            solve_bar.solve_action.setText(tr("&Solve"))
            solve_bar.stop_action.setText(tr("S&top and keep the best plan"))
            menu.addActions([solve_bar.solve_action, solve_bar.stop_action])
            menu.addSeparator()
        for command in commands:
            add_command(menu, command, actions, special)


def make_tool_bar(actions: Mapping[str, QAction], solve_bar: SolveBar, parent: QWidget) -> QToolBar:
    """Return the bar with the commands that are used most, and those that solve at its end."""
    bar = QToolBar(tr("Toolbar"), parent)
    bar.setObjectName("toolbar")
    bar.setMovable(False)
    bar.setIconSize(QSize(20, 20))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in TOOLBAR:
        if name:
            bar.addAction(actions[name])
        else:
            bar.addSeparator()
    bar.addSeparator()
    for widget in (solve_bar.solve_button, solve_bar.stop_button, solve_bar.seconds):
        widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    bar.addWidget(solve_bar)
    return bar


def add_command(
    menu: QMenu, command: Command, actions: Mapping[str, QAction], special: Mapping[str, MakeMenu] = NONE
) -> None:
    """Put a command into a menu, or the menu that it opens; parameters are those of `fill_menu_bar`."""
    if command is SEPARATOR:
        menu.addSeparator()
    elif command.name in special:
        menu.addMenu(special[command.name](command.text))
    elif command.name in SUBMENUS:
        submenu = Menu(command.text, menu)
        menu.addMenu(submenu)
        submenu.setObjectName(f"{command.name}_menu")
        for one in SUBMENUS[command.name]:
            add_command(submenu, one, actions, special)
    else:
        menu.addAction(actions[command.name])
