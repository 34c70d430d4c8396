"""To wait for the window as a script would: one step of a self-test after the other, while events go on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from PySide6.QtCore import QEventLoop, QObject, QTimer, SignalInstance

from app.jobs.after_drawing import AfterDrawing


class Wait:
    """Waits for the first of several things to be told, and lets events go on meanwhile."""

    def __init__(self) -> None:
        self._loop = QEventLoop()
        self._told: list[Any] = []
        self._heard: list[tuple[SignalInstance, Any]] = []

    def tell(self, what: Any = None) -> None:
        """End the wait; what is told later counts for nothing."""
        self._told.append(what)
        self._loop.quit()

    def on(self, signal: SignalInstance, name: object = None) -> Wait:
        """Let a signal end the wait, by its value or by a name for it, and return this."""

        def hear(*values: Any) -> None:
            self.tell(values[0] if name is None and values else name)

        signal.connect(hear)
        self._heard.append((signal, hear))
        return self

    def result(self) -> Any:
        """Wait, and return what was told first."""
        if not self._told:
            self._loop.exec()
        for signal, hear in self._heard:
            signal.disconnect(hear)
        self._heard.clear()
        return self._told[0]


class Heard(NamedTuple):
    """What a signal said, and when by `time.perf_counter`."""

    at: float
    value: Any


@contextmanager
def listening(signal: SignalInstance) -> Iterator[list[Heard]]:
    """Keep what a signal says meanwhile."""
    heard: list[Heard] = []

    def hear(value: Any) -> None:
        heard.append(Heard(time.perf_counter(), value))

    signal.connect(hear)
    try:
        yield heard
    finally:
        signal.disconnect(hear)


def until_drawn(parent: QObject) -> None:
    """Wait until the window has been drawn and there is nothing more urgent to do."""
    wait = Wait()
    drawn = AfterDrawing(wait.tell, parent)
    drawn.ask()
    wait.result()
    drawn.deleteLater()


def pause(milliseconds: int) -> None:
    """Let events go on for a time."""
    wait = Wait()
    QTimer.singleShot(milliseconds, wait.tell)
    wait.result()
