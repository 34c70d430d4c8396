from pathlib import Path

import numpy as np
import pytest

from app.io import read_scenario
from app.io.benchmark_files import read_solomon, read_vrplib
from app.model.compile import compile_scenario
from app.model.scenario import Access, Rounding, TravelSource

CVRP = """NAME : tiny
COMMENT : (nobody, here: now)
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 9
NODE_COORD_SECTION
1 0 0
2 3 4
3 1 1
4 5 12
DEMAND_SECTION
1 0
2 3
3 4
4 5
DEPOT_SECTION
1
-1
EOF
"""
EXPLICIT = """NAME : matrix
TYPE : CVRP
DIMENSION : 3
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : LOWER_ROW
CAPACITY : 9
EDGE_WEIGHT_SECTION
7
8 2.5
DEMAND_SECTION
1 0
2 3
3 4
DEPOT_SECTION
1
-1
EOF
"""
WINDOWS = """NAME : windows
TYPE : SDVRPTW
DIMENSION : 4
VEHICLES : 3
VEHICLES_MAX_DURATION : 50
EDGE_WEIGHT_TYPE : EUC_2D
SERVICE_TIME : 1.5
NODE_COORD_SECTION
1 0 0
2 3 4
3 1 1
4 5 12
DEMAND_SECTION
1 0
2 3
3 4
4 5
TIME_WINDOW_SECTION
1 0 100
2 10 20
3 0 50
4 5 90
CAPACITY_SECTION
1 10
2 10
3 20
VEHICLES_ALLOWED_CLIENTS_SECTION
1 2 3
2 2 3
3 2 3 4
DEPOT_SECTION
1
-1
EOF
"""
SOLOMON = """C101

VEHICLE
NUMBER     CAPACITY
  25         200

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      40         50          0          0       1236          0
    1      45         68         10        912        967         90
    2      45         70         30        825        870         90
"""


def test_a_unit_is_a_kilometre_a_minute_and_a_cost_of_one() -> None:
    scenario, issues = read_vrplib("tiny.vrp", CVRP.encode())
    assert issues == []
    assert scenario is not None
    assert (scenario.settings.travel, scenario.settings.rounding) == (TravelSource.PLANE, Rounding.NEAREST)
    problem = compile_scenario(scenario)
    np.testing.assert_array_equal(problem.travel.distance[0, 0], [0, 5000, 1000, 13000])
    np.testing.assert_array_equal(problem.travel.duration[0, 0], [0, 300, 60, 780])
    assert problem.vehicles.distance_cost[0] * 5000 == pytest.approx(5)
    assert problem.clients.ids == ("1", "2", "3")
    assert problem.vehicles.count[0] == 3


def test_explicit_weights_become_a_matrix() -> None:
    scenario, issues = read_vrplib("m.vrp", EXPLICIT.encode())
    assert issues == []
    assert scenario is not None
    problem = compile_scenario(scenario)
    np.testing.assert_array_equal(problem.travel.distance[0], [[0, 7000, 8000], [7000, 0, 2500], [8000, 2500, 0]])
    np.testing.assert_array_equal(problem.travel.duration[0, 0], [0, 420, 480])


def test_windows_and_kinds_of_vehicles() -> None:
    scenario, issues = read_vrplib("w.vrp", WINDOWS.encode())
    assert issues == []
    assert scenario is not None
    assert scenario.customers["1"].windows == ((600, 1200),)
    assert scenario.customers["1"].service == 90
    assert scenario.depots["0"].hours == (0, 6000)
    assert [(one.count, one.capacity, one.max_duration) for one in scenario.vehicles.values()] == [
        (2, (10.0,), 3000),
        (1, (20.0,), 3000),
    ]
    profile = scenario.profiles[scenario.customers["3"].profile]
    assert profile.rule("type 1").access is Access.FORBIDDEN
    assert profile.rule("type 2").access is Access.ALLOWED
    assert scenario.customers["1"].profile == ""


def test_what_is_not_supported_is_said_and_left_out() -> None:
    text = CVRP.replace("DEPOT_SECTION", "BACKHAUL_SECTION\n1 0\n2 0\n3 4\n4 0\nDEPOT_SECTION").replace(
        "TYPE :", "MAX_TRIPS : 3\nTYPE :", 1
    )
    scenario, issues = read_vrplib("b.vrp", text.encode())
    assert scenario is not None
    assert {(issue.row, issue.value) for issue in issues} == {(3, "MAX_TRIPS"), (18, "BACKHAUL_SECTION")}


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        ("2 3 4", "2 3 x", 9),
        ("2 3 4", "2 3", 9),
        ("2 3 4", "5 3 4", 9),
        ("3 1 1\n", "", 7),
        ("DIMENSION : 4", "DIMENSION : four", 4),
        ("DIMENSION : 4", "DIMENSION : 999999999", 4),
        ("EUC_2D", "GEO", 5),
        ("DEMAND_SECTION", "PRIZE_SECTION", 0),
        ("DEPOT_SECTION\n1", "DEPOT_SECTION\n9", 0),
        ("NAME : tiny", "hello", 1),
    ],
)
def test_a_damaged_file_is_refused_with_the_line(old: str, new: str, row: int) -> None:
    scenario, issues = read_vrplib("tiny.vrp", CVRP.replace(old, new, 1).encode())
    assert scenario is None
    assert row in {issue.row for issue in issues}


def test_solomon() -> None:
    scenario, issues = read_solomon("c101.txt", SOLOMON.encode())
    assert issues == []
    assert scenario is not None
    assert scenario.settings.rounding is Rounding.TRUNCATED
    assert scenario.vehicles["vehicle"].count == 25
    assert scenario.customers["1"].windows == ((912 * 60, 967 * 60),)
    assert scenario.vehicles["vehicle"].shift == (0, 1236 * 60)
    problem = compile_scenario(scenario)
    assert problem.travel.distance[0, 0, 1] == 18600  # 18.68 to one decimal, downwards


@pytest.mark.parametrize(
    ("old", "new"), [("  25  ", "  x  "), ("    1      45", "    7      45"), ("VEHICLE", "CAR"), ("967", "")]
)
def test_a_damaged_solomon_file_is_refused(old: str, new: str) -> None:
    scenario, issues = read_solomon("c101.txt", SOLOMON.replace(old, new, 1).encode())
    assert scenario is None
    assert issues


def test_the_suffix_tells_the_format(tmp_path: Path) -> None:
    (tmp_path / "a.VRP").write_text(CVRP)
    (tmp_path / "a.txt").write_text(SOLOMON)
    assert read_scenario(tmp_path / "a.VRP").complete
    assert read_scenario(tmp_path / "a.txt").complete
