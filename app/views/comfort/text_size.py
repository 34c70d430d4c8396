"""How large text is, from 80 to 200 percent of what the system uses; kept from one start to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTableView

from app.language import tr
from app.views.theme import Theme

SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
"""Percent."""
NORMAL = 100
DOCK_SHARE = 0.38
"""Most of the window's width or height that a dock is given; the map gets the rest."""

DockArea = Qt.DockWidgetArea

_KEY = "window/text_size"


class TextSize(QObject):
    """Makes all text of a window larger or smaller while it is open.

    What is drawn by widgets of our own follows by itself, since Qt tells them of the new font. Rows, columns and docks
    were given their sizes in pixels, or by the user with the mouse, so they are scaled here.

    Parameters
    ----------
    theme
        Has the font.
    settings
        Where the size is kept; what makes no sense there counts as 100 %.
    window
        What is scaled.

    Signals
    -------
    said
        A passing sentence.
    """

    said = Signal(str)

    def __init__(self, theme: Theme, settings: QSettings, window: QMainWindow) -> None:
        super().__init__(window)
        self._theme, self._settings, self._window = theme, settings, window
        self._actions: Mapping[str, QAction] = {}
        self.percent = _stored(settings)
        theme.set_text_scale(self.percent / 100)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {
            "text_larger": lambda: self.set_percent(SIZES[min(bisect_right(SIZES, self.percent), len(SIZES) - 1)]),
            "text_smaller": lambda: self.set_percent(SIZES[max(bisect_left(SIZES, self.percent) - 1, 0)]),
            "text_normal": lambda: self.set_percent(NORMAL),
        }

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Enable these from now on where they can do something."""
        self._actions = actions
        # Where + is typed with Shift, people leave Shift out.
        actions["text_larger"].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._enable()

    def set_percent(self, percent: int) -> None:
        """Use this size from now on."""
        if percent == self.percent:
            return
        factor = percent / self.percent
        self.percent = percent
        self._settings.setValue(_KEY, percent)
        self._theme.set_text_scale(percent / 100)
        scale_tables(self._window.findChildren(QTableView), factor)
        self._scale_docks(factor)
        self._enable()
        self.said.emit(tr("Text size {percent} %", percent=percent))

    def _scale_docks(self, factor: float) -> None:
        """Give docks the room that their text needs now, but not what the map needs."""
        window = self._window
        for dock in window.findChildren(QDockWidget):
            beside = window.dockWidgetArea(dock) in (DockArea.LeftDockWidgetArea, DockArea.RightDockWidgetArea)
            room, size = (window.width(), dock.width()) if beside else (window.height(), dock.height())
            way = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
            if not dock.isHidden() and not dock.visibleRegion().isEmpty():
                window.resizeDocks([dock], [at_most(round(size * factor), room)], way)

    def _enable(self) -> None:
        for name, possible in (
            ("text_larger", self.percent < SIZES[-1]),
            ("text_smaller", self.percent > SIZES[0]),
            ("text_normal", self.percent != NORMAL),
        ):
            if name in self._actions:
                self._actions[name].setEnabled(possible)


def scale_tables(tables: Iterable[QTableView], factor: float) -> None:
    """Make the rows and columns of tables larger or smaller by a factor."""
    for table in tables:
        rows, columns = table.verticalHeader(), table.horizontalHeader()
        rows.setDefaultSectionSize(round(rows.defaultSectionSize() * factor))
        rows.setMinimumWidth(round(rows.minimumWidth() * factor))
        columns.setMinimumSectionSize(round(columns.minimumSectionSize() * factor))
        for column in range(columns.count()):
            columns.resizeSection(column, round(columns.sectionSize(column) * factor))


def at_most(pixels: int, room: int) -> int:
    """Return how much of a window a dock may take that wants some pixels."""
    return min(pixels, round(DOCK_SHARE * room))


def _stored(settings: QSettings) -> int:
    stored = str(settings.value(_KEY, ""))
    return int(stored) if stored.isdecimal() and int(stored) in SIZES else NORMAL
