"""Every way in which arrays fail to be a problem is named with its array and its place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.problem import OPEN, UNLIMITED, Fault, Objective, ProblemError, make_problem
from solver.problem.limits import LARGEST
from solver.problem.validate import MOST_PER_FIELD

GOOD = {"distance": np.zeros((4, 4)), "count": [1, 1]}
NAN, INF = float("nan"), float("inf")


def faults(**given_fields: Any) -> tuple[Fault, ...]:
    try:
        make_problem(**{**GOOD, **given_fields})
    except ProblemError as error:
        return error.faults
    return ()


def test_a_good_problem_has_no_fault() -> None:
    assert faults() == ()


def matrix(row: int, column: int, value: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    made = np.zeros((4, 4), dtype=np.int64)
    made[row, column] = value
    return made


@pytest.mark.parametrize(
    ("given_fields", "field", "index"),
    [
        ({"distance": matrix(1, 2, -1), "duration": matrix(0, 0, 0)}, "travel.distance", (0, 1, 2)),
        ({"distance": matrix(1, 2, LARGEST), "duration": matrix(0, 0, 0)}, "travel.distance", (0, 1, 2)),
        ({"duration": matrix(3, 0, -5)}, "travel.duration", (0, 3, 0)),
        ({"coordinates": [[0, 0], [0, NAN], [0, 0], [0, 0]]}, "travel.coordinates", (1, 1)),
        ({"delivery": [0, -1, 0]}, "clients.delivery", (1, 0)),
        ({"pickup": [0, 0, LARGEST]}, "clients.pickup", (2, 0)),
        ({"service": [[0, 0], [0, -1], [0, 0]]}, "clients.service", (1, 1)),
        ({"prize": [0.0, INF, 0.0]}, "clients.prize", (1,)),
        ({"preference": [[0, 0], [0, 0], [-0.5, 0]]}, "clients.preference", (2, 0)),
        ({"windows": [[[0, 1]], [[-1, 1]], [[0, 1]]]}, "clients.windows", (1, 0, 0, 0)),
        ({"windows": [[[0, 1]], [[0, UNLIMITED + 1]], [[0, 1]]]}, "clients.windows", (1, 0, 0, 1)),
        ({"windows": [[[0, 1]], [[3, 2]], [[0, 1]]]}, "clients.windows", (1, 0, 0)),
        ({"windows": [[[0, 1], [1, 2]], [[0, 1], [0, 1]], [[0, 1], [2, 3]]]}, "clients.windows", (0, 0, 1)),
        ({"windows": [[[5, 6], [1, 2]], [[0, 1], [0, 1]], [[0, 1], [2, 3]]]}, "clients.windows", (0, 0, 1)),
        ({"client_location": [1, 4, 2]}, "clients.location", (1,)),
        ({"client_location": [1, -1, 2]}, "clients.location", (1,)),
        ({"depot_location": [4], "client_location": [1, 2, 3]}, "depots.location", (0,)),
        ({"depot_opening": [-1]}, "depots.opening", (0,)),
        ({"depot_closing": [UNLIMITED + 1]}, "depots.closing", (0,)),
        ({"depot_opening": [9], "depot_closing": [8]}, "depots.opening", (0,)),
        ({"count": [1, -1]}, "vehicles.count", (1,)),
        ({"capacity": [[1], [-1]]}, "vehicles.capacity", (1, 0)),
        ({"start_depot": [0, 1], "end_depot": [0, 0]}, "vehicles.start_depot", (1,)),
        ({"start_depot": [0, OPEN], "end_depot": [0, 0]}, "vehicles.start_depot", (1,)),
        ({"end_depot": [0, OPEN - 1]}, "vehicles.end_depot", (1,)),
        ({"shift_start": [0, -1]}, "vehicles.shift_start", (1,)),
        ({"shift_start": [0, 5], "shift_end": [9, 4]}, "vehicles.shift_start", (1,)),
        ({"shift_end": [9, UNLIMITED + 1]}, "vehicles.shift_end", (1,)),
        ({"fixed_cost": [0.0, -1.0]}, "vehicles.fixed_cost", (1,)),
        ({"distance_cost": [0.0, NAN]}, "vehicles.distance_cost", (1,)),
        ({"duration_cost": [0.0, float(LARGEST)]}, "vehicles.duration_cost", (1,)),
        ({"max_distance": [1, -1]}, "vehicles.max_distance", (1,)),
        ({"max_duration": [1, -1]}, "vehicles.max_duration", (1,)),
        ({"max_stops": [1, -1]}, "vehicles.max_stops", (1,)),
        ({"profile": [0, 1]}, "vehicles.profile", (1,)),
        ({"release": [0, -1, 0]}, "clients.release", (1,)),
        ({"release": [0, 0, LARGEST]}, "clients.release", (2,)),
        ({"group": [-1, -2, -1]}, "clients.group", (1,)),
        ({"group": [-1, 3, -1]}, "clients.group", (1,)),
        ({"group": [2, 0, 0]}, "clients.group", (0,)),
        ({"group": [0, 1, 0], "required": [True, True, False]}, "clients.required", (2,)),
        ({"group": [0, 1, 0], "required": [False] * 3, "prize": [1, 2, 3]}, "clients.prize", (2,)),
        ({"max_trips": [1, 0]}, "vehicles.max_trips", (1,)),
        ({"max_trips": [1, UNLIMITED + 1]}, "vehicles.max_trips", (1,)),
        ({"reload_depot": [OPEN, 1]}, "vehicles.reload_depot", (1,)),
        ({"max_trips": [1, 2]}, "vehicles.reload_depot", (1,)),
        ({"max_trips": [1, 2], "reload_depot": [0, 0], "end_depot": [0, OPEN]}, "vehicles.reload_depot", (1,)),
        ({"backhauls": [0, 3]}, "vehicles.backhauls", (1,)),
        ({"backhauls": [0, 1], "delivery": [1, 1, 0], "pickup": [0, 2, 3]}, "clients.pickup", (1,)),
        ({"locked_vehicle": [-1, 2, -1]}, "locks.vehicle", (1,)),
        ({"locked_vehicle": [-1, -2, -1]}, "locks.vehicle", (1,)),
        ({"locked_vehicle": [-1, 1, -1], "allowed": [[1, 1], [1, 0], [1, 1]]}, "locks.vehicle", (1,)),
        ({"locked_vehicle": [0, -1, 1], "group": [0, -1, 0]}, "locks.vehicle", (2,)),
        ({"locked_position": [-1, 0, -1]}, "locks.position", (1,)),
        ({"locked_vehicle": [0] * 3, "locked_position": [0, 3, 1]}, "locks.position", (1,)),
        ({"locked_vehicle": [0] * 3, "locked_position": [0, 1, 0]}, "locks.position", (2,)),
        ({"locked_vehicle": [1] * 3, "locked_position": [0, 2, 1], "max_stops": [9, 2]}, "locks.position", (1,)),
        ({"driven": [False, True, False], "locked_vehicle": [0, 0, 0]}, "locks.driven", (1,)),
        (
            {"driven": [True, True, False], "locked_vehicle": [0] * 3, "locked_position": [0, 2, 1]},
            "locks.driven",
            (1,),
        ),
        (
            {"driven": [True, True, False], "locked_vehicle": [0, 1, 0], "locked_position": [0, 1, -1]},
            "locks.driven",
            (1,),
        ),
        ({"window_profile": [0, 1]}, "vehicles.window_profile", (1,)),
        ({"windows": np.zeros((3, 0, 1, 2))}, "clients.windows", ()),
        ({"windows": [[[[0, 1]], [[0, 1]]], [[[0, 1]], [[3, 2]]], [[[0, 1]], [[0, 1]]]]}, "clients.windows", (1, 1, 0)),
        ({"published_vehicle": [0, 2, 0]}, "published.vehicle", (1,)),
        ({"published_weight": -1.0}, "published.weight", ()),
        ({"published_weight": NAN}, "published.weight", ()),
        ({"objective": Objective(duration=-0.5)}, "objective.duration", ()),
        ({"objective": Objective(change=INF)}, "objective.change", ()),
        ({"client_ids": ["a", "b", "a"]}, "clients.ids", ()),
        ({"depot_ids": ["a", "a"], "depot_location": [0, 1]}, "depots.ids", ()),
        ({"vehicle_ids": ["a", "a"]}, "vehicles.ids", ()),
        ({"windows": np.zeros((3, 0, 2))}, "clients.windows", ()),
    ],
)
def test_the_one_wrong_entry_is_named(given_fields: dict[str, Any], field: str, index: tuple[int, ...]) -> None:
    (fault,) = faults(**given_fields)
    assert (fault.field, fault.index) == (field, index)
    assert fault.expected


@pytest.mark.parametrize(
    ("given_fields", "field"),
    [
        ({"distance": np.zeros((4, 5)), "client_location": [1, 2, 3]}, "travel.distance"),
        ({"distance": np.zeros(4), "client_location": [1, 2, 3]}, "travel.distance"),
        ({"duration": np.zeros((3, 3))}, "travel.duration"),
        ({"coordinates": np.zeros((3, 2))}, "travel.coordinates"),
        ({"delivery": [1, 2]}, "clients.delivery"),
        ({"delivery": [[1, 1]] * 3}, "clients.delivery"),
        ({"pickup": [1, 2]}, "clients.pickup"),
        ({"service": np.zeros((3, 3))}, "clients.service"),
        ({"windows": np.zeros((2, 1, 2))}, "clients.windows"),
        ({"required": [True]}, "clients.required"),
        ({"prize": [1.0]}, "clients.prize"),
        ({"allowed": np.ones((3, 1))}, "clients.allowed"),
        ({"preference": np.zeros((2, 2))}, "clients.preference"),
        ({"release": [1]}, "clients.release"),
        ({"group": [0, 0]}, "clients.group"),
        ({"max_trips": [1]}, "vehicles.max_trips"),
        ({"reload_depot": [0, 0, 0]}, "vehicles.reload_depot"),
        ({"backhauls": [0]}, "vehicles.backhauls"),
        ({"locked_vehicle": [0]}, "locks.vehicle"),
        ({"locked_position": [[0, 0, 0]]}, "locks.position"),
        ({"driven": [True]}, "locks.driven"),
        ({"published_vehicle": [0, 0]}, "published.vehicle"),
        ({"client_ids": ["a"]}, "clients.location"),
        ({"depot_opening": [0, 0]}, "depots.opening"),
        ({"depot_closing": [0, 0]}, "depots.closing"),
        ({"depot_ids": ["a", "b"]}, "depots.location"),
        ({"count": [1, 1], "shift_end": [1]}, "vehicles.shift_end"),
        ({"vehicle_ids": ["a"]}, "vehicles.count"),
    ],
)
def test_a_shape_that_does_not_fit_is_named(given_fields: dict[str, Any], field: str) -> None:
    named = [fault for fault in faults(**given_fields) if not fault.index]
    assert field in [fault.field for fault in named]


def test_what_is_given_without_contradiction_is_a_problem() -> None:
    assert not faults(
        group=[0, -1, 0],
        max_trips=[1, 2],
        reload_depot=[OPEN, 0],
        backhauls=[0, 2],
        pickup=[0, 0, 3],
        delivery=[1, 1, 1],
        allowed=[[1, 1], [1, 1], [1, 0]],
        locked_vehicle=[0, 1, -1],
        locked_position=[0, 2, -1],
        driven=[True, False, False],
        published_vehicle=[-1, 1, 0],
        published_weight=2.5,
        objective=Objective(fixed=0.0),
    )


def test_a_contradiction_names_the_client_and_whom_it_contradicts() -> None:
    (fault,) = faults(locked_vehicle=[0] * 3, locked_position=[0, 1, 0])
    assert str(fault) == ("locks.position[2] is 0, expected another position, as client 0 keeps it on vehicle 0")
    (fault,) = faults(max_trips=[1, 2], depot_location=[0, 1], client_location=[2, 3, 1], reload_depot=[0, 1])
    assert "1 with 2 trips from depot 0 to depot 0" in str(fault)
    assert "other reload depots are not supported" in str(fault)


def test_contradictions_do_not_make_a_million_lines_either() -> None:
    n = 40
    found = faults(distance=np.zeros((n + 1, n + 1)), backhauls=[0, 1], delivery=[1] * n, pickup=[1] * n)
    assert len(found) == MOST_PER_FIELD


def test_there_has_to_be_a_depot_and_a_vehicle_type() -> None:
    found = faults(depot_location=[], client_location=[1], start_depot=[0, 0])
    assert "depots.ids" in [fault.field for fault in found]
    nobody = faults(count=[], vehicle_ids=[])
    assert "vehicles.ids" in [fault.field for fault in nobody]


def test_a_matrix_full_of_faults_does_not_make_a_million_lines() -> None:
    assert len(faults(distance=np.full((40, 40), -1), duration=np.zeros((40, 40)))) == MOST_PER_FIELD


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(st.integers(-2, 3) | st.sampled_from([LARGEST, UNLIMITED + 1]), max_size=3)
            for name in (
                "delivery", "pickup", "service", "count", "capacity", "start_depot", "end_depot", "shift_start",
                "shift_end", "max_stops", "profile", "depot_location", "client_location", "depot_opening",
                "fixed_cost", "prize", "release", "group", "max_trips", "reload_depot", "backhauls",
                "locked_vehicle", "locked_position", "driven", "published_vehicle",
            )
        },
    )
)  # fmt: skip
def test_whatever_is_given_is_a_problem_or_a_named_fault(given_fields: dict[str, Any]) -> None:
    for fault in faults(**given_fields):
        assert fault.field
        assert fault.expected
