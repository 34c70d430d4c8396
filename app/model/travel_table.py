"""What servers have said of the way from one place to another, kept in memory for the model to read.

Pairs belong to places and not to customers, so one that is renamed, or imported again, needs no new answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

UNKNOWN = -1
"""Stands where nobody has said anything yet."""

MOST_PLACES = 4000
"""Of one table; it has 130 MB then, and a server has been asked for sixteen million pairs."""

MOST_TABLES = 8
"""Of servers and their profiles; the one that was not used for longest goes first."""

_FIRST_ROOM = 64
_UNITS = 1e6  # a place is itself within a tenth of a metre

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and for what kind of vehicle.

    Parameters
    ----------
    address
        Of the server.
    profile
        As the server calls it, such as ``driving`` or ``truck``.
    """

    address: str
    profile: str


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Ways between some places.

    Parameters
    ----------
    distance, duration
        Shape ``(places, places)``, metres and seconds; `UNKNOWN` where nobody has said anything yet, and
        `solver.problem.UNREACHABLE` where there is no way.
    """

    distance: IntArray
    duration: IntArray

    @property
    def known(self) -> NDArray[np.bool_]:
        """Shape ``(places, places)``: whether something has been said."""
        return np.not_equal(self.duration, UNKNOWN)


class TravelTable:
    """Pairs of places, for each server and profile; all calls may come from any thread.

    Parameters
    ----------
    most_places
        Of each server and profile; of more, those that were not looked at for longest are forgotten.
    """

    def __init__(self, most_places: int = MOST_PLACES) -> None:
        self._most = most_places
        self._lock = Lock()
        self._squares: dict[Asked, _Square] = {}
        self._revision = 0

    @property
    def revision(self) -> int:
        """Another number after each change."""
        return self._revision

    @property
    def most_places(self) -> int:
        """How many places it can keep of a server and profile."""
        return self._most

    def put(self, asked: Asked, starts: FloatArray, ends: FloatArray, distance: IntArray, duration: IntArray) -> None:
        """Keep what a server has said.

        Parameters
        ----------
        asked
            The server and its profile.
        starts, ends
            Shape ``(starts, 2)`` and ``(ends, 2)``, latitude and longitude in degrees.
        distance, duration
            Shape ``(starts, ends)``, metres and seconds; where `UNKNOWN` stands, what is known stays.

        Raises
        ------
        ValueError
            If there are more places than it can keep.
        """
        rows, columns = _keys(starts), _keys(ends)
        with self._lock:
            square = self._squares.pop(asked, None) or _Square()
            self._squares[asked] = square  # the newest is last
            while len(self._squares) > MOST_TABLES:
                del self._squares[next(iter(self._squares))]
            square.put(rows, columns, distance, duration, self._most)
            self._revision += 1

    def pairs(self, asked: Asked, places: FloatArray) -> Pairs:
        """Return what is known between some places; from a place to itself that is always 0.

        Parameters
        ----------
        asked
            The server and its profile.
        places
            Shape ``(places, 2)``, latitude and longitude in degrees.
        """
        keys = _keys(places)
        with self._lock:
            square = self._squares.pop(asked, None)
            if square is None:
                return _nothing(keys)
            self._squares[asked] = square
            return square.pairs(keys)

    def told(self, asked: Asked, places: FloatArray) -> int:
        """Return of how many ordered pairs of some places something is known, which is quicker than `pairs`."""
        keys = _keys(places)
        with self._lock:
            square = self._squares.get(asked)
            return _same(keys) if square is None else square.told(keys)

    def forget(self, asked: Asked) -> None:
        """Forget all that a server has said of a profile, so that it is asked again."""
        with self._lock:
            if self._squares.pop(asked, None) is not None:
                self._revision += 1

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._squares.clear()
            self._revision += 1


class _Square:
    """Arrays with a row and a column for each place that was heard of, and room for more."""

    def __init__(self) -> None:
        self._row: dict[_Key, int] = {}  # the place that was used last is last
        self._distance, self._duration = _room(_FIRST_ROOM), _room(_FIRST_ROOM)

    def put(
        self, starts: list[_Key], ends: list[_Key], distance: IntArray, duration: IntArray, most_places: int
    ) -> None:
        wanted = dict.fromkeys((*starts, *ends))
        if len(wanted) > most_places:
            raise ValueError(f"{len(wanted)} places are more than {most_places}")
        self._use(wanted)
        new = [key for key in wanted if key not in self._row]
        excess = len(self._row) + len(new) - most_places
        if excess > 0:
            self._drop(excess)
        self._grow(len(self._row) + len(new))
        for key in new:
            self._row[key] = len(self._row)
        where = np.ix_([self._row[key] for key in starts], [self._row[key] for key in ends])
        said = (np.asarray(distance) != UNKNOWN) & (np.asarray(duration) != UNKNOWN)
        for kept, values in ((self._distance, distance), (self._duration, duration)):
            kept[where] = np.where(said, values, kept[where])
        np.fill_diagonal(self._distance, 0)
        np.fill_diagonal(self._duration, 0)

    def pairs(self, keys: list[_Key]) -> Pairs:
        self._use(keys)
        found = _nothing(keys)
        known = [place for place, key in enumerate(keys) if key in self._row]
        rows = [self._row[keys[place]] for place in known]
        for values, kept in ((found.distance, self._distance), (found.duration, self._duration)):
            part = kept.take(rows, axis=0).take(rows, axis=1)  # faster than by both at once
            if len(known) == len(keys):
                values[:] = part
            else:
                values[np.ix_(known, known)] = part
        return found

    def told(self, keys: list[_Key]) -> int:
        rows = [self._row[key] for key in keys if key in self._row]
        part = self._duration.take(rows, axis=0).take(rows, axis=1)
        return int(np.count_nonzero(part != UNKNOWN)) - len(rows) + _same([key for key in keys if key not in self._row])

    def _use(self, keys: Iterable[_Key]) -> None:
        for key in keys:
            if (row := self._row.pop(key, None)) is not None:
                self._row[key] = row

    def _drop(self, count: int) -> None:
        kept = list(self._row)[count:]
        rows = [self._row[key] for key in kept]
        for name in ("_distance", "_duration"):
            old = getattr(self, name)
            new = _room(len(old))
            new[: len(rows), : len(rows)] = old[np.ix_(rows, rows)]
            setattr(self, name, new)
        self._row = {key: row for row, key in enumerate(kept)}

    def _grow(self, places: int) -> None:
        size = len(self._distance)
        if places <= size:
            return
        for name in ("_distance", "_duration"):
            larger = _room(max(places, 2 * size))
            larger[:size, :size] = getattr(self, name)
            setattr(self, name, larger)


_table = TravelTable()


def travel_table() -> TravelTable:
    """Return the table that the model reads."""
    return _table


def use_table(table: TravelTable) -> TravelTable:
    """Let the model read another table from now on, and return the former one."""
    global _table
    former, _table = _table, table
    return former


def _keys(places: FloatArray) -> list[_Key]:
    units = np.rint(np.asarray(places, dtype=np.float64).reshape(-1, 2) * _UNITS).astype(np.int64)
    return [(lat, lon) for lat, lon in units.tolist()]


def _room(size: int) -> NDArray[np.int32]:
    return np.full((size, size), UNKNOWN, dtype=np.int32)


def _same(keys: list[_Key]) -> int:
    """Return how many ordered pairs are of one place, of which the way is known without asking."""
    return sum(count * (count - 1) for count in Counter(keys).values())


def _nothing(keys: list[_Key]) -> Pairs:
    """Return pairs of which nothing is known, but those from a place to itself."""
    number = {key: index for index, key in enumerate(dict.fromkeys(keys))}
    at = np.array([number[key] for key in keys], dtype=np.int64)
    values = np.where(at[:, None] == at[None, :], 0, UNKNOWN)
    return Pairs(values, values.copy())
