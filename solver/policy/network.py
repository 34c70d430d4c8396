"""The policy in torch: the same numbers as the kernels', and gradients of what a rollout recorded.

Rollouts are drawn by the kernel (`solver.policy.rollout`), which keeps each decision with all that it was based on. The
gradient takes one batched pass over these decisions ("teacher forced"), so the rules are written down once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import Tensor

from solver.policy.encoder import EPSILON
from solver.policy.features import edge_features, node_features
from solver.policy.layout import CLOSE, HEADS, LAYERS, WIDTH
from solver.policy.rollout import KINDS, SEEDS, STEPS, Rollout
from solver.policy.weights import Weights
from solver.policy.world import World


@dataclass(frozen=True, eq=False)
class Scenes:
    """Several problems side by side, as the encoder takes them; clients of all are numbered through.

    Parameters
    ----------
    nodes
        Shape ``(N, NODE)``.
    edges
        Shape ``(N, CLOSE, EDGE)``; rows of problems with fewer neighbours are padded.
    near
        Shape ``(N, CLOSE)``, clients; padded with the client itself.
    known
        Shape ``(N, CLOSE)``, whether an entry is a neighbour.
    first
        Number of the first client of each problem, and of none behind the last.
    """

    nodes: Tensor
    edges: Tensor
    near: Tensor
    known: Tensor
    first: list[int]

    @classmethod
    def of(cls, worlds: Sequence[World], device: torch.device | str = "cpu") -> Scenes:
        """Lay problems side by side."""
        first = [0, *np.cumsum([world.n for world in worlds]).tolist()]
        nodes = np.concatenate([node_features(world) for world in worlds])
        edges = np.zeros((first[-1], CLOSE, edge_features(worlds[0]).shape[2]), np.float32)
        near = np.repeat(np.arange(first[-1])[:, None], CLOSE, axis=1)
        known = np.zeros((first[-1], CLOSE), np.bool_)
        for world, begin in zip(worlds, first, strict=False):
            rows, width = slice(begin, begin + world.n), min(world.neighbours.shape[1], CLOSE)
            edges[rows, :width] = edge_features(world)
            near[rows, :width] = world.neighbours[:, :width] + begin
            known[rows, :width] = True
        parts = [torch.from_numpy(part).to(device) for part in (nodes, edges, near, known)]
        return cls(parts[0], parts[1], parts[2], parts[3], first)


@dataclass(frozen=True, eq=False)
class Decisions:
    """Decisions of one kind from many rollouts.

    Parameters
    ----------
    own
        Shape ``(M, options)``, which client an option is, one past the last for going home, -1 for none.
    feature
        Shape ``(M, options, features)``.
    context
        Shape ``(M, CONTEXT + CONDITION)``.
    choice
        Shape ``(M,)``.
    rollout
        Shape ``(M,)``, whose decision it is.
    here
        Shape ``(M,)``, at which client it was made, where that matters.
    """

    own: Tensor
    feature: Tensor
    context: Tensor
    choice: Tensor
    rollout: Tensor
    here: Tensor


class Network:
    """Weights that learn.

    Parameters
    ----------
    weights
        To begin with.
    device
        Where they live.
    """

    def __init__(self, weights: Weights, device: torch.device | str = "cpu") -> None:
        self.device = torch.device(device)
        self.parameters = {
            name: torch.tensor(array, device=self.device, requires_grad=True) for name, array in weights.items()
        }

    def weights(self) -> Weights:
        """Return the weights as they are now."""
        return Weights({name: value.detach().cpu().numpy() for name, value in self.parameters.items()})

    def embed(self, scenes: Scenes) -> Tensor:
        """Return the embeddings of all clients, shape ``(N, WIDTH)``; as `solver.policy.encoder.embed`."""
        p = self.parameters
        each = WIDTH // HEADS
        x = scenes.nodes @ p["encoder.in.weight"] + p["encoder.in.bias"]
        for layer in range(LAYERS):
            part = f"encoder.{layer}"
            three = _normed(x, p[f"{part}.attention.norm"]) @ p[f"{part}.attention.in"]
            query, key, value = (t.unflatten(1, (HEADS, each)) for t in three.split(WIDTH, dim=1))
            score = (query[:, None] * key[scenes.near]).sum(3) / each**0.5
            score = score + scenes.edges @ p[f"{part}.attention.edge"]
            score = score.masked_fill(~scenes.known[:, :, None], -1e30)
            message = value[scenes.near] + (scenes.edges @ p[f"{part}.attention.message"]).unflatten(2, (HEADS, each))
            mixed = (score.softmax(1)[..., None] * message).sum(1).flatten(1)
            x = x + mixed @ p[f"{part}.attention.out"]
            hidden = _normed(x, p[f"{part}.forward.norm"]) @ p[f"{part}.forward.in"] + p[f"{part}.forward.bias"]
            x = x + hidden.relu() @ p[f"{part}.forward.out"]
        return _normed(x, p["encoder.norm"])

    def likelihoods(self, embedded: Tensor, head: str, decisions: Decisions) -> tuple[Tensor, Tensor]:
        """Return the log-probability of each choice and the entropy of each decision, both of shape ``(M,)``."""
        p = self.parameters
        own = origin = None
        if head != "kind":
            # An option of -1 is taken for the last: it is masked below.
            own = torch.cat((embedded @ p[f"{head}.to"], p[f"{head}.home"][None]))[decisions.own]
        if head == "step":
            origin = (embedded @ p["step.from"])[decisions.here]
        score = scores(p, head, decisions.feature, decisions.context, own, origin)
        logarithm = score.masked_fill(decisions.own < 0, -1e30).log_softmax(1)
        entropy = -(logarithm.exp() * logarithm.clamp(min=-50.0)).sum(1)
        return logarithm.gather(1, decisions.choice[:, None])[:, 0], entropy


def scores(
    parameters: Mapping[str, Tensor],
    head: str,
    feature: Tensor,
    context: Tensor,
    own: Tensor | None,
    origin: Tensor | None,
) -> Tensor:
    """Return the scores of options, shape ``(M, options)``.

    Parameters
    ----------
    parameters
        Weights by name.
    head
        "step", "seed" or "kind".
    feature
        Shape ``(M, options, features)``.
    context
        Shape ``(M, CONTEXT + CONDITION)``.
    own
        Shape ``(M, options, HIDDEN)``, what the clients are in themselves.
    origin
        Shape ``(M, HIDDEN)``, what is where the decision is made.
    """
    base = context @ parameters[f"{head}.context"] + parameters[f"{head}.bias"]
    hidden = feature @ parameters[f"{head}.feature"] + (base if origin is None else base + origin)[:, None]
    if own is not None:
        hidden = hidden + own
    return hidden.relu() @ parameters[f"{head}.score"] + feature @ parameters[f"{head}.direct"]


def decisions_of(
    head: str, rollouts: Sequence[Rollout], conditions: np.ndarray, scene: Sequence[int], scenes: Scenes
) -> Decisions:
    """Gather the decisions of one kind.

    Parameters
    ----------
    head
        "step", "seed" or "kind".
    rollouts
        Recorded ones.
    conditions
        Shape ``(rollouts, CONDITION)``.
    scene
        Which problem each rollout is about.
    scenes
        These problems.
    """
    entry = {"step": STEPS, "seed": SEEDS, "kind": KINDS}[head]
    counts = [int(rollout.number[entry]) for rollout in rollouts]
    options = max((getattr(rollout, f"{head}_option").shape[1] for rollout in rollouts), default=1)
    total, last = sum(counts), scenes.first[-1]
    own = np.full((total, options), -1, np.int64)
    feature = np.zeros((total, options, getattr(rollouts[0], f"{head}_feature").shape[2]), np.float32)
    context = np.zeros((total, getattr(rollouts[0], f"{head}_context").shape[1] + conditions.shape[1]), np.float32)
    choice, whose, here = np.zeros(total, np.int64), np.zeros(total, np.int64), np.zeros(total, np.int64)
    at = 0
    for number, (rollout, count) in enumerate(zip(rollouts, counts, strict=True)):
        rows, begin = slice(at, at + count), scenes.first[scene[number]]
        clients = scenes.first[scene[number] + 1] - begin
        option = getattr(rollout, f"{head}_option")[:count]
        width = option.shape[1]
        if head == "kind":
            own[rows, :width] = option
        else:
            own[rows, :width] = np.where(option < 0, -1, np.where(option == clients, last, option + begin))
        feature[rows, :width] = getattr(rollout, f"{head}_feature")[:count]
        context[rows] = np.concatenate(
            (getattr(rollout, f"{head}_context")[:count], np.repeat(conditions[number : number + 1], count, axis=0)),
            axis=1,
        )
        choice[rows] = getattr(rollout, f"{head}_choice")[:count]
        whose[rows] = number
        if head == "step":
            here[rows] = rollout.step_from[:count] + begin
        at += count
    # Rows are as long as the longest one needs: a problem's last routes have few clients to begin with.
    needed = int((own >= 0).sum(axis=1).max(initial=1))
    parts = (own[:, :needed], feature[:, :needed], context, choice, whose, here)
    device = scenes.nodes.device
    return Decisions(*(torch.from_numpy(np.ascontiguousarray(part)).to(device) for part in parts))


def joined(parts: Sequence[Decisions]) -> Decisions:
    """Return decisions of one kind as one; rows without an option are no decisions and left out."""
    rows = [(part.own >= 0).any(1) for part in parts]
    return Decisions(
        *(torch.cat([getattr(part, name)[row] for part, row in zip(parts, rows, strict=True)]) for name in _PARTS)
    )


_PARTS = [part.name for part in fields(Decisions)]


def chunks(decisions: Decisions, most: int) -> Iterator[Decisions]:
    """Yield decisions a part at a time, of at most so many options in all, shorter rows first and cut to length."""
    length = (decisions.own >= 0).sum(1)
    order = length.argsort()
    at = 0
    while at < len(order):
        count = max(1, most // max(int(length[order[min(at + most // 64, len(order) - 1)]]), 1))
        rows = order[at : at + count]
        width = int(length[rows].max())
        yield Decisions(
            decisions.own[rows, :width], decisions.feature[rows, :width], decisions.context[rows],
            decisions.choice[rows], decisions.rollout[rows], decisions.here[rows],
        )  # fmt: skip
        at += count


def _normed(x: Tensor, gain: Tensor) -> Tensor:
    return x * torch.rsqrt((x * x).mean(1, keepdim=True) + EPSILON) * gain
