"""What documents say of the ways between their places, for computers that have no network or reach no server."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from app.model.scenario import Point

MOST_PAIRS = 32_000_000
"""Of all that is kept, 8 bytes each; what was kept first goes first, but never the newest."""


FROM_SERVER = "server "
"""Begins the digest of what a server told, which may have gaps."""


@dataclass(frozen=True, eq=False)
class KeptWays:
    """Ways between some places, as a document says.

    Parameters
    ----------
    digest
        What they depend on: `app.model.road_keys.RoadKey.digest`, or for what a server told who was asked for what.
    points
        Shape ``(places, 2)``, latitude and longitude in degrees.
    distance, duration
        Shape ``(places, places)``, int32, metres and seconds; `solver.problem.UNREACHABLE` where there is no way, and
        `app.model.travel_table.UNKNOWN` where a server has told nothing.
    """

    digest: str
    points: NDArray[np.float64]
    distance: NDArray[np.int32]
    duration: NDArray[np.int32]


def rows_of(points: NDArray[np.float64], places: Iterable[Point]) -> list[int] | None:
    """Return the row of each place among points; None when one of them has none."""
    known = {(lat, lon): row for row, (lat, lon) in enumerate(points.tolist())}
    rows = [known.get(place, -1) for place in places]
    return None if -1 in rows else rows


class KeptTravel:
    """All that documents said since the program began; all calls may come from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, bytes], KeptWays] = OrderedDict()
        self._answers: dict[str, tuple[tuple[Point, ...], KeptWays]] = {}

    def keep(self, ways: Iterable[KeptWays]) -> None:
        """Keep what a document says."""
        with self._lock:
            self._answers.clear()
            for one in ways:
                name = (one.digest, one.points.tobytes())
                self._kept.pop(name, None)
                self._kept[name] = one
            while len(self._kept) > 1 and sum(one.distance.size for one in self._kept.values()) > MOST_PAIRS:
                self._kept.popitem(last=False)

    def of(self, digest: str) -> tuple[KeptWays, ...]:
        """Return what is known of some roads, the newest first."""
        with self._lock:
            return tuple(one for one in reversed(self._kept.values()) if one.digest == digest)

    def missing(self, digest: str, places: Iterable[Point]) -> set[Point] | None:
        """Return the places that it knows least too little of; None when nothing at all is known of these roads."""
        wanted = set(places)
        rests = [wanted - {tuple(place) for place in one.points.tolist()} for one in self.of(digest)]
        return min(rests, key=len) if rests else None

    def ways(self, digest: str, places: tuple[Point, ...]) -> KeptWays | None:
        """Return the ways between places, in their order; None when something is not known.

        As long as nothing else is asked of these roads and nothing new is kept, it is the same object.
        """
        with self._lock:
            known = self._answers.get(digest)
            if known is not None and known[0] == places:
                return known[1]
        for one in self.of(digest):
            rows = rows_of(one.points, places)
            if rows is not None:
                grid = np.ix_(rows, rows)
                found = KeptWays(digest, one.points[rows], one.distance[grid], one.duration[grid])
                with self._lock:
                    self._answers[digest] = places, found
                return found
        return None


_kept = KeptTravel()


def kept_travel() -> KeptTravel:
    """Return what documents said."""
    return _kept


def use_kept(other: KeptTravel) -> KeptTravel:
    """Take what documents say to another place from now on; return the one before."""
    global _kept
    before, _kept = _kept, other
    return before
