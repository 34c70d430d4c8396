"""Problems of all 48 variants of RouteFinder: each says what its name says, and can be served."""

from __future__ import annotations

import numpy as np
import pytest

from solver.problem import OPEN, UNLIMITED, Backhauls, Solution, check
from tests.solver.routefinder import SCALE, VARIANTS, routefinder_problem


def test_there_are_48_and_their_names_are_known() -> None:
    assert len(VARIANTS) == 48
    assert {"CVRP", "OVRP", "VRPB", "VRPMB", "VRPL", "VRPTW", "OVRPBLTW", "MDCVRP", "MDOVRPMBLTW"} <= set(VARIANTS)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_is_what_its_name_says(name: str) -> None:
    problem, variant = routefinder_problem(name, 50, 3), VARIANTS[name]
    clients, vehicles = problem.clients, problem.vehicles
    assert len(problem.depots.ids) == vehicles.number == (3 if name.startswith("MD") else 1)
    assert (vehicles.end_depot == OPEN).all() == variant.open_routes
    assert clients.pickup.any() == bool(variant.backhauls)
    assert (vehicles.backhauls == Backhauls.LAST).all() == (variant.backhauls == "B")
    assert (vehicles.max_distance < UNLIMITED).all() == variant.length_limit
    assert (clients.windows[:, 0, 0, 1] < UNLIMITED).all() == clients.service.all() == variant.time_windows
    assert vehicles.capacity.ravel().tolist() == [40] * vehicles.number
    assert not (clients.delivery.astype(bool) & clients.pickup.astype(bool)).any()
    assert problem.travel.coordinates.max() <= SCALE


@pytest.mark.parametrize("clients", [1, 20, 100, 1100])
def test_each_client_can_be_served_alone(clients: int) -> None:
    for name in ("VRPBLTW", "MDVRPMBLTW", "OVRPLTW"):
        problem = routefinder_problem(name, clients, 5)
        assert check(problem, Solution.of((0, [client]) for client in range(clients))).feasible


def test_variants_share_what_they_both_draw() -> None:
    plain, rich = (routefinder_problem(name, 30, 8) for name in ("CVRP", "OVRPLTW"))
    assert np.array_equal(plain.travel.distance, rich.travel.distance)
    assert np.array_equal(plain.clients.delivery, rich.clients.delivery)
