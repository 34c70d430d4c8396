"""The command line of the engine: what it prints, writes and refuses. The search itself stands in for a simple one."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import solver.genetic
from solver.__main__ import main
from solver.builds import BUILDS
from solver.commands.trace import Trace
from solver.genetic import Progress, Result
from solver.init import MOST_ROLLOUTS, ROLLOUTS, FirstPlan, Init
from solver.instances import read_instance, read_sol
from solver.problem import Problem, Route, Solution, check, make_problem
from tests.solver.instances.test_reader import CVRP, RICH, SOLOMON, saved

FIELDS = [
    "instance", "kind", "solver", "budget", "seconds", "cost", "feasible",
    "best_known", "gap", "init", "first_solution_seconds", "iterations",
]  # fmt: skip
MEASURED = ["seed", "first_feasible_seconds", "peak_megabytes"]


class Engine:
    """Sends the first vehicle types round, one client each, and remembers how it was called."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.warmed = 0
        self.during: Callable[[], None] = lambda: None

    def warm_up(self) -> None:
        self.warmed += 1

    def solve(self, problem: Problem, **settings: Any) -> Result:
        assert self.warmed, "compile time must stay outside the budget"
        self.calls.append(settings)
        self.during()
        kinds = [kind for kind, count in enumerate(problem.vehicles.count) for _ in range(count)]
        solution = Solution.of((kinds[client], [client]) for client in range(problem.clients.number))
        first = FirstPlan(settings["init"], 0.001234)
        if report := settings.get("on_progress"):
            for elapsed, number in ((0.002, 1), (0.0033, problem.clients.number), (0.00331, problem.clients.number)):
                report(Progress(Solution(solution.routes[:number]), elapsed, 7, problem, first))
        return Result(solution, check(problem, solution), 0.01, first, 77, problem)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(solver.genetic, "solve", made.solve)
    monkeypatch.setattr(solver.genetic, "warm_up", made.warm_up)
    return made


def test_solve_prints_a_row_and_routes_as_json(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, CVRP)
    path.with_suffix(".sol").write_text("Cost 16\n")
    target = tmp_path / "new" / "out.sol"
    arguments = ["solve", str(path), "--seconds", "0.5", "--seed", "7", "--threads", "2", "--json"]
    assert main([*arguments, "--solution", str(target)]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    row = json.loads(line)
    assert [*FIELDS, "routes", "unserved"] == list(row)
    assert (row["instance"], row["kind"], row["solver"], row["budget"]) == ("one", "CVRP", "routewright", 0.5)
    assert (row["cost"], row["best_known"], row["gap"], row["feasible"]) == (20, 16, 25.0, True)
    assert row["routes"] == [{"vehicle": "vehicles 1-3", "clients": [client]} for client in ("2", "3", "4")]
    assert (row["unserved"], row["first_solution_seconds"], row["iterations"]) == ([], 0.0012, 77)
    assert {key: engine.calls[0][key] for key in ("seconds", "seed", "threads")} == {
        "seconds": 0.5,
        "seed": 7,
        "threads": 2,
    }
    instance = read_instance(path)
    assert check(instance.problem, read_sol(target, instance)).costs.total == row["cost"]


def test_solve_says_in_words_what_came_of_it(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["solve", str(saved(tmp_path, CVRP)), "--seconds", "1"]) == 0
    out = capsys.readouterr().out
    assert "one: cost 20\n" in out
    assert "3 routes, 0 clients unserved" in out
    assert "first plan: auto, at 0.0012 s\n" in out


@pytest.mark.parametrize("command", ["solve", "bench"])
def test_how_the_search_begins_can_be_chosen_and_is_printed(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    arguments = [command, str(saved(tmp_path, CVRP)), "--seconds", "1"] + ["--json"] * (command == "solve")
    for chosen in ([], ["--init", "policy", "--rollouts", "1"], ["--init=random", f"--rollouts={MOST_ROLLOUTS}"]):
        assert main([*arguments, *chosen]) == 0
    assert [(call["init"], call["rollouts"]) for call in engine.calls] == [
        (Init.AUTO, ROLLOUTS),
        (Init.POLICY, 1),
        (Init.RANDOM, MOST_ROLLOUTS),
    ]
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["init"] for row in rows] == ["auto", "policy", "random"]


def test_an_infeasible_answer_is_called_so_and_not_written(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path, CVRP.replace("CAPACITY : 10", "CAPACITY : 5"))
    target = tmp_path / "out.sol"
    assert main(["solve", str(path), "--seconds", "1", "--solution", str(target)]) == 1
    assert "infeasible: capacity" in capsys.readouterr().out
    assert not target.exists()
    assert main(["bench", str(path), "--seconds", "1"]) == 1
    row = json.loads(capsys.readouterr().out)
    assert (row["feasible"], row["gap"]) == (False, None)


def test_bench_measures_every_file_within_every_budget_in_one_warm_process(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [saved(tmp_path, CVRP), saved(tmp_path, RICH, "MDVRPTW"), saved(tmp_path, SOLOMON, "SOLOMON", "R1.txt")]
    solutions = tmp_path / "solutions"
    arguments = ["bench", *map(str, files), "--seconds", "0.25, 1", "--seed", "3", "--solutions", str(solutions)]
    code = main(arguments)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [list(row) for row in rows] == [FIELDS + MEASURED] * 6
    assert {row["seed"] for row in rows} == {3}
    assert [(row["kind"], row["budget"]) for row in rows] == [
        (kind, budget) for kind in ("CVRP", "MDVRPTW", "SOLOMON") for budget in (0.25, 1)
    ]
    assert engine.warmed == 1
    assert code == (0 if all(row["feasible"] for row in rows) else 1)
    written = sorted(str(path.relative_to(solutions)) for path in solutions.rglob("*.sol"))
    feasible = {(row["kind"], row["budget"]) for row in rows if row["feasible"]}
    assert len(written) == len(feasible) > 0
    assert "CVRP/one-0.25s.sol" in written


def test_bench_traces_the_cost_over_time(tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", str(saved(tmp_path, CVRP)), "--seconds", "1", "--trace"]) == 0
    row = json.loads(capsys.readouterr().out)
    # no cost as long as a client is missing; of two moments that a log scale cannot tell apart the later one
    assert row["trace"] == [[0.002, None], [0.0033, 20]]
    assert row["first_feasible_seconds"] == 0.0033
    assert row["peak_megabytes"] is None or 10 < row["peak_megabytes"] < 10_000


def test_a_trace_keeps_trips_and_vehicles() -> None:
    problem = make_problem(
        distance=[[0, 1, 2], [1, 0, 1], [2, 1, 0]], delivery=[1, 1], capacity=[1], max_trips=[2], reload_depot=[0]
    )
    solution = Solution((Route(0, (1, 0), vehicle=0, reloads=(1,)),))
    report, trace = check(problem, solution), Trace()
    assert report.feasible
    first = FirstPlan(Init.CLASSICAL, 0.25)
    trace.note(Progress(solution, 0.25, 7, problem, first))
    assert trace.points(problem, Result(solution, report, 1.0, first, 9, problem)) == [(0.25, report.costs.total)]


def test_bench_goes_on_after_a_file_that_it_cannot_read(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = saved(tmp_path, CVRP.replace("DEPOT_S", "PICKUP_AND_DELIVERY_SECTION\n1 0\nDEPOT_S"), "CVRP", "b.vrp")
    assert main(["bench", str(pairs), str(saved(tmp_path, CVRP)), "--seconds", "1"]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"{pairs}: not supported yet: paired pickup and delivery\n"
    assert json.loads(captured.out)["instance"] == "one"


def test_the_kind_can_be_given(tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, CVRP, "downloads")
    assert main(["bench", str(path), "--seconds", "1", "--kind", "PCVRPTW"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["kind"], row["cost"]) == ("PCVRPTW", 2 * (50 + 15 + 26))


def test_ctrl_c_ends_the_search_and_not_the_answer(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGINT)

    def interrupt() -> None:
        should_stop = engine.calls[-1]["should_stop"]
        assert not should_stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert should_stop()

    engine.during = interrupt
    assert main(["solve", str(saved(tmp_path, CVRP)), "--seconds", "1"]) == 0
    assert "cost 20" in capsys.readouterr().out
    assert signal.getsignal(signal.SIGINT) is before


def test_warm_compiles_every_build_in_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    built: list[str] = []

    class Inline:
        def __init__(self, *_: object, **__: object) -> None: ...
        def __enter__(self) -> Inline:
            return self

        def __exit__(self, *_: object) -> None: ...
        def map(self, work: Callable[[str], None], builds: tuple[str, ...]) -> Iterator[None]:
            return map(work, builds)

    monkeypatch.setattr("solver.commands.warm.ProcessPoolExecutor", Inline)
    monkeypatch.setattr("solver.genetic.warm_up", built.append)
    assert main(["warm"]) == 0
    assert built == [*BUILDS, "policy"]
    assert "kernels ready" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["solve", "missing.vrp", "--seconds", "1"], "missing.vrp: no such file"),
        (["bench", "FILE", "missing.vrp", "--seconds", "1"], "missing.vrp: no such file"),
        (["solve", "JUNK", "--seconds", "1"], "not a VRPLIB or Solomon instance"),
        (["solve", "FILE", "--seconds", "soon"], "'soon' is not a budget, expected seconds such as 0.5 or 10"),
        (["solve", "FILE", "--seconds", "nan"], "'nan' is not a budget"),
        (["solve", "FILE", "--seconds", "-1"], "'-1' is not a budget"),
        (["bench", "FILE", "--seconds", "1,,2"], "'' is not a budget"),
        (["bench", "FILE", "--seconds", "1", "--seed", "x"], "'x', expected a whole number from 0"),
        (["bench", "FILE", "--seconds", "1", "--threads", "0"], "'0', expected a whole number from 1"),
        (["bench", "FILE", "--seconds", "1", "--threads", "2.5"], "'2.5', expected a whole number from 1"),
        (
            ["solve", "FILE", "--seconds", "1", "--init", "magic"],
            "argument --init: 'magic', expected one of auto, policy, classical, random",
        ),
        (["bench", "FILE", "--seconds", "1", "--init", ""], "argument --init: '', expected one of auto"),
        (
            ["solve", "FILE", "--seconds", "1", "--rollouts", "0"],
            "argument --rollouts: '0', expected a whole number from 1 to 1024",
        ),
        (["bench", "FILE", "--seconds", "1", "--rollouts", "1025"], "'1025', expected a whole number from 1 to 1024"),
        (["solve", "FILE", "--seconds", "1", "--kind", "TSP"], "kind is 'TSP', expected one of CVRP"),
        (["solve", "FILE"], "required: --seconds"),
        (["solve", "FILE", "--seconds", "1", "--solution", "FILE/out.sol"], "FILE"),
        ([], "required: COMMAND"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_input_is_one_clear_line_and_exit_code_two(
    tmp_path: Path, engine: Engine, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    places = {"FILE": str(saved(tmp_path, CVRP)), "JUNK": str(saved(tmp_path, "# Shopping\n- milk\n", name="j.vrp"))}

    def put(text: str) -> str:
        for word, path in places.items():
            text = text.replace(word, path)
        return text

    try:
        code = main([put(argument) for argument in arguments])
    except SystemExit as leaving:
        code = leaving.code  # type: ignore[assignment]
    error = capsys.readouterr().err
    assert code == 2
    assert error.count("\n") == 1
    assert put(message) in error
    assert "Traceback" not in error
