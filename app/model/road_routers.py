"""Routers and their matrices, kept in memory for as long as they are of use; all calls may come from any thread.

A closure is another state of the same roads, so its router is made of the one without it, in milliseconds. Of places
that a matrix knows already nothing is computed again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.model.road_closures import pace_of
from app.model.road_keys import RoadKey
from app.model.road_library import library
from solver.roads.modes import Mode
from solver.roads.network import Network

MOST_SEGMENTS = 1_000_000
"""Of all routers that are kept, each of which takes about a kilobyte for a segment; the newest stays in any case."""

MOST_PAIRS = 32_000_000
"""Of all matrices that are kept, 16 bytes each; the newest stays in any case."""

MOST_HOURS = 100_000_000
"""Of all durations by period that are kept, 4 bytes each; the newest stay in any case."""

FloatArray = NDArray[np.float64]
ValueT = TypeVar("ValueT")


class Ways(Protocol):
    """What a router says of some places; see `solver.roads.router.RoadMatrix`."""

    @property
    def distance(self) -> NDArray[np.integer[Any]]:
        """Shape ``(places, places)``, metres."""
        ...

    @property
    def duration(self) -> NDArray[np.integer[Any]]:
        """Shape ``(places, places)``, seconds."""
        ...


class Drawn(Protocol):
    """What a router says of one way; see `solver.roads.ways.Way`."""

    @property
    def shape(self) -> FloatArray:
        """Shape ``(corners, 2)``, latitude and longitude; empty where there is no way."""
        ...


class Roads(Protocol):
    """A router of one mode on one network in one state; see `solver.roads.router.Router`."""

    @property
    def order(self) -> NDArray[np.int32]:
        """The order of segments that it was made in."""
        ...

    def with_pace(self, pace: NDArray[np.float32] | None) -> Roads:
        """Return a router of the same roads in another state."""
        ...

    def matrix(self, points: FloatArray) -> Any:
        """Return the ways between all points."""
        ...

    def extended(self, matrix: Any, points: FloatArray) -> Any:
        """Return the ways between all points, some of which a matrix knows."""
        ...

    def durations(self, points: FloatArray, factors: FloatArray) -> NDArray[np.int32]:
        """Return how long ways take in each period."""
        ...

    def ways(self, starts: FloatArray, ends: FloatArray) -> Sequence[Drawn]:
        """Return the fastest way from each of some points to its counterpart."""
        ...

    def cut_off(self, points: FloatArray) -> Any:
        """Return what keeps points from the roads."""
        ...


MakeRouter = Callable[[Network, Mode, "NDArray[np.int32] | None"], Roads]


@dataclass(frozen=True, slots=True, eq=False)
class _Matrix:
    """Ways between points, and the router that can add more of them."""

    points: FloatArray
    ways: Ways
    router: Roads


class Routers:
    """All routers of the program.

    Parameters
    ----------
    make
        Makes one of a network, a mode and an order of its segments, if one is known.
    """

    def __init__(self, make: MakeRouter) -> None:
        self._make = make
        self._lock = RLock()
        self._routers: _Newest[RoadKey, Roads] = _Newest(MOST_SEGMENTS)
        self._matrices: _Newest[RoadKey, _Matrix] = _Newest(MOST_PAIRS)
        self._hours: _Newest[tuple[RoadKey, bytes, bytes], NDArray[np.int32]] = _Newest(MOST_HOURS)

    def router(self, key: RoadKey) -> Roads | None:
        """Return the router of some roads; None where their network is not on this computer."""
        if not library().has(key.network):
            return None
        with self._lock:
            known = self._routers.get(key)
            if known is not None:
                return known
            network = library().network(key.network)
            if network is None:
                return None
            free = RoadKey(key.network, key.mode)
            router = self._routers.get(free)
            if router is None:
                order = library().order(key.network)
                if order is not None and len(order) != network.segments:
                    order = None
                router = self._make(network, key.mode, order)
                if order is None:
                    library().keep_order(key.network, router.order)
                self._routers.put(free, router, network.segments)
            if key.closures:
                router = router.with_pace(pace_of(network, key.closures))
                self._routers.put(key, router, network.segments)
            return router

    def ways(self, key: RoadKey, points: FloatArray) -> Ways | None:
        """Return the ways between all points, shape ``(points, 2)``; None where there is no network."""
        with self._lock:
            router = self.router(key)
            if router is None:
                return None
            known = self._matrices.get(key)
            if known is not None and np.array_equal(known.points, points):
                return known.ways
            grows = known is not None and known.router is router
            found: Ways = router.extended(known.ways, points) if known and grows else router.matrix(points)
            self._matrices.put(key, _Matrix(points, found, router), len(points) ** 2)
            return found

    def at_hand(self, key: RoadKey) -> tuple[FloatArray, Ways] | None:
        """Return the places that were asked for last and the ways between them; this never takes time."""
        known = self._matrices.get(key)
        return None if known is None else (known.points, known.ways)

    def durations(self, key: RoadKey, points: FloatArray, factors: FloatArray) -> NDArray[np.int32] | None:
        """Return how long ways take in each period.

        Parameters
        ----------
        key, points
            As in `ways`.
        factors
            Shape ``(periods, RoadClass)``, what speeds are multiplied by.

        Returns
        -------
        numpy.ndarray or None
            Shape ``(periods, points, points)``, seconds; None where there is no network.
        """
        with self._lock:
            name = (key, points.tobytes(), factors.tobytes())
            known = self._hours.get(name)
            if known is not None:
                return known
            router = self.router(key)
            if router is None:
                return None
            found = router.durations(points, factors)
            self._hours.put(name, found, found.size)
            return found


KeyT = TypeVar("KeyT")


class _Newest(Generic[KeyT, ValueT]):
    """What was used last, up to a total weight; the newest stays however heavy it is."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = RLock()
        self._kept: OrderedDict[KeyT, tuple[ValueT, int]] = OrderedDict()

    def get(self, key: KeyT) -> ValueT | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: KeyT, value: ValueT, weight: int) -> None:
        with self._lock:
            self._kept[key] = (value, weight)
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(one for _, one in self._kept.values()) > self._most:
                self._kept.popitem(last=False)


def _compiled(network: Network, mode: Mode, order: NDArray[np.int32] | None) -> Roads:
    """Make a router by compiled kernels; numba takes a moment to load, so only whoever needs a router waits for it."""
    from solver.roads.aside import compile_aside

    compile_aside()
    from solver.roads.router import Router

    return Router(network, mode, order=order)


_routers = Routers(_compiled)


def routers() -> Routers:
    """Return the routers in use."""
    return _routers


def use_routers(other: Routers) -> Routers:
    """Ask other routers from now on; return those before."""
    global _routers
    before, _routers = _routers, other
    return before
