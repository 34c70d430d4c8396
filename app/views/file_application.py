"""An application that is told which file to open while it runs, as macOS does with what is double-clicked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class FileApplication(QApplication):
    """Hands files that the system asks for to whoever opens them.

    On other systems such a file is on the command line of a new process. Here the first one may come before there is a
    window, and is kept until then.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._open: Callable[[Path], object] | None = None
        self._kept: Path | None = None

    def open_files_with(self, opener: Callable[[Path], object]) -> None:
        """Have files opened from now on, and the newest of those that came before.

        Parameters
        ----------
        opener
            What opens a file.
        """
        self._open = opener
        if self._kept is not None:
            opener(self._kept)
            self._kept = None

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        path = Path(event.file())
        if self._open is None:
            self._kept = path
        else:
            self._open(path)
        return True
