"""Travel as the kernels see it: what may not be driven is an arc longer than any detour.

Rules on the order of stops that are rules on pairs become arcs too (linehauls before backhauls), so the kernels need no
code for them. Every set of rules has travel profiles of its own, and clients have places of their own then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.problem import OPEN, UNREACHABLE, Backhauls, PlaneMatrix, Problem
from solver.problem.hours import DAY

NEVER_OVER = 1 << 30
"""Seconds of an arc that may not be used: whoever has to be back at any time must be back before."""

LONGEST = 1 << 30
"""No arc has more metres."""


@dataclass(frozen=True, eq=False)
class Roads:
    """Travel between places; the last place is no distance from anywhere, and open routes end there.

    Parameters
    ----------
    distance, duration
        Shape ``(profiles, places, places)``, metres and seconds; a plane is as it is in the problem.
    profile
        Shape ``(vehicle types,)``.
    client, start, end
        Places, shape ``(clients,)``, ``(vehicle types,)`` and ``(vehicle types,)``.
    forbidden
        Metres of an arc that may not be used, more than those of any route without one; 0 when there is none.
    by_hour
        Shape ``(profiles, places, places, periods)``, seconds if a period never ended; without places where it is the
        same all day. The periods come last, so that what an arc takes lies together.
    """

    distance: NDArray[np.int32] | PlaneMatrix
    duration: NDArray[np.int32] | PlaneMatrix
    profile: NDArray[np.int32]
    client: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    forbidden: int
    by_hour: NDArray[np.int32]


def roads_of(problem: Problem, plain: bool = False) -> Roads:
    """Lay out the travel of a problem.

    Parameters
    ----------
    problem
        Any problem.
    plain
        Whether it needs the plain build only. A plane then remains one, unless routes end anywhere or stops have an
        order. Other builds read a matrix: 4 bytes for each pair of locations, 400 MB for ten thousand.
    """
    travel, clients, vehicles, depots = problem.travel, problem.clients, problem.vehicles, problem.depots
    profile = vehicles.profile
    ordered = vehicles.backhauls != Backhauls.MIXED
    client, first = clients.location, depots.location[vehicles.start_depot]
    last = np.where(vehicles.end_depot == OPEN, travel.locations, depots.location[vehicles.end_depot])
    plane = travel.distance
    if plain and isinstance(plane, PlaneMatrix) and not ordered.any() and (vehicles.end_depot != OPEN).all():
        return Roads(plane, plane, profile.astype(np.int32), client, first, last, 0, _periods_last(None))
    distance = _expanded(travel.distance)
    duration = distance if travel.duration is travel.distance else _expanded(travel.duration)
    missing = max(int(distance.max(initial=0)), int(duration.max(initial=0))) >= UNREACHABLE
    same = duration is distance or np.array_equal(distance, duration)
    by_hour = None if travel.hours is None else travel.hours.duration
    if not missing and not ordered.any():
        wide = _with_open_place(distance)
        return Roads(
            wide, wide if same else _with_open_place(duration), profile.astype(np.int32), client, first, last, 0,
            _periods_last(by_hour),
        )  # fmt: skip
    closed: NDArray[np.bool_] = (distance >= UNREACHABLE) | (duration >= UNREACHABLE)
    if ordered.any():
        n, m = clients.number, len(depots.ids)
        where = np.concatenate((client, depots.location))
        client, first = np.arange(n), n + vehicles.start_depot
        client.flags.writeable = False  # as in the problem: of another kind, kernels would be compiled anew
        last = np.where(vehicles.end_depot == OPEN, n + m, n + vehicles.end_depot)
        pairs, profile = np.unique(np.stack((profile, vehicles.backhauls), axis=1), axis=0, return_inverse=True)
        profile = profile.reshape(-1)
        block = np.ix_(pairs[:, 0], where, where)
        distance, duration, closed = distance[block], duration[block], closed[block]
        if by_hour is not None:
            by_hour = np.stack([by_hour[p][:, *np.ix_(where, where)] for p in pairs[:, 0]])
        for p, (_, mode) in enumerate(pairs.tolist()):
            closed[p] |= _out_of_order(problem, mode)
    longest = int(distance[~closed].max(initial=1))
    forbidden = power_of_two(longest * (2 * clients.number + 2))
    if by_hour is not None:
        by_hour = np.where(closed[:, None], np.int32(NEVER_OVER), by_hour)
    metres, seconds = np.where(closed, forbidden, distance), np.where(closed, NEVER_OVER, duration)
    return Roads(
        _with_open_place(metres), _with_open_place(seconds), profile.astype(np.int32), client, first, last, forbidden,
        _periods_last(by_hour),
    )  # fmt: skip


def power_of_two(least: float) -> int:
    """Return the smallest power of two that is no less; sums with it lose no digit of a cost. At most `LONGEST`."""
    return LONGEST if least >= LONGEST else 1 << max(int(np.ceil(np.log2(max(least, 1.0)))), 0)


def _out_of_order(problem: Problem, mode: int) -> NDArray[np.bool_]:
    """Return which arcs between clients, and from depots to clients, break a rule on backhauls.

    Whoever neither gets nor gives anything counts as a backhaul: that is never wrong, and hardly ever matters.
    """
    n, m = problem.clients.number, len(problem.depots.ids)
    wrong = np.zeros((n + m, n + m), dtype=np.bool_)
    if mode != Backhauls.MIXED:
        delivers = np.asarray((problem.clients.delivery > 0).any(axis=1), dtype=np.bool_)
        wrong[:n, :n] = ~delivers[:, None] & delivers[None, :]
        if mode == Backhauls.LOADED:
            wrong[n:, :n] = ~delivers[None, :]
    return wrong


def _expanded(matrices: NDArray[np.int64] | PlaneMatrix) -> NDArray[np.signedinteger[Any]]:
    """Return matrices as they are, and a plane as one of half their size: what it holds is never out of reach."""
    return np.asarray(matrices, dtype=np.int32 if isinstance(matrices, PlaneMatrix) else np.int64)


def _with_open_place(matrices: NDArray[np.signedinteger[Any]]) -> NDArray[np.int32]:
    profiles, size, _ = matrices.shape
    wide = np.zeros((profiles, size + 1, size + 1), dtype=np.int32)
    wide[:, :size, :size] = matrices
    return wide


def _periods_last(by_hour: NDArray[np.int32] | None) -> NDArray[np.int32]:
    """Return durations by period, shape ``(profiles, periods, places, places)``, as `Roads` has them."""
    if by_hour is None:
        return np.zeros((1, 0, 0, 1), dtype=np.int32)
    profiles, periods, size, _ = by_hour.shape
    wide = np.zeros((profiles, size + 1, size + 1, periods), dtype=np.int32)
    wide[:, :size, :size] = by_hour.transpose(0, 2, 3, 1)
    return wide


def period_ends(problem: Problem) -> NDArray[np.int64]:
    """Return when the periods of the day end, shape ``(periods,)``; one period where legs take the same all day."""
    hours = problem.travel.hours
    return np.append(np.zeros(0, np.int64) if hours is None else hours.starts[1:], DAY)


def longest_durations(roads: Roads) -> NDArray[np.int32] | PlaneMatrix:
    """Return what arcs take at the worst hour, shape ``(profiles, places, places)``; one that opens is waited for."""
    if not roads.by_hour.size:
        return roads.duration
    least: NDArray[np.int32] = np.asarray(roads.duration)
    made: NDArray[np.int32] = np.minimum(roads.by_hour.max(axis=3), least + np.int32(DAY))
    return made
