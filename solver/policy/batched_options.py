"""The features of `solver.policy.options` in torch, for rollouts of many problems at once.

Of ``R`` rollouts, for ``M`` clients each; columns are those of the kernels, where each is explained.
"""

from __future__ import annotations

import torch
from torch import Tensor

from solver.policy.batched_rules import Vehicles, Worlds
from solver.policy.environment import METRES, NOW, PEAK, PICKED, STOPS
from solver.policy.layout import CANDIDATES, CLOSE
from solver.problem import UNLIMITED

TINY = 1e-9


def bounded(x: Tensor) -> Tensor:
    """Return ``x / (1 + x)``: from 0 for nothing to nearly 1 for much."""
    return x / (1.0 + x)


def of_day(vehicles: Vehicles, seconds: Tensor, otherwise: float) -> Tensor:
    """Return times as shares of the working day, cut to what is between 0 and 1."""
    day = vehicles.worlds.day[vehicles.scene]
    return torch.where(day > 0.0, (seconds / day).clamp(0.0, 1.0), otherwise)


def time_left(vehicles: Vehicles, now: Tensor) -> Tensor:
    """Return the share of the working day that is left, 1 where time is no matter."""
    return of_day(vehicles, vehicles.of("back_until") - now, 1.0)


def distance_left(vehicles: Vehicles, metres: Tensor) -> Tensor:
    """Return the share of the greatest distance that is left, 1 where there is none."""
    most = vehicles.of("max_distance")
    left = ((most - metres) / most).clamp(0.0, 1.0)
    return torch.where((most >= UNLIMITED) | (most <= 0), 1.0, left)


def room(vehicles: Vehicles, peak: Tensor) -> Tensor:
    """Return the share of the capacity that a peak of loads, shape ``(R, M, D)``, leaves where it is least."""
    capacity = vehicles.of("capacity")
    return torch.where(capacity > 0, (capacity - peak) / capacity, 1.0).amin(2).clamp(max=1.0)


def surroundings(vehicles: Vehicles, c: Tensor, waiting: Tensor) -> tuple[Tensor, Tensor]:
    """Return the share of the closest neighbours that still wait, and what it is to the nearest of them.

    ``waiting`` has shape ``(R, most clients)``.
    """
    worlds = vehicles.worlds
    others = worlds.neighbours[c, :CLOSE]
    waits = waiting.gather(1, (others - vehicles.client[..., None]).flatten(1)).view_as(others)
    waits = waits & (others != c[..., None])
    # Where nobody waits this is anybody, and does not count.
    nearest = others.gather(2, waits.byte().argmax(2, keepdim=True))[..., 0]
    left = waits.sum(2)
    cost = vehicles.arc_cost(worlds.place[c], worlds.place[nearest])
    return left / worlds.closest[vehicles.scene], torch.where(left > 0, cost / (cost + worlds.unit[c]), 1.0)


def prize(vehicles: Vehicles, c: Tensor) -> Tensor:
    """Return how much an optional client is worth, from 0 to 1, which is what a required one is."""
    price = vehicles.worlds.absent_cost[c]
    return torch.where(vehicles.worlds.required[c], 1.0, price / (price + vehicles.of("far")))


def step_features(
    vehicles: Vehicles, i: Tensor, j: Tensor, start: Tensor, figures: Tensor, loads: Tensor, waiting: Tensor
) -> Tensor:
    """Describe clients ``j``, nearest first, as the next after client ``i``: shape ``(R, M, STEP)``."""
    worlds = vehicles.worlds
    a, b, end = worlds.place[i], worlds.place[j], vehicles.end
    cost = vehicles.arc_cost(a, b)
    home_i, home_j = vehicles.liking("home", i), vehicles.liking("home", j)
    direct = home_i + vehicles.liking("out", j)
    peak = torch.maximum(loads[:, None, :, PEAK] + worlds.delivery[j], loads[:, None, :, PICKED] + worlds.pickup[j])
    share, nearest = surroundings(vehicles, j, waiting)
    arrival = figures[:, NOW, None] + vehicles.seconds(a, b)
    finish = start + vehicles.liking("service", j) + vehicles.seconds(b, end)
    liking = vehicles.liking("preference", j)
    metres = figures[:, METRES, None] + vehicles.metres(a, b) + vehicles.metres(b, end)
    rank = torch.arange(j.shape[1], device=j.device) / CANDIDATES
    columns = (
        bounded(cost / worlds.unit[i]),
        rank.expand_as(cost),
        ((direct - cost) / (direct + TINY)).clamp(-1.0, 1.0),
        bounded(home_j / vehicles.of("far")),
        ((home_j - home_i) / (cost + TINY)).clamp(-1.0, 1.0),
        room(vehicles, peak),
        vehicles.liking("load", j),
        share,
        nearest,
        of_day(vehicles, start - arrival, 0.0),
        of_day(vehicles, vehicles.liking("windows", j)[..., -1, 1] - start, 1.0),
        time_left(vehicles, finish),
        liking / (liking.abs() + worlds.unit[i]),
        worlds.shared[j],
        prize(vehicles, j),
        distance_left(vehicles, metres),
    )
    return torch.stack([column.float() for column in columns], 2)


def seed_features(vehicles: Vehicles, c: Tensor, start: Tensor, waiting: Tensor, last: Tensor) -> Tensor:
    """Describe clients as the first of a route, shape ``(R, M, SEED)``; negative ``last``: nobody was served yet."""
    worlds = vehicles.worlds
    b, far = worlds.place[c], vehicles.of("far")
    share, nearest = surroundings(vehicles, c, waiting)
    liking, windows = vehicles.liking("preference", c), vehicles.liking("windows", c)
    arrival = vehicles.of("leave_from") + vehicles.seconds(vehicles.start, b)
    since = bounded(vehicles.arc_cost(worlds.place[vehicles.client + last.clamp(min=0)], b) / far)
    columns = (
        bounded(vehicles.liking("out", c) / far),
        share,
        nearest,
        vehicles.liking("load", c),
        of_day(vehicles, windows[..., 0, 0], 0.0),
        of_day(vehicles, windows[..., -1, 1] - start, 1.0),
        worlds.shared[c],
        prize(vehicles, c),
        liking / (liking.abs() + far),
        torch.where(last >= 0, since, 1.0),
        bounded(vehicles.liking("home", c) / far),
        of_day(vehicles, start - arrival, 0.0),
    )
    return torch.stack([column.float() for column in columns], 2)


def kind_features(
    worlds: Worlds, scene: Tensor, able: Tensor, open_load: Tensor, left: Tensor, vehicles: Tensor, waiting: Tensor
) -> Tensor:
    """Describe vehicle types as those that go next, each beside the others that can: shape ``(R, K, KIND)``."""
    kinds = torch.arange(worlds.types, device=scene.device).expand_as(able)
    # What pads is the last type once more.
    each = Vehicles(worlds, scene, torch.zeros_like(scene))
    each.type = worlds.first_type[scene][:, None] + torch.minimum(kinds, worlds.type_number[scene][:, None] - 1)

    def most(values: Tensor) -> Tensor:
        return torch.where(able, values, TINY).amax(1, keepdim=True).clamp(min=TINY)

    loads, metre, second, far = each.of("loads"), each.of("metre"), each.of("second"), each.of("far")
    share = vehicles / loads
    fleet = torch.where(able, share, 0.0).sum(1, keepdim=True)
    clients = clients_of(worlds, scene)
    serves = waiting[..., None] & worlds.allowed[clients]
    number, out = serves.sum(1), worlds.out[clients]
    reach = torch.where(serves, out, 0.0).sum(1) / number.clamp(min=1)
    dear, long, wide = most(metre), most(second), most(far)
    nearest = torch.where(number > 0, torch.where(serves, out, 1e30).amin(1), wide)
    columns = (
        torch.where(able, loads, 1e30).amin(1, keepdim=True) / loads,
        each.of("fixed_cost") / (each.of("fixed_cost") + 4.0 * far),
        metre / dear,
        second / long,
        vehicles / each.of("count").clamp(min=1),
        number / left[:, None],
        bounded(open_load),
        bounded(reach / wide),
        bounded(nearest / wide),
        time_left(each, each.of("leave_from")),
        bounded(share / fleet.clamp(min=TINY)),
    )
    return torch.stack([column.float() for column in columns], 2)


def clients_of(worlds: Worlds, scene: Tensor) -> Tensor:
    """Return the clients of each world, numbered through, the last once more where there are fewer than of others."""
    numbers = torch.arange(worlds.size, device=scene.device)[None]
    return worlds.first_client[scene][:, None] + torch.minimum(numbers, worlds.n[scene][:, None] - 1)


def _constants(vehicles: Vehicles, open_load: Tensor, left: Tensor, number: Tensor) -> list[Tensor]:
    worlds = vehicles.worlds
    n = worlds.n[vehicles.scene]
    fixed, far = vehicles.of("fixed_cost"), vehicles.of("far")
    return [
        left[:, None] / n,
        number / (number + open_load + TINY),
        n / (n + 10.0 * vehicles.of("loads")),
        n.double().log() / 8.0,
        (worlds.day[vehicles.scene] > 0.0).double(),
        fixed / (fixed + 4.0 * far),
    ]


def depot_context(vehicles: Vehicles, open_load: Tensor, left: Tensor, number: Tensor) -> Tensor:
    """Describe how things stand before routes begin, shape ``(R, CONTEXT)``.

    ``open_load`` and ``number`` of vehicles have shape ``(R, K)``, ``left`` has shape ``(R,)``.
    """
    mine = open_load.gather(1, vehicles.kind)
    nothing = torch.zeros_like(mine)
    columns = [nothing + 1.0, 1.0 / (1.0 + mine), time_left(vehicles, vehicles.of("leave_from")), nothing + 1.0]
    columns += [nothing, nothing, *_constants(vehicles, mine, left, number.gather(1, vehicles.kind)), nothing]
    return torch.cat(columns, 1).float()


def step_context(
    vehicles: Vehicles, c: Tensor, figures: Tensor, loads: Tensor, open_load: Tensor, left: Tensor, number: Tensor
) -> Tensor:
    """Describe how things stand after client ``c``, one for each, is served: shape ``(R, CONTEXT)``."""
    mine = open_load.gather(1, vehicles.kind)
    space, far = room(vehicles, loads[:, None, :, PEAK]), vehicles.of("far")
    stops, metres = figures[:, STOPS, None], figures[:, METRES, None]
    columns = [
        space,
        space / (space + mine + TINY),
        time_left(vehicles, figures[:, NOW, None]),
        distance_left(vehicles, metres),
        stops / (stops + 8.0),
        bounded(vehicles.liking("home", c) / far),
        *_constants(vehicles, mine, left, number.gather(1, vehicles.kind)),
        bounded(metres * vehicles.of("metre") / (4.0 * far)),
    ]
    return torch.cat(columns, 1).float()
