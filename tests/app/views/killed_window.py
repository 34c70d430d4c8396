"""A window that edits and saves without a pause, again and again in a process of its own, to be killed.

``python -m tests.app.views.killed_window DOCUMENT`` makes a window for each line it reads. It prints ``opened PID``
when the window has opened the document, ``saved NUMBER`` when that edit is saved, and ``dead 0`` at last. After a line
that says ``torn`` the window kills itself in its second save, when the new file is written but not yet in place.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer

from app.model.changes import set_field
from app.views.application import make_application
from app.views.colours import Appearance
from app.views.main_window import MainWindow
from app.views.theme import Theme


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


def die_in_the_second_save(path: Path) -> None:
    """Let the process kill itself between the writing of the document and its taking the old one's place."""
    saves = 0
    replace = os.replace

    def kill_or_replace(source: Path, target: Path) -> None:
        nonlocal saves
        saves += Path(target) == path.resolve()  # the journal and the earlier versions are written, too
        if saves == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(source, target)

    os.replace = kill_or_replace  # type: ignore[assignment]


def main() -> None:
    """Fork one window after the other: only the first has to wait until everything is imported."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            if line.strip() == "torn":
                die_in_the_second_save(Path(sys.argv[1]))
            edit_and_save(Path(sys.argv[1]))
        os.waitpid(pid, 0)
        print("dead 0", flush=True)


if __name__ == "__main__":
    main()
