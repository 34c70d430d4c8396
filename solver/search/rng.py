"""A small random generator whose state is an array, so that every island has its own and a seed gives a run twice.

xorshift64* of Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled" (2016).
"""

from __future__ import annotations

import numpy as np
from numba import uint64

from solver.search.kernel import inner


def make_rng(seed: int) -> np.ndarray:
    """Return a generator's state, shape ``(1,)``; any seed will do."""
    mixed = np.random.SeedSequence(seed).generate_state(1, np.uint64)
    return np.where(mixed == 0, np.uint64(88172645463325252), mixed).astype(np.uint64)


@inner
def random_bits(rng):
    """Return 64 random bits."""
    x = rng[0]
    x ^= x >> uint64(12)
    x ^= x << uint64(25)
    x ^= x >> uint64(27)
    rng[0] = x
    return x * uint64(2685821657736338717)


@inner
def uniform(rng):
    """Return a float in [0, 1)."""
    return (random_bits(rng) >> uint64(11)) * (1.0 / 9007199254740992.0)


@inner
def below(rng, bound):
    """Return an int in [0, bound)."""
    return int(uniform(rng) * bound)
