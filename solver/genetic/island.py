"""An island: one core's own state, random numbers and best individual."""

from __future__ import annotations

import numpy as np

from solver.problem import Solution
from solver.search.annealing import Best, anneal, keep
from solver.search.data import Data
from solver.search.insertion import insert_all
from solver.search.rng import make_rng
from solver.search.savings import savings_apply, savings_start
from solver.search.state import COST, USED, clear, copy_routes, make_state, read_solution, write_solution


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
        self.best = Best(self.state.next.copy(), np.array([np.inf]))
        self.iterations = 0

    def start(self, initial: Solution | None) -> None:
        """Build the first individual: a given one, else by savings where they apply, else by insertion."""
        if initial is not None:
            write_solution(self.data, self.state, initial)
        elif savings_apply(self.data):
            savings_start(self.data, self.state)
        else:
            clear(self.data, self.state)
        insert_all(self.data, self.state, 0.0)
        keep(self.state, self.best)

    def advance(self, iterations: int, hot: float, cold: float) -> bool:
        """Ruin and recreate for a while; return whether the best was improved."""
        self.iterations += iterations
        return bool(anneal(self.data, self.state, self.best, iterations, hot, cold))

    def adopt(self, successors: np.ndarray) -> None:
        """Go on from another individual's routes."""
        copy_routes(self.data, self.state, successors)

    @property
    def cost(self) -> float:
        """Cost of the best individual, absent clients at their price."""
        return float(self.best.cost[0])

    def mean_arc(self) -> float:
        """Mean cost of an arc of the present routes, the unit of temperature."""
        served = self.data.n - len(self.data.absent_cost) + int((self.state.route[: self.data.n] >= 0).sum())
        absent = float(self.data.absent_cost[self.state.route[: self.data.n] < 0].sum())
        arcs = served + int(self.state.number[USED])
        return max((float(self.state.amount[COST]) - absent) / max(arcs, 1), 1e-9)

    def best_solution(self) -> Solution:
        """Return the best individual's routes."""
        scratch = make_state(self.data, make_rng(0))
        copy_routes(self.data, scratch, self.best.next)
        return read_solution(self.data, scratch)
