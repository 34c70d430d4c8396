"""Gets the shapes of the legs that the map draws from the scenario's server, once the plan holds still."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.edits.session import EditSession
from app.io.servers.exchange import Answer, Fault
from app.io.servers.fetch import Ask, Pause, patiently
from app.io.servers.tables import AnswerError, FloatArray, NoRoadError, TooMuchError, TravelApi, no_shape
from app.jobs.servers.course_runner import CourseRunner
from app.jobs.servers.http_client import Limits
from app.jobs.servers.server_travel import APIS
from app.model.drives import Drive
from app.model.scenario import Point, TravelSource
from app.model.server_travel import asked_for
from app.model.shape_table import shape_table
from app.model.travel_table import Asked

AFTER = 1000
"""Milliseconds without another plan: a search tries many."""
TOGETHER = 800
"""Milliseconds in which shapes that arrive are drawn together."""

Leg = tuple[Asked, Point, Point]


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """The shape of a leg, without corners where there is no way."""

    leg: Leg
    shape: FloatArray


class ServerShapes(QObject):
    """Fills the table that the model reads (`app.model.shape_table`); a server that fails is left alone for a while.

    Parameters
    ----------
    session
        Whose scenario it is.
    may_ask
        Whether the user has agreed that an address is asked.
    limits
        What a server is given for one answer.
    parent
        Owner.

    Signals
    -------
    arrived()
        The table has more than before.
    """

    arrived = Signal()

    def __init__(
        self,
        session: EditSession,
        may_ask: Callable[[str], bool],
        limits: Limits | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._may_ask = session, may_ask
        self._missed: tuple[Drive, ...] = ()
        self._given_up: set[str] = set()  # addresses, until the next document or agreement
        self._courses = CourseRunner(limits, parent=self)
        self._courses.stepped.connect(self._on_shape)
        self._courses.ended.connect(self._on_ended)
        self._soon = QTimer(self, singleShot=True, interval=AFTER)
        self._soon.timeout.connect(self._ask)
        self._arrival = QTimer(self, singleShot=True, interval=TOGETHER)
        self._arrival.timeout.connect(self.arrived)
        session.replaced.connect(self.retry)

    def want(self, drives: Sequence[Drive]) -> None:
        """Get the shapes of these drives when the plan holds still; what was wanted before is given up."""
        if self._session.scenario.settings.travel is TravelSource.SERVER:
            self._missed = tuple(drives)
            self._soon.start()

    def retry(self) -> None:
        """Ask again whoever has failed."""
        self._given_up.clear()
        if self._missed:
            self._soon.start()

    def close(self) -> None:
        """Leave nothing running; afterwards no signal comes."""
        self._soon.stop()
        self._arrival.stop()
        self._courses.stop()

    def _ask(self) -> None:
        scenario = self._session.scenario
        settings, table = scenario.settings, shape_table()
        if settings.travel is not TravelSource.SERVER or settings.server in self._given_up:
            return
        if not self._may_ask(settings.server):
            return
        asked = {key: asked_for(settings, vehicle) for key, vehicle in scenario.vehicles.items()}
        legs = [(asked[key], start, end) for key, start, end in self._missed if key in asked and start != end]
        missing = [leg for leg in dict.fromkeys(legs) if table.get(*leg) is None]
        if missing:
            self._courses.run(shapes_course(APIS[settings.server_kind], missing))

    def _on_shape(self, shaped: Shaped) -> None:
        shape_table().put(*shaped.leg, shaped.shape)
        if not self._arrival.isActive():
            self._arrival.start()

    def _on_ended(self, fault: Fault | None) -> None:
        if fault is not None:
            self._given_up.add(self._session.scenario.settings.server)


def shapes_course(api: TravelApi, legs: Iterable[Leg]) -> Generator[Ask | Pause | Shaped, Answer | None, Fault | None]:
    """Ask for the shapes of legs, one after the other; in the end say why it gave up, or None."""
    for asked, start, end in legs:
        request = api.route_request(asked.address, asked.profile, start, end)
        answer = yield from patiently(request, time.time)
        try:
            shape = api.read_route(answer)
        except (NoRoadError, TooMuchError):
            shape = no_shape()
        except AnswerError as error:
            return error.fault
        yield Shaped((asked, start, end), shape)
    return None
