"""A window that edits and saves without a pause, again and again in a process of its own, to be killed.

``python -m tests.app.views.killed_window DOCUMENT`` makes a window for each line it reads. It prints ``opened PID``
when the window has opened the document, ``saved NUMBER`` when that edit is saved, and ``dead 0`` at last.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer

from app.model.changes import set_field
from app.views.application import make_application
from app.views.main_window import MainWindow
from app.views.theme import Appearance, Theme


def edit_and_save(path: Path) -> None:
    """Open a document, then rename its first customer after a counter and save, until the process is killed."""
    app = make_application()
    settings = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    window = MainWindow(Theme(app, Appearance.LIGHT), settings)
    window.show()

    def step() -> None:
        scenario = window.session.scenario
        first = next(iter(scenario.customers.values()))
        window.session.do(*set_field(window.session.state, "customers", [first.id], "name", str(int(first.name) + 1)))
        window.files.save(saved)

    def saved() -> None:
        print("saved", next(iter(window.session.scenario.customers.values())).name, flush=True)
        QTimer.singleShot(0, step)

    def opened() -> None:
        print("opened", os.getpid(), flush=True)
        QTimer.singleShot(0, step)

    window.session.replaced.connect(opened)
    window.files.open(path)
    app.exec()


def main() -> None:
    """Fork one window after the other: only the first has to wait until everything is imported."""
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            edit_and_save(Path(sys.argv[1]))
        os.waitpid(pid, 0)
        print("dead 0", flush=True)


if __name__ == "__main__":
    main()
