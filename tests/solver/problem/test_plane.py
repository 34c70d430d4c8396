"""A plane is read like the matrix that it stands for."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.problem import UNREACHABLE, PlaneMatrix, ProblemError, Solution, check, make_problem

POINTS = np.array([[0.0, 0.0], [3.0, 4.0], [0.5, 0.0], [-7.25, 2.0]])
coordinates = st.lists(st.tuples(*[st.integers(-500, 500)] * 2), min_size=1, max_size=7).map(
    lambda points: np.array(points) / 4
)
scales = st.sampled_from([0.0, 0.3, 1.0, 10.0, 1000.0])
roundings = st.sampled_from(["round", "floor"])


@given(coordinates, scales, roundings, st.data())
def test_it_is_read_like_an_array(points: Any, scale: float, rounding: Any, data: st.DataObject) -> None:
    plane = PlaneMatrix(points, scale, rounding)
    x, y = points.T
    exact = scale * np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    matrix = np.floor(exact + 0.5 if rounding == "round" else exact).astype(np.int64)[None]
    assert (plane.shape, plane.ndim) == (matrix.shape, matrix.ndim)
    assert (plane[0].shape, plane[0].ndim) == (matrix[0].shape, matrix[0].ndim)
    assert np.array_equal(np.asarray(plane), matrix)
    assert np.asarray(plane, dtype=np.int32).dtype == np.int32
    n = len(points)
    i, j = data.draw(st.integers(-n, n - 1)), data.draw(st.integers(0, n - 1))
    assert plane[0, i, j] == plane[0][i, j] == matrix[0, i, j]
    rows = np.array(data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=4)))
    columns = np.array(data.draw(st.lists(st.integers(0, n - 1), max_size=4)), dtype=int)
    for key in ((0, rows[:, None], columns), (rows * 0, rows, j), (np.zeros((3, 1), int), 0, rows), (0, rows, rows)):
        assert np.array_equal(plane[key], matrix[key])
        assert plane[key].dtype == matrix[key].dtype
    assert matrix.max() <= plane.bound


def test_ties_go_upwards() -> None:
    assert PlaneMatrix(POINTS)[0, 0, 2] == 1
    assert PlaneMatrix(POINTS, rounding="floor")[0, 0, 2] == 0


@pytest.mark.parametrize("key", [1, -2, (1, 0, 0), (np.array([0, 1]), 0, 0), (0, 4, 0), (0, 0), slice(None), "0"])
def test_what_is_not_there_is_an_error(key: Any) -> None:
    with pytest.raises(IndexError):
        PlaneMatrix(POINTS)[key]


def test_it_is_never_shared_as_an_array() -> None:
    with pytest.raises(ValueError, match="no matrix in memory"):
        np.asarray(PlaneMatrix(POINTS), copy=False)


@pytest.mark.parametrize(
    "arguments", [(POINTS[:, :1],), (POINTS[0],), (POINTS, -1.0), (POINTS, np.inf), (POINTS, np.nan), (POINTS, 1, "up")]
)
def test_what_makes_no_plane_is_refused(arguments: Any) -> None:
    with pytest.raises(ValueError, match="expected"):
        PlaneMatrix(*arguments)


def test_its_points_cannot_be_changed_but_the_callers_can() -> None:
    points = POINTS.copy()
    plane = PlaneMatrix(points)
    points[0] = 9
    assert plane[0, 0, 1] == 5
    with pytest.raises(ValueError, match="read-only"):
        plane.coordinates[0] = 9


def test_a_problem_on_a_plane_is_that_of_its_matrix() -> None:
    plane = PlaneMatrix(POINTS, 10.0)
    problem = make_problem(distance=plane)
    assert problem.travel.duration is problem.travel.distance is plane
    assert np.array_equal(problem.travel.coordinates, POINTS)
    assert (problem.travel.profiles, problem.travel.locations) == (1, 4)
    matrix = make_problem(distance=np.asarray(plane), duration=np.asarray(plane))
    solution = Solution.of([(0, (2, 0, 1))])
    assert check(problem, solution) == check(matrix, solution)
    assert make_problem(distance=plane, duration=np.zeros((4, 4))).travel.duration.shape == (1, 4, 4)


def test_it_travels_to_another_process_as_its_points() -> None:
    plane = pickle.loads(pickle.dumps(PlaneMatrix(POINTS, 2.0, "floor")))
    assert np.array_equal(np.asarray(plane), np.asarray(PlaneMatrix(POINTS, 2.0, "floor")))
    many = make_problem(distance=PlaneMatrix(np.zeros((20_000, 2))), client_location=[1])
    assert len(pickle.dumps(many)) < 10**6


@pytest.mark.parametrize("far", [UNREACHABLE, np.nan])
def test_distances_beyond_all_roads_are_a_fault(far: float) -> None:
    with pytest.raises(ProblemError) as caught:
        make_problem(distance=PlaneMatrix([[0, 0], [far, 0]]), coordinates=np.zeros((2, 2)))
    assert {fault.field for fault in caught.value.faults} == {"travel.distance", "travel.duration"}
