"""The rules of `solver.policy.environment` in torch, for rollouts of many problems at once.

A call is about one vehicle of each of ``R`` rollouts and about ``M`` clients for each of them; shapes are ``(R, M)``
where nothing else is said. Figures and loads are laid out as the kernels lay them out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from solver.policy.environment import DELIVERED, EARLY, LATE, METRES, NOW, PEAK, PICKED, SEGMENT, STOPS
from solver.policy.layout import CLOSE
from solver.policy.world import World
from solver.problem import UNLIMITED


@dataclass(frozen=True, eq=False)
class Worlds:
    """Several worlds side by side: clients and vehicle types of all are numbered through.

    ``S`` worlds, ``N`` clients and ``T`` types in all; ``K``, ``D``, ``W`` and ``G`` are the most types, load
    dimensions, windows and neighbours that any has, and those of the others are padded.
    """

    size: int  # most clients of any
    types: int  # most types of any
    n: Tensor  # (S,)
    type_number: Tensor  # (S,)
    first_client: Tensor  # (S,)
    first_type: Tensor  # (S,)
    matrix: Tensor  # (S,), where the matrices of a world begin
    side: Tensor  # (S,), places of a world
    forbidden: Tensor  # (S,)
    day: Tensor  # (S,)
    closest: Tensor  # (S,), how many neighbours count as surroundings
    distance: Tensor  # (all matrices of all worlds,)
    duration: Tensor  # (all matrices of all worlds,)
    place: Tensor  # (N,), in its own world
    delivery: Tensor  # (N, D)
    pickup: Tensor  # (N, D)
    servable: Tensor  # (N,)
    required: Tensor  # (N,)
    absent_cost: Tensor  # (N,)
    neighbours: Tensor  # (N, G), numbered through; padded with the client itself
    unit: Tensor  # (N,)
    shared: Tensor  # (N,)
    windows: Tensor  # (N, K, W, 2)
    service: Tensor  # (N, K)
    allowed: Tensor  # (N, K)
    preference: Tensor  # (N, K)
    load: Tensor  # (N, K)
    out: Tensor  # (N, K)
    home: Tensor  # (N, K)
    start: Tensor  # (T,), place in its own world
    end: Tensor  # (T,)
    profile: Tensor  # (T,)
    count: Tensor  # (T,)
    capacity: Tensor  # (T, D)
    leave_from: Tensor  # (T,)
    leave_until: Tensor  # (T,)
    back_until: Tensor  # (T,)
    max_distance: Tensor  # (T,)
    max_duration: Tensor  # (T,)
    max_stops: Tensor  # (T,)
    fixed_cost: Tensor  # (T,)
    distance_cost: Tensor  # (T,)
    duration_cost: Tensor  # (T,)
    metre: Tensor  # (T,)
    second: Tensor  # (T,)
    far: Tensor  # (T,)
    loads: Tensor  # (T,)

    @classmethod
    def of(cls, worlds: Sequence[World], device: torch.device | str = "cpu") -> Worlds:
        """Lay worlds side by side."""
        types = max(len(world.profile) for world in worlds)
        dimensions = max(world.capacity.shape[1] for world in worlds)
        longest = max(world.windows.shape[1] for world in worlds)
        width = max(world.neighbours.shape[1] for world in worlds)
        begin = np.cumsum([0, *(world.n for world in worlds)])

        def joined(each: Callable[[World], NDArray[Any]], wide: int = 0) -> NDArray[Any]:
            parts = [each(world) for world in worlds]
            if wide:
                parts = [np.pad(part, ((0, 0), (0, wide - part.shape[1]))) for part in parts]
            return np.concatenate(parts)

        def near(number: int) -> NDArray[np.int64]:
            world = worlds[number]
            itself = np.arange(world.n)[:, None].repeat(width - world.neighbours.shape[1], axis=1)
            return np.asarray(np.concatenate((world.neighbours, itself), axis=1) + begin[number], dtype=np.int64)

        def hours(world: World) -> NDArray[np.int64]:
            # The last window once more changes nothing.
            rows = np.arange(world.n)[:, None] + world.hours
            more = (0, types - len(world.hours)), (0, longest - world.windows.shape[1])
            return np.pad(world.windows[rows], ((0, 0), *more, (0, 0)), mode="edge")

        arrays: dict[str, NDArray[Any]] = {
            "n": np.array([world.n for world in worlds]),
            "type_number": np.array([len(world.profile) for world in worlds]),
            "first_client": begin[:-1],
            "first_type": np.cumsum([0, *(len(world.profile) for world in worlds[:-1])]),
            "matrix": np.cumsum([0, *(world.distance.size for world in worlds[:-1])]),
            "side": np.array([world.distance.shape[1] for world in worlds]),
            "forbidden": np.array([world.forbidden for world in worlds]),
            "day": np.array([world.day[0] for world in worlds]),
            "closest": np.array([min(world.neighbours.shape[1], CLOSE) for world in worlds]),
            "distance": joined(lambda world: world.distance.reshape(-1)),
            "duration": joined(lambda world: world.duration.reshape(-1)),
            "windows": joined(hours),
            "neighbours": np.concatenate([near(number) for number in range(len(worlds))]),
            "out": joined(lambda world: world.out.T, types),
            "home": joined(lambda world: world.home.T, types),
        }
        for name in ("delivery", "pickup", "capacity"):
            arrays[name] = joined(lambda world, name=name: getattr(world, name), dimensions)  # type: ignore[misc]
        for name in ("service", "allowed", "preference", "load"):
            arrays[name] = joined(lambda world, name=name: getattr(world, name), types)  # type: ignore[misc]
        for name in cls.__dataclass_fields__.keys() - arrays.keys() - {"size", "types"}:
            arrays[name] = joined(lambda world, name=name: getattr(world, name))  # type: ignore[misc]
        # Whatever is an index is of the type that torch takes for one.
        arrays |= {name: arrays[name].astype(np.int64) for name in ("place", "start", "end", "profile", "neighbours")}
        tensors = {name: torch.from_numpy(np.ascontiguousarray(array)).to(device) for name, array in arrays.items()}
        return cls(size=int(max(world.n for world in worlds)), types=types, **tensors)


class Vehicles:
    """One vehicle of each of some rollouts, and what is the same for whomever it may serve; all of shape ``(R, 1)``.

    Parameters
    ----------
    worlds
        The problems.
    scene
        Shape ``(R,)``, which of them each rollout is about.
    kind
        Shape ``(R,)``, vehicle type within its world.
    """

    def __init__(self, worlds: Worlds, scene: Tensor, kind: Tensor) -> None:
        self.worlds = worlds
        self.scene = scene[:, None]
        self.kind = kind[:, None]
        self.type = worlds.first_type[self.scene] + self.kind
        self.client = worlds.first_client[self.scene]
        self.side = worlds.side[self.scene]
        self.matrix = worlds.matrix[self.scene] + worlds.profile[self.type] * self.side**2
        self.forbidden = worlds.forbidden[self.scene]
        self.start, self.end = worlds.start[self.type], worlds.end[self.type]

    def of(self, name: str) -> Tensor:
        """Return an array of vehicle types at these vehicles."""
        values: Tensor = getattr(self.worlds, name)[self.type]
        return values

    def liking(self, name: str, c: Tensor) -> Tensor:
        """Return an array of clients and types at some clients and these vehicles."""
        values: Tensor = getattr(self.worlds, name)[c, self.kind]
        return values

    def metres(self, a: Tensor, b: Tensor) -> Tensor:
        """Return how far it is from place to place."""
        return self.worlds.distance[self.matrix + a * self.side + b].long()

    def seconds(self, a: Tensor, b: Tensor) -> Tensor:
        """Return how long it is from place to place."""
        return self.worlds.duration[self.matrix + a * self.side + b].long()

    def arc_cost(self, a: Tensor, b: Tensor) -> Tensor:
        """Return what it counts to go from place to place; an arc that may not be used counts little."""
        metres = self.metres(a, b)
        cost = self.of("metre") * metres + self.of("second") * self.seconds(a, b)
        return torch.where(metres >= self.forbidden, 0.0, cost)


def leave_depot(vehicles: Vehicles, dimensions: int) -> tuple[Tensor, Tensor]:
    """Return the figures, shape ``(R, FIGURES)``, and loads, ``(R, D, 3)``, of routes that begin."""
    now, late = vehicles.of("leave_from"), vehicles.of("leave_until")
    nothing = torch.zeros_like(now)
    figures = torch.cat((now, nothing, nothing, nothing, now, late), 1)
    return figures, figures.new_zeros(len(figures), dimensions, 3)


def begin_service(vehicles: Vehicles, a: Tensor, c: Tensor, figures: Tensor, loads: Tensor) -> Tensor:
    """Return when service of clients ``c`` would begin after place ``a``, or -1 where a rule forbids it."""
    worlds = vehicles.worlds
    picked, peak = loads[:, None, :, PICKED], loads[:, None, :, PEAK]
    most = torch.maximum(peak + worlds.delivery[c], picked + worlds.pickup[c])
    able = vehicles.liking("allowed", c) & (figures[:, STOPS, None] < vehicles.of("max_stops"))
    able = able & (most <= vehicles.of("capacity")).all(2)
    b = worlds.place[c]
    metres, rest = vehicles.metres(a, b), vehicles.metres(b, vehicles.end)
    able = able & (metres < vehicles.forbidden) & (rest < vehicles.forbidden)
    able = able & (figures[:, METRES, None] + metres + rest <= vehicles.of("max_distance"))
    able = able & ((figures[:, STOPS] > 0) | (figures[:, NOW] <= figures[:, LATE]))[:, None]
    leg, back = vehicles.seconds(a, b), vehicles.seconds(b, vehicles.end)
    start = service_start(vehicles.liking("windows", c), figures[:, NOW, None] + leg)
    until = vehicles.of("back_until")
    able = able & (start <= UNLIMITED) & (start + vehicles.liking("service", c) + back <= until)
    limit = vehicles.of("max_duration")
    length = join(_served(vehicles, leg, c, figures), back, (0, 0, until))[0]
    able = able & ((limit >= UNLIMITED) | (length <= limit))
    return torch.where(able, start, -1)


def service_start(windows: Tensor, arrival: Tensor) -> Tensor:
    """Return the earliest start of service on or after an arrival; past the last window, `UNLIMITED` times two.

    ``windows`` has the shape of ``arrival`` with ``(W, 2)`` after it.
    """
    start = torch.full_like(arrival, 2 * UNLIMITED)
    for w in range(windows.shape[-2] - 1, -1, -1):
        start = torch.where(arrival <= windows[..., w, 1], torch.maximum(arrival, windows[..., w, 0]), start)
    return start


Segment = tuple[Tensor, Tensor, Tensor]


def join(a: Segment, leg: Tensor, b: tuple[Tensor | int, Tensor | int, Tensor]) -> Segment:
    """Join two time segments, as `solver.search.times.join`."""
    length, early, late = a
    reach = length + leg
    waiting = (b[1] - reach - late).clamp(min=0)
    return (
        reach + b[0] + waiting,
        torch.maximum(b[1] - reach, early) - waiting,
        torch.minimum(b[2] - reach, late),
    )


def _segment(figures: Tensor) -> Segment:
    return figures[:, SEGMENT, None], figures[:, EARLY, None], figures[:, LATE, None]


def _served(vehicles: Vehicles, leg: Tensor, c: Tensor, figures: Tensor) -> Segment:
    windows = vehicles.liking("windows", c)
    return join(_segment(figures), leg, (vehicles.liking("service", c), windows[..., 0, 0], windows[..., -1, 1]))


def append(
    vehicles: Vehicles, a: Tensor, c: Tensor, start: Tensor, figures: Tensor, loads: Tensor
) -> tuple[Tensor, Tensor]:
    """Return figures and loads once client ``c``, one for each, is served after place ``a``, beginning at ``start``."""
    worlds = vehicles.worlds
    b = worlds.place[c]
    length, early, late = _served(vehicles, vehicles.seconds(a, b), c, figures)
    now = start + vehicles.liking("service", c)
    metres, stops = figures[:, METRES, None] + vehicles.metres(a, b), figures[:, STOPS, None] + 1
    delivery, pickup = worlds.delivery[c[:, 0]], worlds.pickup[c[:, 0]]
    delivered, picked, peak = loads[..., DELIVERED], loads[..., PICKED], loads[..., PEAK]
    peak = torch.maximum(peak + delivery, picked + pickup)
    return (
        torch.cat((now, metres, stops, length, early, late), 1),
        torch.stack((delivered + delivery, picked + pickup, peak), 2),
    )


def route_cost(vehicles: Vehicles, a: Tensor, figures: Tensor) -> Tensor:
    """Return what routes cost that end after place ``a``, shape ``(R,)``; preferences and prizes aside."""
    back = vehicles.seconds(a, vehicles.end)
    length = join(_segment(figures), back, (0, 0, vehicles.of("back_until")))[0]
    metres = figures[:, METRES, None] + vehicles.metres(a, vehicles.end)
    cost = vehicles.of("fixed_cost") + vehicles.of("distance_cost") * metres + vehicles.of("duration_cost") * length
    return cost[:, 0]
