"""A library and a router in plain Python, for tests of the model that need roads and no compiled kernels."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from app.model.kept_travel import KeptTravel, use_kept
from app.model.road_library import NoNetworks, use_library
from app.model.road_routers import Routers, use_routers
from app.model.scenario import Scenario, TravelSource
from solver.problem import UNREACHABLE
from solver.roads.modes import Mode
from solver.roads.network import DEGREE, Network
from tests.solver.roads.grids import grid

SPEED = 10.0
"""Metres per second on every street."""

REACH = 0.01
"""Degrees; what is farther from every junction is too far from a road."""

FloatArray = NDArray[np.float64]


class FakeLibrary(NoNetworks):
    """Networks in memory; an id may be known and its network damaged."""

    def __init__(self, **networks: Network | None) -> None:
        self.networks, self.orders = networks, dict[str, NDArray[np.int32]]()

    def has(self, key: str) -> bool:
        return key in self.networks

    def name(self, key: str) -> str:
        return key.capitalize() if key in self.networks else ""

    def network(self, key: str) -> Network | None:
        return self.networks.get(key)

    def order(self, key: str) -> NDArray[np.int32] | None:
        return self.orders.get(key)

    def keep_order(self, key: str, order: NDArray[np.int32]) -> None:
        self.orders[key] = order


@dataclass(frozen=True, eq=False)
class FakeWays:
    """Ways between points."""

    points: FloatArray
    distance: NDArray[np.int64]
    duration: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FakeWay:
    """The line of a way."""

    shape: FloatArray


@dataclass(eq=False)
class FakeRouter:
    """Dijkstra over junctions; a point is at the nearest one.

    Attributes
    ----------
    computed
        How many rows were computed by this one and those made from it, in a list of one number.
    """

    network: Network
    mode: Mode
    pace: NDArray[np.float32] | None = None
    computed: list[int] = field(default_factory=lambda: [0])

    @property
    def order(self) -> NDArray[np.int32]:
        return np.arange(self.network.segments, dtype=np.int32)

    def with_pace(self, pace: NDArray[np.float32] | None) -> FakeRouter:
        return FakeRouter(self.network, self.mode, pace, self.computed)

    def matrix(self, points: FloatArray) -> FakeWays:
        return self.extended(FakeWays(points[:0], *(np.empty((0, 0), dtype=np.int64),) * 2), points)

    def extended(self, matrix: FakeWays, points: FloatArray) -> FakeWays:
        known = {tuple(place): row for row, place in enumerate(matrix.points.tolist())}
        rows = [known.get(tuple(place), -1) for place in points.tolist()]
        self.computed[0] += rows.count(-1)
        nodes = self.nodes(points)
        found = [self.from_node(node) for node in nodes]
        distance = [[row[node][1] if node >= 0 else UNREACHABLE for node in nodes] for row in found]
        duration = [[row[node][0] if node >= 0 else UNREACHABLE for node in nodes] for row in found]
        for values in (distance, duration):
            for at in range(len(nodes)):
                values[at][at] = 0
        shape = (len(nodes), len(nodes))
        return FakeWays(points, *(np.array(one, dtype=np.int64).reshape(shape) for one in (distance, duration)))

    def durations(self, points: FloatArray, factors: FloatArray) -> NDArray[np.int32]:
        """Return durations as if all streets were residential."""
        base = self.matrix(points).duration
        return np.stack([np.where(base < UNREACHABLE, np.rint(base / row[6]), base) for row in factors]).astype(
            np.int32
        )

    def ways(self, starts: FloatArray, ends: FloatArray) -> list[FakeWay]:
        return [FakeWay(self.path(start, end)) for start, end in zip(starts, ends, strict=True)]

    def path(self, start: FloatArray, end: FloatArray) -> FloatArray:
        first, last = self.nodes(np.stack([start, end]))
        if min(first, last) < 0 or self.from_node(first)[last][0] >= UNREACHABLE:
            return np.empty((0, 2))
        return np.stack([start, *(self.network.node_place[[first, last]] / DEGREE), end])

    def cut_off(self, points: FloatArray) -> list[str]:
        raise NotImplementedError

    def nodes(self, points: FloatArray) -> list[int]:
        places = self.network.node_place / DEGREE
        away = np.abs(places[None] - points[:, None]).max(axis=2)
        return [int(row.argmin()) if row.min() <= REACH else -1 for row in away]

    def from_node(self, start: int) -> dict[int, tuple[int, int]]:
        """Return seconds and metres to every junction."""
        result = dict.fromkeys(range(self.network.nodes), (UNREACHABLE, UNREACHABLE))
        heap = [(0.0, 0, start)] if start >= 0 else []
        done = set()
        bit = self.mode.kind.access
        while heap:
            seconds, metres, node = heapq.heappop(heap)
            if node in done:
                continue
            done.add(node)
            result[node] = (round(seconds), metres)
            for segment, (one, other) in enumerate(self.network.segment_node.tolist()):
                pace = 1.0 if self.pace is None else float(self.pace[segment])
                for direction, (tail, head) in enumerate(((one, other), (other, one))):
                    if tail == node and pace > 0 and self.network.access[segment, direction] & bit:
                        length = int(self.network.segment_length[segment]) // 10
                        speed = SPEED * self.mode.speed_factor * pace
                        heapq.heappush(heap, (seconds + length / speed, metres + length, head))
        return result


@dataclass(frozen=True)
class FakeCut:
    cut: str
    place: tuple[float, float] | None
    distance: float


class CuttingRouter(FakeRouter):
    """Says what cuts off who is far from every junction, or at one whose streets are all closed.

    Attributes
    ----------
    away
        Metres from who is far to the first junction.
    """

    away = 1234.0

    def with_pace(self, pace: NDArray[np.float32] | None) -> CuttingRouter:
        return CuttingRouter(self.network, self.mode, pace, self.computed)

    def cut_off(self, points: FloatArray) -> list[FakeCut | None]:
        return [self._cut(node) for node in self.nodes(points)]

    def _cut(self, node: int) -> FakeCut | None:
        if node < 0:
            return FakeCut("far", self._place(0), self.away)
        at = (self.network.segment_node == node).any(axis=1)
        closed = self.pace is not None and not self.pace[at].any()
        return FakeCut("closed", self._place(1), 100.0) if closed else None

    def _place(self, node: int) -> tuple[float, float]:
        lat, lon = (self.network.node_place[node] / DEGREE).tolist()
        return lat, lon


@contextmanager
def roads(**networks: Network | None) -> Iterator[tuple[FakeLibrary, Routers]]:
    """Let the model find networks by their ids, with routers and memories of its own for as long as this lasts."""
    library = FakeLibrary(**networks)
    routers = Routers(lambda network, mode, order: FakeRouter(network, mode))
    before = use_library(library), use_routers(routers), use_kept(KeptTravel())
    try:
        yield library, routers
    finally:
        use_library(before[0])
        use_routers(before[1])
        use_kept(before[2])


@contextmanager
def on_roads(scenario: Scenario) -> Iterator[Scenario]:
    """Let a scenario travel by a grid of streets 500 metres apart that lies below all its places."""
    places = [*scenario.depots.values(), *scenario.customers.values()]
    south, west = min(one.lat for one in places), min(one.lon for one in places)
    with roads(grid=grid(12, 12, 500.0, lat=south - 0.002, lon=west - 0.002)):
        yield replace(scenario, settings=replace(scenario.settings, travel=TravelSource.ROADS, network="grid"))
