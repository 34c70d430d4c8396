"""Leads a course of asking (see `app.io.servers.fetch`) over the network: request by request, with its pauses."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.io.servers.exchange import Answer, Fault
from app.io.servers.fetch import Ask, Pause
from app.jobs.servers.http_client import HttpClient, Limits

LONGEST = 15 * 60_000
"""Milliseconds of a whole course."""


class CourseRunner(QObject):
    """Leads one course at a time.

    Parameters
    ----------
    limits
        What a server is given for one answer.
    longest
        Milliseconds that a whole course may take.
    parent
        Owner.

    Signals
    -------
    stepped(object)
        What a course yields that is neither a request nor a pause.
    ended(object)
        What the course returns, or `Fault.SLOW` when it took too long; nothing comes of one that was stopped.
    """

    stepped = Signal(object)
    ended = Signal(object)

    def __init__(self, limits: Limits | None = None, longest: int = LONGEST, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = HttpClient(limits, self)
        self._course: Generator[Any, Answer | None, Any] | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._go_on)
        self._deadline = QTimer(self, singleShot=True, interval=longest)
        self._deadline.timeout.connect(self._on_deadline)

    @property
    def busy(self) -> bool:
        """Whether a course is under way."""
        return self._course is not None

    def run(self, course: Generator[Any, Answer | None, Any]) -> None:
        """Lead a course; the one before it is stopped."""
        self.stop()
        self._course = course
        self._deadline.start()
        self._pause.start(0)

    def stop(self) -> None:
        """Ask for nothing more."""
        course, self._course = self._course, None
        self._pause.stop()
        self._deadline.stop()
        self._client.cancel()
        if course is not None:
            course.close()

    def _go_on(self, answer: Answer | None = None) -> None:
        course = self._course
        if course is None:
            return
        try:
            step = course.send(answer)
        except StopIteration as end:
            self.stop()
            self.ended.emit(end.value)
            return
        match step:
            case Ask():
                self._client.ask(step.request, self._go_on)
            case Pause():
                self._pause.start(round(1000 * step.seconds))
            case _:
                self._pause.start(0)  # whoever hears of it may stop the course
                self.stepped.emit(step)

    def _on_deadline(self) -> None:
        self.stop()
        self.ended.emit(Fault.SLOW)
