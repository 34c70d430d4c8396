"""Features of clients and of pairs of neighbours, free of scale: the encoder's input."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.policy.layout import CLOSE
from solver.policy.world import World

Floats = NDArray[np.float32]
Rows = NDArray[np.signedinteger[Any]]


def node_features(world: World) -> Floats:
    """Return what is known of each client, shape ``(n, NODE)``; see the comments for each column."""
    types = len(world.profile)
    room = np.maximum(world.capacity, 1)
    day = max(float(world.day[0]), 1.0)
    early, late = world.early, world.late
    timed = float(world.day[0]) > 0.0
    reach = (world.leave_from[:, None] + world.duration[world.profile[:, None], world.start[:, None], world.place]).min(
        0
    )
    out, home = (world.out / world.far[:, None]).mean(axis=0), (world.home / world.far[:, None]).mean(axis=0)
    optional = ~world.required
    bound = world.far.mean()
    columns = (
        bounded(out),  # how far from where vehicles start
        bounded(home),  # and to where they end
        np.clip(np.log(world.unit / world.unit.mean()), -3.0, 3.0),  # how thinly its surroundings are settled
        bounded(world.home.mean(axis=0) / (4.0 * world.unit)),  # how far home, in steps to a neighbour
        world.load.mean(axis=1),
        np.minimum((world.delivery[:, None, :] / room).max(axis=2, initial=0.0), 1.0).mean(axis=1),
        np.minimum((world.pickup[:, None, :] / room).max(axis=2, initial=0.0), 1.0).mean(axis=1),
        np.clip(early / day, 0.0, 1.0) * timed,
        np.clip(late / day, 0.0, 1.0) if timed else np.ones(world.n),
        np.clip((late - early) / day, 0.0, 1.0) if timed else np.ones(world.n),
        np.clip(world.service.mean(axis=1) / day, 0.0, 1.0) * timed,
        np.clip((late - reach) / day, -1.0, 1.0) if timed else np.ones(world.n),  # slack when it is the first stop
        world.shared,
        np.where(optional, bounded(world.absent_cost / bound), 1.0),
        bounded(world.load.mean(axis=1)[world.neighbours[:, :CLOSE]].sum(axis=1)),  # how much its surroundings want
    )
    if types == 0:
        raise ValueError("a world needs a vehicle type")
    return np.ascontiguousarray(np.stack(columns, axis=1), dtype=np.float32)


def edge_features(world: World) -> Floats:
    """Return what is known of each client and its closest neighbours, shape ``(n, <= CLOSE, EDGE)``."""
    near = world.neighbours[:, :CLOSE]
    here, there = world.place[:, None], world.place[near]
    profile, metre, second = world.profile[0], world.metre[0], world.second[0]
    seconds = (
        world.duration[profile, here, there].astype(np.float64),
        world.duration[profile, there, here].astype(float),
    )
    metres = world.distance[profile, here, there], world.distance[profile, there, here]
    forth, back = (
        np.where(m < world.forbidden, metre * m + second * s, 8.0 * world.unit[:, None])
        for m, s in zip(metres, seconds, strict=True)
    )
    unit, day = world.unit[:, None], max(float(world.day[0]), 1.0)
    out, home = world.out.mean(axis=0), world.home.mean(axis=0)
    i, j = np.arange(world.n)[:, None], near
    service = world.service.mean(axis=1)
    early, late = world.early.astype(np.float64), world.late.astype(np.float64)
    timed = float(world.day[0]) > 0.0

    def saved(a: Rows, b: Rows, cost: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.clip((home[a] + out[b] - cost) / np.maximum(home[a] + out[b], 1e-9), -1.0, 1.0))

    def waiting(a: Rows, b: Rows, leg: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.clip((early[b] - late[a] - service[a] - leg) / day, 0.0, 1.0) * timed)

    def lateness(a: Rows, b: Rows, leg: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.clip((early[a] + service[a] + leg - late[b]) / day, 0.0, 1.0) * timed)

    columns = (
        bounded(forth / unit),
        bounded(back / unit),
        np.broadcast_to(np.arange(near.shape[1]) / CLOSE, near.shape),
        saved(i, j, forth),
        saved(j, i, back),
        waiting(i, j, seconds[0]),
        lateness(i, j, seconds[0]),
        lateness(j, i, seconds[1]),
    )
    return np.ascontiguousarray(np.stack(columns, axis=2), dtype=np.float32)


def bounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``x / (1 + x)``: from 0 for nothing to nearly 1 for much."""
    return np.asarray(values / (1.0 + values))
