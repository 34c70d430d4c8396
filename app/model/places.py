"""Where customers can stand in a route, the most promising place first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from solver.problem import OPEN, UNREACHABLE, Problem

Order = tuple[int, ...]
"""Indices of clients, as a route visits them."""


def orders_by_least_cost(
    problem: Problem, kind: int, kept: Sequence[int], block: Sequence[int], first: int = 0
) -> list[tuple[float, Order]]:
    """Return every way to insert clients side by side into a route, those that can be cheapest first.

    Parameters
    ----------
    problem
        The problem.
    kind
        Index of the route's vehicle type.
    kept
        Clients of the route, in order.
    block
        Who is inserted, in order; at least one.
    first
        So many of ``kept`` have been driven already, and nobody comes before them any more.

    Returns
    -------
    list
        For each order a cost that it has at least: that of `solver.problem.check` without waiting, without
        departures from a published plan, and with each leg at its quickest hour. Where nobody waits and legs take the
        same all day it is exact.
    """
    clients, vehicles, depots, weight = problem.clients, problem.vehicles, problem.depots, problem.objective
    profile = vehicles.profile[kind]
    distance, duration = problem.travel.distance[profile], problem.travel.duration[profile]
    per_metre = weight.distance * float(vehicles.distance_cost[kind])
    per_second = weight.duration * float(vehicles.duration_cost[kind])

    def leg(start: int, end: int) -> float:
        return per_metre * (int(distance[start, end]) % UNREACHABLE) + per_second * int(duration[start, end])

    everybody = (*kept, *block)
    end = int(vehicles.end_depot[kind])
    places = [int(depots.location[int(vehicles.start_depot[kind])]), *(int(clients.location[one]) for one in kept)]
    if end != OPEN:
        places.append(int(depots.location[end]))
    inserted = [int(clients.location[one]) for one in block]
    legs = [leg(*pair) for pair in pairwise(places)]
    same = (
        weight.fixed * float(vehicles.fixed_cost[kind])
        + per_second * sum(int(clients.service[one, kind]) for one in everybody)
        + weight.preference * sum(float(clients.preference[one, kind]) for one in everybody)
        + sum(legs)
        + sum(leg(*pair) for pair in pairwise(inserted))
    )
    made = []
    for place in range(first, len(kept) + 1):
        cost = same + leg(places[place], inserted[0])
        if place + 1 < len(places):
            cost += leg(inserted[-1], places[place + 1]) - legs[place]
        made.append((cost, (*kept[:place], *block, *kept[place:])))
    return sorted(made)
