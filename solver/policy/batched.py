"""Rollouts in torch: many of many problems advance in lock step, on any device.

The decisions, the rules and the numbers are those of the kernel `solver.policy.rollout.roll`; one pass of the loop lets
every rollout decide once. Nothing is read back from the device in a pass but how many rollouts are where.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import torch
from torch import Tensor

from solver.policy.batched_options import (
    bounded,
    clients_of,
    depot_context,
    kind_features,
    seed_features,
    step_context,
    step_features,
)
from solver.policy.batched_rules import Vehicles, Worlds, append, begin_service, leave_depot, route_cost
from solver.policy.environment import FIGURES
from solver.policy.layout import CANDIDATES
from solver.policy.network import Decisions, Network, joined, scores
from solver.policy.rollout import KINDS, SEEDS, STEPS, Rollout

HOME = -1
"""In a `Script`: going home, or ending it all."""


@dataclass(frozen=True, eq=False)
class Script:
    """Choices to follow, a row for each rollout; only where there is a choice.

    Parameters
    ----------
    kinds
        Shape ``(rollouts, decisions)``, vehicle types.
    seeds, steps
        The same, clients within their problem, or `HOME`.
    """

    kinds: Tensor
    seeds: Tensor
    steps: Tensor

    @classmethod
    def of(cls, rollouts: Sequence[Rollout], clients: Sequence[int], device: torch.device | str = "cpu") -> Script:
        """Return what recorded rollouts chose; ``clients`` is how many there are in the problem of each."""

        def chosen(head: str, entry: int) -> Tensor:
            rows = torch.full((len(rollouts), 1 + max(int(one.number[entry]) for one in rollouts)), HOME)
            for row, rollout, n in zip(rows, rollouts, clients, strict=True):
                count = int(rollout.number[entry])
                choice = torch.from_numpy(getattr(rollout, f"{head}_choice")[:count]).long()
                option = torch.from_numpy(getattr(rollout, f"{head}_option")[:count]).long()
                taken = option.gather(1, choice[:, None])[:, 0]
                row[:count] = taken if head == "kind" else torch.where(taken == n, HOME, taken)
            return rows.to(device)

        return cls(chosen("kind", KINDS), chosen("seed", SEEDS), chosen("step", STEPS))


@dataclass(frozen=True, eq=False)
class Rolled:
    """What rollouts came to.

    Parameters
    ----------
    cost
        Shape ``(rollouts,)``, float64: what the routes cost, absent clients at their price.
    likelihood
        Shape ``(rollouts,)``, float64: natural logarithm of the probability of all decisions; minus infinite where a
        script asked for what was no option.
    stops
        Shape ``(rollouts, clients)``, clients within their problem in the order they were served, -1 behind the last.
    route, kind
        The same shape: number of the route, and the vehicle type, of each stop.
    decisions
        By head, where they were recorded: what `Network.likelihoods` takes.
    """

    cost: Tensor
    likelihood: Tensor
    stops: Tensor
    route: Tensor
    kind: Tensor
    decisions: dict[str, Decisions]

    def routes(self, rollout: int) -> list[tuple[int, tuple[int, ...]]]:
        """Return vehicle type and clients of each route of a rollout, as `Rollout.routes`."""
        rows = (part[rollout].tolist() for part in (self.route, self.kind, self.stops))
        visits = [visit for visit in zip(*rows, strict=True) if visit[2] >= 0]
        return [(kind, tuple(stop for _, _, stop in part)) for (_, kind), part in groupby(visits, lambda v: v[:2])]


def roll_batch(
    network: Network,
    embedded: Tensor,
    worlds: Worlds,
    scene: Tensor,
    conditions: Tensor,
    temperature: float = 1.0,
    generator: torch.Generator | None = None,
    script: Script | None = None,
    recording: bool = False,
) -> Rolled:
    """Build routes for all clients of many problems.

    Needs about a kilobyte for each rollout and client of the largest problem. On a processor the kernel is six times as
    fast: this is for devices that do much at once.

    Parameters
    ----------
    network
        The policy; no gradient is kept.
    embedded
        All clients, shape ``(N, WIDTH)``, in the order of ``worlds``.
    worlds
        The problems, on the network's device like all else.
    scene
        Shape ``(rollouts,)``, which problem each is about.
    conditions
        Shape ``(rollouts, CONDITION)``.
    temperature
        0 takes the best choice always, 1 draws by the policy's own probabilities.
    generator
        Of the draws; of the device. Torch's own when none is given.
    script
        Choices to follow instead.
    recording
        Whether decisions are kept.
    """
    with torch.no_grad():
        return _Loop(network, embedded, worlds, scene, conditions, temperature, generator, script, recording).run()


class _Loop:
    """Where all rollouts stand: one entry, or one row, for each."""

    def __init__(
        self,
        network: Network,
        embedded: Tensor,
        worlds: Worlds,
        scene: Tensor,
        conditions: Tensor,
        temperature: float,
        generator: torch.Generator | None,
        script: Script | None,
        recording: bool,
    ) -> None:
        self.network, self.worlds, self.scene, self.conditions = network, worlds, scene, conditions
        self.temperature, self.generator, self.script = temperature, generator, script
        self.recorded: dict[str, list[Decisions]] | None = {"step": [], "seed": [], "kind": []} if recording else None
        p = network.parameters
        self.step_from = embedded @ p["step.from"]
        self.own = {head: torch.cat((embedded @ p[f"{head}.to"], p[f"{head}.home"][None])) for head in ("step", "seed")}
        rollouts, n, device = len(scene), worlds.size, scene.device
        clients = clients_of(worlds, scene)
        real = torch.arange(n, device=device) < worlds.n[scene][:, None]
        self.waiting = worlds.servable[clients] & real
        self.left = self.waiting.sum(1)
        self.needed = (self.waiting & worlds.required[clients]).sum(1)
        self.cost = torch.where(real, worlds.absent_cost[clients], 0.0).sum(1)
        self.open_load = torch.where(self.waiting[..., None], worlds.load[clients], 0.0).sum(1)
        kinds = torch.arange(worlds.types, device=device)
        real_kind = kinds < worlds.type_number[scene][:, None]
        types = worlds.first_type[scene][:, None] + torch.where(real_kind, kinds, 0)
        self.vehicles = torch.where(real_kind, worlds.count[types], 0)
        self.barren = ~real_kind

        def numbers(*shape: int, fill: int = 0) -> Tensor:
            return torch.full((rollouts, *shape), fill, device=device)

        self.likelihood = torch.zeros(rollouts, dtype=torch.float64, device=device)
        self.driving, self.idle = torch.zeros_like(self.left, dtype=torch.bool), self.left > 0
        self.kind, self.last, self.routes, self.served = numbers(), numbers(fill=-1), numbers(), numbers()
        self.figures, self.loads = numbers(FIGURES), numbers(worlds.capacity.shape[1], 3)
        self.stops, self.route_of, self.kind_of = numbers(n, fill=-1), numbers(n, fill=-1), numbers(n, fill=-1)
        self.line = {"kind": numbers(), "seed": numbers(), "step": numbers()}

    def run(self) -> Rolled:
        """Go on until no rollout can."""
        while True:
            driving, idle = torch.stack((self.driving.sum(), self.idle.sum())).tolist()
            if not driving and not idle:
                break
            # Whoever leaves now takes the next step in the next pass.
            on_the_road, at_the_depot = _first(self.driving, driving), _first(self.idle, idle)
            if driving:
                self._step(on_the_road)
            if idle:
                self._depart(at_the_depot)
        decisions = {} if self.recorded is None else {head: joined(parts) for head, parts in self.recorded.items()}
        return Rolled(self.cost, self.likelihood, self.stops, self.route_of, self.kind_of, decisions)

    def _depart(self, rows: Tensor) -> None:
        """Decide which type of vehicle goes next, and whom it serves first."""
        worlds, scene, waiting = self.worlds, self.scene[rows], self.waiting[rows]
        open_load, left, number = self.open_load[rows], self.left[rows], self.vehicles[rows]
        able = (number > 0) & ~self.barren[rows]
        kind = able.byte().argmax(1)
        if worlds.types > 1:
            feature = kind_features(worlds, scene, able, open_load, left, number, waiting)
            context = depot_context(Vehicles(worlds, scene, kind), open_load, left, number)
            own = torch.where(able, torch.arange(worlds.types, device=rows.device), -1)
            kind = self._choose("kind", rows, able, own, feature, context)
        exhausted = ~able.any(1)
        vehicles = Vehicles(worlds, scene, kind)

        figures, loads = leave_depot(vehicles, self.loads.shape[1])
        clients = clients_of(worlds, scene)
        start = begin_service(vehicles, vehicles.start, clients, figures, loads)
        # What pads is no client, and so waits never.
        first = (start >= 0) & waiting
        barren = ~first.any(1)
        feature = seed_features(vehicles, clients, start, waiting, self.last[rows][:, None])
        context = depot_context(vehicles, open_load, left, number)
        ending = (self.needed[rows] == 0) & ~barren
        option = torch.cat((first & ~exhausted[:, None], (ending & ~exhausted)[:, None]), 1)
        own = torch.cat((clients, torch.full_like(vehicles.client, len(worlds.place))), 1)
        feature = torch.nn.functional.pad(feature, (0, 0, 0, 1))
        # Going home has no features, nor has what is no option.
        feature = torch.where(option[..., None], feature, 0.0)
        feature[:, -1] = 0.0
        choice = self._choose("seed", rows, option, torch.where(option, own, -1), feature, context)
        ends = choice == worlds.size
        leaves = ~exhausted & ~barren & ~ends
        self.barren[rows, kind] |= barren & ~exhausted
        self.idle[rows] = ~leaves & ~exhausted & ~(ends & ~barren)
        self.driving[rows] = leaves
        self.kind[rows] = kind
        self.vehicles[rows, kind] -= leaves.long()
        c = torch.where(leaves, choice, 0)[:, None]
        begins = start.gather(1, c)
        self._serve(rows, vehicles, vehicles.start, c, begins, figures, loads, leaves)

    def _step(self, rows: Tensor) -> None:
        """Decide who comes next, or whether it goes home."""
        worlds, waiting, here = self.worlds, self.waiting[rows], self.last[rows][:, None]
        vehicles = Vehicles(worlds, self.scene[rows], self.kind[rows])
        figures, loads = self.figures[rows], self.loads[rows]
        i = vehicles.client + here
        a = worlds.place[i]
        near = worlds.neighbours[i[:, 0]]
        start = begin_service(vehicles, a, near, figures, loads)
        able = (start >= 0) & waiting.gather(1, near - vehicles.client)
        # The nearest of those who can be served, nearest first.
        width = near.shape[1]
        order = torch.where(able, torch.arange(width, device=rows.device), width).sort(1).values[:, :CANDIDATES]
        able, order = order < width, order.clamp(max=width - 1)
        near, start = near.gather(1, order), start.gather(1, order)

        feature = step_features(vehicles, i, near, start, figures, loads, waiting)
        home = torch.zeros_like(feature[:, :1])
        home[:, 0, 0] = bounded(vehicles.liking("home", i) / worlds.unit[i])[:, 0].float()
        feature = torch.cat((torch.where(able[..., None], feature, 0.0), home), 1)
        context = step_context(vehicles, i, figures, loads, self.open_load[rows], self.left[rows], self.vehicles[rows])
        option = torch.nn.functional.pad(able, (0, 1), value=True)
        own = torch.where(able, near, -1)
        own = torch.nn.functional.pad(own, (0, 1), value=len(worlds.place))
        choice = self._choose("step", rows, option, own, feature, context, i[:, 0])
        goes_on = choice < near.shape[1]
        cost = route_cost(vehicles, a, figures)
        self.cost[rows] += torch.where(goes_on, 0.0, cost)
        self.routes[rows] += (~goes_on).long()
        self.driving[rows] = goes_on
        self.idle[rows] = ~goes_on & (self.left[rows] > 0)
        at = torch.where(goes_on, choice, 0)[:, None]
        c = near.gather(1, at) - vehicles.client
        self._serve(rows, vehicles, a, c, start.gather(1, at), figures, loads, goes_on)

    def _serve(
        self,
        rows: Tensor,
        vehicles: Vehicles,
        a: Tensor,
        c: Tensor,
        start: Tensor,
        figures: Tensor,
        loads: Tensor,
        really: Tensor,
    ) -> None:
        """Serve client ``c``, shape ``(R, 1)`` and within its problem, after place ``a`` in rollouts that really do."""
        numbered, c, done = vehicles.client + c, c[:, 0], really.long()
        figures, loads = append(vehicles, a, numbered, start, figures, loads)
        # Of a rollout that does not, both are set anew when it leaves the depot again.
        self.figures[rows], self.loads[rows] = figures, loads
        self.waiting[rows, c] &= ~really
        self.left[rows] -= done
        self.needed[rows] -= done * self.worlds.required[numbered[:, 0]].long()
        less = (self.open_load[rows] - self.worlds.load[numbered[:, 0]]).clamp(min=0.0)
        self.open_load[rows] = torch.where(really[:, None], less, self.open_load[rows])
        worth = vehicles.liking("preference", numbered)[:, 0] - self.worlds.absent_cost[numbered[:, 0]]
        self.cost[rows] += torch.where(really, worth, 0.0)
        self.last[rows] = torch.where(really, c, self.last[rows])
        served = self.served[rows].clamp(max=self.worlds.size - 1)
        for values, new in ((self.stops, c), (self.route_of, self.routes[rows]), (self.kind_of, self.kind[rows])):
            values[rows, served] = torch.where(really, new, values[rows, served])
        self.served[rows] += done

    def _choose(
        self,
        head: str,
        rows: Tensor,
        able: Tensor,
        own: Tensor,
        feature: Tensor,
        context: Tensor,
        here: Tensor | None = None,
    ) -> Tensor:
        """Return which option each takes, and add the logarithm of its probability; one option is no decision."""
        several = able.sum(1) > 1
        context = torch.cat((context, self.conditions[rows]), 1)
        score = scores(
            self.network.parameters, head, feature, context,
            None if head == "kind" else self.own[head][own],
            None if here is None else self.step_from[here],
        )  # fmt: skip
        score = score.double().masked_fill(~able, -1e30)
        choice = score.argmax(1)
        possible = able
        if self.script is not None:
            asked = own == self._told(head, rows)
            choice, possible = torch.where(several, asked.byte().argmax(1), choice), able & asked
        elif self.temperature > 0.0:
            # Whose score with Gumbel noise is largest is drawn by the softmax of the scores.
            noise = torch.empty_like(score).exponential_(generator=self.generator).log()
            choice = (score / self.temperature - noise).argmax(1)
        likelihood = score.log_softmax(1).gather(1, choice[:, None])[:, 0]
        likelihood = torch.where(possible.gather(1, choice[:, None])[:, 0], likelihood, -torch.inf)
        self.likelihood[rows] += torch.where(several, likelihood, 0.0)
        self.line[head][rows] += several.long()
        if self.recorded is not None:
            origin = torch.zeros_like(rows) if here is None else here
            self.recorded[head].append(
                Decisions(torch.where(several[:, None], own, -1), feature, context, choice, rows, origin)
            )
        return choice

    def _told(self, head: str, rows: Tensor) -> Tensor:
        """Return what the script says, numbered as options are, shape ``(R, 1)``."""
        lines: Tensor = getattr(self.script, f"{head}s")
        line = lines[rows, self.line[head][rows].clamp(max=lines.shape[1] - 1)]
        if head != "kind":
            begin = self.worlds.first_client[self.scene[rows]]
            line = torch.where(line == HOME, len(self.worlds.place), line + begin)
        return line[:, None]


def _first(mask: Tensor, count: int) -> Tensor:
    """Return where a mask holds; knowing how often saves asking the device."""
    return mask.byte().argsort(descending=True, stable=True)[:count]
