"""Reading VRPLIB and Solomon files: what is understood, and what is refused with which words."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
import vrplib
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.instances import InstanceError, UnsupportedError, read_instance
from solver.instances.distances import TRIANGLES
from solver.problem import UNLIMITED

CVRP = """NAME : tiny
COMMENT : made up
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 10
NODE_COORD_SECTION
1 0 0
2 3 4
3 1.5 0
4 0 2.6
DEMAND_SECTION
1 0
2 4
3 5
4 6
DEPOT_SECTION
1
-1
EOF
"""

RICH = """NAME: rich
TYPE: MDVRPTW
DIMENSION: 5
VEHICLES: 4
VEHICLES_MAX_DURATION: 50
EDGE_WEIGHT_TYPE: EUC_2D
SERVICE_TIME: 2
NODE_COORD_SECTION
1\t0\t0
2\t10\t0
3\t1.5\t0
4\t0\t2.25
5\t7\t7
DEMAND_SECTION
1\t0
2\t0
3\t5
4\t6
5\t7
TIME_WINDOW_SECTION
1\t0\t100
2\t5\t90
3\t10\t20
4\t0\t30.5
5\t0\t100
CAPACITY_SECTION
1\t20
2\t10
3\t20
4\t20
VEHICLES_DEPOT_SECTION
1\t1
2\t1
3\t1
4\t2
VEHICLES_FIXED_COST_SECTION
1\t7
2\t3
3\t7
4\t7
VEHICLES_ALLOWED_CLIENTS_SECTION
1\t3\t4\t5
2\t3
3\t3\t4\t5
4\t3\t4\t5
DEPOT_SECTION
1
2
EOF
"""

SOLOMON = """R1
VEHICLE
NUMBER     CAPACITY
  25         200

CUSTOMER
CUST NO.   XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      35         35          0          0       230          0
    1      41         49         10        161       171         10
    2      35         17          7         50        60         10
"""

JUNK = ["", " ", "\n", "-", "1e308", "inf", "nan", ":", "_SECTION\n", "9" * 25, "é", "\x1c", "1 2 3\n"]


def saved(folder: Path, text: str, kind: str = "CVRP", name: str = "one.vrp") -> Path:
    path = folder / kind / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_a_capacitated_instance_has_no_limit_on_vehicles(tmp_path: Path) -> None:
    instance = read_instance(saved(tmp_path, CVRP))
    problem = instance.problem
    assert (instance.name, instance.kind, problem.name) == ("one", "CVRP", "tiny")
    assert problem.vehicles.count.tolist() == [3]
    assert problem.vehicles.capacity.tolist() == [[10]]
    assert problem.clients.ids == ("2", "3", "4")
    assert problem.clients.delivery[:, 0].tolist() == [4, 5, 6]
    assert problem.travel.distance[0].tolist() == [[0, 5, 2, 3], [5, 0, 4, 3], [2, 4, 0, 3], [3, 3, 3, 0]]
    assert problem.clients.windows.max() == UNLIMITED


@pytest.mark.parametrize(("kind", "leg"), [("CVRP", 3), ("PCVRPTW", 26), ("SDVRPTW", 2600)])
def test_the_folder_fixes_the_rounding_and_a_given_kind_overrules_it(tmp_path: Path, kind: str, leg: int) -> None:
    assert read_instance(saved(tmp_path, CVRP, kind)).problem.travel.distance[0, 0, 3] == leg
    assert read_instance(saved(tmp_path, CVRP, "HFVRP"), kind).problem.travel.distance[0, 0, 3] == leg
    assert read_instance(saved(tmp_path, CVRP, "anywhere")).kind == "CVRP"


def test_vehicles_of_equal_attributes_are_one_type(tmp_path: Path) -> None:
    instance = read_instance(saved(tmp_path, RICH, "MDVRPTW"))
    vehicles, clients, depots = instance.problem.vehicles, instance.problem.clients, instance.problem.depots
    assert instance.fleet.types == (0, 1, 0, 2)
    assert vehicles.ids == ("vehicles 1 3", "vehicle 2", "vehicle 4")
    assert vehicles.count.tolist() == [2, 1, 1]
    assert vehicles.capacity[:, 0].tolist() == [20, 10, 20]
    assert vehicles.start_depot.tolist() == vehicles.end_depot.tolist() == [0, 0, 1]
    assert vehicles.fixed_cost.tolist() == [7000, 3000, 7000]
    assert vehicles.max_duration.tolist() == [50_000] * 3
    assert clients.allowed.tolist() == [[True, True, True], [True, False, True], [True, False, True]]
    assert clients.service.tolist() == [[2000] * 3] * 3
    assert clients.windows[:, 0, 0].tolist() == [[10_000, 20_000], [0, 30_500], [0, 100_000]]
    assert (depots.opening.tolist(), depots.closing.tolist()) == ([0, 5000], [100_000, 90_000])


def test_a_prize_makes_a_client_optional(tmp_path: Path) -> None:
    text = CVRP.replace("DEPOT_SECTION", "PRIZE_SECTION\n1 0\n2 0\n3 8.19\n4 1\nDEPOT_SECTION")
    clients = read_instance(saved(tmp_path, text, "PCVRPTW")).problem.clients
    assert clients.required.tolist() == [True, False, False]
    assert clients.prize.tolist() == [0, 81, 10]


def test_solomons_format(tmp_path: Path) -> None:
    instance = read_instance(saved(tmp_path, SOLOMON, "SOLOMON", "R101.txt"))
    problem = instance.problem
    assert instance.kind == "SOLOMON"
    assert (problem.vehicles.count.tolist(), problem.vehicles.capacity.tolist()) == ([25], [[200]])
    assert problem.travel.distance[0].tolist() == [[0, 152, 180], [152, 0, 325], [180, 325, 0]]
    assert problem.clients.windows[:, 0, 0].tolist() == [[1610, 1710], [500, 600]]
    assert problem.clients.service[:, 0].tolist() == [100, 100]
    assert problem.depots.closing.tolist() == [2300]
    assert instance.fleet.types == (0,) * 25


@settings(max_examples=40, deadline=None)
@given(
    points=st.lists(st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=2, max_size=8),
    divide=st.sampled_from([1, 10, 1000]),
)
def test_it_reads_what_the_vrplib_package_reads(
    tmp_path_factory: pytest.TempPathFactory, points: list[tuple[int, int]], divide: int
) -> None:
    coordinates = "".join(f"{i} {x / divide} {y / divide}\n" for i, (x, y) in enumerate(points, start=1))
    demands = "".join(f"{i} {i - 1}\n" for i in range(1, len(points) + 1))
    text = (
        f"NAME: h\nTYPE: CVRP\nDIMENSION: {len(points)}\nCAPACITY: 99\nEDGE_WEIGHT_TYPE: EUC_2D\n"
        f"NODE_COORD_SECTION\n{coordinates}DEMAND_SECTION\n{demands}DEPOT_SECTION\n1\n-1\nEOF\n"
    )
    path = saved(tmp_path_factory.mktemp("h"), text)
    with np.errstate(invalid="ignore"):  # of points that are nearly the same it takes the root of less than nothing
        theirs = vrplib.read_instance(path)
    ours = read_instance(path).problem
    assert (np.abs(ours.travel.distance[0] - np.nan_to_num(theirs["edge_weight"])) <= 0.5 + 1e-3).all()
    assert np.array_equal(ours.clients.delivery[:, 0], theirs["demand"][1:])
    assert np.allclose(ours.travel.coordinates, theirs["node_coord"])


@pytest.mark.parametrize("layout", ["FULL_MATRIX", *TRIANGLES])
def test_explicit_distances(tmp_path: Path, layout: str) -> None:
    full = np.array([[0, 1, 2], [1, 0, 3], [2, 3, 0]])
    numbers = {
        "FULL_MATRIX": full.ravel(),
        "LOWER_ROW": [1, 2, 3],
        "LOWER_DIAG_ROW": [0, 1, 0, 2, 3, 0],
        "UPPER_ROW": [1, 2, 3],
        "UPPER_DIAG_ROW": [0, 1, 2, 0, 3, 0],
    }[layout]
    text = (
        f"TYPE: CVRP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: {layout}\n"
        f"EDGE_WEIGHT_SECTION\n{' '.join(map(str, numbers[:2]))}\n{' '.join(map(str, numbers[2:]))}\nEOF\n"
    )
    assert np.array_equal(read_instance(saved(tmp_path, text)).problem.travel.distance[0], full)
    with pytest.raises(InstanceError, match=r"EDGE_WEIGHT_SECTION has \d+ numbers, expected"):
        read_instance(saved(tmp_path, text.replace("EOF", "7\nEOF")))


@pytest.mark.parametrize(
    ("section", "feature"),
    [
        ("PICKUP_AND_DELIVERY_SECTION\n1 0", "paired pickup and delivery"),
        ("NEVER_HEARD_OF_SECTION\n1 0", "NEVER_HEARD_OF"),
    ],
)
def test_what_is_not_supported_is_refused_and_never_ignored(tmp_path: Path, section: str, feature: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        read_instance(saved(tmp_path, CVRP.replace("DEPOT_SECTION", f"{section}\nDEPOT_SECTION")))
    assert str(caught.value).endswith(f"not supported yet: {feature}")


@pytest.mark.parametrize("change", [("CAPACITY :", "DISTANCE : 200\nCAPACITY :"), (": CVRP", ": TSP")])
def test_keys_and_types_that_change_the_problem_are_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    with pytest.raises(UnsupportedError, match="not supported yet"):
        read_instance(saved(tmp_path, CVRP.replace(*change)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2 3 4\n", "2 3 x\n", "line 9: NODE_COORD_SECTION has 'x', expected a number"),
        ("2 3 4\n", "2 3 nan\n", "line 9: NODE_COORD_SECTION has 'nan', expected a number"),
        ("2 3 4\n", "2 3\n", "line 9: NODE_COORD_SECTION has 2 numbers in this row, expected 3"),
        ("2 3 4\n", "", "line 7: NODE_COORD_SECTION has 3 rows, expected 4"),
        ("2 3 4\n", "3 3 4\n", "line 9: NODE_COORD_SECTION starts this row with '3', expected 2"),
        ("2 4\n", "2 4.5\n", "demand or capacity is 4.5, expected whole numbers"),
        ("2 4\n", "2 -4\n", "DEMAND of node 2 is -4, expected a number that is not negative"),
        ("1 0\n2 4\n", "1 3\n2 4\n", "DEMAND of node 1 is 3, expected 0, as it is a depot"),
        ("DIMENSION : 4", "DIMENSION : four", "line 4: DIMENSION has 'four', expected a number"),
        ("DIMENSION : 4", "DIMENSION : 1000000000", "DIMENSION is 1000000000, expected at most"),
        ("DIMENSION : 4\n", "", "DIMENSION is missing"),
        ("EUC_2D", "GEO", "EDGE_WEIGHT_TYPE is GEO, expected EUC_2D or EXPLICIT"),
        ("\n1\n-1\n", "\n2\n-1\n", "line 18: DEPOT_SECTION has '2', expected 1"),
        ("\n1\n-1\n", "\n-1\n", "DEPOT_SECTION is empty"),
        ("DEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\n", "", "DEMAND_SECTION is missing"),
        ("CAPACITY : 10", "CAPACITY : 10\nCAPACITY : 11", "line 7: CAPACITY comes twice"),
        ("NAME : tiny", "hello there", "line 1: not a VRPLIB or Solomon instance"),
        ("TYPE : CVRP", "TYPE : VRPTW", "TIME_WINDOW_SECTION is missing"),
        ("3 1.5 0", "3 1e99 0", "expected a number below"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in CVRP
    with pytest.raises(InstanceError) as caught:
        read_instance(saved(tmp_path, CVRP.replace(old, new, 1)))
    assert message in str(caught.value)
    assert "one.vrp" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("5\t7\t7\n", "5\t7\t7\t7\n", "4 numbers in this row"),
        ("4\t2\nVEHICLES_FIXED", "4\t3\nVEHICLES_FIXED", "VEHICLES_DEPOT_SECTION has 3, expected a depot 1 to 2"),
        ("2\t3\n3\t3\t4\t5", "2\t2\n3\t3\t4\t5", "has '2', expected a node number 3 to 5"),
        ("3\t10\t20", "3\t30\t20", "TIME_WINDOW of node 3 is 30 to 20"),
    ],
)
def test_faults_of_rich_instances(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in RICH
    with pytest.raises(InstanceError) as caught:
        read_instance(saved(tmp_path, RICH.replace(old, new, 1), "MDVRPTW"))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("161", "x", "READY TIME is 'x', expected a number"),
        ("171", "100", "READY TIME is 161, expected 0 to DUE DATE, which is 100"),
        ("    2      35", "    3      35", "CUST NO. is 3, expected 2"),
        ("  25  ", "  2.5 ", "expected whole numbers"),
        (SOLOMON[SOLOMON.index("    0") :], "", "expected the sections VEHICLE and CUSTOMER"),
    ],
)
def test_faults_of_solomon_files(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InstanceError) as caught:
        read_instance(saved(tmp_path, SOLOMON.replace(old, new, 1), "SOLOMON", "R101.txt"))
    assert message in str(caught.value)


def test_files_that_are_no_instances(tmp_path: Path) -> None:
    for path, message in [
        (tmp_path / "missing.vrp", "no such file"),
        (tmp_path, "is a folder"),
        (saved(tmp_path, "\0\1", name="binary.vrp"), "not a text file"),
        (saved(tmp_path, "", "nowhere"), "unknown kind"),
        (saved(tmp_path, ""), "DIMENSION is missing"),
    ]:
        with pytest.raises(InstanceError, match=message):
            read_instance(path)
    with pytest.raises(InstanceError, match="kind is 'XYZ', expected one of CVRP"):
        read_instance(saved(tmp_path, CVRP), "XYZ")


def assert_damage_is_read_or_refused(folder: Path, kind: str, text: str, data: st.DataObject) -> None:
    """Replace some stretches of a file by junk; it must be read or refused, but never crash the reader."""
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        until = data.draw(st.integers(at, min(len(text), at + 30)))
        text = text[:at] + data.draw(st.sampled_from(JUNK)) + text[until:]
    path = folder / f"{kind}.vrp"
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(InstanceError):
        assert read_instance(path, kind).problem.clients.number >= 0


@settings(max_examples=150, deadline=None)
@given(data=st.data(), base=st.sampled_from([("CVRP", CVRP), ("MDVRPTW", RICH), ("SOLOMON", SOLOMON)]))
def test_damaged_files_are_read_or_refused_but_never_crash(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, base: tuple[str, str]
) -> None:
    assert_damage_is_read_or_refused(tmp_path_factory.mktemp("damaged"), *base, data)
