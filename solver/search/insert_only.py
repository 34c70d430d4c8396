"""Ruin and recreate of some clients only, while all others keep their vehicle and their order.

The annealing of `solver.search.annealing` with another ruin: it takes out only clients that may move, one and those of
its neighbours that may.
"""

from __future__ import annotations

import math

from solver.search.annealing import keep, touched_hold, undo
from solver.search.figures import refresh_after
from solver.search.flags import on
from solver.search.insertion import BLINK, note, recreate, touch
from solver.search.kernel import inner, kernel
from solver.search.rng import below, uniform
from solver.search.ruin import MEAN_REMOVED, begin
from solver.search.state import BEST, COST, unlink


@kernel
def anneal_movable(data, state, movable, held, iterations, temperature):
    """Run ruin and recreate on clients that may move.

    Parameters
    ----------
    movable
        Clients that may move, at least one; whoever is absent does so anyway.
    held
        Shape ``(clients,)``: who may not.
    iterations
        How many.
    temperature
        Cost units.
    """
    for _ in range(iterations):
        before = state.amount[COST]
        begin(state)
        _ruin_movable(data, state, movable, held)
        recreate(data, state, BLINK)
        after = state.amount[COST]
        bound = before - temperature * math.log(uniform(state.rng) + 1e-300)
        if after < bound and touched_hold(data, state):
            if after < state.amount[BEST] - 1e-7:
                keep(state)
        else:
            undo(data, state)
            state.amount[COST] = before


@inner
def _ruin_movable(data, state, movable, held):
    """Take out about as many clients as any other ruin does: beside a random one first, then wherever they are."""
    wanted = 1 + below(state.rng, min(len(movable), int(2 * MEAN_REMOVED)))
    seed = movable[below(state.rng, len(movable))]
    removed = 0
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        if removed < wanted and not held[c] and state.route[c] >= 0:
            _take_out(data, state, c)
            removed += 1
    for _ in range(wanted - removed):
        c = movable[below(state.rng, len(movable))]
        if state.route[c] >= 0:
            _take_out(data, state, c)


@inner
def _take_out(data, state, c):
    r = state.route[c]
    touch(state, r)
    note(data, state, c, state.prev[c])
    unlink(data, state, c)
    if on(data.timed):
        refresh_after(data, state, r, data.n + r, data.n + data.slots + r)
