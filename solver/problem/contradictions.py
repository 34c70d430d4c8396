"""Entries of a problem that are right one by one and contradict each other: groups, trips, backhauls and locks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from solver.problem.fault import MOST_PER_FIELD, Fault
from solver.problem.limits import ALONE, ANY
from solver.problem.records import Backhauls

if TYPE_CHECKING:
    from solver.problem.problem import Problem


def contradictions_of(problem: Problem) -> Iterator[Fault]:
    """Yield what contradicts what.

    Parameters
    ----------
    problem
        Its shapes, ranges and references are right.
    """
    for rule in (_groups, _trips, _backhauls, _locks, _driven):
        yield from islice(rule(problem), MOST_PER_FIELD)


def _groups(problem: Problem) -> Iterator[Fault]:
    clients = problem.clients
    grouped = np.flatnonzero(clients.group != ALONE)
    first: dict[int, int] = {}
    for client in grouped.tolist():
        group = int(clients.group[client])
        other = first.setdefault(group, client)
        if clients.required[client] != clients.required[other]:
            expected = f"{clients.required[other]} as of client {other}, which is in the same group {group}"
            yield Fault("clients.required", (client,), str(clients.required[client]), expected)
        elif not clients.required[client] and clients.prize[client] != clients.prize[other]:
            expected = f"{clients.prize[other]} as of client {other}, which is in the same group {group}"
            yield Fault("clients.prize", (client,), str(clients.prize[client]), expected)
    for group in sorted(set(range(clients.groups)) - first.keys()):
        above = int(grouped[clients.group[grouped] > group][0])
        value = f"{clients.group[above]} while nobody is in group {group}"
        yield Fault("clients.group", (above,), value, "groups that are numbered without gaps")


def _trips(problem: Problem) -> Iterator[Fault]:
    vehicles = problem.vehicles
    for kind in np.flatnonzero(vehicles.max_trips > 1).tolist():
        start, end, reload = (
            int(depots[kind]) for depots in (vehicles.start_depot, vehicles.end_depot, vehicles.reload_depot)
        )
        if not start == end == reload:
            value = f"{reload} with {vehicles.max_trips[kind]} trips from depot {start} to depot {end}"
            expected = "the depot where the vehicle starts and ends; other reload depots are not supported"
            yield Fault("vehicles.reload_depot", (kind,), value, expected)


def _backhauls(problem: Problem) -> Iterator[Fault]:
    clients = problem.clients
    both = clients.delivery.any(axis=1) & clients.pickup.any(axis=1)
    for kind in np.flatnonzero(problem.vehicles.backhauls != Backhauls.MIXED).tolist():
        rule = Backhauls(problem.vehicles.backhauls[kind]).name
        for client in np.flatnonzero(both & clients.allowed[:, kind]).tolist():
            expected = f"none beside a delivery, as vehicle type {kind} may serve it and its backhauls are {rule}"
            yield Fault("clients.pickup", (client,), str(clients.pickup[client].tolist()), expected)


def _locks(problem: Problem) -> Iterator[Fault]:
    locks, clients, vehicles = problem.locks, problem.clients, problem.vehicles
    types = np.searchsorted(vehicles.first_vehicle, locks.vehicle, side="right") - 1
    taken: dict[tuple[int, int], int] = {}
    speakers: dict[int, int] = {}
    for client in range(clients.number):
        vehicle, position = int(locks.vehicle[client]), int(locks.position[client])
        if vehicle == ANY:
            if position != ANY:
                yield Fault("locks.position", (client,), str(position), f"{ANY}, as no vehicle is locked")
        else:
            kind = int(types[client])
            if not clients.allowed[client, kind]:
                value = f"{vehicle}, of vehicle type {kind}"
                yield Fault("locks.vehicle", (client,), value, "a vehicle that may serve the client")
            if position >= vehicles.max_stops[kind]:
                expected = f"less than {vehicles.max_stops[kind]}, the stops of vehicle type {kind}"
                yield Fault("locks.position", (client,), str(position), expected)
            if position != ANY and (other := taken.setdefault((vehicle, position), client)) != client:
                expected = f"another position, as client {other} keeps it on vehicle {vehicle}"
                yield Fault("locks.position", (client,), str(position), expected)
            group = int(clients.group[client])
            if group != ALONE and (other := speakers.setdefault(group, client)) != client:
                expected = f"{ANY}, as client {other} of the same group {group} is locked too"
                yield Fault("locks.vehicle", (client,), str(vehicle), expected)


def _driven(problem: Problem) -> Iterator[Fault]:
    locks = problem.locks
    driven = np.flatnonzero(locks.driven)
    kept = {(int(locks.vehicle[client]), int(locks.position[client])) for client in driven}
    for client in driven.tolist():
        vehicle, position = int(locks.vehicle[client]), int(locks.position[client])
        if position == ANY:
            yield Fault("locks.driven", (client,), "True", "a locked vehicle and position of a driven client")
        elif position > 0 and (vehicle, position - 1) not in kept:
            expected = f"a driven client at position {position - 1} of vehicle {vehicle} before it"
            yield Fault("locks.driven", (client,), f"True at position {position}", expected)
