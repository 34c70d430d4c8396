"""The moment at which the window has drawn what has changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

_AFTER = Qt.EventPriority.LowEventPriority.value - 1
"""Qt posts its requests to paint with low priority."""

_DRAWN = QEvent.Type(QEvent.registerEventType())


class AfterDrawing(QObject):
    """Calls something once views have been drawn that change now, or in timers of no time that are running now.

    Parameters
    ----------
    act
        What to call.
    """

    def __init__(self, act: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._act = act
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._post)

    def ask(self) -> None:
        """Call it then; those who ask before that are served together."""
        if not self._timer.isActive():
            self._timer.start()

    def customEvent(self, event: QEvent) -> None:
        """Everything more urgent has been done."""
        if event.type() == _DRAWN:
            self._act()

    def _post(self) -> None:
        QCoreApplication.postEvent(self, QEvent(_DRAWN), _AFTER)
