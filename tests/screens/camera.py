"""Opens a window of its own for each appearance and size, leads it through the scenes and takes the pictures."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QSize
from PySide6.QtWidgets import QApplication, QWidget

from app.jobs.client import SolverClient
from app.views.application import make_application
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.theme import Theme
from tests.screens.scenes import SCENES
from tests.solver import fake_engine

_themes: dict[str, Theme] = {}


def take(document: Path, out: Path, appearance: Appearance, size: tuple[int, int], only: str) -> None:
    """Take all pictures of one appearance and size whose names have a text in them."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = make_application()
    theme = _themes.setdefault("only", Theme(app, appearance)) if not _themes else _themes["only"]
    theme.apply(appearance)
    for scene in SCENES:
        name = f"{scene.__name__}-{appearance.value}-{size[0]}.png"
        if only not in name:
            continue
        settings = QSettings(str(out / "settings.ini"), QSettings.Format.IniFormat)
        settings.clear()
        window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
        window.resize(QSize(*size))
        window.show()
        shown: QWidget = window
        try:
            shown = scene(window, document) or window
            settle()
            shown.grab().save(str(out / name))
        finally:
            if shown is not window:
                shown.close()
            window.end()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    (out / "settings.ini").unlink(missing_ok=True)


def settle(seconds: float = 0.35) -> None:
    """Let the window compute figures and paint."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
