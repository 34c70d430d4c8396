"""Finds places of many addresses: in road networks on this computer, and from a server that was agreed to."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Candidate, Geocoder
from app.io.servers.answer_cache import AnswerCache
from app.io.servers.exchange import Fault
from app.io.servers.nominatim import Found, search_course
from app.jobs.background import BackgroundRunner
from app.jobs.servers.course_runner import CourseRunner
from app.jobs.servers.http_client import Limits
from app.language import tr
from app.model.scenario import Point

logger = logging.getLogger(__name__)

CACHE_FILE = "addresses.sqlite"
"""Name of the database in which answers of servers are kept."""
TOGETHER = 25
"""Addresses of which the candidates are told together."""
LONGEST = 24 * 3600 * 1000
"""Milliseconds; at an address a second, a list of thousands takes hours."""

Candidates = Mapping[int, tuple[Candidate, ...]]


class PlaceFinder(QObject):
    """Looks for one list of addresses at a time; nothing here waits.

    Parameters
    ----------
    cache
        Path of the database in which answers of servers are kept.
    limits
        What a server is given for one answer.
    parent
        Owner.

    Attributes
    ----------
    done, wanted
        Addresses of the present list that are done with, and all of them.

    Signals
    -------
    found(object)
        Candidates by the key of their address, for some more of them; none where nothing is known.
    ended(object)
        A `Fault` of the server, or None: all are done with. Nothing comes of what was stopped.
    """

    found = Signal(object)
    ended = Signal(object)
    _batch = Signal(object, object)  # Event of the list that it belongs to, and candidates

    def __init__(self, cache: Path, limits: Limits | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache_path = cache
        self._cache: AnswerCache | None = None
        self.done = self.wanted = 0
        self._stopped = Event()
        self._busy = False
        self._runner = BackgroundRunner(self)
        self._courses = CourseRunner(limits, LONGEST, self)
        self._courses.stepped.connect(self._on_found)
        self._courses.ended.connect(self._end)
        self._batch.connect(self._on_batch)

    @property
    def busy(self) -> bool:
        """Whether it is looking."""
        return self._busy

    def look_up(self, addresses: Mapping[int, Address], geocoder: Geocoder, near: Point | None = None) -> None:
        """Look for addresses on this computer.

        Parameters
        ----------
        addresses
            Each with a key by which its candidates are known.
        geocoder
            Knows places; it is only asked in the background.
        near
            Of equals, the one that is nearest to here goes first.
        """
        stopped = self._begin(len(addresses))
        self._runner.run(
            tr("Looking for addresses"),
            lambda: self._look(dict(addresses), geocoder, near, stopped),
            lambda _: None if stopped.is_set() else self._end(None),
            lambda error: self._on_trouble(stopped, error),
        )

    def ask(self, addresses: Mapping[int, Address], server: str) -> None:
        """Ask a server for addresses, one a second; make sure first that the user has agreed."""
        self._begin(len(addresses))
        if self._cache is None:
            self._cache = AnswerCache(self._cache_path)
        self._courses.run(search_course(server, list(addresses.items()), self._cache, time.time))

    def stop(self) -> None:
        """Look no further; what was found stays."""
        self._stopped.set()
        self._courses.stop()
        self._busy = False

    def close(self) -> None:
        """Leave nothing running; afterwards no signal comes."""
        self.stop()
        self._runner.close()
        if self._cache is not None:
            self._cache.close()

    def _begin(self, wanted: int) -> Event:
        self.stop()
        self._stopped = Event()
        self._busy, self.done, self.wanted = True, 0, wanted
        return self._stopped

    def _look(self, addresses: dict[int, Address], geocoder: Geocoder, near: Point | None, stopped: Event) -> None:
        some: dict[int, tuple[Candidate, ...]] = {}
        for key, address in addresses.items():
            if stopped.is_set():
                return
            some[key] = tuple(geocoder.candidates(address, near))
            if len(some) >= TOGETHER:
                self._batch.emit(stopped, some)
                some = {}
        self._batch.emit(stopped, some)

    def _on_batch(self, stopped: Event, some: Candidates) -> None:
        if not stopped.is_set():
            self.done += len(some)
            self.found.emit(some)

    def _on_found(self, found: Found) -> None:
        self.done += 1
        self.found.emit({found.key: found.candidates})

    def _on_trouble(self, stopped: Event, error: Exception) -> None:
        logger.error("addresses could not be looked for", exc_info=error)
        if not stopped.is_set():
            self._end(None)

    def _end(self, fault: Fault | None) -> None:
        self._busy = False
        self.ended.emit(fault)
