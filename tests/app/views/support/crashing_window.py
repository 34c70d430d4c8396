"""The whole program, led to a bad end or past one: ``python -m tests.app.views.support.crashing_window HOW``.

It prints as JSON whether the card is shown, and the headline of the report that it is about, before it ends.
"""

from __future__ import annotations

import faulthandler
import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from app.model.changes import add
from app.model.scenario import Depot
from app.views import application
from app.views.main_window import MainWindow

SECOND = 1000
SECRET = "Anna Virtanen"


def window() -> MainWindow:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))


def raise_in_a_slot() -> None:
    raise KeyError(SECRET)


def edit() -> None:
    """Do something that no file holds yet."""
    depot = Depot("D1", "North", 60.2, 24.9)
    window().session.do(*add(window().session.state, "depots", [depot]))


def tell() -> None:
    """Print what is seen, and close the window."""
    card = window().help.support.card
    dialogs = [one.objectName() for one in window().findChildren(QDialog) if one.isVisible()]
    report = card.report.headline if card.report is not None else ""
    print(json.dumps([card.isVisible(), report, dialogs]), flush=True)
    for one in window().findChildren(QDialog):
        one.close()
    window().close()


def main(how: str) -> int:
    application.make_application()  # timers need it
    application.ENGINE_DELAY = 600 * SECOND  # the engine has nothing to do here
    if how == "segfault":
        QTimer.singleShot(SECOND // 2, faulthandler._sigsegv)
    if how == "segfault after an edit":
        QTimer.singleShot(SECOND // 2, edit)
        QTimer.singleShot(SECOND, lambda: QTimer.singleShot(SECOND, faulthandler._sigsegv))
    if how == "slot":
        for _ in range(20):
            QTimer.singleShot(SECOND // 2, raise_in_a_slot)
    if how == "no console":
        sys.stderr = None
        QTimer.singleShot(SECOND // 2, raise_in_a_slot)
    QTimer.singleShot(SECOND, lambda: QTimer.singleShot(SECOND, tell))  # from when the window is there
    return application.run(None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
