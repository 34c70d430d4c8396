"""What the steps of a self-test work with: the real window, with settings and folders of its own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QSettings, QStandardPaths, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QGuiApplication

from app.jobs.client import SolverClient
from app.model.evaluation import Evaluation
from app.resources import resource
from app.selftest.step import StepError
from app.selftest.waiting import Wait, until_drawn
from app.selftest.wish import Wish
from app.views.application import favour_the_window, make_application
from app.views.colours import Appearance
from app.views.comfort.guide import note_learned
from app.views.garbage import GarbageCollector
from app.views.main_window import SAMPLE, SIZE, MainWindow
from app.views.theme import Theme


class Stage:
    """The window, shown and idle.

    Parameters
    ----------
    wish
        What is wanted.

    Attributes
    ----------
    window
        The window.
    messages
        What Qt has complained of.
    """

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.messages: list[str] = []
        qInstallMessageHandler(self._on_message)
        if sys.platform != "linux":  # there the environment says where everything is
            QStandardPaths.setTestModeEnabled(True)
        app = make_application()
        # A window of a first start, but for its hints.
        settings = QSettings(str(wish.folder / "settings.ini"), QSettings.Format.IniFormat)
        note_learned(settings)
        self._collector = GarbageCollector(app)
        client = SolverClient() if wish.serve is None else SolverClient(serve=wish.serve)
        self.window = MainWindow(Theme(app, Appearance.LIGHT), settings, client)
        self.window.resize(SIZE)
        self.window.show()
        favour_the_window()
        until_drawn(self.window)

    @property
    def sample(self) -> Path:
        """What is opened."""
        return self.wish.sample or resource(SAMPLE)

    def facts(self) -> Mapping[str, Any]:
        """Return what there is to know of the surroundings that Qt has found."""
        return {"qt_platform": QGuiApplication.platformName(), "fonts": len(QFontDatabase.families())}

    def file(self, name: str) -> Path:
        """Return where a file is written that is handed over at the end."""
        return self.wish.written / name

    def figures(self) -> Evaluation:
        """Return the figures of what is shown, as soon as they are there.

        Raises
        ------
        StepError
            If there are none.
        """
        evaluations = self.window.controller.evaluations
        while evaluations.busy:
            Wait().on(evaluations.evaluated).result()
        if evaluations.evaluation is None:
            raise StepError(f"there are no figures: {'; '.join(map(str, evaluations.issues))}")
        return evaluations.evaluation

    def close(self) -> None:
        """End the window, the engine and all threads."""
        self.window.end()
        self._collector.close()
        qInstallMessageHandler(None)

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        """Keep what Qt has to say, but for what its offscreen platform says of window managers at every turn."""
        if message and not message.startswith("This plugin does not support"):
            self.messages.append(message)
            print(message, file=sys.stderr)
