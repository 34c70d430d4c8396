"""Why a route goes from A to B: the intention of a leg, by successive relaxation.

The idea is RouteExplainer's (Kikuta et al. 2024): a leg is meant for whatever it takes, of all that binds a plan, for
the best plan to have it. The vehicle stands at A, and what comes before is fixed. Somebody else could come next:
anybody of the rest of the route, or one of those near by from elsewhere. After each of them the route goes on as well
as it can (`solver.explain.completions`). Kinds of constraints are switched on one after the other, and each time the
best way to go on is found; the first kind with which it leads to B is the intention. So "time window" means: were it
not for time windows (and what comes after them in `Intention`), the vehicle had better drive elsewhere first.

Up to `EXACT` stops are left, every way to go on is judged. Beyond that they are searched: insertions, nearest
neighbours, and descents by `solver.explain.rearranging` from the best known, once for each kind and for either answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from solver.explain.completions import FULL, LEVELS, NOBODY, BoolArray, Completions, IntArray, Rows
from solver.explain.orders import RULES
from solver.explain.pool import Pool, scores
from solver.explain.rearranging import all_orders, insertions, neighbours
from solver.problem import Problem, Rule, Solution

EXACT = 6
"""Stops left of a route up to which every completion is judged; one more, where nobody is near by."""

SAME = 1e-6
"""Costs that differ by no more are the same, unless the caller says otherwise."""

MOST_AT_ONCE = 512
"""Neighbours of a completion that are judged at one time, those that can be cheapest."""

STEPS = 12
"""Of a descent at most."""

POLISHED = 3
"""Alternatives that are improved each on its own, the best first."""


class Intention(StrEnum):
    """What a leg is for, in the order in which constraints are switched on."""

    NEAREST = "nearest"
    """Nobody is nearer."""

    ROUTE = "route"
    """Somebody is nearer, but the way through the rest is shortest like this, or cheapest: it alone is counted."""

    PREFERENCE = "preference"
    """Wishes of customers for some vehicle count, too."""

    PROFILE = "profile"
    """Who may not serve whom, by profiles and zones."""

    LOCK = "lock"
    """Locks, and what was published."""

    CAPACITY = "capacity"
    """Loads, and the order of deliveries and pickups."""

    WINDOW = "time window"
    """Time windows, and the cost of waiting for them."""

    RETURN = "return"
    """The end of the shift, depot hours, and the limits of distance, duration and stops."""

    PLAN = "plan"
    """None of them: somebody else had better come next."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that its kind of constraints is made of; none where it is a cost only."""
        return LEVELS[_OF_LEVEL.index(self)] if self in _OF_LEVEL else ()


_OF_LEVEL = (
    Intention.ROUTE,
    Intention.PREFERENCE,
    Intention.PROFILE,
    Intention.LOCK,
    Intention.CAPACITY,
    Intention.WINDOW,
    Intention.RETURN,
)


@dataclass(frozen=True, slots=True)
class Completion:
    """One way for a route to go on; clients are indices of the problem.

    Parameters
    ----------
    clients
        Of the whole route, what comes before included.
    next
        Who comes next, or `NOBODY`: the way home.
    joined
        Who joins from elsewhere, or `NOBODY`.
    """

    clients: tuple[int, ...]
    next: int
    joined: int = NOBODY


@dataclass(frozen=True, slots=True)
class LegIntention:
    """Why a leg is driven.

    Parameters
    ----------
    intention
        The first kind of constraints with which the best way to go on has this leg.
    nearest
        Who is nearest to where the leg begins, of all who could come next; `NOBODY` when there is none.
    passed
        What was given up for it: where the leg is the shortest way, to go to who is nearest; else what would be best
        without the constraints of the intention, or, when nothing explains the leg, what is better. None for
        `Intention.NEAREST`, and where there is no other way.
    alternatives
        For each other client who could come next the best way known to go on, the best first: by rules that would be
        broken, then by cost.
    exact
        Whether all ways to go on were judged.
    also
        Kinds of constraints that are switched on after the intention, and that ``passed`` would break as well.
    """

    intention: Intention
    nearest: int
    passed: Completion | None
    alternatives: tuple[Completion, ...]
    exact: bool
    also: tuple[Intention, ...] = ()


def intention_of(problem: Problem, solution: Solution, index: int, position: int, same: float = SAME) -> LegIntention:
    """Return why a route goes where it goes.

    Parameters
    ----------
    problem
        The problem, with what the plan locks.
    solution
        The plan.
    index
        Of the route in it.
    position
        How many of its stops come before the leg; as many as it has for the way home.
    same
        Costs that differ by no more are the same; then the leg goes before.

    Raises
    ------
    ValueError
        If the route makes several trips, or has no such position.
    """
    return _Leg(Completions(problem, solution, index, position), same).explain()


class _Leg:
    """One leg, and the completions that are known."""

    def __init__(self, completions: Completions, same: float) -> None:
        self._ways, self._same = completions, same
        self._leads_to = int(completions.now.next[0])
        self._pool = Pool(self._leads_to)
        self._pool.add(completions.now)
        left = len(completions.rest)
        self._own_known = left <= EXACT + 1
        self._all_known = left <= EXACT or (self._own_known and not len(completions.near))

    def explain(self) -> LegIntention:
        self._begin()
        nearest = self._nearest()
        intention, before = self._intention(nearest)
        if intention is not Intention.PLAN:
            self._search(FULL)
        alternatives = self._alternatives()
        passed = self._passed(intention, nearest, before, alternatives)
        return LegIntention(
            intention,
            self._ways.clients[nearest] if nearest != NOBODY else NOBODY,
            self._completion(passed) if passed is not None else None,
            tuple(self._completion(one) for one in alternatives),
            self._all_known,
            _broken_after(intention, passed) if passed is not None else (),
        )

    def _begin(self) -> None:
        ways, rest = self._ways, self._ways.rest
        if self._own_known:
            self._add(rest[all_orders(len(rest))], None)
        else:
            moved = rest[neighbours(len(rest))]
            self._add(moved[moved[:, 0] != self._leads_to], None)
            self._add(_nearest_next(ways, rest), None)
        if self._all_known:
            for one in ways.near.tolist():
                self._add(np.append(rest, one)[all_orders(len(rest) + 1)], one)
        elif len(ways.near):
            self._pool.add(ways.judge(*_joining(rest, ways.near)))

    def _add(self, orders: IntArray, joined: int | None) -> None:
        """Judge completions and keep them; not those that can neither be best nor are an alternative to come next."""
        who = np.full(len(orders), NOBODY if joined is None else joined)
        if joined is not None and len(orders) > MOST_AT_ONCE:
            chosen = orders[:, 0] == joined
            others = np.flatnonzero(~chosen)
            least = self._ways.least(orders[others], who[others])
            chosen[others[least <= float(self._ways.now.cost[0, FULL]) + self._same]] = True
            orders, who = orders[chosen], who[chosen]
        self._pool.add(self._ways.judge(orders, who))

    def _nearest(self) -> int:
        candidates = np.concatenate((self._ways.rest, self._ways.near))
        if not len(candidates):
            return NOBODY
        away = self._ways.distances()[candidates]
        if self._leads_to in candidates and self._ways.distances()[self._leads_to] <= away.min() + self._same:
            return self._leads_to
        return int(candidates[np.argmin(away)])

    def _intention(self, nearest: int) -> tuple[Intention, int]:
        """Return the intention, and the level before it."""
        if nearest == self._leads_to != NOBODY:
            return Intention.NEAREST, 0
        for level in range(len(LEVELS)):
            if self._ways.adds(level):
                self._search(level)
            if self._pool.leads(level, self._same):
                return _OF_LEVEL[level], max(level - 1, 0)
        return Intention.PLAN, FULL

    def _search(self, level: int) -> None:
        """Look for better completions at a level that go where the leg goes, and for others."""
        if self._all_known:
            return
        for leads in (True, False):
            own = self._pool.best(level, leads, joined=False)
            if own is not None and not self._own_known:
                own = self._descend(own, level, _Side(self._leads_to, leads))
            for start in (own, self._ways.now):
                if start is not None:
                    self._join(start, level, leads)
            joined = self._pool.best(level, leads, joined=True)
            if joined is not None:
                self._descend(joined, level, _Side(self._leads_to, leads))

    def _join(self, start: Rows, level: int, leads: bool) -> None:
        """Let each client near by join a completion at each place."""
        near = self._ways.near
        if not len(near):
            return
        orders, who = _joining(start.orders[0], near)
        wanted = np.flatnonzero((orders[:, 0] == self._leads_to) == leads)
        best = self._pool.best(level, leads, joined=None)
        least = self._ways.least(orders[wanted], who[wanted])
        if best is not None and not best.over(level)[0]:
            keep = least < best.cost[0, level] - self._same
            wanted, least = wanted[keep], least[keep]
        wanted = wanted[np.argsort(least, kind="stable")[:MOST_AT_ONCE]]
        if len(wanted):
            self._pool.add(self._ways.judge(orders[wanted], who[wanted]))

    def _descend(self, start: Rows, level: int, side: _Side) -> Rows:
        """Improve a completion move by move; all that is judged on the way is kept."""
        for _ in range(STEPS):
            better = self._step(start, level, side)
            if better is None:
                break
            start = better
        return start

    def _step(self, start: Rows, level: int, side: _Side) -> Rows | None:
        orders = start.orders[0][neighbours(start.orders.shape[1])]
        orders = orders[side.has(orders)]
        who = np.full(len(orders), start.joined[0])
        least = self._ways.least(orders, who)
        present = scores(start, level)[0]
        if not start.over(level)[0]:
            orders, least = orders[least < present - self._same], least[least < present - self._same]
        orders = orders[np.argsort(least, kind="stable")[:MOST_AT_ONCE]]
        if not len(orders):
            return None
        judged = self._ways.judge(orders, who[: len(orders)])
        self._pool.add(judged)
        score = scores(judged, level)
        best = int(np.argmin(score))
        return judged.at(slice(best, best + 1)) if score[best] < present - self._same else None

    def _alternatives(self) -> list[Rows]:
        """Return the best way known to go on after each other client, the best first."""
        if not self._all_known:
            for one in self._pool.by_next()[:POLISHED]:
                self._descend(one, FULL, _Side(int(one.next[0]), True))
        return self._pool.by_next()

    def _passed(self, intention: Intention, nearest: int, before: int, alternatives: list[Rows]) -> Rows | None:
        if intention is Intention.NEAREST:
            return None
        if intention is Intention.ROUTE:
            return next((one for one in alternatives if int(one.next[0]) == nearest), None)
        best = self._pool.best(before, False, joined=None)
        assert best is not None
        if intention is not Intention.PLAN:  # who joins somewhere later is not what the leg is about
            best = self._pool.after(int(best.next[0]), before) or best
        return best

    def _completion(self, one: Rows) -> Completion:
        clients = self._ways.clients
        to, joined = int(one.next[0]), int(one.joined[0])
        return Completion(
            self._ways.whole(one.orders[0].tolist()),
            clients[to] if to != NOBODY else NOBODY,
            clients[joined] if joined != NOBODY else NOBODY,
        )


def _broken_after(intention: Intention, one: Rows) -> tuple[Intention, ...]:
    """Return the kinds of constraints after an intention that a completion breaks more than they are broken now."""
    if intention is Intention.PLAN:
        return ()
    broken = {rule for rule, excess in zip(RULES, one.excess[0].tolist(), strict=True) if excess}
    return tuple(kind for kind in _OF_LEVEL[_OF_LEVEL.index(intention) + 1 :] if broken.intersection(kind.rules))


@dataclass(frozen=True, slots=True)
class _Side:
    """Completions that go to one client next, or all others."""

    client: int
    leads: bool

    def has(self, orders: IntArray) -> BoolArray:
        """Tell which orders are on it."""
        first = orders[:, 0] if orders.shape[1] else np.full(len(orders), NOBODY)
        on: BoolArray = (first == self.client) == self.leads
        return on


def _joining(order: IntArray, near: IntArray) -> tuple[IntArray, IntArray]:
    """Return an order with each client near by at each place, and who that is."""
    extended = np.hstack((np.broadcast_to(order, (len(near), len(order))), near[:, None]))
    orders = extended[:, insertions(len(order))].reshape(-1, extended.shape[1])
    return orders, np.repeat(near, extended.shape[1])


def _nearest_next(ways: Completions, rest: IntArray) -> IntArray:
    """Return orders that go to the nearest next each time, one for each that can be first."""
    number = len(rest)
    legs = ways.orders.leg[np.ix_(rest, rest)] + np.where(np.eye(number), np.inf, 0.0)
    made = np.empty((number, number), dtype=np.int64)
    made[:, 0] = rows = np.arange(number)
    open_legs = np.repeat(legs[None], number, axis=0)
    for place in range(1, number):
        open_legs[rows, :, made[:, place - 1]] = np.inf
        made[:, place] = np.argmin(open_legs[rows, made[:, place - 1]], axis=1)
    return rest[made]
