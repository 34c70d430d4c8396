"""The files that were opened last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

MOST = 10
"""How many files are remembered."""

_KEY = "files/recent"


class RecentFiles(QObject):
    """Paths of documents and scenarios, the newest first, kept in the settings.

    Signals
    -------
    changed
        The list is another one.
    """

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    @property
    def paths(self) -> list[Path]:
        """The paths, the newest first."""
        stored = self._settings.value(_KEY, [])
        texts = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(text) for text in texts if isinstance(text, str) and text][:MOST]

    def add(self, path: Path) -> None:
        """Put a path at the top."""
        path = path.absolute()
        self._store([path, *(other for other in self.paths if other != path)])

    def remove(self, path: Path) -> None:
        """Forget a path, such as one that is gone."""
        self._store([other for other in self.paths if other != path])

    def clear(self) -> None:
        """Forget all of them."""
        self._store([])

    def _store(self, paths: list[Path]) -> None:
        self._settings.setValue(_KEY, [str(path) for path in paths[:MOST]])
        self.changed.emit()
