"""An island: one core's own state, random numbers and trajectory."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from solver.genetic.crossover import exchange_routes
from solver.genetic.order_crossover import cross_orders, orders_cross
from solver.genetic.partition import Division
from solver.genetic.population import Individual
from solver.policy.rollout import ROUTES, SERVED, Rollout
from solver.problem import Solution
from solver.search.annealing import anneal, keep
from solver.search.data import Data
from solver.search.insert_all import insert_all
from solver.search.insert_only import anneal_movable
from solver.search.laying import lay_routes, read_solution, write_solution
from solver.search.local_search import educate
from solver.search.openings import ANY, FILL
from solver.search.retype import retype_all
from solver.search.rng import make_rng
from solver.search.routes import clear, copy_routes, hold_part, make_state
from solver.search.savings import PUT_OFF, savings_apply, savings_start
from solver.search.state import ABSENT_COUNT, BEST, COST, USED, State

RETRIED_CLIENTS, MOST_TIMES = 2000, 4
"""A start by insertion is tried again while all tries of one kind insert no more clients than that."""


Crossover = Callable[[Data, State, NDArray[np.int32], NDArray[np.int32]], None]
"""What fills a state with a child of two parents, told by their successors."""


def crossovers_of(data: Data) -> list[Crossover]:
    """Return the crossovers that can state a problem's solutions."""
    return [exchange_routes, cross_orders] if orders_cross(data) else [exchange_routes]


class Island:
    """One trajectory of the search.

    Parameters
    ----------
    data
        The problem, shared by all islands.
    seed
        Of this island's random numbers.
    """

    def __init__(self, data: Data, seed: int) -> None:
        self.data = data
        self.state = make_state(data, make_rng(seed))
        self._educated = np.inf

    def start(self, initial: Solution | None) -> None:
        """Build the first individual: a given one, else the cheapest by savings where they apply, or by insertion.

        Where time windows are one rule of many, insertion is often better than savings, and elsewhere hardly ever.
        """
        if initial is not None:
            write_solution(self.data, self.state, initial)
            insert_all(self.data, self.state, 0.0, ANY)
            keep(self.state)
            return
        self.state.amount[BEST] = np.inf
        by_savings = savings_apply(self.data)
        if by_savings:
            self._start_by_savings()
        if not by_savings or (self.data.rich is not None and self.data.clocked):
            self._start_by_insertion()
        if self.state.amount[COST] > self.cost:
            copy_routes(self.data, self.state, self.state.best.copy())

    def start_from(self, rollout: Rollout) -> None:
        """Build the first individual from a rollout; whom it has left out is inserted where that is possible."""
        routes, served = rollout.number[ROUTES], rollout.number[SERVED]
        self._lay(rollout.kinds[:routes], rollout.ends[:routes], rollout.stops[:served])
        retype_all(self.data, self.state)
        keep(self.state)

    def start_at_random(self, seed: int) -> None:
        """Build the first individual from clients in random order, cut into routes of even length."""
        random, data = np.random.default_rng(seed), self.data
        wanted = np.maximum(data.delivery, data.pickup).sum(axis=0) / np.maximum(data.capacity.mean(axis=0), 1)
        routes = int(np.clip(np.ceil(wanted.max(initial=1.0)), 1, max(data.slots, 1)))
        kinds = random.permutation(data.kind)[:routes].astype(np.int64)
        ends = np.linspace(0, data.n, len(kinds) + 1).astype(np.int64)[1:]
        self._lay(kinds, ends, random.permutation(data.n))
        keep(self.state)

    def _lay(self, kinds: NDArray[np.int64], ends: NDArray[np.int64], stops: NDArray[np.int64]) -> None:
        vehicles, cuts = np.full(len(kinds), -1, np.int64), np.zeros(len(stops), np.bool_)
        lay_routes(self.data, self.state, kinds, ends, stops, vehicles, cuts)
        insert_all(self.data, self.state, 0.0, ANY)

    def polish(self, fewest: int) -> None:
        """Educate the best since the last start, and drop vehicles beyond so many while that makes it cheaper."""
        copy_routes(self.data, self.state, self.state.best)
        educate(self.data, self.state)
        self._keep_cheapest()
        while int(self.state.number[USED]) > fewest:
            successor = self.state.best.copy()
            sizes = np.where(self.state.size > 0, self.state.size, self.data.n + 1)
            smallest = int(np.argmin(sizes))
            successor[self.data.n + smallest] = self.data.n + self.data.slots + smallest
            copy_routes(self.data, self.state, successor)
            insert_all(self.data, self.state, 0.0, ANY)
            if self.state.amount[COST] >= self.cost:
                copy_routes(self.data, self.state, self.state.best.copy())
                return
            keep(self.state)

    def _keep_cheapest(self) -> None:
        if self.state.amount[COST] < self.cost:
            keep(self.state)

    def _start_by_savings(self) -> None:
        """Join routes by what they save, sooner or later those that an order of stops lets join one way only."""
        for put_off in PUT_OFF if self.data.forbidden else PUT_OFF[:1]:
            savings_start(self.data, self.state, put_off)
            insert_all(self.data, self.state, 0.0, ANY)
            self._keep_cheapest()

    def _start_by_insertion(self) -> None:
        """Insert all in several orders, with the vehicles that suit each client best or one size before all others."""
        data = self.data
        sizes = np.column_stack((data.capacity, data.fixed_cost, data.distance_cost, data.duration_cost))
        different = np.unique(sizes, axis=0, return_index=True)[1].tolist()
        tries = [ANY, FILL, *sorted(different)] if len(different) > 1 else [ANY, FILL]
        times = min(max(RETRIED_CLIENTS // max(data.n, 1), 1), MOST_TIMES)
        for only in tries * times if data.n else [ANY]:
            clear(self.data, self.state)
            insert_all(self.data, self.state, 0.0, only)
            if only >= 0:
                insert_all(self.data, self.state, 0.0, ANY)
            retype_all(self.data, self.state)
            self._keep_cheapest()

    def cross(self, one: Individual, other: Individual, crossover: Crossover) -> None:
        """Go on from an educated child of two individuals."""
        crossover(self.data, self.state, one.next, other.next)
        educate(self.data, self.state)
        keep(self.state)
        self._educated = self.cost

    def restart(self, individual: Individual) -> None:
        """Go on from an individual."""
        copy_routes(self.data, self.state, individual.next)
        keep(self.state)

    def anneal(self, iterations: int, temperature: float) -> None:
        """Ruin and recreate for a while."""
        anneal(self.data, self.state, iterations, temperature, temperature)

    def hold(self, whole: Individual, division: Division, part: int) -> None:
        """Look after one part of an individual only."""
        hold_part(self.data, self.state, whole.next, division.of_slot, division.of_client, part)
        keep(self.state)

    def current_and_best(self) -> tuple[Individual, Individual]:
        """What the routes are now, and the best since the last start; views, not copies."""
        return Individual(self.state.next, float(self.state.amount[COST])), Individual(self.state.best, self.cost)

    def finish(self) -> None:
        """Educate the best of this round, unless it is a child that annealing found nothing better than."""
        if self.cost == self._educated:
            return
        copy_routes(self.data, self.state, self.state.best)
        educate(self.data, self.state)
        self._keep_cheapest()

    @property
    def lacks_required(self) -> bool:
        """Whether somebody is absent now who must not be, though some vehicle could serve them alone."""
        out = self.state.absent[: self.state.number[ABSENT_COUNT]]
        return bool((self.data.required[out] & self.data.servable[out]).any())

    @property
    def cost(self) -> float:
        """Cost of the best since the last start, absent clients at their price."""
        return float(self.state.amount[BEST])

    @property
    def best(self) -> Individual:
        """The best since the last start."""
        return Individual(self.state.best.copy(), self.cost)

    def mean_arc(self) -> float:
        """Mean cost of an arc of the present routes: the unit of temperature."""
        out = self.state.absent[: self.state.number[ABSENT_COUNT]]
        arcs = self.data.items - len(out) + int(self.state.number[USED])
        travelled = float(self.state.amount[COST]) - float(self.data.absent_cost[out].sum())
        return max(travelled / max(arcs, 1), 1e-9)


class InsertionIsland(Island):
    """A trajectory along which only some clients move; all others keep vehicle and order.

    Parameters
    ----------
    data, seed
        As of any island.
    held
        Who keeps vehicle and order, shape ``(clients,)``.
    """

    def __init__(self, data: Data, seed: int, held: NDArray[np.bool_]) -> None:
        super().__init__(data, seed)
        self._held = held
        self._movable = np.flatnonzero(~held).astype(np.int32)

    def anneal(self, iterations: int, temperature: float) -> None:
        """Take movable clients out and insert them for a while."""
        if len(self._movable):
            anneal_movable(self.data, self.state, self._movable, self._held, iterations, temperature)

    def cross(self, one: Individual, other: Individual, crossover: Crossover) -> None:
        """Go on from the better one: a child would have the routes of both, and local search another order."""
        self.restart(min(one, other, key=lambda parent: parent.cost))

    def finish(self) -> None:
        """Leave the best as it is."""


def warm_division(data: Data) -> None:
    """Compile or load the kernels that only large problems need."""
    island = Island(data, 0)
    island.start(None)
    island.hold(island.best, Division.of(data, island.best, 2, make_rng(0)), 0)


def solution_of(data: Data, individual: Individual) -> Solution:
    """Return an individual's routes."""
    scratch = make_state(data, make_rng(0))
    copy_routes(data, scratch, individual.next)
    return read_solution(data, scratch)
