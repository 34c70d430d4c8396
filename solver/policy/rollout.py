"""Rollouts: routes built stop by stop as a policy likes, in one kernel; a row of them shares one pass of the encoder.

Three kinds of decision are made: which type of vehicle goes next, whom it serves first, and, stop by stop, which of
the nearest that it can serve comes next, or whether it goes home. All rules are obeyed (`solver.policy.environment`),
so what comes out is feasible; clients that no vehicle is left for stay out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.policy.decoder import choose, condition_part, context_part, score_options
from solver.policy.environment import FIGURES, append, begin_service, leave_depot, route_cost
from solver.policy.kernel import inner, kernel
from solver.policy.layout import CANDIDATES, CONTEXT, HIDDEN, KIND, SEED, STEP
from solver.policy.options import (
    bounded_cost,
    depot_context,
    kind_features,
    seed_features,
    seed_moment,
    step_context,
    step_features,
)
from solver.policy.world import World
from solver.problem import Solution
from solver.search.bundle import Bundle

Floats = NDArray[np.float32]
ROUTES, SERVED, STEPS, SEEDS, KINDS = range(5)
"""Entries of `Rollout.number`: routes, clients in them, and decisions of each kind that were recorded."""

COST, LIKELIHOOD = range(2)
"""Entries of `Rollout.amount`: what the routes cost, absent clients at their price, and the log-probability."""


@dataclass(frozen=True, eq=False)
class Rollout(Bundle):
    """What a rollout comes to, and, where it is recorded, each decision with all that it was based on.

    Decisions with one choice only are not recorded. Choices are positions in the row of options; an option of -1 is
    none.
    """

    recording: int
    guided: int  # whether routes are given, and each decision takes an option that leads to them
    guide_kind: NDArray[np.int32]  # (n,), vehicle type of each client's given route, or -1
    guide_way: NDArray[np.int32]  # (n, 2), who stands next to it there on either side, ``n`` for none
    kinds: NDArray[np.int64]  # (n,), vehicle type of each route
    ends: NDArray[np.int64]  # (n,), where in ``stops`` the next begins
    stops: NDArray[np.int64]  # (n,)
    number: NDArray[np.int64]  # (5,)
    amount: NDArray[np.float64]  # (2,)
    step_from: NDArray[np.int32]  # (S,), client
    step_option: NDArray[np.int32]  # (S, CANDIDATES + 1), client, or ``n`` for going home
    step_feature: Floats  # (S, CANDIDATES + 1, STEP)
    step_context: Floats  # (S, CONTEXT)
    step_choice: NDArray[np.int32]  # (S,)
    seed_option: NDArray[np.int32]  # (R, n + 1), client, or ``n`` for ending it all
    seed_feature: Floats  # (R, n + 1, SEED)
    seed_context: Floats  # (R, CONTEXT)
    seed_choice: NDArray[np.int32]  # (R,)
    kind_option: NDArray[np.int32]  # (R, K)
    kind_feature: Floats  # (R, K, KIND)
    kind_context: Floats  # (R, CONTEXT)
    kind_choice: NDArray[np.int32]  # (R,)

    def __post_init__(self) -> None:
        self.seal()

    @property
    def cost(self) -> float:
        """What the routes cost, absent clients at their price; durations by their lower bound."""
        return float(self.amount[COST])

    @property
    def likelihood(self) -> float:
        """Natural logarithm of the probability of all decisions."""
        return float(self.amount[LIKELIHOOD])

    @property
    def routes(self) -> list[tuple[int, tuple[int, ...]]]:
        """Vehicle type and clients of each route."""
        ends = self.ends[: self.number[ROUTES]].tolist()
        begins = [0, *ends[:-1]]
        return [
            (int(kind), tuple(self.stops[begin:end].tolist()))
            for kind, begin, end in zip(self.kinds.tolist(), begins, ends, strict=False)
        ]


def make_rollout(world: World, *, recording: bool = False, guide: Solution | None = None) -> Rollout:
    """Return room for a rollout; it may be used again and again.

    Parameters
    ----------
    world
        The problem.
    recording
        Whether decisions are kept.
    guide
        Routes to build, in an order and, where all is symmetric, in directions that the policy likes best. What it
        cannot choose (a next client that is not among the candidates) is done without a record.
    """
    n, types = world.n, len(world.profile)
    kind, way = np.full(n if guide else 0, -1, np.int32), np.full((n if guide else 0, 2), n, np.int32)
    for route in guide.routes if guide else ():
        stops = np.array(route.clients, dtype=np.int32)
        kind[stops] = route.vehicle_type
        way[stops[1:], 0], way[stops[:-1], 1] = stops[:-1], stops[1:]
    steps, routes, kinds = (2 * n, n + types, n + types) if recording else (0, 0, 0)
    return Rollout(
        recording=int(recording),
        guided=int(guide is not None),
        guide_kind=kind,
        guide_way=way,
        kinds=np.zeros(n + types, np.int64),
        ends=np.zeros(n + types, np.int64),
        stops=np.zeros(n, np.int64),
        number=np.zeros(5, np.int64),
        amount=np.zeros(2),
        step_from=np.zeros(steps, np.int32),
        step_option=np.zeros((steps, CANDIDATES + 1), np.int32),
        step_feature=np.zeros((steps, CANDIDATES + 1, STEP), np.float32),
        step_context=np.zeros((steps, CONTEXT), np.float32),
        step_choice=np.zeros(steps, np.int32),
        seed_option=np.zeros((routes, n + 1), np.int32),
        seed_feature=np.zeros((routes, n + 1, SEED), np.float32),
        seed_context=np.zeros((routes, CONTEXT), np.float32),
        seed_choice=np.zeros(routes, np.int32),
        kind_option=np.zeros((kinds, types), np.int32),
        kind_feature=np.zeros((kinds, types, KIND), np.float32),
        kind_context=np.zeros((kinds, CONTEXT), np.float32),
        kind_choice=np.zeros(kinds, np.int32),
    )


@kernel
def roll(world, decoder, condition, temperature, rng, rollout):
    """Build routes for all clients.

    Parameters
    ----------
    world, decoder
        The problem and the policy.
    condition
        Shape ``(CONDITION,)``; makes rollouts of the same policy differ.
    temperature
        0 takes the best choice always, 1 draws by the policy's own probabilities.
    rng
        Of the draws.
    rollout
        Where the routes go, and the record.
    """
    n, types = world.n, len(world.profile)
    dimensions = world.capacity.shape[1]
    figures, loads = np.zeros(FIGURES, np.int64), np.zeros((dimensions, 3), np.int64)
    waiting = world.servable.copy()
    queue, queue_at, left = np.empty(n, np.int32), np.empty(n, np.int32), 0
    needed = 0
    open_load = np.zeros(types)
    total = 0.0
    for c in range(n):
        total += world.absent_cost[c]
        if waiting[c]:
            queue[left], queue_at[c] = c, left
            left += 1
            needed += world.required[c]
            for k in range(types):
                open_load[k] += world.load[c, k]
    vehicles, barren = world.count.copy(), np.zeros(types, np.bool_)

    told = np.zeros((3, HIDDEN), np.float32)
    condition_part(decoder.step_context, condition, told[0])
    condition_part(decoder.seed_context, condition, told[1])
    condition_part(decoder.kind_context, condition, told[2])
    base, no_client = np.empty(HIDDEN, np.float32), np.zeros((types, HIDDEN), np.float32)
    context = np.empty(CONTEXT, np.float32)
    width = max(n + 1, CANDIDATES + 1, types)
    option, score, weight = np.empty(width, np.int32), np.empty(width), np.empty(width)
    begin = np.empty(CANDIDATES + 1, np.int64)
    feature = np.empty((width, max(STEP, SEED, KIND)), np.float32)
    # As the first of a route a client is always the same: when its service begins, and most of its features.
    seen, first = np.zeros((types, n), np.bool_), np.empty((types, n), np.int64)
    lasting = np.empty((types, n, SEED), np.float32)
    accepted = np.ones(width, np.bool_)
    side, turnable = 1, world.turnable != 0
    rollout.number[:] = 0
    likelihood, served, routes, last = 0.0, 0, 0, -1

    while left > 0:
        # Which type of vehicle goes next.
        m = 0
        for k in range(types):
            if vehicles[k] > 0 and not barren[k]:
                option[m] = k
                m += 1
        if m == 0:
            break
        chosen = 0
        if m > 1:
            depot_context(world, option[0], open_load, left, vehicles, context)
            context_part(decoder.kind_context, decoder.kind_bias, told[2], context, base)
            kind_features(world, option, m, open_load, left, vehicles, queue, feature)
            score_options(
                base, no_client, option, m, feature, KIND,
                decoder.kind_feature, decoder.kind_score, decoder.kind_direct, score,
            )  # fmt: skip
            known = True
            if rollout.guided:
                accepted[:m] = False
                for q in range(left):
                    for o in range(m):
                        if rollout.guide_kind[queue[q]] == option[o]:
                            accepted[o] = True
                known = _restrict(accepted, m)
            chosen, chance = choose(score, accepted, m, temperature, rng, weight)
            likelihood += chance
            if rollout.recording and known:
                _record(
                    rollout.kind_option, rollout.kind_feature, rollout.kind_context, rollout.kind_choice,
                    rollout.number, KINDS, option, feature, context, m, chosen,
                )  # fmt: skip
        k = option[chosen]

        # Whom it serves first.
        leave_depot(world, k, figures, loads)
        depot = world.start[k]
        m = 0
        for q in range(left):
            c = queue[q]
            if not seen[k, c]:
                seen[k, c], first[k, c] = True, begin_service(world, k, depot, c, figures, loads)
                if first[k, c] >= 0:
                    seed_features(world, k, c, first[k, c], lasting[k], c)
            if first[k, c] >= 0:
                option[m] = c
                for f in range(SEED):
                    feature[m, f] = lasting[k, c, f]
                seed_moment(world, k, c, waiting, last, feature, m)
                m += 1
        if m == 0:
            barren[k] = True
            continue
        if needed == 0:
            option[m] = n
            feature[m, :] = 0.0
            m += 1
        chosen = 0
        if m > 1:
            depot_context(world, k, open_load, left, vehicles, context)
            context_part(decoder.seed_context, decoder.seed_bias, told[1], context, base)
            score_options(
                base, decoder.seed_to, option, m, feature, SEED,
                decoder.seed_feature, decoder.seed_score, decoder.seed_direct, score,
            )  # fmt: skip
            known = True
            if rollout.guided:
                for o in range(m):
                    c = option[o]
                    accepted[o] = c < n and rollout.guide_kind[c] == k and _is_end(rollout, n, c, turnable)
                known = _restrict(accepted, m)
            chosen, chance = choose(score, accepted, m, temperature, rng, weight)
            likelihood += chance
            if rollout.recording and known:
                _record(
                    rollout.seed_option, rollout.seed_feature, rollout.seed_context, rollout.seed_choice,
                    rollout.number, SEEDS, option, feature, context, m, chosen,
                )  # fmt: skip
        c = option[chosen]
        if c == n:
            break
        vehicles[k] -= 1
        if rollout.guided:
            side = 1 if rollout.guide_way[c, 0] == n else 0
        start, a = first[k, c], depot

        # Who comes next, until it goes home.
        while True:
            append(world, k, a, c, start, figures, loads)
            a, last = world.place[c], c
            rollout.stops[served] = c
            served += 1
            total += world.preference[c, k] - world.absent_cost[c]
            waiting[c] = False
            left -= 1
            needed -= world.required[c]
            mover = queue[left]
            queue[queue_at[c]], queue_at[mover] = mover, queue_at[c]
            for other in range(types):
                open_load[other] = max(open_load[other] - world.load[c, other], 0.0)
            m = 0
            for g in range(world.neighbours.shape[1]):
                other = world.neighbours[c, g]
                if waiting[other]:
                    start = begin_service(world, k, a, other, figures, loads)
                    if start >= 0:
                        option[m], begin[m] = other, start
                        step_features(world, k, c, other, m, start, figures, loads, waiting, feature)
                        m += 1
                        if m == CANDIDATES:
                            break
            if m == 0 and not rollout.guided:
                break
            option[m] = n
            feature[m, :] = 0.0
            feature[m, 0] = bounded_cost(world.home[k, c] / world.unit[c])
            m += 1
            step_context(world, k, c, figures, loads, open_load, left, vehicles, context)
            context_part(decoder.step_context, decoder.step_bias, told[0], context, base)
            for h in range(HIDDEN):
                base[h] += decoder.step_from[c, h]
            score_options(
                base, decoder.step_to, option, m, feature, STEP,
                decoder.step_feature, decoder.step_score, decoder.step_direct, score,
            )  # fmt: skip
            known = True
            if rollout.guided:
                onward = rollout.guide_way[c, side]
                for o in range(m):
                    accepted[o] = option[o] == onward
                known = _restrict(accepted, m) and m > 1
                if not known and onward < n and waiting[onward]:
                    start = begin_service(world, k, a, onward, figures, loads)
                    if start >= 0:
                        c = onward
                        continue
            chosen, chance = choose(score, accepted, m, temperature, rng, weight)
            likelihood += chance
            if rollout.recording and known:
                rollout.step_from[rollout.number[STEPS]] = c
                _record(
                    rollout.step_option, rollout.step_feature, rollout.step_context, rollout.step_choice,
                    rollout.number, STEPS, option, feature, context, m, chosen,
                )  # fmt: skip
            if option[chosen] == n:
                break
            c, start = option[chosen], begin[chosen]
        total += route_cost(world, k, a, figures)
        rollout.kinds[routes], rollout.ends[routes] = k, served
        routes += 1
    rollout.number[ROUTES], rollout.number[SERVED] = routes, served
    rollout.amount[COST], rollout.amount[LIKELIHOOD] = total, likelihood


@inner
def _record(options, features, contexts, choices, number, kind, option, feature, context, m, chosen):
    """Keep a decision of one kind: its options, what it was based on, and the choice."""
    at = number[kind]
    options[at, :] = -1
    for o in range(m):
        options[at, o] = option[o]
        features[at, o] = feature[o, : features.shape[2]]
    contexts[at], choices[at] = context, chosen
    number[kind] += 1


@inner
def _restrict(accepted, m):
    """Return whether any option is accepted; if none is, all are."""
    for o in range(m):
        if accepted[o]:
            return True
    accepted[:m] = True
    return False


@inner
def _is_end(rollout, n, c, turnable):
    """Return whether a client is where its given route may begin."""
    return rollout.guide_way[c, 0] == n or (turnable and rollout.guide_way[c, 1] == n)
