"""Ruin and recreate under simulated annealing: the mutation of the genetic search, and its workhorse."""

from __future__ import annotations

import math

from solver.search.chain import renew
from solver.search.figures import holds, refresh_after
from solver.search.flags import on
from solver.search.insertion import BLINK, recreate
from solver.search.kernel import inner, kernel
from solver.search.retype import retype_touched
from solver.search.rng import uniform
from solver.search.ruin import begin, ruin
from solver.search.state import ABSENT, BEST, COST, LOG_LENGTH, TOUCHED, link, unlink


@kernel
def keep(state):
    """Take the present routes as the best."""
    for node in range(len(state.next)):
        state.best[node] = state.next[node]
    state.amount[BEST] = state.amount[COST]


@inner
def undo(data, state):
    """Take back all that the log holds."""
    for i in range(state.number[LOG_LENGTH] - 1, -1, -1):
        c, before = state.log[i, 0], state.log[i, 1]
        if before == ABSENT:
            r = state.route[c]
            unlink(data, state, c)
            if on(data.whole) and data.trips and state.size[r] == 0:
                renew(data, state, state.vehicle[r])
        else:
            r = state.route[before]
            if on(data.whole) and data.trips and state.size[r] == 0:
                state.plan[r, 0], state.plan[r, 1] = state.undo_plan[i, 0], state.undo_plan[i, 1]
            link(data, state, c, before)
    if on(data.timed):
        for i in range(state.number[TOUCHED]):
            r = state.touched[i]
            refresh_after(data, state, r, data.n + r, data.n + data.slots + r)


@inner
def _touched_hold(data, state):
    """Whether the changed routes are sound; without the triangle inequality even a removal can make one late."""
    if on(data.timed):
        for i in range(state.number[TOUCHED]):
            if not holds(data, state, state.touched[i]):
                return False
    return True


@inner
def accept_or_undo(data, state, before, temperature):
    """Keep what the log holds if annealing accepts it, else take it back; return whether it is a new best.

    Parameters
    ----------
    before
        Cost before the log was begun.
    temperature
        Cost units.
    """
    after = state.amount[COST]
    bound = before - temperature * math.log(uniform(state.rng) + 1e-300)
    if after < bound and _touched_hold(data, state):
        if after < state.amount[BEST] - 1e-7:
            keep(state)
            return True
        return False
    undo(data, state)
    state.amount[COST] = before
    return False


@kernel
def anneal(data, state, iterations, hot, cold):
    """Run ruin and recreate, cooling from one temperature to another.

    Parameters
    ----------
    iterations
        How many.
    hot, cold
        Temperatures at the first and the last iteration, cost units.

    Returns
    -------
    How often the best was improved.
    """
    temperature = hot
    factor = (cold / hot) ** (1.0 / max(1, iterations))
    improved = 0
    for _ in range(iterations):
        before = state.amount[COST]
        begin(state)
        ruin(data, state)
        recreate(data, state, BLINK)
        retype_touched(data, state)
        improved += accept_or_undo(data, state, before, temperature)
        temperature *= factor
    return improved
