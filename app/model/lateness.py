"""How late the visits of a route are in one order or another, without working out anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solver.problem import Problem, Rule, Violation


class Lateness:
    """Says how late the same clients are in different orders: exactly what `solver.problem.check` says, but at once.

    Parameters
    ----------
    problem
        The problem.
    kind
        Index of the route's vehicle type.
    clients
        Who is on the route, in any order; there is one trip.
    before
        What is broken on the route now: who is no later than that does not count.
    """

    def __init__(self, problem: Problem, kind: int, clients: Sequence[int], before: Iterable[Violation]) -> None:
        own, vehicles, depots = problem.clients, problem.vehicles, problem.depots
        depot = int(vehicles.start_depot[kind])
        self._duration = problem.travel.duration[int(vehicles.profile[kind])]
        self._clock = problem.travel.clock(int(vehicles.profile[kind]))
        self._depot = int(depots.location[depot])
        self._opening = max(
            int(vehicles.shift_start[kind]),
            int(depots.opening[depot]),
            max((int(own.release[one]) for one in clients), default=0),
        )
        windows = problem.windows_of(kind)
        late = {one.client: one.amount for one in before if one.rule is Rule.TIME_WINDOW}
        self._visits = {
            one: (
                int(own.location[one]),
                int(own.service[one, kind]),
                windows[one].tolist(),
                None if problem.locks.driven[one] else late.get(one, 0),
            )
            for one in clients
        }
        self._legs: dict[tuple[int, int], int] = {}

    def of(self, order: Iterable[int]) -> tuple[int, int]:
        """Return how many clients are later than now, after their windows, and for how many seconds all are late."""
        more = seconds = 0
        now, place = self._opening, self._depot
        legs = self._legs
        for client in order:
            location, service, windows, before = self._visits[client]
            if self._clock is not None:
                now = self._clock.arrival((place, location), now)
            else:
                leg = legs.get((place, location))
                if leg is None:
                    leg = legs[place, location] = int(self._duration[place, location])
                now += leg
            for early, late in windows:
                if now <= late:
                    now = max(now, early)
                    break
            else:
                over = now - late
                seconds += over
                more += before is not None and over > before
            now += service
            place = location
        return more, seconds
