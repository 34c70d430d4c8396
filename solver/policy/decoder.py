"""The decoder: what of it depends on a client alone, worked out for all at once, and the scoring of options."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.policy.encoder import embed, product
from solver.policy.kernel import inner
from solver.policy.layout import CONDITION, CONTEXT, HIDDEN
from solver.policy.weights import Weights
from solver.policy.world import World
from solver.search.bundle import Bundle
from solver.search.rng import uniform

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Decoder(Bundle):
    """Weights of the decoder, and what of it depends on the client alone, worked out for all clients."""

    step_from: Floats  # (n, HIDDEN)
    step_to: Floats  # (n + 1, HIDDEN), the last is going home
    step_feature: Floats  # (STEP, HIDDEN)
    step_context: Floats  # (CONTEXT + CONDITION, HIDDEN)
    step_bias: Floats  # (HIDDEN,)
    step_score: Floats  # (HIDDEN,)
    step_direct: Floats  # (STEP,)
    seed_to: Floats  # (n + 1, HIDDEN), the last is ending it all
    seed_feature: Floats
    seed_context: Floats
    seed_bias: Floats
    seed_score: Floats
    seed_direct: Floats
    kind_feature: Floats
    kind_context: Floats
    kind_bias: Floats
    kind_score: Floats
    kind_direct: Floats

    def __post_init__(self) -> None:
        self.seal()


def make_decoder(world: World, weights: Weights) -> Decoder:
    """Run the encoder, and what of the decoder can be done for all clients at once."""
    embedded = embed(world, weights)
    heads = {
        f"{head}_{part}": weights[f"{head}.{part}"]
        for head in ("step", "seed", "kind")
        for part in ("feature", "context", "bias", "score", "direct")
    }
    return Decoder(
        step_from=product(embedded, weights["step.from"]),
        step_to=np.concatenate((product(embedded, weights["step.to"]), weights["step.home"][None])),
        seed_to=np.concatenate((product(embedded, weights["seed.to"]), weights["seed.home"][None])),
        **heads,
    )


@inner
def condition_part(weights, condition, out):
    """Add to ``out`` what the condition of a rollout gives to each unit of the hidden layer."""
    for z in range(CONDITION):
        for h in range(HIDDEN):
            out[h] += condition[z] * weights[CONTEXT + z, h]


@inner
def context_part(weights, bias, told, context, base):
    """Fill ``base`` with what is the same for all options of a decision."""
    for h in range(HIDDEN):
        base[h] = bias[h] + told[h]
    for f in range(CONTEXT):
        x = context[f]
        for h in range(HIDDEN):
            base[h] += x * weights[f, h]


@inner
def score_options(base, own, option, m, feature, features, weights, score, direct, out):
    """Score ``m`` options by their features and by what each is in itself, a row of ``own``."""
    for o in range(m):
        total = np.float32(0.0)
        for f in range(features):
            total += feature[o, f] * direct[f]
        c = option[o]
        # With the features innermost, and their number known to the compiler, a unit never leaves its register.
        for h in range(HIDDEN):
            unit = base[h] + own[c, h]
            for f in range(features):
                unit += feature[o, f] * weights[f, h]
            total += max(unit, np.float32(0.0)) * score[h]
        out[o] = total


@inner
def choose(score, accepted, m, temperature, rng, weight):
    """Return which accepted option is taken, and the logarithm of its probability among all at temperature 1.

    ``weight`` is room for as many numbers.
    """
    top, best = 0, -1
    for o in range(m):
        if score[o] > score[top]:
            top = o
        if accepted[o] and (best < 0 or score[o] > score[best]):
            best = o
    total = 0.0
    for o in range(m):
        weight[o] = np.exp(score[o] - score[top])
        total += weight[o]
    chosen = best
    if temperature > 0.0:
        mass = 0.0
        for o in range(m):
            if not accepted[o]:
                weight[o] = 0.0
            elif temperature != 1.0 or best != top:
                weight[o] = np.exp((score[o] - score[best]) / temperature)
            mass += weight[o]
        mark = uniform(rng) * mass
        for o in range(m):
            mark -= weight[o]
            if mark < 0.0:
                chosen = o
                break
    return chosen, score[chosen] - score[top] - np.log(total)
