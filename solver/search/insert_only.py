"""Ruin and recreate of some clients only, while all others keep their vehicle and their order.

The annealing of `solver.search.annealing` with another ruin: it takes out only clients that may move, one and those of
its neighbours that may.
"""

from __future__ import annotations

from solver.search.annealing import accept_or_undo
from solver.search.insertion import BLINK, recreate
from solver.search.kernel import inner, kernel
from solver.search.rng import below
from solver.search.ruin import MEAN_REMOVED, begin
from solver.search.ruin_clients import take_out
from solver.search.state import COST


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
        accept_or_undo(data, state, before, temperature)


@inner
def _ruin_movable(data, state, movable, held):
    """Take out about as many clients as any other ruin does: beside a random one first, then wherever they are."""
    wanted = 1 + below(state.rng, min(len(movable), int(2 * MEAN_REMOVED)))
    seed = movable[below(state.rng, len(movable))]
    removed = 0
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        if removed < wanted and not held[c] and state.route[c] >= 0:
            take_out(data, state, c)
            removed += 1
    for _ in range(wanted - removed):
        c = movable[below(state.rng, len(movable))]
        if state.route[c] >= 0:
            take_out(data, state, c)
