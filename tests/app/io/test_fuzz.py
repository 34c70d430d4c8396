"""A thousand files that went wrong in some way: none crashes the reader, none is loaded in part without a word."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from app.io import import_customers, load_document, preview, read_scenario, save_document, write_scenario
from app.io.read_scenario import read_files
from app.io.write_scenario import scenario_files, zip_bytes
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from app.model.validate import issues_of
from tests.app.io.scenarios import full_scenario

RUNS = 1000
FOUND = [
    b",",
    b";",
    b"\t",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff\xfe",
    b"-",
    b"1e999",
    b"nan",
    b"99:99",
    b"=1+1",
    b"|",
    b"\xef\xbb\xbf",
]
VRP = b"""NAME : tiny
TYPE : CVRP
DIMENSION : 4
EDGE_WEIGHT_TYPE : EUC_2D
CAPACITY : 9
NODE_COORD_SECTION
1 0 0
2 3 4
3 6 8
4 1 1
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
SOLOMON = b"""C1

VEHICLE
NUMBER     CAPACITY
  5         200

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE TIME

 0 40 50 0 0 1236 0
 1 45 68 10 912 967 90
 2 45 70 30 825 870 90
"""


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return bytes after one to four accidents of the kinds that happen to files."""
    for _ in range(chance.randint(1, 4)):
        data = after_accident(data, chance)
    return data


def after_accident(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    end = min(len(data), at + chance.choice([1, 3, 40]))
    lines = data.splitlines(keepends=True) or [b""]
    accidents: list[Callable[[], bytes]] = [
        lambda: data[:at],
        lambda: data[:at] + data[end:],
        lambda: data[:end] + data[at:end] * 3 + data[end:],
        lambda: data[:at] + chance.choice(FOUND) + data[at:],
        lambda: data[:at] + chance.randbytes(end - at) + data[end:],
        lambda: b"".join(chance.sample(lines, len(lines))),
        lambda: b"".join([*lines, chance.choice(lines)]),
        lambda: data.replace(b",", chance.choice([b";", b"\t", b".", b""]), chance.randint(1, 20)),
        lambda: data.replace(b"\n", b"", chance.randint(1, 3)),
        lambda: data.decode("utf-8", "replace").encode(chance.choice(["utf-16", "cp1252", "utf-16-be"]), "replace"),
    ]
    return chance.choice(accidents)()


def assert_sound(scenario: Scenario | None, issues: tuple[object, ...]) -> None:
    """Whatever can be loaded can be solved; whatever cannot has been said in plain words."""
    assert scenario is not None or issues
    if scenario is not None:
        # A table that became empty is an issue of its own, and is listed.
        assert [one for one in issues_of(scenario) if one.id or not issues] == []
    for issue in issues:
        assert "Error" not in str(issue)
        assert "Traceback" not in str(issue)


@pytest.fixture(scope="module")
def good() -> dict[str, bytes]:
    """The files of a scenario, a travel matrix included."""
    ids = ["hub", "yard", "c1", "c2", "c3", "c4"]
    rows = [["id", *ids], *([one, *(str(7 * number) for number in range(6))] for one in ids)]
    return scenario_files(full_scenario()) | {"distance.csv": "\n".join(map(",".join, rows)).encode()}


def test_mutated_csv_files(good: dict[str, bytes]) -> None:
    chance = random.Random(1)
    listed = 0
    for _ in range(RUNS):
        files = good.copy()
        for name in chance.sample(sorted(files), chance.randint(1, 2)):
            files[name] = mutated(files[name], chance)
        result = read_files(files)
        listed += bool(result.issues)
        assert_sound(result.scenario, result.issues)
    assert listed > RUNS / 2


def test_mutated_archives_folders_and_documents(good: dict[str, bytes], tmp_path: Path) -> None:
    chance = random.Random(2)
    save_document(tmp_path / "day.routewright", full_scenario(), Plan((PlannedRoute("van", ("c1", "c2")),)))
    write_scenario(full_scenario(), tmp_path / "day")
    archives = {"day.zip": zip_bytes(good), "day.routewright": (tmp_path / "day.routewright").read_bytes()}
    for run in range(RUNS):
        name = chance.choice(sorted(archives))
        (tmp_path / name).write_bytes(mutated(archives[name], chance))
        if name == "day.zip":
            result = read_scenario(tmp_path / name)
            assert_sound(result.scenario, result.issues)
        else:
            loaded = load_document(tmp_path / name)
            assert loaded.scenario is not None or loaded.issues
            if loaded.scenario is not None:
                assert loaded.plan.served <= loaded.scenario.customers.keys()
        if run % 20 == 0:
            (tmp_path / "day" / chance.choice(sorted(good))).write_bytes(
                mutated(chance.choice(list(good.values())), chance)
            )
            result = read_scenario(tmp_path / "day")
            assert_sound(result.scenario, result.issues)


@pytest.mark.parametrize(("name", "content"), [("a.vrp", VRP), ("a.txt", SOLOMON)])
def test_mutated_benchmark_files(name: str, content: bytes, tmp_path: Path) -> None:
    chance = random.Random(3)
    (tmp_path / name).write_bytes(content)
    assert read_scenario(tmp_path / name).complete
    for _ in range(RUNS):
        (tmp_path / name).write_bytes(mutated(content, chance))
        result = read_scenario(tmp_path / name)
        assert_sound(result.scenario, result.issues)


def test_mutated_customers_files(good: dict[str, bytes]) -> None:
    chance = random.Random(4)
    scenario = full_scenario()
    bare = Scenario(scenario.depots, scenario.vehicles, {}, scenario.profiles, {}, scenario.settings)
    for _ in range(RUNS):
        seen = preview(mutated(good["customers.csv"], chance), ("kg", "m3"))
        customers, issues = import_customers(seen, seen.mapping, bare)
        by_id = {one.id: one for one in customers}
        made = Scenario(bare.depots, bare.vehicles, by_id, bare.profiles, {}, bare.settings)
        assert issues_of(made) == []
        assert customers or issues
