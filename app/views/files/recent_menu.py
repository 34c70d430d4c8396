"""The menu of the files that were opened last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.language import tr
from app.views.files.recent import RecentFiles
from app.views.menu import Menu


class RecentMenu(Menu):
    """Lists the recent files with keys for each, and lets them be forgotten.

    Parameters
    ----------
    title
        Of the menu.
    recent
        The files.
    open_file
        Opens one.
    """

    def __init__(self, title: str, recent: RecentFiles, open_file: Callable[[Path], None], parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName("recent_menu")
        self._recent, self._open = recent, open_file
        recent.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for place, path in enumerate(self._recent.paths, start=1):
            action = self.addAction(f"&{place % 10} {path.name.replace('&', '&&')}")
            action.setObjectName(f"recent_{place}")
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self._open(path))
        if self._recent.paths:
            self.addSeparator()
            forget = self.addAction(tr("&Clear List"))
            forget.setObjectName("recent_clear")
            forget.triggered.connect(lambda _checked=False: self._recent.clear())
        self.setEnabled(bool(self._recent.paths))
