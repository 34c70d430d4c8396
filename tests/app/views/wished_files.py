"""A process of its own, since a process has one application only: prints which files were opened, and when."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent

from app.views.application import make_application
from app.views.file_application import FileApplication


def main() -> None:
    app = make_application()
    assert isinstance(app, FileApplication)
    opened: list[str] = []
    for name in ("first.routewright", "second.routewright"):
        QCoreApplication.sendEvent(app, QFileOpenEvent(name))
    assert opened == []
    app.open_files_with(lambda path: opened.append(path.name))
    print("before there was a window", *opened)
    opened.clear()
    QCoreApplication.sendEvent(app, QFileOpenEvent(str(Path("/away/third.routewright"))))
    print("afterwards", *opened)


if __name__ == "__main__":
    main()
