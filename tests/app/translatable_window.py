"""Opens every screen in the pseudo-language and prints as JSON what is said on it in no language, or in pieces.

``python -m tests.app.translatable_window FOLDER``: in a process of its own, since sentences are constants.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from app import language
from tests.app.pseudo_language import PseudoLanguage, fault_of

STAYS = {
    "(QAbstractButton)": "what Qt writes on the buttons of docks",
    "ScrollLeftButton": "Qt's, in a bar of tabs",
    "ScrollRightButton": "Qt's, in a bar of tabs",
    "action cost_plot": "pyqtgraph's, in a menu that never opens",
    "action mapCanvas": "pyqtgraph's, in a menu that never opens",
    "action language_": "each language is called what its speakers call it",
    "customers_encoding": "encodings are called the same everywhere",
    "customers_sample": "cells of the file that is imported",
    "guide_contents": "the guide has translations of its own",
    "issues_view": "rows that the scene makes up",
    "command_text": "what the scene types",
    "command_ways": "words of the grammar, of which each language has a table",
    "model_name": "models are called the same everywhere",
    "find_address_": "what the scene types, and addresses as the map has them",
    "licences_list": "names that the scene makes up",
    "licences_text": "licences are what their authors wrote",
    "reports_list": "faults are called the same everywhere",
    "reports_text": "a report is for whoever puts the fault right",
    "places_candidates": "addresses as the map has them",
    "places_rows": "addresses that the scene makes up",
    "places_source": "whom a network says that it is from",
    "travel_server_kind": "programs are called the same everywhere",
}
"""By a part of the name of a widget: what may be on it that was not said, and why."""

SKIPPED = {"sample", "message"}
"""Scenes with names and sentences in Latin letters that the program does not say."""


def main(folder: Path) -> int:
    """Lead a window through each scene and print what is wrong."""
    language._catalogue = PseudoLanguage()
    from PySide6.QtCore import QCoreApplication, QEvent, QSettings
    from PySide6.QtWidgets import QApplication

    from app.jobs.client import SolverClient
    from app.views.application import make_application
    from app.views.colours import Appearance
    from app.views.main_window import MainWindow
    from app.views.theme import Theme
    from tests.app.foreign_document import save_foreign_document
    from tests.app.read_aloud import read_aloud
    from tests.screens.scenes import SCENES, rest
    from tests.solver import fake_engine

    app = make_application()
    theme = Theme(app, Appearance.LIGHT)
    document = folder / "ж.routewright"
    save_foreign_document(document)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    found: dict[str, list[str]] = {}
    for scene in SCENES:
        if scene.__name__ in SKIPPED:
            continue
        settings.clear()
        window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
        window.resize(1280, 800)
        window.show()
        shown = scene(window, document)
        rest(0.2)
        for top in QApplication.topLevelWidgets():
            for where, text in read_aloud(top):
                fault = fault_of(text)
                if fault and not any(name in where for name in STAYS):
                    found.setdefault(f"{where}: {fault}: {text}", []).append(scene.__name__)
        if shown is not None:
            shown.close()
        window.end()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
