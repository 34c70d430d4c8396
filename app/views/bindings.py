"""What actions show of the window's state, and what the checkable ones do to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QDockWidget, QWidget

from app.language import tr
from app.map.view import MapMode, MapView

MODES = {
    "mode_select": MapMode.SELECT,
    "mode_move": MapMode.MOVE,
    "mode_rectangle": MapMode.RECTANGLE,
    "mode_lasso": MapMode.LASSO,
    "mode_add_customer": MapMode.ADD_CUSTOMER,
    "mode_add_depot": MapMode.ADD_DEPOT,
    "mode_draw_zone": MapMode.DRAW_ZONE,
    "mode_close_street": MapMode.CLOSE_STREET,
    "mode_ask": MapMode.ASK,
}
"""The modes of the map by the names of their commands."""

STEPS = {
    "undo": (tr("&Undo"), tr("&Undo {edit}")),
    "redo": (tr("&Redo"), tr("&Redo {edit}")),
}
"""What the commands are called when there is no step to take, and when there is one."""


def bind_steps(actions: Mapping[str, QAction], stack: QUndoGroup) -> None:
    """Let undo and redo say which step they would take, and be off when there is none."""
    for name, can, changed, named in (
        ("undo", stack.canUndo, stack.canUndoChanged, stack.undoTextChanged),
        ("redo", stack.canRedo, stack.canRedoChanged, stack.redoTextChanged),
    ):
        action = actions[name]
        action.setEnabled(can())
        changed.connect(action.setEnabled)
        named.connect(partial(_name_step, action, STEPS[name]))


def bind_modes(actions: Mapping[str, QAction], view: MapView) -> None:
    """Let one of the modes be checked, the one that the map is in; on the map, letters are their keys."""
    group = QActionGroup(view)
    for name, mode in MODES.items():
        action = actions[name]
        action.triggered.connect(partial(_set_mode, view, mode))
        group.addAction(action)
        view.addAction(action)
    names = {mode: name for name, mode in MODES.items()}
    view.mode_changed.connect(lambda mode: actions[names[mode]].setChecked(True))
    actions[names[view.mode]].setChecked(True)


def bind_dock(action: QAction, dock: QDockWidget) -> None:
    """Let an action show and hide a dock, and be checked while it is open."""
    action.triggered.connect(partial(_show_or_hide, action, dock))
    dock.visibilityChanged.connect(partial(_follow_visibility, action, dock))
    action.setChecked(True)


def _name_step(action: QAction, names: tuple[str, str], edit: str) -> None:
    name = names[1] if edit else names[0]
    action.setText(name.format(edit=edit.replace("&", "&&")))
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{name.replace('&', '').format(edit=edit)} ({keys})")


def _set_mode(view: MapView, mode: MapMode, _checked: bool = False) -> None:
    """Change to a mode; asked for once more, as by a double click on its button, it is kept."""
    view.set_mode(mode, keep=view.mode is mode)


def _show_or_hide(action: QAction, dock: QDockWidget, _checked: bool = False) -> None:
    """Bring a dock to the front, or close it if that is where it is."""
    if dock.visibleRegion().isEmpty():  # closed, or behind the other tab
        dock.show()
        dock.raise_()
        dock.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        dock.hide()
    _follow_visibility(action, dock, dock.isVisible())


def _follow_visibility(action: QAction, dock: QWidget, _visible: bool) -> None:
    """Show whether a dock is open; one in a minimized window is."""
    action.setChecked(not dock.isHidden())
