"""Ruin: mostly, take strings of neighbouring clients out of neighbouring routes; rarely, other removals for a change.

Christiaens and Vanden Berghe, "Slack induction by string removals" (2020), section 3.1, for the strings.
"""

from __future__ import annotations

from solver.search.figures import refresh_after
from solver.search.flags import on
from solver.search.insertion import note, touch
from solver.search.kernel import inner
from solver.search.rng import below, uniform
from solver.search.ruin_clients import remove_related, remove_route, remove_worst
from solver.search.state import ABSENT_COUNT, LOG_LENGTH, MEMBERS, SETTLER, STAMP, TOUCHED, USED, unlink
from solver.search.vehicles import exchange_vehicles

MEAN_REMOVED = 10.0
LONGEST_STRING = 10.0
SPLIT_CHANCE = 0.5
SPLIT_STOP = 0.01
MAKE_ROOM = 0.5

SETTLE = 0.3
"""Chance that an optional client beside whom a ruin begins is served first, whatever it costs: a route that pays with
several of its neighbours may pay for none of them alone."""

RELATED, WORST, ROUTE = 0.02, 0.02, 0.01
"""Chances of the removals that are not by strings."""

EXCHANGE = 0.1
"""Chance that two routes exchange vehicles, where not every vehicle may serve every client."""


@inner
def begin(state):
    """Start a new log of changes."""
    state.number[LOG_LENGTH] = 0
    state.number[TOUCHED] = 0
    state.number[STAMP] += 1
    state.number[SETTLER] = -1


@inner
def ruin(data, state):
    """Remove clients around a random one, often one that was left out, so that room is made where it is needed."""
    rng = state.rng
    absent = state.number[ABSENT_COUNT]
    served = (data.items if on(data.whole) else state.number[MEMBERS]) - absent
    seed = state.member[below(rng, state.number[MEMBERS])]
    if absent > 0 and uniform(rng) < MAKE_ROOM:
        seed = state.absent[below(rng, absent)]
        if not data.required[seed] and data.servable[seed] and uniform(rng) < SETTLE:
            state.number[SETTLER] = seed
    if served == 0:
        return
    draw = uniform(rng)
    if draw < RELATED:
        remove_related(data, state, seed)
    elif draw < RELATED + WORST:
        remove_worst(data, state, seed)
    elif draw < RELATED + WORST + ROUTE:
        remove_route(data, state, seed)
    elif on(data.rich) and data.sited and draw < RELATED + WORST + ROUTE + EXCHANGE:
        exchange_vehicles(data, state, seed)
    else:
        _remove_strings(data, state, seed, served / state.number[USED])


@inner
def _remove_strings(data, state, seed, mean_size):
    rng = state.rng
    longest = min(LONGEST_STRING, mean_size)
    most = 4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0
    strings = int(uniform(rng) * most + 1.0)
    width = data.neighbours.shape[1]
    ruined = 0
    for i in range(-1, width):
        c = seed if i < 0 else data.neighbours[seed, i]
        r = state.route[c]
        if r < 0 or state.stamp[r] == state.number[STAMP]:
            continue
        touch(state, r)
        bound = min(float(state.size[r]), longest)
        length = int(uniform(rng) * bound + 1.0)
        length = min(length, state.size[r])
        if length > 1 and length < state.size[r] and uniform(rng) < SPLIT_CHANCE:
            _remove_split(data, state, c, length)
        else:
            _remove_string(data, state, c, length, 0, 0)
        if on(data.timed):
            refresh_after(data, state, r, data.n + r, data.n + data.slots + r)
        ruined += 1
        if ruined >= strings:
            break


@inner
def _remove_split(data, state, c, length):
    """Remove ``length`` clients of a longer string and keep a substring inside it."""
    r = state.route[c]
    kept = 1
    while length + kept < state.size[r] and uniform(state.rng) > SPLIT_STOP:
        kept += 1
        if uniform(state.rng) > SPLIT_CHANCE:
            break
    skip = 1 + below(state.rng, max(length - 1, 1))
    _remove_string(data, state, c, length + kept, skip, kept)


@inner
def _remove_string(data, state, c, length, skip, kept):
    """Remove a string of ``length`` clients around ``c``, except ``kept`` of them after the first ``skip``."""
    n = data.n
    back = 0
    node = c
    while back < length - 1 and state.prev[node] < n:
        node = state.prev[node]
        back += 1
    ahead = 0
    node = c
    while ahead < length - 1 and state.next[node] < n:
        node = state.next[node]
        ahead += 1
    least = max(0, length - 1 - ahead)
    offset = least + below(state.rng, back - least + 1)
    node = c
    for _ in range(offset):
        node = state.prev[node]
    # Whoever has to keep a position that it does not have may have to go, for want of others to stand before it.
    in_place = not on(data.whole) or state.displaced[state.vehicle[state.route[c]]] == 0
    for i in range(length):
        after = state.next[node]
        if not (skip <= i < skip + kept):
            if on(data.whole) and data.pin[node] >= 0 and in_place:
                node = after
                continue
            note(data, state, node, state.prev[node])
            unlink(data, state, node)
        node = after
