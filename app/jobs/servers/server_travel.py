"""Gets the travel of the scenario from its server: what is missing, and only when the user has agreed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.edits.session import EditSession
from app.io.servers.exchange import Fault, said, server_of
from app.io.servers.fetch import Journey, Part
from app.io.servers.osrm import Osrm
from app.io.servers.plan import Block, blocks
from app.io.servers.tables import FloatArray, TravelApi
from app.io.servers.travel_cache import TravelCache
from app.io.servers.valhalla import Valhalla
from app.jobs.background import BackgroundRunner
from app.jobs.servers.course_runner import CourseRunner
from app.jobs.servers.http_client import Limits
from app.language import sentences, tr, trn
from app.model.document import Change
from app.model.scenario import Scenario, ServerKind, TravelSource
from app.model.server_travel import all_asked, places_of
from app.model.travel_table import Asked, travel_table

logger = logging.getLogger(__name__)

APIS: dict[ServerKind, TravelApi] = {ServerKind.OSRM: Osrm(), ServerKind.VALHALLA: Valhalla()}
"""How each kind of server is asked."""

AFTER = 200
"""Milliseconds after an edit: who drags a stop is not followed through every place on its way."""
AGAIN = 60_000
"""Milliseconds after which a server that failed is asked again."""
TOGETHER = 1500
"""Milliseconds in which what arrives is one arrival: figures are computed for each."""


class Phase(Enum):
    """Where the asking is."""

    OFF = auto()  # the scenario has its travel from elsewhere
    LOOKING = auto()  # on the disk
    ASKING = auto()
    TOLD = auto()  # nothing is missing
    NOT_AGREED = auto()
    TOO_MANY = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """What a scenario wants to know.

    Parameters
    ----------
    kind
        What its server speaks.
    asked
        Whom it asks, each for a profile.
    places
        Shape ``(places, 2)``, degrees.
    """

    kind: ServerKind
    asked: tuple[Asked, ...]
    places: FloatArray

    def is_of(self, other: _Wish | None) -> bool:
        """Whether another one wants the same."""
        return other is not None and (
            (self.kind, self.asked) == (other.kind, other.asked) and np.array_equal(self.places, other.places)
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Rest:
    """What is still to be asked.

    Parameters
    ----------
    asked
        For whom first; None when nothing is missing.
    wanted
        The pairs that are missing there.
    missing
        How many pairs are missing, of all.
    """

    asked: Asked | None
    wanted: tuple[Block, ...]
    missing: int


class ServerTravel(QObject):
    """Follows a session, and fills the table that the model reads (`app.model.travel_table`).

    Parameters
    ----------
    session
        Whose scenario it is.
    may_ask
        Whether the user has agreed that an address is asked.
    cache
        Path of the database in which answers are kept.
    limits
        What a server is given for one answer.
    again
        Milliseconds after which a server that failed is asked again.
    parent
        Owner.

    Attributes
    ----------
    phase
        Where the asking is.
    missing
        Legs, of all vehicles together, of which nothing has been told yet.

    Signals
    -------
    changed()
        `phase` or `missing` is another.
    arrived()
        The table has more than before; travel of the scenario is another.
    """

    changed = Signal()
    arrived = Signal()

    def __init__(
        self,
        session: EditSession,
        may_ask: Callable[[str], bool],
        cache: Path,
        limits: Limits | None = None,
        again: int = AGAIN,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._may_ask, self._cache_path = session, may_ask, cache
        self._cache: TravelCache | None = None  # of the background
        self.phase, self.missing = Phase.OFF, 0
        self._fault: Fault | None = None
        self._wish: _Wish | None = None
        self._journey: tuple[Asked, Journey] | None = None
        self._asked_all: set[Asked] = set()  # of this wish
        self._most: dict[str, int] = {}  # places in one request, by the address of a server
        self._runner = BackgroundRunner(self)
        self._courses = CourseRunner(limits, parent=self)
        self._courses.stepped.connect(self._on_part)
        self._courses.ended.connect(self._on_ended)
        self._soon = QTimer(self, singleShot=True, interval=AFTER)
        self._soon.timeout.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=again)
        self._again.timeout.connect(self.retry)
        self._arrival = QTimer(self, singleShot=True, interval=TOGETHER)
        self._arrival.timeout.connect(self.arrived)
        session.changed.connect(self._on_changed)
        self._on_changed()

    @property
    def sentence(self) -> str:
        """What the user reads: who is asked, or why not, and how much is guessed meanwhile; "" where nothing is."""
        server = server_of(self._session.scenario.settings.server)
        guessed = trn(
            "{number} leg is guessed from the great circle.",
            "{number} legs are guessed from the great circle.",
            self.missing,
        )
        match self.phase:
            case Phase.ASKING:
                return sentences(tr("{server} is asked for travel.", server=server), guessed)
            case Phase.NOT_AGREED:
                return sentences(tr("You have not agreed that {server} is asked for travel.", server=server), guessed)
            case Phase.TOO_MANY:
                most = travel_table().most_places
                return sentences(
                    tr("A server is asked for {most} places at most, and there are more.", most=most), guessed
                )
            case Phase.FAILED if self._fault is not None:
                return sentences(said(self._fault, self._session.scenario.settings.server), guessed)
        return ""

    def retry(self) -> None:
        """Ask at once for what is missing, also when it has failed before or was not agreed to."""
        self._again.stop()
        self._wish = None
        self._look()

    def ask_again(self) -> None:
        """Forget what the server has told, and ask it for everything: its streets may be others now."""
        scenario = self._session.scenario
        asked = all_asked(scenario)
        for one in asked:
            travel_table().forget(one)

        def forget() -> None:
            for one in asked:
                self._disk().forget(one)

        self._runner.run(tr("Forgetting travel"), forget, lambda _: self.retry(), lambda _: self.retry())

    def close(self) -> None:
        """Leave nothing running; afterwards no signal comes."""
        for timer in (self._soon, self._again, self._arrival):
            timer.stop()
        self._courses.stop()
        self._runner.close()
        if self._cache is not None:
            self._cache.close()

    # From the session

    def _on_changed(self, change: Change | None = None) -> None:
        if change is None or change.touches("settings", "depots", "customers", "vehicles"):
            self._soon.start()

    def _look(self) -> None:
        """Find out what is missing, if anything may be."""
        wish = _wish_of(self._session.scenario)
        if wish is None:
            self._stop()
            self._enter(Phase.OFF, 0)
            return
        if wish.is_of(self._wish):
            return
        before, self._wish = self._wish, wish
        if self._again.isActive() and before is not None and before.asked == wish.asked:
            self._wish = before  # it has failed just now
            return
        self._stop()
        self._wish = wish
        self._asked_all.clear()
        size = len(wish.places)
        if size > travel_table().most_places:
            self._enter(Phase.TOO_MANY, len(wish.asked) * size * (size - 1))
            return
        self._enter(Phase.LOOKING, self.missing)
        self._runner.run(
            tr("Looking up travel"),
            partial(self._look_up, wish),
            partial(self._on_looked_up, wish),
            partial(self._on_trouble, wish),
        )

    def _stop(self) -> None:
        self._again.stop()
        self._courses.stop()
        self._wish = self._journey = None

    # In the background

    def _disk(self) -> TravelCache:
        if self._cache is None:
            self._cache = TravelCache(self._cache_path)
        return self._cache

    def _look_up(self, wish: _Wish) -> tuple[bool, _Rest]:
        """Take from the disk what is there, and return whether that was anything, and what is missing then."""
        table, before = travel_table(), travel_table().revision
        for asked in wish.asked:
            missing = ~table.pairs(asked, wish.places).known
            if not missing.any():
                continue
            kept = self._disk().get(asked, wish.places)
            if (kept.known & missing).any():
                table.put(asked, wish.places, wish.places, kept.distance, kept.duration)
        return table.revision != before, _rest_of(wish)

    def _keep(self, asked: Asked, starts: FloatArray, ends: FloatArray, part: Part) -> None:
        self._disk().put(asked, starts, ends, part.table.distance, part.table.duration)

    # From the background and the server

    def _on_looked_up(self, wish: _Wish, found: tuple[bool, _Rest]) -> None:
        if wish is not self._wish:
            return
        came, rest = found
        if came:
            self.arrived.emit()
        self._ask(wish, rest)

    def _ask(self, wish: _Wish, rest: _Rest) -> None:
        if wish is not self._wish:
            return
        asked = rest.asked
        if asked is None:
            self._enter(Phase.TOLD, 0)
        elif not self._may_ask(asked.address):
            self._enter(Phase.NOT_AGREED, rest.missing)
        elif asked in self._asked_all:
            self._fail(Fault.GARBAGE, rest.missing)
        else:
            self._asked_all.add(asked)
            most = self._most.get(asked.address, 0)
            journey = Journey(APIS[wish.kind], asked.address, asked.profile, wish.places, time.time, most)
            self._journey = asked, journey
            self._enter(Phase.ASKING, rest.missing)
            self._courses.run(journey.course(rest.wanted))

    def _on_part(self, part: Part) -> None:
        assert self._journey is not None
        asked, journey = self._journey
        starts, ends = journey.places[part.starts], journey.places[part.ends]
        travel_table().put(asked, starts, ends, part.table.distance, part.table.duration)
        keep = partial(self._keep, asked, starts, ends, part)
        self._runner.run(tr("Keeping travel"), keep, lambda _: None, lambda _: None)
        if not self._arrival.isActive():
            self._arrival.start()
        itself = len(np.intersect1d(part.starts, part.ends))
        self._enter(Phase.ASKING, max(self.missing - part.table.duration.size + itself, 0))

    def _on_ended(self, fault: Fault | None) -> None:
        wish, journey = self._wish, self._journey
        assert wish is not None
        assert journey is not None
        self._most[journey[0].address] = journey[1].most
        if self._arrival.isActive():
            self._arrival.stop()
            self.arrived.emit()
        if wish is not self._wish:
            return  # whoever heard of it has changed the scenario
        if fault is not None:
            self._fail(fault, self.missing)
            return
        self._runner.run(
            tr("Looking up travel"),
            partial(_rest_of, wish),
            partial(self._ask, wish),
            partial(self._on_trouble, wish),
        )

    def _on_trouble(self, wish: _Wish, error: Exception) -> None:
        logger.error("travel could not be looked up", exc_info=error)
        if wish is self._wish:
            self._fail(Fault.GARBAGE, self.missing)

    def _fail(self, fault: Fault, missing: int) -> None:
        self._fault = fault
        self._again.start()
        self._enter(Phase.FAILED, missing)

    def _enter(self, phase: Phase, missing: int) -> None:
        if (phase, missing) != (self.phase, self.missing) or phase is Phase.FAILED:
            self.phase, self.missing = phase, missing
            self.changed.emit()


def _wish_of(scenario: Scenario) -> _Wish | None:
    settings = scenario.settings
    if settings.travel is not TravelSource.SERVER or not settings.server:
        return None
    places = places_of(scenario)
    inside = (np.abs(places) <= (90, 180)).all()  # or else there is an issue, which the user is told of
    return _Wish(settings.server_kind, all_asked(scenario), places) if len(places) > 1 and inside else None


def _rest_of(wish: _Wish) -> _Rest:
    table = travel_table()
    missing = {asked: ~table.pairs(asked, wish.places).known for asked in wish.asked}
    total = sum(int(one.sum()) for one in missing.values())
    first = next((asked for asked, one in missing.items() if one.any()), None)
    return _Rest(first, tuple(blocks(missing[first])) if first is not None else (), total)
