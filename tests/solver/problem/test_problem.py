"""Building problems: short forms, defaults, and arrays that nobody can change afterwards."""

from __future__ import annotations

import pickle
from dataclasses import fields

import numpy as np
import pytest

from solver.problem import ALONE, ANY, OPEN, UNLIMITED, Backhauls, Fault, Objective, ProblemError, make_problem

SQUARE = [[0, 1, 2], [3, 0, 4], [5, 6, 0]]


def test_what_is_left_out_constrains_nothing() -> None:
    problem = make_problem(distance=SQUARE)
    assert problem.clients.ids == ("1", "2")
    assert problem.depots.ids == ("depot 0",)
    assert problem.vehicles.ids == ("type 0",)
    assert problem.travel.duration.tolist() == problem.travel.distance.tolist() == [SQUARE]
    assert problem.clients.location.tolist() == [1, 2]
    assert problem.clients.windows.tolist() == [[[[0, UNLIMITED]]]] * 2
    assert problem.clients.required.all()
    assert problem.clients.allowed.all()
    assert problem.vehicles.count.tolist() == [2]
    assert problem.vehicles.capacity.tolist() == [[UNLIMITED]]
    assert problem.vehicles.end_depot.tolist() == [0]
    assert problem.clients.release.tolist() == [0, 0]
    assert problem.clients.group.tolist() == [ALONE, ALONE]
    assert problem.clients.groups == 0
    assert problem.vehicles.max_trips.tolist() == [1]
    assert problem.vehicles.reload_depot.tolist() == [OPEN]
    assert problem.vehicles.backhauls.tolist() == [Backhauls.MIXED]
    assert problem.locks.vehicle.tolist() == problem.locks.position.tolist() == [ANY, ANY]
    assert not problem.locks.driven.any()
    assert problem.published.vehicle.tolist() == [ANY, ANY]
    assert problem.published.weight == 0
    assert problem.objective == Objective(1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    assert problem.dimensions == 1
    assert (problem.travel.profiles, problem.travel.locations) == (1, 3)
    assert (problem.clients.number, problem.vehicles.number) == (2, 1)


def test_short_forms_become_full_shapes() -> None:
    problem = make_problem(
        distance=SQUARE,
        delivery=[1, 2],
        service=[3, 4],
        capacity=[[10], [20]],
        end_depot=[OPEN, 0],
        fixed_cost=[1.0, 2.0],
    )
    assert problem.clients.delivery.tolist() == [[1], [2]]
    assert problem.clients.pickup.tolist() == [[0], [0]]
    assert problem.clients.service.tolist() == [[3, 3], [4, 4]]
    assert problem.vehicles.end_depot.tolist() == [OPEN, 0]
    assert problem.vehicles.distance_cost.tolist() == [1.0, 1.0]
    assert make_problem(distance=SQUARE, capacity=7).vehicles.capacity.tolist() == [[7]]


def test_an_end_depot_follows_the_start_depot() -> None:
    problem = make_problem(distance=SQUARE, depot_location=[0, 1], start_depot=[1, 0], count=[1, 1])
    assert problem.vehicles.end_depot.tolist() == [1, 0]


def test_vehicles_are_numbered_over_all_types() -> None:
    problem = make_problem(distance=SQUARE, count=[2, 0, 3])
    assert problem.vehicles.first_vehicle.tolist() == [0, 2, 2, 5]


def test_whoever_is_required_or_locked_must_be_served() -> None:
    problem = make_problem(distance=SQUARE, required=[False, False], locked_vehicle=[ANY, 1])
    assert problem.must_serve.tolist() == [False, True]
    assert make_problem(distance=SQUARE, required=[True, False]).must_serve.tolist() == [True, False]


def test_arrays_cannot_be_changed() -> None:
    problem = make_problem(distance=SQUARE)
    records = (problem.travel, problem.depots, problem.clients, problem.vehicles, problem.locks, problem.published)
    for record in records:
        for part in fields(record):
            value = getattr(record, part.name)
            if isinstance(value, np.ndarray):
                assert not value.flags.writeable, part.name
                with pytest.raises(ValueError, match="read-only"):
                    value[...] = 0


def test_a_problem_travels_to_another_process() -> None:
    problem = make_problem(distance=SQUARE, name="there and back")
    copy = pickle.loads(pickle.dumps(problem))
    assert copy.name == problem.name
    assert copy.clients.ids == problem.clients.ids
    assert np.array_equal(copy.travel.distance, problem.travel.distance)


def test_an_error_lists_all_faults_and_shows_the_first_few() -> None:
    with pytest.raises(ProblemError) as caught:
        make_problem(distance=SQUARE, delivery=[-1, -2], service=[-3, -4], prize=[-1.0, float("nan")])
    assert len(caught.value.faults) == 6
    assert "clients.delivery[0, 0] is -1" in str(caught.value)
    assert "1 more" in str(caught.value)


def test_a_fault_says_where_what_and_what_else() -> None:
    assert str(Fault("clients.prize", (3,), "-1.0", "more")) == "clients.prize[3] is -1.0, expected more"
    assert str(Fault("depots.ids", (), "empty", "one")) == "depots.ids is empty, expected one"
