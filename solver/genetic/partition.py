"""Divide a solution among islands: each gets neighbouring routes, so that what it improves is the others' gain too.

On a large problem one core makes few ruins for each client; islands that all work on the whole would do the same work
twice. After every slice the parts are put together and divided anew, elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.genetic.population import Individual
from solver.search.data import Data
from solver.search.kernel import kernel
from solver.search.rng import below

REACH = 12
"""Neighbours through which a part grows."""


@dataclass(frozen=True, eq=False)
class Division:
    """Who looks after what.

    Parameters
    ----------
    parts
        How many.
    of_slot, of_client
        Part of each vehicle and of each client, shapes ``(slots,)`` and ``(clients,)``.
    """

    parts: int
    of_slot: NDArray[np.int32]
    of_client: NDArray[np.int32]

    @classmethod
    def of(cls, data: Data, individual: Individual, parts: int, rng: NDArray[np.uint64]) -> Division:
        """Divide an individual's routes."""
        division = cls(parts, np.zeros(data.slots, np.int32), np.zeros(data.n, np.int32))
        divide(data, individual.next, parts, rng, division.of_slot, division.of_client)
        return division

    def join(self, pieces: list[Individual]) -> Individual:
        """Return the individual whose parts are taken from these, one for each part."""
        of_node = np.concatenate((self.of_client, self.of_slot, self.of_slot))
        joined = np.choose(of_node, [piece.next for piece in pieces])
        return Individual(joined, sum(piece.cost for piece in pieces))


@kernel
def divide(data, successor, parts, rng, part_of_slot, part_of_client):
    """Grow parts of about as many clients each from random clients, route by route over near neighbours.

    Parameters
    ----------
    successor
        Successors of all routes, shape ``(nodes,)``.
    parts
        How many.
    rng
        State of the random numbers.
    part_of_slot, part_of_client
        Filled in: shapes ``(slots,)`` and ``(clients,)``. Idle vehicles of every type are dealt out in turn.
    """
    n, slots = data.n, data.slots
    route = np.full(n, -1, np.int32)
    size = np.zeros(slots, np.int32)
    served = 0
    for r in range(slots):
        part_of_slot[r] = -1
        c = successor[n + r]
        while c < n:
            route[c] = r
            size[r] += 1
            c = successor[c]
        served += size[r]
    part_of_client[:] = parts - 1
    queue = np.empty(n, np.int32)
    assigned = 0
    for part in range(parts - 1):
        target = (served - assigned) // (parts - part)
        head = tail = taken = 0
        offset = below(rng, n)
        tried = 0
        while taken < target:
            if head == tail:
                # Another seed: the first, or one more when all that is near is taken.
                while tried < n:
                    c = (offset + tried) % n
                    tried += 1
                    if route[c] >= 0 and part_of_slot[route[c]] < 0:
                        break
                else:
                    break
                r = route[c]
            else:
                c = queue[head]
                head += 1
                r = -1
                for i in range(min(REACH, data.neighbours.shape[1])):
                    s = route[data.neighbours[c, i]]
                    if s >= 0 and part_of_slot[s] < 0:
                        r = s
                        head -= 1  # it may have more such neighbours
                        break
            if r >= 0:
                part_of_slot[r] = part
                taken += size[r]
                c = successor[n + r]
                while c < n:
                    part_of_client[c] = part
                    queue[tail] = c
                    tail += 1
                    c = successor[c]
        assigned += taken
    for r in range(slots):
        if part_of_slot[r] < 0 and size[r] > 0:
            part_of_slot[r] = parts - 1
    for k in range(len(data.profile)):
        turn = 0
        for r in range(data.first_slot[k], data.first_slot[k + 1]):
            if size[r] == 0:
                part_of_slot[r] = turn % parts
                turn += 1
    for c in range(n):
        if route[c] < 0:
            for i in range(data.neighbours.shape[1]):
                b = data.neighbours[c, i]
                if route[b] >= 0:
                    part_of_client[c] = part_of_client[b]
                    break
