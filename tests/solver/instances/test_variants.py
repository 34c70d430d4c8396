"""Reading what PyVRP's dialect adds: backhauls, groups, release times, several trips, and planes without a matrix."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import vrplib
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.instances import InstanceError, Rounding, UnsupportedError, read_instance, read_sol, write_sol
from solver.instances import distances as distances_of_instances
from solver.instances.distances import euclidean, in_plane
from solver.problem import ALONE, OPEN, UNLIMITED, Backhauls, PlaneMatrix, Route, Solution, check
from tests.solver.instances.test_reader import CVRP, SOLOMON, assert_damage_is_read_or_refused, saved

TRIPS = """NAME: trips
TYPE: MTVRPTWR
DIMENSION: 5
VEHICLES: 3
CAPACITY: 10
VEHICLES_MAX_RELOADS: 1
EDGE_WEIGHT_TYPE: EUC_2D
NODE_COORD_SECTION
1 0 0
2 30 40
3 3 4
4 0 2.6
5 6 8
DEMAND_SECTION
1 0
2 4
3 5
4 6
5 3
TIME_WINDOW_SECTION
1 0 400
2 0 400
3 0 400
4 0 400
5 0 400
RELEASE_TIME_SECTION
1 0
2 0
3 12.55
4 7
5 0
VEHICLES_RELOAD_DEPOT_SECTION
1 1
2
3 1
DEPOT_SECTION
1
-1
EOF
"""

GROUPS = "MUTUALLY_EXCLUSIVE_GROUP_SECTION\n1 3\n2 4 2\n3\n"


def with_section(section: str, text: str = CVRP) -> str:
    return text.replace("DEPOT_SECTION\n1\n", f"{section}DEPOT_SECTION\n1\n")


@pytest.mark.parametrize(("variant", "order"), [("VRPB", Backhauls.LOADED), ("CVRP", Backhauls.MIXED)])
def test_backhauls_come_last_where_the_type_says_so(tmp_path: Path, variant: str, order: Backhauls) -> None:
    text = with_section("BACKHAUL_SECTION\n1 0\n2 0\n3 0\n4 7\n", CVRP.replace("4 6", "4 0"))
    problem = read_instance(saved(tmp_path, text.replace(": CVRP", f": {variant}"))).problem
    assert problem.clients.delivery[:, 0].tolist() == [4, 5, 0]
    assert problem.clients.pickup[:, 0].tolist() == [0, 0, 7]
    assert problem.vehicles.backhauls.tolist() == [order]


def test_deliveries_have_two_names_of_which_the_first_counts(tmp_path: Path) -> None:
    text = CVRP.replace("DEMAND_SECTION", "LINEHAUL_SECTION")
    assert read_instance(saved(tmp_path, text)).problem.clients.delivery[:, 0].tolist() == [4, 5, 6]
    text = with_section("LINEHAUL_SECTION\n1 0\n2 1\n3 1\n4 1\n")
    assert read_instance(saved(tmp_path, text)).problem.clients.delivery[:, 0].tolist() == [4, 5, 6]


def test_a_group_of_one_is_no_group(tmp_path: Path) -> None:
    clients = read_instance(saved(tmp_path, with_section(GROUPS), "GVRP")).problem.clients
    assert clients.group.tolist() == [0, ALONE, 0]
    assert clients.required.all()


def test_a_node_in_two_groups_and_a_prize_in_a_group_are_refused(tmp_path: Path) -> None:
    twice = with_section("MUTUALLY_EXCLUSIVE_GROUP_SECTION\n1 2 3\n2 3 4\n")
    with pytest.raises(InstanceError, match="line 19: MUTUALLY_EXCLUSIVE_GROUP_SECTION has 3 twice"):
        read_instance(saved(tmp_path, twice))
    prized = with_section(GROUPS + "PRIZE_SECTION\n1 0\n2 3\n3 3\n4 0\n")
    with pytest.raises(UnsupportedError, match="prizes of clients in groups"):
        read_instance(saved(tmp_path, prized))


def test_trips_and_release_times(tmp_path: Path) -> None:
    instance = read_instance(saved(tmp_path, TRIPS, "MTVRPTWR"))
    problem = instance.problem
    assert problem.clients.release.tolist() == [0, 125, 70, 0]
    assert instance.fleet.types == (0, 1, 0)
    assert problem.vehicles.max_trips.tolist() == [2, 1]
    assert problem.vehicles.reload_depot.tolist() == [0, OPEN]
    free = TRIPS.replace("VEHICLES_MAX_RELOADS: 1\n", "")
    assert read_instance(saved(tmp_path, free)).problem.vehicles.max_trips.tolist() == [UNLIMITED, 1]
    each = with_section("VEHICLES_MAX_RELOADS_SECTION\n1 2\n2 2\n3 0\n", free)
    assert read_instance(saved(tmp_path, each)).problem.vehicles.max_trips.tolist() == [3, 1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("RELOADS: 1", "RELOADS: 1.5", "VEHICLES_MAX_RELOADS is 1.5, expected a whole number"),
        ("RELOADS: 1", "RELOADS: -1", "VEHICLES_MAX_RELOADS is -1, expected a whole number"),
        ("2\n3 1\nDEPOT_SECTION\n1\n", "2\n3 2\nDEPOT_SECTION\n1\n2\n", "reload depots other than a vehicle's own"),
        ("2\n3 1\n", "2\n3 2\n", "has '2', expected a node number 1 to 1"),
        ("3 12.55", "3 -1", "RELEASE_TIME of node 3 is -1, expected a number that is not negative"),
    ],
)
def test_faults_of_trips(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = TRIPS.replace("2 4\n3 5", "2 0\n3 5")  # so that node 2 may be a depot too
    assert old in text
    with pytest.raises(InstanceError) as caught:
        read_instance(saved(tmp_path, text.replace(old, new, 1), "MTVRPTWR"))
    assert message in str(caught.value)


def test_trips_of_a_solution_are_written_as_others_read_them(tmp_path: Path) -> None:
    instance = read_instance(saved(tmp_path, TRIPS, "MTVRPTWR"))
    solution = Solution.of([Route(0, (2, 0, 3), vehicle=1, reloads=(1,)), Route(1, (1,))])
    path = tmp_path / "one.sol"
    write_sol(path, instance, solution, 1.0)
    assert path.read_text() == "Route #1:\nRoute #2: 2\nRoute #3: 3 0 1 4\nCost 1\n"
    assert vrplib.read_solution(path)["routes"] == [[], [2], [3, 0, 1, 4]]
    assert read_sol(path, instance) == Solution.of([Route(1, (1,)), Route(0, (2, 0, 3), reloads=(1,))])
    with pytest.raises(ValueError, match="more routes than vehicles of type 0"):
        write_sol(path, instance, Solution.of([Route(0, (0,), vehicle=1), Route(0, (1,), vehicle=1)]), 1.0)


def test_reloads_without_clients_between_them_change_nothing(tmp_path: Path) -> None:
    instance = read_instance(saved(tmp_path, TRIPS, "MTVRPTWR"))
    path = saved(tmp_path, "Route #1: 0 1 2 0 0 3 4 0\nRoute #2:\n", name="one.sol")
    assert read_sol(path, instance) == Solution.of([Route(0, (0, 1, 2, 3), reloads=(2,))])
    path.write_text("Route #1: 1\nRoute #2: 2 0 3\n")
    with pytest.raises(InstanceError, match=r"line 2: visit '0', expected a client 1 to 4$"):
        read_sol(path, instance)
    path.write_text("Route #1: 1 7\n")
    with pytest.raises(InstanceError, match="visit '7', expected a client 1 to 4, or the depot 0 where"):
        read_sol(path, instance)


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(range(4)), cut=st.integers(0, 4), reload=st.integers(1, 3))
def test_trips_that_are_written_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int, reload: int
) -> None:
    folder = tmp_path_factory.mktemp("trips")
    instance = read_instance(saved(folder, TRIPS, "MTVRPTWR"))
    solution = Solution.of(
        Route(0, tuple(part), vehicle=vehicle, reloads=(reload,) if reload < len(part) else ())
        for vehicle, part in enumerate((order[:cut], order[cut:]))
    )
    path = folder / "one.sol"
    write_sol(path, instance, solution, 0)
    again = read_sol(path, instance)
    assert [(route.clients, route.reloads) for route in again.routes] == [
        (route.clients, route.reloads) for route in solution.routes
    ]
    assert check(instance.problem, again).costs == check(instance.problem, solution).costs


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("divide", [1, 2, 10, 1000])
def test_a_plane_has_the_entries_of_the_matrix(
    monkeypatch: pytest.MonkeyPatch, rounding: Rounding, divide: int
) -> None:
    points = np.random.default_rng(7).integers(-900, 900, (90, 2)) / divide
    matrix = in_plane(points, rounding)
    assert isinstance(matrix, np.ndarray)
    monkeypatch.setattr(distances_of_instances, "MOST_EXPANDED", 89)
    plane = in_plane(points, rounding)
    assert isinstance(plane, PlaneMatrix)
    assert np.array_equal(np.asarray(plane)[0], matrix)
    assert np.array_equal(matrix, euclidean(points, rounding))


@pytest.mark.parametrize(("kind", "text"), [("CVRP", CVRP), ("MTVRPTWR", TRIPS), ("SOLOMON", SOLOMON)])
def test_large_instances_have_no_matrix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, text: str) -> None:
    path = saved(tmp_path, text, kind)
    small = read_instance(path).problem
    monkeypatch.setattr(distances_of_instances, "MOST_EXPANDED", 2)
    large = read_instance(path).problem
    assert isinstance(large.travel.distance, PlaneMatrix)
    assert large.travel.duration is large.travel.distance
    assert np.array_equal(np.asarray(large.travel.distance), small.travel.distance)
    assert np.array_equal(large.travel.coordinates, small.travel.coordinates)
    solution = Solution.of([(0, range(small.clients.number))])
    assert check(large, solution) == check(small, solution)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), base=st.sampled_from([("MTVRPTWR", TRIPS), ("GVRP", with_section(GROUPS))]))
def test_damaged_files_are_read_or_refused_but_never_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, base: tuple[str, str]
) -> None:
    assert_damage_is_read_or_refused(tmp_path_factory.mktemp("damaged"), *base, data)
