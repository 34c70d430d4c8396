"""The intention of a leg by its definition, written apart from `solver.explain`: every way to go on, stop by stop.

Each completion is evaluated by `solver.problem.check_route`. Those whose way alone, without waiting, costs more than
the whole of the plan as it is are never the best at any level, and a depth-first search leaves them out early; so rests
of nine stops can be asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from solver.problem import OPEN, Problem, Route, Rule, Solution, check_route

LEVELS = (
    ("route", {Rule.UNREACHABLE}),
    ("preference", set[Rule]()),
    ("profile", {Rule.NOT_ALLOWED}),
    ("lock", {Rule.LOCK}),
    ("capacity", {Rule.CAPACITY, Rule.BACKHAUL}),
    ("time window", {Rule.TIME_WINDOW}),
    ("return", {Rule.SHIFT, Rule.DEPOT_HOURS, Rule.MAX_DISTANCE, Rule.MAX_DURATION, Rule.MAX_STOPS}),
)
TOLERANCE = 1e-6


@dataclass
class Figures:
    """What some routes and those left out come to."""

    missed: int = 0
    way: float = 0.0
    preference: float = 0.0
    change: float = 0.0
    waiting: float = 0.0
    broken: Counter[Rule] = field(default_factory=Counter)

    def cost(self, level: int) -> tuple[int, float]:
        """Return who has to be served and is not, and what is counted at a level."""
        counted = self.way
        if level >= 1:
            counted += self.preference
        if level >= 3:
            counted += self.change
        if level >= 5:
            counted += self.waiting
        return self.missed, counted


class Oracle:
    """Asks about one leg."""

    def __init__(self, problem: Problem, solution: Solution, index: int, position: int) -> None:
        self.problem, self.solution, self.index = problem, solution, index
        self.route = solution.routes[index]
        self.before, self.rest = self.route.clients[:position], self.route.clients[position:]
        self.to = self.rest[0] if self.rest else -1
        self.known: dict[tuple[int, int], float] = {}
        own = set(self.route.clients)
        self.near = [c for c in range(problem.clients.number) if c not in own and not problem.locks.driven[c]]
        self.matrices = [m[problem.vehicles.profile[self.route.vehicle_type]] for m in
                         (problem.travel.distance, problem.travel.duration)]  # fmt: skip

    def label(self, most: int = 10**6) -> str | None:
        """Return the intention; None where more than so many completions would have to be evaluated for it."""
        if self.to == self.nearest():
            return "nearest"
        now = self.figures(self.rest, -1)
        ways = list(islice(self.completions(now), most + 1))
        if len(ways) > most:
            return None
        found = [(order, self.figures(order, joined)) for order, joined in ways]
        on: set[Rule] = set()
        for level, (name, rules) in enumerate(LEVELS):
            on |= rules
            best: dict[bool, tuple[int, float]] = {}
            for order, figures in found:
                if all(figures.broken[rule] <= now.broken[rule] for rule in on):
                    leads = (order[0] if order else -1) == self.to
                    best[leads] = min(best.get(leads, (99, 0.0)), figures.cost(level))
            missed, cost = best.get(False, (99, 0.0))
            if best[True] <= (missed, cost + TOLERANCE):
                return name
        return "plan"

    def nearest(self) -> int | None:
        """Return who is nearest to where the vehicle stands, before all who comes next; None when nobody is there."""
        here = self.before[-1] if self.before else -1
        legs = {c: self.leg(here, c) for c in (*self.rest, *self.near)}
        least = min(legs.values(), default=0.0)
        return next((c for c, leg in legs.items() if leg <= least + TOLERANCE), None)

    def leg(self, start: int, end: int) -> float:
        """Return the cost of a leg between clients; -1 is the start depot, or home."""
        if (start, end) not in self.known:
            self.known[start, end] = self._leg(start, end)
        return self.known[start, end]

    def _leg(self, start: int, end: int) -> float:
        problem, kind = self.problem, self.route.vehicle_type
        vehicles, depots = problem.vehicles, problem.depots
        if end == -1 and vehicles.end_depot[kind] == OPEN:
            return 0.0
        a = problem.clients.location[start] if start >= 0 else depots.location[vehicles.start_depot[kind]]
        b = problem.clients.location[end] if end >= 0 else depots.location[vehicles.end_depot[kind]]
        metres, seconds = (int(matrix[int(a), int(b)]) for matrix in self.matrices)
        return metres * float(vehicles.distance_cost[kind]) + seconds * float(vehicles.duration_cost[kind])

    def completions(self, now: Figures) -> Iterator[tuple[tuple[int, ...], int]]:
        """Yield orders of the rest, with who joins, that can be the best at some level."""
        here = self.before[-1] if self.before else -1
        for joined in (-1, *self.near):
            members = self.rest if joined < 0 else (*self.rest, joined)
            least = self.figures(members, joined)  # the same for every order but for the way and for waiting
            if least.missed > now.missed:
                continue
            fixed = least.way - self.drive(here, members)
            more = min(0.0, least.preference) + min(0.0, least.change) + min(0.0, self.elsewhere(joined).waiting)
            bound = now.cost(6)[1] - fixed - more + TOLERANCE if least.missed == now.missed else float("inf")
            if self.problem.travel.hours is not None:  # then the way is more than the sum of its legs
                bound = float("inf")
            yield from ((order, joined) for order in self.orders(here, (), members, bound))
        if self.rest:
            yield self.rest, -1

    def orders(
        self, here: int, done: tuple[int, ...], left: tuple[int, ...], bound: float
    ) -> Iterator[tuple[int, ...]]:
        """Yield the orders of who is left whose ways are not longer than a bound."""
        if not left:
            if self.leg(here, -1) <= bound:
                yield done
            return
        least = sum(min(self.leg(one, other) for one in (here, *left) if one != other) for other in left)
        if least > bound:
            return
        for one in left:
            others = tuple(other for other in left if other != one)
            yield from self.orders(one, (*done, one), others, bound - self.leg(here, one))

    def drive(self, here: int, order: tuple[int, ...]) -> float:
        """Return the cost of the legs of an order, home included."""
        places = (here, *order, -1)
        return sum(self.leg(*pair) for pair in pairwise(places))

    def figures(self, order: tuple[int, ...], joined: int) -> Figures:
        """Return what a completion comes to, the route that somebody leaves included."""
        made = self.elsewhere(joined)
        self.add(made, Route(self.route.vehicle_type, (*self.before, *order), self.route.vehicle), 1)
        return made

    def elsewhere(self, joined: int) -> Figures:
        """Return what changes elsewhere when somebody joins."""
        made, clients = Figures(), self.problem.clients
        if joined >= 0:
            home = next((one for one in self.solution.routes if joined in one.clients), None)
            if home is not None:
                self.add(made, home, -1)
                stays = tuple(c for c in home.clients if c != joined)
                self.add(made, Route(home.vehicle_type, stays, home.vehicle), 1)
            elif self.problem.must_serve[joined]:
                made.missed -= 1
            else:
                made.way -= float(clients.prize[joined])
        # The route's own constants are left in: they are the same for every completion with the same stops.
        return made

    def add(self, made: Figures, route: Route, sign: int) -> None:
        """Add what a route comes to, or take it away."""
        if not route.clients:
            return
        report, violations = check_route(self.problem, route)
        waiting = report.waiting * float(self.problem.vehicles.duration_cost[route.vehicle_type])
        costs = report.costs
        made.way += sign * (costs.fixed + costs.distance + costs.duration - waiting)
        made.waiting += sign * waiting
        made.preference += sign * costs.preference
        made.change += sign * costs.change
        for one in violations:
            made.broken[one.rule] += sign * one.amount
