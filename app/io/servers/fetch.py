"""The course of getting the pairs that are missing from a server: a generator that knows no network, thread or clock.

It yields an `Ask` where it needs an answer, a `Pause` where it has to wait, and a `Part` for each piece that is known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.io.servers.exchange import LONGEST_PAUSE, PASSING, Answer, Fault, Request, fault_of, retry_after
from app.io.servers.plan import Block, Places, tiles
from app.io.servers.tables import AnswerError, FloatArray, NoRoadError, Table, TooMuchError, TravelApi, no_way

PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds before the same is asked once more; after the last one it has failed."""

LEAST = 2
"""Places in one request; a server that does not allow so many answers nothing."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The answer to this request is to be sent in."""

    request: Request


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is asked for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece that is known.

    Parameters
    ----------
    starts, ends
        Indices of places.
    table
        Ways from the ones to the others.
    """

    starts: Places
    ends: Places
    table: Table


Step = Ask | Pause | Part
Course = Generator[Step, Answer | None, Fault | None]
"""Takes the answer to each `Ask`; in the end it says why it gave up, or None where everything is known."""


@dataclass(slots=True)
class Journey:
    """One course of asking.

    Parameters
    ----------
    api
        What the server speaks.
    address, profile
        Whom is asked, and for what kind of vehicle.
    places
        Shape ``(places, 2)``, latitude and longitude in degrees.
    clock
        Seconds since the epoch, to read until when a server asks to be left alone.
    most
        Places in one request to begin with; what the server allows, when it is over.
    pauses
        Seconds before the same is asked once more.
    """

    api: TravelApi
    address: str
    profile: str
    places: FloatArray
    clock: Callable[[], float]
    most: int = 0
    pauses: Sequence[float] = field(default_factory=lambda: PAUSES)

    def course(self, wanted: Iterable[Block]) -> Course:
        """Get pairs.

        Parameters
        ----------
        wanted
            Which ones, see `app.io.servers.plan.blocks`.
        """
        self.most = self.most or self.api.most
        away: set[int] = set()  # places that are near no road
        waiting: deque[Block] = deque(wanted)
        try:
            while waiting:
                starts, ends = next(tiles(waiting[0], self.most))
                try:
                    table = yield from self._table(starts, ends)
                except TooMuchError:
                    if len(starts) + len(ends) <= LEAST:
                        return Fault.REFUSED
                    self.most = max(LEAST, (len(starts) + len(ends)) // 2)
                    continue
                except NoRoadError:
                    lost = yield from self._without_road(np.union1d(starts, ends))
                    if not lost - away:
                        return Fault.GARBAGE  # it complains of a place, and of none of them alone
                    away |= lost
                    yield from self._cut_off(waiting, away)
                    continue
                yield Part(starts, ends, table)
                _cut(waiting, starts, ends)
        except AnswerError as error:
            return error.fault
        return None

    def _table(self, starts: Places, ends: Places) -> Generator[Step, Answer | None, Table]:
        request = self.api.table_request(self.address, self.profile, self.places[starts], self.places[ends])
        answer = yield from patiently(request, self.clock, self.pauses)
        return self.api.read_table(answer, len(starts), len(ends))

    def _without_road(self, suspects: Places) -> Generator[Step, Answer | None, set[int]]:
        """Find places that the server complains of, by halves."""
        try:
            yield from self._table(suspects[:1], suspects[1:] if len(suspects) > 1 else suspects)
        except NoRoadError:
            if len(suspects) == 1:
                return {int(suspects[0])}
            half = len(suspects) // 2
            first = yield from self._without_road(suspects[:half])
            second = yield from self._without_road(suspects[half:])
            return first | second
        return set()

    def _cut_off(self, waiting: deque[Block], away: set[int]) -> Generator[Step, Answer | None, None]:
        """Say of places near no road that no way leads there, and ask for them no more."""
        lost, everywhere = np.array(sorted(away)), np.arange(len(self.places))
        for starts, ends in ((lost, everywhere), (everywhere, lost)):
            table = no_way(len(starts), len(ends))
            yield Part(starts, ends, table)
        kept = [(np.setdiff1d(starts, lost), np.setdiff1d(ends, lost)) for starts, ends in waiting]
        waiting.clear()
        waiting.extend((starts, ends) for starts, ends in kept if len(starts) and len(ends))


def patiently(
    request: Request, clock: Callable[[], float], pauses: Sequence[float] = PAUSES
) -> Generator[Ask | Pause, Answer | None, Answer]:
    """Ask, and ask again after a pause where what is wrong may be over by then.

    Parameters
    ----------
    request
        What is asked.
    clock
        Seconds since the epoch.
    pauses
        Seconds before each time that it is asked again.

    Returns
    -------
    Answer
        The first one that is none of those, or the last one.
    """
    for pause in (*pauses, None):
        answer = yield Ask(request)
        assert answer is not None
        wanted = retry_after(answer, clock())
        if fault_of(answer) not in PASSING or pause is None or wanted > LONGEST_PAUSE:
            return answer
        yield Pause(max(pause, wanted))
    raise AssertionError("the last one is returned")


def _cut(waiting: deque[Block], starts: Places, ends: Places) -> None:
    """Take a corner out of the first block: what is left of it is one or two blocks."""
    rows, columns = waiting.popleft()
    below, beside = np.setdiff1d(rows, starts), np.setdiff1d(columns, ends)
    if len(below):
        waiting.appendleft((below, columns))
    if len(beside):
        waiting.appendleft((starts, beside))
