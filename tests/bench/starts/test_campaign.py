"""A whole measurement with an engine that stands in for the real one: what runs, in which order, what is skipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from solver.genetic import Progress, Result
from solver.init import FirstPlan, Init
from solver.policy.weights import Weights
from solver.problem import Problem, Route, Solution, check, make_problem
from tests.bench.peers import ours
from tests.bench.peers.errors import MeasurementError
from tests.bench.starts import __main__ as command
from tests.bench.starts import campaign
from tests.bench.starts.problems import Panel, Task
from tests.bench.starts.rows import Row, Rows


class Engine:
    """Serves one client a route at once, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, int, Init]] = []
        self.most = 10**9
        self.weights = Weights.new(0)

    def solve(self, problem: Problem, **settings: Any) -> Result:
        if len(self.asked) == self.most:
            raise KeyboardInterrupt
        first = FirstPlan(settings["init"], 0.001)
        solution = Solution.of([Route(0, (client,)) for client in range(problem.clients.number)])
        if "on_progress" in settings:  # a solve that warms up tells nobody
            self.asked.append((settings["seconds"], settings["seed"], settings["init"]))
            settings["on_progress"](Progress(solution, 0.001, 0, problem, first))
        return Result(solution, check(problem, solution), settings["seconds"], first, 0, problem)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(campaign, "solve", made.solve)
    monkeypatch.setattr(campaign, "warm_up", lambda: None)
    monkeypatch.setattr(campaign, "warm_rollouts", lambda: None)
    monkeypatch.setattr(campaign, "load_policy", lambda: made.weights)
    monkeypatch.setattr(ours, "version", lambda: "e1")
    return made


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    settings = {"--sets": "unseen-plain,trained-plain", "--sizes": "5,6", "--problems": "2", "--seeds": "2"}
    settings |= {"--budgets": "0.1,0.01", "--inits": "policy,classical,random", "--out": str(tmp_path)}
    return ["anytime", *(word for pair in settings.items() for word in pair)]


def rows_in(folder: Path) -> list[Row]:
    return Rows(folder / "runs.jsonl").read()


def test_everything_is_measured_once(engine: Engine, arguments: list[str], tmp_path: Path) -> None:
    assert command.main(arguments) == 0
    rows = rows_in(tmp_path)
    assert len(rows) == len(engine.asked) == 4 * 2 * 2 * 2 * 3
    assert len({row.run for row in rows}) == len(rows)
    assert rows[0].by == rows[0].run.init
    assert "| Unseen city, plain days | 5 | 0.01 s | 2 | 0.00 % | 0.00 % | 0.00 % |" in (
        tmp_path / "report.md"
    ).read_text("utf-8")

    assert command.main(arguments) == 0
    assert command.main([*arguments, "--report"]) == 0
    assert len(engine.asked) == len(rows)
    assert command.main([*arguments, "--budgets", "0.1,0.03", "--sizes", "6"]) == 0
    assert {budget for budget, *_ in engine.asked[len(rows) :]} == {0.03}


def test_all_starts_of_a_run_follow_each_other_and_take_turns_at_being_first(
    engine: Engine, arguments: list[str], tmp_path: Path
) -> None:
    command.main(arguments)
    runs = [row.run for row in rows_in(tmp_path)]
    together = [runs[at : at + 3] for at in range(0, len(runs), 3)]
    assert all(len({(run.series, run.size, run.problem, run.seed, run.budget) for run in one}) == 1 for one in together)
    assert {one[0].init for one in together} == {"policy", "classical", "random"}
    halves = [{(run.series, run.size) for run in half} for half in (runs[: len(runs) // 2], runs[len(runs) // 2 :])]
    assert halves[0] == halves[1]  # a cut leaves all panels with as many problems
    assert {run.problem for run in runs[: len(runs) // 2]} == {"0"}


def test_a_cut_measurement_goes_on(engine: Engine, arguments: list[str], tmp_path: Path) -> None:
    engine.most = 7
    assert command.main(arguments) == 130
    assert len(rows_in(tmp_path)) == 7
    engine.most = 10**9
    assert command.main(arguments) == 0
    assert len(engine.asked) == len(rows_in(tmp_path)) == 96


def test_other_weights_on_the_way_end_it(engine: Engine, tmp_path: Path) -> None:
    def make() -> Task:
        engine.weights = Weights.new(1)
        return Task(make_problem(distance=[[0, 1], [1, 0]], delivery=[1], capacity=[1]))

    one = campaign.Campaign([Panel("x", "1", {"a": make})], [0.1], [1], [Init.POLICY], 1, Rows(tmp_path / "runs.jsonl"))
    with pytest.raises(MeasurementError, match="the policy changed while it was measured"):
        one.run()
    assert rows_in(tmp_path) == []


def test_what_is_missing_is_named(engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ["--out", str(tmp_path)]
    assert command.main(["anytime", "--report", *out]) == 2
    assert capsys.readouterr().err.startswith("nothing has been measured yet")
    assert command.main(["anytime", "--sets", "x", "--instances", str(tmp_path / "nowhere"), *out]) == 2
    assert "nowhere: name their folder in ROUTEWRIGHT_INSTANCES" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command.main(["anytime", "--inits", "policy,savings"])
    assert "no 'savings', expected some of auto, policy, classical, random" in capsys.readouterr().err
    assert engine.asked == []
