"""The shape of a policy: how many features there are of what, and how wide its layers are.

Weights know the edition they were trained for; one number here changes, `EDITION` does too.
"""

from __future__ import annotations

EDITION = 1
"""Changes with the meaning or number of any feature or weight."""

NODE, EDGE = 15, 8
"""Features of a client, and of a client and one of its neighbours."""

STEP, SEED, KIND = 16, 12, 11
"""Features of a next client, of a first client of a route, and of a vehicle type for the next route."""

CONTEXT, CONDITION = 13, 8
"""Features of where a rollout stands, and entries of the vector that makes rollouts differ."""

WIDTH, HEADS, LAYERS = 64, 4, 2
"""Of an embedding, of its attention, and of the encoder."""

HIDDEN = 48
"""Width of the decoder's layer."""

CLOSE = 12
"""Neighbours that a client's embedding looks at."""

CANDIDATES = 16
"""Next clients that are scored: the nearest that can be served."""


def shapes() -> dict[str, tuple[int, ...]]:
    """Return the shape of each weight by name."""
    wide = CONTEXT + CONDITION
    named: dict[str, tuple[int, ...]] = {"encoder.in.weight": (NODE, WIDTH), "encoder.in.bias": (WIDTH,)}
    for layer in range(LAYERS):
        part = f"encoder.{layer}"
        named |= {
            f"{part}.attention.norm": (WIDTH,),
            f"{part}.attention.in": (WIDTH, 3 * WIDTH),
            f"{part}.attention.edge": (EDGE, HEADS),
            f"{part}.attention.message": (EDGE, WIDTH),
            f"{part}.attention.out": (WIDTH, WIDTH),
            f"{part}.forward.norm": (WIDTH,),
            f"{part}.forward.in": (WIDTH, 2 * WIDTH),
            f"{part}.forward.bias": (2 * WIDTH,),
            f"{part}.forward.out": (2 * WIDTH, WIDTH),
        }
    named["encoder.norm"] = (WIDTH,)
    for head, features in (("step", STEP), ("seed", SEED), ("kind", KIND)):
        named |= {
            f"{head}.feature": (features, HIDDEN),
            f"{head}.context": (wide, HIDDEN),
            f"{head}.bias": (HIDDEN,),
            f"{head}.score": (HIDDEN,),
            f"{head}.direct": (features,),
        }
    named |= {
        "step.from": (WIDTH, HIDDEN),
        "step.to": (WIDTH, HIDDEN),
        "step.home": (HIDDEN,),
        "seed.to": (WIDTH, HIDDEN),
        "seed.home": (HIDDEN,),
    }
    return named
