"""Settings as earlier programs left them: made with the code of then, see the README beside the files.

The plan is put to the left of the map, the second table is chosen, and the window is dark.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSettings, Qt


def make(target: Path) -> None:
    """Open the window of the code on the path, arrange it, close it, and keep its settings."""
    from app.views.application import make_application
    from app.views.main_window import MainWindow
    from app.views.theme import Appearance, Theme

    app = make_application()
    with tempfile.TemporaryDirectory() as folder:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
        settings = QSettings()
        window = MainWindow(Theme(app, Appearance.LIGHT), settings)
        window.resize(1280, 900)
        window.show()
        app.processEvents()
        settings.setValue("window/appearance", "dark")
        window.recent.add(Path("/home/planner/Tuesday.routewright"))
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, window.plan_dock)
        window.tables_dock.tabs.setCurrentIndex(1)
        app.processEvents()
        window.end()
        settings.sync()
        target.write_bytes(Path(settings.fileName()).read_bytes())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
