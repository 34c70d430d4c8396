"""A second opinion on what solutions cost and break, written apart from `solver.problem.check`.

It is another formulation of the same rules: a route is a list of activities that a small machine drives through, the
schedule is found by bisection over departures instead of a backward pass, loads are cumulative sums, and what concerns
all routes is counted in tables. It is slow, and only tests may use it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

import numpy as np

from solver.problem import ANY, OPEN, UNREACHABLE, Backhauls, Problem, Route, Rule, Solution

Broken = Counter[tuple[str, int, int, int, int]]
"""Violations: rule, amount, route, client, load dimension."""


@dataclass(frozen=True)
class Opinion:
    """Costs by part, violations, and per route the first departure, the end and the start of each service."""

    costs: dict[str, float]
    broken: Broken
    missing: set[int]
    times: list[tuple[int, int, list[int]]]

    @property
    def total(self) -> float:
        """Sum of the parts."""
        return sum(self.costs.values())


@dataclass(frozen=True)
class Activity:
    """Drive to a place, then serve a client there, or load for the next trip, or be done."""

    place: int
    client: int = -1
    release: int = 0


def evaluate(problem: Problem, solution: Solution) -> Opinion:
    """Return the second opinion on a solution whose indices are right."""
    machine = [Machine(problem, route) for route in solution.routes]
    broken: Broken = Counter()
    for index, one in enumerate(machine):
        for rule, amount, client, dimension in one.broken():
            if amount > 0:
                broken[str(rule), int(amount), index, client, dimension] += 1
    _fleet(problem, solution, broken)
    missing, prizes = _service(problem, solution, broken)
    weight, types = problem.objective, problem.vehicles
    used = [(one, one.kind) for one in machine if one.route.clients]
    dislike = sum(problem.clients.preference[list(one.route.clients), k].sum() for one, k in used)
    costs = {
        "fixed": weight.fixed * sum(types.fixed_cost[k] for _, k in used),
        "distance": weight.distance * sum(one.metres * types.distance_cost[k] for one, k in used),
        "duration": weight.duration * sum((one.end - one.leaving) * types.duration_cost[k] for one, k in used),
        "preference": weight.preference * dislike,
        "unserved": weight.unserved * prizes,
        "change": weight.change * problem.published.weight * sum(one.changes for one, _ in used),
    }
    times = [(one.leaving, one.end, one.starts) for one in machine]
    return Opinion(costs, broken, missing, times)


class Machine:
    """Drives one route: first as early as it may, then as late as the end allows."""

    def __init__(self, problem: Problem, route: Route):
        self.problem, self.route, self.kind = problem, route, route.vehicle_type
        types, depots = problem.vehicles, problem.depots
        profile = types.profile[self.kind]
        self.profile = int(profile)
        hours = problem.travel.hours
        starts = [] if hours is None else hours.starts.tolist()
        self.periods = [(day * 86_400 + start, period) for day in range(4) for period, start in enumerate(starts)]
        self.distance, self.duration = problem.travel.distance[profile], problem.travel.duration[profile]
        self.windows = problem.clients.windows[:, types.window_profile[self.kind]]
        self.start, self.last = types.start_depot[self.kind], types.end_depot[self.kind]
        reload = types.reload_depot[self.kind]
        base = depots.location[self.start if reload == OPEN else reload]
        stops = list(route.clients)
        self.activities: list[Activity] = []
        released = [int(problem.clients.release[c]) for c in stops]
        bounds = [*route.reloads, len(stops)]
        self.first_release = max(released[: bounds[0]], default=0)
        for position, client in enumerate(stops):
            if position in route.reloads:
                following = min(bound for bound in bounds if bound > position)
                self.activities.append(Activity(int(base), release=max(released[position:following])))
            self.activities.append(Activity(int(problem.clients.location[client]), client))
        if stops and self.last != OPEN:
            self.activities.append(Activity(int(depots.location[self.last])))
        self.home = int(depots.location[self.start])
        self._schedule()

    def _drive(self, leaving: int) -> tuple[int, list[int], list[int]]:
        """Return the end, the starts of services, and the seconds that each leg takes after a departure."""
        now, here, starts, seconds = leaving, self.home, [], []
        for step in self.activities:
            seconds.append(self._arrive(here, step.place, now) - now)
            now += seconds[-1]
            here = step.place
            if step.client < 0:
                now = max(now, step.release)
                continue
            windows = self.windows[step.client]
            in_time = [max(now, int(early)) for early, late in windows if max(now, early) <= late]
            starts.append(min(in_time, default=now))
            now = starts[-1] + int(self.problem.clients.service[step.client, self.kind])
        return now, starts, seconds

    def _arrive(self, here: int, there: int, leaving: int) -> int:
        """Return when a leg ends: its share that is done in each period, in fractions, and then up to a second."""
        hours = self.problem.travel.hours
        if hours is None or self.duration[here, there] >= UNREACHABLE:
            return leaving + int(self.duration[here, there])
        takes = hours.duration[self.profile, :, here, there].tolist()
        now, left = leaving, Fraction(1)
        day = leaving // 86_400 * 86_400
        for (_, period), (end, _) in pairwise(self.periods):
            spare = day + end - now
            if spare <= 0:
                continue
            needed = takes[period] if left == 1 else takes[period] * left
            if needed <= spare:
                return now + ceil(needed)
            now, left = now + spare, left - Fraction(spare, takes[period])
        raise ValueError("a leg of days")

    def _late(self, starts: list[int]) -> list[int]:
        last = self.windows[list(self.route.clients), -1, 1] if starts else np.zeros(0)
        return np.maximum(np.array(starts) - last, 0).astype(int).tolist()

    def _schedule(self) -> None:
        """Find the latest departure with the earliest end and no more lateness; both only grow with the departure."""
        types, depots = self.problem.vehicles, self.problem.depots
        closing = int(depots.closing[self.start])
        self.opening = max(int(types.shift_start[self.kind]), int(depots.opening[self.start]), self.first_release)
        end, starts, _ = self._drive(self.opening)
        aim = end, self._late(starts)
        good, bad = self.opening, max(self.opening, min(closing, end)) + 1
        while bad - good > 1:
            middle = (good + bad) // 2
            later, its_starts, _ = self._drive(middle)
            if (later, self._late(its_starts)) == aim:
                good = middle
            else:
                bad = middle
        self.leaving = good
        self.end, self.starts, self.seconds = self._drive(good)

    @property
    def legs(self) -> list[tuple[int, int, int]]:
        """From, to, and the client at its end or -1."""
        places = [self.home, *(step.place for step in self.activities)]
        return [(a, step.place, step.client) for a, step in zip(places[:-1], self.activities, strict=True)]

    @property
    def metres(self) -> int:
        """Of all legs."""
        return sum(int(self.distance[a, b]) for a, b, _ in self.legs)

    @property
    def number(self) -> int:
        """The vehicle's number over all types, or `ANY`."""
        counts = self.problem.vehicles.count
        known = 0 <= self.route.vehicle < counts[self.kind]
        return int(counts[: self.kind].sum()) + self.route.vehicle if known else ANY

    @property
    def changes(self) -> int:
        """Clients whom the published plan has on another vehicle."""
        told = self.problem.published.vehicle[list(self.route.clients)]
        return int(((told != ANY) & (told != self.number)).sum())

    def broken(self) -> list[tuple[Rule, int, int, int]]:
        """Rule, amount, client and dimension, zeros included."""
        problem, kind, stops = self.problem, self.kind, self.route.clients
        clients, types, locks = problem.clients, problem.vehicles, problem.locks
        late = self._late(self.starts)
        found = [
            (Rule.SHIFT, self.end - types.shift_end[kind], -1, -1),
            (Rule.DEPOT_HOURS, self.opening - problem.depots.closing[self.start], -1, -1),
            (Rule.MAX_DISTANCE, self.metres - types.max_distance[kind], -1, -1),
            (Rule.MAX_DURATION, self.end - self.leaving - types.max_duration[kind], -1, -1),
            (Rule.MAX_STOPS, len(stops) - types.max_stops[kind], -1, -1),
            (Rule.MAX_TRIPS, 1 + len(self.route.reloads) - types.max_trips[kind], -1, -1),
        ]
        if self.last != OPEN:
            found.append((Rule.DEPOT_HOURS, self.end - problem.depots.closing[self.last], -1, -1))
        for a, b, client in self.legs:
            found.append((Rule.UNREACHABLE, max(self.distance[a, b], self.duration[a, b]) >= UNREACHABLE, client, -1))
        for position, client in enumerate(stops):
            found.append((Rule.TIME_WINDOW, late[position] * (not locks.driven[client]), client, -1))
            found.append((Rule.NOT_ALLOWED, not clients.allowed[client, kind], client, -1))
            kept = locks.vehicle[client] in (ANY, self.number) and locks.position[client] in (ANY, position)
            found.append((Rule.LOCK, not kept, client, -1))
        for trip in np.split(np.array(stops, dtype=int), self.route.reloads):
            found += self._load(trip)
        return found

    def _load(self, trip: np.ndarray) -> list[tuple[Rule, int, int, int]]:
        """What the load of one trip breaks."""
        clients, types = self.problem.clients, self.problem.vehicles
        delivery, pickup = clients.delivery[trip], clients.pickup[trip]
        onboard = delivery.sum(axis=0) + np.cumsum(pickup - delivery, axis=0)
        peak = np.vstack([delivery.sum(axis=0)[None], onboard]).max(axis=0)
        found = [(Rule.CAPACITY, peak[d] - types.capacity[self.kind, d], -1, d) for d in range(len(peak))]
        order = Backhauls(types.backhauls[self.kind])
        brings, takes = delivery.sum(axis=1) > 0, pickup.sum(axis=1) > 0
        if order != Backhauls.MIXED:
            taken_before = np.concatenate([[0], np.cumsum(takes)])[: len(trip)]
            found += [(Rule.BACKHAUL, 1, int(c), -1) for c in trip[brings & (taken_before > 0)]]
        if order == Backhauls.LOADED and takes.sum() and not brings.sum():
            found.append((Rule.BACKHAUL, 1, int(trip[np.argmax(takes)]), -1))
        return found


def _fleet(problem: Problem, solution: Solution, broken: Broken) -> None:
    routes = [(i, r) for i, r in enumerate(solution.routes) if r.clients]
    for kind, count in enumerate(problem.vehicles.count.tolist()):
        of_kind = [(i, r.vehicle) for i, r in routes if r.vehicle_type == kind]
        if len(of_kind) > count:
            broken[str(Rule.FLEET), len(of_kind) - count, -1, -1, -1] += 1
        for index, vehicle in of_kind:
            earlier = vehicle != ANY and any(i < index and v == vehicle for i, v in of_kind)
            if earlier or vehicle >= count:
                broken[str(Rule.FLEET), 1, index, -1, -1] += 1


def _service(problem: Problem, solution: Solution, broken: Broken) -> tuple[set[int], float]:
    """Who is missing, and the prizes that are lost; each client alone counts as a group of its own."""
    clients, locked = problem.clients, problem.locks.vehicle != ANY
    times = np.zeros(clients.number, dtype=int)
    for route in solution.routes:
        np.add.at(times, list(route.clients), 1)
    for client in np.flatnonzero(times > 1).tolist():
        broken[str(Rule.TWICE), int(times[client]) - 1, -1, client, -1] += 1
    alone = [[c] for c in range(clients.number) if clients.group[c] < 0]
    together = [np.flatnonzero(clients.group == g).tolist() for g in range(clients.groups)]
    missing, prizes = set(), 0.0
    for group in alone + together:
        visited = [c for c in group if times[c]]
        of_lock = [c for c in group if locked[c]]
        if len(visited) > 1:
            broken[str(Rule.GROUP), len(visited) - 1, -1, visited[0], -1] += 1
        if visited:
            for client in of_lock:
                if client not in visited:
                    broken[str(Rule.LOCK), 1, -1, client, -1] += 1
            continue
        speaker = (of_lock or group)[0]
        missing.add(speaker)
        if of_lock or clients.required[speaker]:
            broken[str(Rule.UNSERVED), 1, -1, speaker, -1] += 1
        else:
            prizes += float(clients.prize[speaker])
    return missing, prizes
