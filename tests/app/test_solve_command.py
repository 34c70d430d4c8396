import errno
import json
import os
import signal
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.__main__ import main
from app.io import save_document, write_scenario
from app.io.document import save_variants
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, TravelSource, Vehicle
from app.model.variants import Variant, Variants
from solver.init import ROLLOUTS, FirstPlan, Init
from solver.problem import ANY, Problem, Solution, check
from tests.app.io.scenarios import full_scenario
from tests.app.model.fake_roads import roads
from tests.solver.roads.osm.maps import SOUTH, STEP, WEST, Map


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Replace the engine by one that compiles nothing and has one answer; return what it was asked."""
    asked: list[dict[str, Any]] = []

    def solve(problem: Problem, **budget: Any) -> SimpleNamespace:
        asked.append(budget | {"problem": problem})
        solution = Solution.of([(0, [0, 2]), (1, [3])])
        report = check(problem, solution)
        first = FirstPlan(budget["init"], 0.01)
        return SimpleNamespace(solution=solution, report=report, elapsed=0.5, first=first, iterations=7)

    module = types.ModuleType("solver.genetic")
    module.solve = solve  # type: ignore[attr-defined]
    module.warm_up = lambda: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "solver.genetic", module)
    monkeypatch.setattr("app.solve_command.use_kernel_cache", lambda: None)
    return asked


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    write_scenario(full_scenario(), tmp_path / "day")
    return tmp_path / "day"


def test_a_plan_is_written_and_summed_up(
    scenario: Path, engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["solve", str(scenario), "--seconds", "3", "--seed", "5", "--out", str(tmp_path / "new" / "out")])
    assert code == 0
    assert (engine[0]["seconds"], engine[0]["seed"]) == (3.0, 5)
    assert {one.name for one in (tmp_path / "new" / "out").iterdir()} == {"routes.csv", "stops.csv", "plan.geojson"}
    assert "3 of 4 customers" in capsys.readouterr().out


def test_what_a_document_has_locked_is_told_to_the_engine(
    engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "day.routewright"
    plan = Plan((PlannedRoute("van", ("c1", "c3"), 1),))
    for number, locks in enumerate(({}, {"c3": Lock.PLACE})):
        save_document(path, full_scenario(), replace(plan, locks=locks))
        main(["solve", str(path), "--seconds", "3", "--out", str(tmp_path / "out")])
        assert [one != ANY for one in engine[number]["problem"].locks.position] == [False, False, bool(locks), False]
        assert (engine[number]["initial"] is not None) is bool(locks)  # else it is solved from nothing


def test_a_plan_is_written_in_the_formats_that_are_asked_for(
    scenario: Path, engine: list[dict[str, Any]], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert main(["solve", str(scenario), "--out", str(out), "--formats", "gpx,xlsx"]) == 0
    assert {one.name for one in out.iterdir()} == {"plan.gpx", "plan.xlsx"}


def test_a_format_that_cannot_hold_the_scenario_is_refused_before_the_search(
    engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plane = replace(full_scenario(), settings=replace(full_scenario().settings, travel=TravelSource.PLANE))
    write_scenario(plane, tmp_path / "plane")
    assert main(["solve", str(tmp_path / "plane"), "--out", str(tmp_path / "out"), "--formats", "gpx"]) == 2
    assert "gpx" in capsys.readouterr().err
    assert not engine


def test_json_is_one_line_with_the_figures(
    scenario: Path, engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", str(scenario), "--out", str(tmp_path / "out"), "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    record = json.loads(line)
    assert (record["feasible"], record["customers"], record["iterations"]) == (True, 4, 7)
    assert record["cost"] == pytest.approx(sum(record["costs"].values()))
    assert [one["customer"] for one in record["unserved"]] == ["c2"]
    assert engine[0]["seconds"] == full_scenario().settings.solve_seconds
    assert (record["init"], record["first_solution_seconds"]) == ("auto", 0.01)


def test_how_the_search_begins_can_be_chosen(
    scenario: Path, engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["solve", str(scenario), "--out", str(tmp_path / "out"), "--json"]
    assert main(arguments) == 0
    assert main([*arguments, "--init", "random", "--rollouts", "5"]) == 0
    assert [(one["init"], one["rollouts"]) for one in engine] == [(Init.AUTO, ROLLOUTS), (Init.RANDOM, 5)]
    assert [json.loads(line)["init"] for line in capsys.readouterr().out.splitlines()] == ["auto", "random"]


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--init", "magic", "one of auto, policy, classical, random"),
        ("--rollouts", "0", "a whole number from 1 to 1024"),
        ("--rollouts", "many", "a whole number from 1 to 1024"),
    ],
)
def test_a_beginning_that_is_none_is_refused_in_one_line(
    option: str, value: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["solve", "x", "--out", "y", option, value])
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert error == f"routewright solve: argument {option}: {value!r}, expected {expected}\n"


def test_ctrl_c_ends_the_search_and_not_the_answer_and_a_second_one_ends_it_all(
    scenario: Path,
    engine: list[dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before, solve = signal.getsignal(signal.SIGINT), sys.modules["solver.genetic"].solve
    times = 1

    def interrupted(problem: Problem, **budget: Any) -> SimpleNamespace:
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
        assert budget["should_stop"]()
        return solve(problem, **budget)  # type: ignore[no-any-return]

    monkeypatch.setattr(sys.modules["solver.genetic"], "solve", interrupted)
    assert main(["solve", str(scenario), "--out", str(tmp_path / "once")]) == 0
    times = 2
    assert main(["solve", str(scenario), "--out", str(tmp_path / "twice")]) == 130
    assert capsys.readouterr().err == "interrupted\n"
    assert (tmp_path / "once" / "stops.csv").exists()
    assert not (tmp_path / "twice").exists()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_document_can_be_solved(engine: list[dict[str, Any]], tmp_path: Path) -> None:
    save_document(tmp_path / "day.routewright", full_scenario(), Plan())
    assert main(["solve", str(tmp_path / "day.routewright"), "--out", str(tmp_path / "out")]) == 0


def test_the_variant_that_was_shown_last_is_solved_or_the_one_that_is_named(
    engine: list[dict[str, Any]], scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, day = tmp_path / "day.routewright", full_scenario()
    locked = Plan((PlannedRoute("van", ("c1", "c3"), 1),), {"c1": Lock.PLACE})
    save_variants(path, Variants((Variant("One", State(day, Plan())), Variant("Two", State(day, locked))), 1))
    for number, (chosen, two) in enumerate((([], True), (["--variant", "One"], False), (["--variant", "Two"], True))):
        main(["solve", str(path), *chosen, "--out", str(tmp_path / "out")])  # its answer is always the same
        assert (engine[number]["initial"] is not None) is two
    capsys.readouterr()
    assert main(["solve", str(path), "--variant", "Three", "--out", str(tmp_path / "out")]) == 2
    assert "One, Two" in capsys.readouterr().err
    assert main(["solve", str(scenario), "--variant", "One", "--out", str(tmp_path / "out")]) == 2
    assert len(engine) == 3


def test_a_plan_that_breaks_a_rule_is_written_all_the_same(
    scenario: Path, engine: list[dict[str, Any]], tmp_path: Path
) -> None:
    customers = (scenario / "customers.csv").read_text("utf-8-sig").replace(",no,", ",yes,")
    (scenario / "customers.csv").write_text(customers, "utf-8")
    assert main(["solve", str(scenario), "--out", str(tmp_path / "out")]) == 1
    assert (tmp_path / "out" / "stops.csv").exists()


def test_bad_rows_are_all_named_and_nothing_is_solved(
    scenario: Path, engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open(scenario / "depots.csv", "a") as file:
        file.write("shed,,x,24,,\nbarn,,60,y,,\n")
    assert main(["solve", str(scenario), "--out", str(tmp_path / "out"), "--json"]) == 2
    captured = capsys.readouterr()
    assert [(one["file"], one["value"]) for one in json.loads(captured.out)["issues"]] == [
        ("depots.csv", "x"),
        ("depots.csv", "y"),
    ]
    assert captured.err.count("depots.csv") == 2
    assert not engine
    assert not (tmp_path / "out").exists()


def test_a_document_that_cannot_be_solved_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_document(tmp_path / "day.routewright", Scenario(), Plan())
    assert main(["solve", str(tmp_path / "day.routewright"), "--out", str(tmp_path / "out")]) == 2
    assert "at least one depot" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(
    scenario: Path, engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["solve", str(scenario), "--out", str(tmp_path / "file" / "out")]) == 2
    assert "out could not be written" in capsys.readouterr().err
    assert not engine  # no plan is sought that cannot be kept


def test_a_folder_that_cannot_be_written_to(
    scenario: Path,
    engine: list[dict[str, Any]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(**_where: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)  # root may write everywhere
    assert main(["solve", str(scenario), "--out", str(tmp_path / "out")]) == 2
    assert "out could not be written" in capsys.readouterr().err
    assert not engine


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon"])
def test_a_budget_that_is_none_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["solve", "x", "--out", "y", f"--seconds={seconds}"])
    assert caught.value.code == 2
    assert "seconds" in capsys.readouterr().err


def test_the_command_imports_no_qt(tmp_path: Path) -> None:
    program = (
        "import sys; from app.__main__ import main; import app.io; code = main(['solve', 'nowhere', '--out', 'x']);"
        "assert not {name.partition('.')[0] for name in sys.modules} & {'PySide6', 'shiboken6', 'pyqtgraph'};"
        "sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("seed", ["-1", "99999999999999999999", "x", "1.5", ""])
def test_a_seed_that_the_search_cannot_take_is_refused(
    seed: str, scenario: Path, engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["solve", str(scenario), f"--seed={seed}", "--out", str(tmp_path / "out")])
    assert ended.value.code == 2
    assert "--seed" in capsys.readouterr().err
    assert not engine


def test_a_map_makes_it_travel_by_roads(
    engine: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Map()
    town.way(*town.line(6))
    town.write(tmp_path, "town.osm")
    day = Scenario(
        depots={"D": Depot("D", "", SOUTH, WEST)},
        vehicles={key: Vehicle(key, capacity=(9.0,), start_depot="D", end_depot="D") for key in ("a", "b")},
        customers={f"C{at}": Customer(f"C{at}", "", SOUTH, WEST + at * STEP) for at in range(1, 5)},
    )
    write_scenario(day, tmp_path / "day")
    command = ["solve", str(tmp_path / "day"), "--out", str(tmp_path / "out"), "--network"]
    with roads():
        assert main([*command, str(tmp_path / "town.osm"), "--json"]) == 1  # the fake engine leaves somebody out
        assert json.loads(capsys.readouterr().out)["travel"] == "roads"
        # The fake router knows junctions only, and this street has one at each end.
        assert engine[-1]["problem"].travel.distance[0, 0].tolist() == [0, 0, 0, 278, 278]
        assert main([*command, "town"]) == 1
        assert "Roads of town" in capsys.readouterr().out
        assert main([*command, "atlantis"]) == 2
        assert "atlantis" in capsys.readouterr().err
