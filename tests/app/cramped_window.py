"""Opens every screen in one language, at the size of the first start, and prints as JSON what is cut off on it.

``python -m tests.app.cramped_window LANGUAGE FOLDER``: in a process of its own, since sentences are constants.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.language import use_language

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SIZE = (1280, 800)
SLACK = 1
"""Pixels that rounding may take."""
MARGINS = 8
"""Pixels that a header or a tab keeps free beside its text, at the least."""
ARROW = 24
"""Pixels of the arrow of a box, and of what is around its text."""
ELIDED = {"customers_sample"}
"""What shows cells of a file, however long they are."""


def main(language: str, folder: Path) -> int:
    """Lead a window through each scene and print what is cut off."""
    use_language(language)
    from PySide6.QtCore import QCoreApplication, QEvent, QSettings

    from app.jobs.client import SolverClient
    from app.views.application import make_application
    from app.views.colours import Appearance
    from app.views.main_window import MainWindow
    from app.views.theme import Theme
    from tests.app.foreign_document import save_foreign_document
    from tests.screens.scenes import SCENES, rest
    from tests.solver import fake_engine

    app = make_application()
    theme = Theme(app, Appearance.LIGHT)
    document = folder / "day.routewright"
    save_foreign_document(document)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    found: dict[str, list[str]] = {}
    for scene in SCENES:
        settings.clear()
        window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
        window.resize(*SIZE)
        window.show()
        shown = scene(window, document)
        rest(0.2)
        for fault in cut_off(shown or window):
            found.setdefault(fault, []).append(scene.__name__)
        if shown is not None:
            shown.close()
        window.end()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    print(json.dumps(found))
    return 0


def cut_off(root: QWidget) -> Iterator[str]:
    """Yield each text of a window that does not have the room that it needs."""
    from PySide6.QtWidgets import QWidget

    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible() and not widget.visibleRegion().isEmpty() and widget.objectName() not in ELIDED:
            for text, room, need in _texts(widget):
                if room < need - SLACK:
                    yield f"{type(widget).__name__} {widget.objectName()}: “{text}” has {room} of {need} pixels"


def _texts(widget: QWidget) -> Iterator[tuple[str, int, int]]:
    """Yield the texts of a widget, with the pixels that each has and those that it needs."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QHeaderView, QLabel, QTabBar

    wide = widget.fontMetrics().horizontalAdvance
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            yield widget.text(), widget.height(), widget.heightForWidth(widget.width())
        else:
            yield widget.text(), widget.width(), widget.sizeHint().width()
    elif isinstance(widget, QAbstractButton) and widget.text():
        yield widget.text(), widget.width(), widget.sizeHint().width()
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield widget.tabText(tab), widget.tabRect(tab).width(), wide(widget.tabText(tab)) + MARGINS
        yield "all tabs", widget.width(), widget.sizeHint().width()
    elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        model = widget.model()
        for section in range(widget.count()) if model is not None else ():
            text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
            if not widget.isSectionHidden(section):
                yield text, widget.sectionSize(section), wide(text) + MARGINS
    elif isinstance(widget, QComboBox) and widget.count():
        texts = [widget.itemText(place) for place in range(widget.count())]
        longest = max(texts, key=wide)
        yield longest, widget.width(), wide(longest) + ARROW


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
