"""One pass of the encoder: an embedding of each client from its surroundings, in numpy and one kernel.

Attention over the nearest neighbours only (Velickovic et al., "Graph attention networks", 2018), with the features of
pairs as a bias and as part of the message. `solver.policy.network` is the same in torch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.policy.features import edge_features, node_features
from solver.policy.kernel import kernel
from solver.policy.layout import CLOSE, HEADS, LAYERS, WIDTH
from solver.policy.weights import Weights
from solver.policy.world import World

Floats = NDArray[np.float32]
EPSILON = 1e-6


def embed(world: World, weights: Weights) -> Floats:
    """Return the embeddings of all clients, shape ``(n, WIDTH)``."""
    near = np.ascontiguousarray(world.neighbours[:, :CLOSE])
    edges = edge_features(world)
    pairs = edges.reshape(-1, edges.shape[2])
    x = product(node_features(world), weights["encoder.in.weight"]) + weights["encoder.in.bias"]
    for layer in range(LAYERS):
        part = f"encoder.{layer}"
        three = product(_normed(x, weights[f"{part}.attention.norm"]), weights[f"{part}.attention.in"])
        bias = product(pairs, weights[f"{part}.attention.edge"]).reshape(*edges.shape[:2], HEADS)
        mixed = _attend(three, bias, edges, weights[f"{part}.attention.message"], near)
        x = x + product(mixed, weights[f"{part}.attention.out"])
        hidden = product(_normed(x, weights[f"{part}.forward.norm"]), weights[f"{part}.forward.in"])
        hidden = np.maximum(hidden + weights[f"{part}.forward.bias"], np.float32(0.0))
        x = x + product(hidden, weights[f"{part}.forward.out"])
    return np.ascontiguousarray(_normed(x, weights["encoder.norm"]))


@kernel
def product(x, weights):
    """Return ``x @ weights``. Numpy's own product starts threads, which cost more than they save on so little work.

    Parameters
    ----------
    x
        Shape ``(n, m)``.
    weights
        Shape ``(m, width)``.
    """
    n, depth = x.shape
    width = weights.shape[1]
    out = np.zeros((n, width), np.float32)
    whole = depth - depth % 8
    for i in range(n):
        # Eight at a time: a row of the result is read and written an eighth as often.
        for f in range(0, whole, 8):
            a, b, c, d = x[i, f], x[i, f + 1], x[i, f + 2], x[i, f + 3]
            p, q, r, s = x[i, f + 4], x[i, f + 5], x[i, f + 6], x[i, f + 7]
            for h in range(width):
                out[i, h] += (
                    a * weights[f, h] + b * weights[f + 1, h] + c * weights[f + 2, h] + d * weights[f + 3, h]
                    + p * weights[f + 4, h] + q * weights[f + 5, h] + r * weights[f + 6, h] + s * weights[f + 7, h]
                )  # fmt: skip
        for f in range(whole, depth):
            a = x[i, f]
            for h in range(width):
                out[i, h] += a * weights[f, h]
    return out


def _normed(x: Floats, gain: Floats) -> Floats:
    """RMS norm (Zhang and Sennrich 2019)."""
    return np.asarray(x / np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(EPSILON)) * gain, dtype=np.float32)


@kernel
def _attend(three, bias, edges, message, near):
    """Attention of each client over its neighbours: keys, queries and values side by side in ``three``."""
    n, width = near.shape
    each = WIDTH // HEADS
    mixed = np.zeros((n, WIDTH), np.float32)
    score = np.empty(width, np.float32)
    pair = np.empty(edges.shape[2], np.float32)
    scale = np.float32(1.0 / np.sqrt(each))
    for i in range(n):
        for h in range(HEADS):
            low, high = h * each, (h + 1) * each
            top = np.float32(-1e30)
            for g in range(width):
                j = near[i, g]
                dot = np.float32(0.0)
                for a in range(low, high):
                    dot += three[i, a] * three[j, WIDTH + a]
                score[g] = dot * scale + bias[i, g, h]
                top = max(top, score[g])
            total = np.float32(0.0)
            for g in range(width):
                score[g] = np.exp(score[g] - top)
                total += score[g]
            pair[:] = 0.0
            for g in range(width):
                share = score[g] / total
                j = near[i, g]
                for a in range(low, high):
                    mixed[i, a] += share * three[j, 2 * WIDTH + a]
                for e in range(len(pair)):
                    pair[e] += share * edges[i, g, e]
            for e in range(len(pair)):
                for a in range(low, high):
                    mixed[i, a] += pair[e] * message[e, a]
    return mixed
