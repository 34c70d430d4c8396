"""A whole measurement with solvers that stand in for the real ones: what runs, what is skipped, what is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.bench.peers import __main__ as command
from tests.bench.peers import campaign, ours, report, theirs

LIST = """
budgets = [0.25, 1]
seeds = [1, 2]
threads = 2
[environments]
peers = ["pyvrp==2"]
[peers.pyvrp]
title = "PyVRP"
package = "pyvrp"
cores = 1
[[group]]
title = "CVRP"
kind = "CVRP"
peers = ["pyvrp"]
peak_megabytes = { b = 1500 }
[group.sizes]
"4" = ["a", "b"]
"""


class Solvers:
    """Answer at once, and remember what was asked."""

    def __init__(self) -> None:
        self.mine: list[tuple[str, tuple[float, ...], int]] = []
        self.theirs: list[tuple[str, float, int]] = []
        self.judged = 0
        self.memory = 200.0
        self.faults: list[str] = []
        self.engine = "e1"

    def measure_ours(
        self, path: Path, budgets: Sequence[float], seed: int, threads: int, solutions: Path
    ) -> list[dict[str, Any]]:
        self.mine.append((path.stem, tuple(budgets), seed))
        row = {"cost": 101, "feasible": True, "peak_megabytes": self.memory, "trace": [[0.01, 101]]}
        return [{**row, "seconds": budget} for budget in budgets]

    def measure_theirs(self, python: Path, peer: str, path: Path, budget: float, seed: int) -> dict[str, Any]:
        self.theirs.append((path.stem, budget, seed))
        return {"cost": 104, "seconds": budget}

    def evaluate(self, python: Path, instances: Path, solutions: list[Path]) -> dict[Path, list[str]]:
        self.judged += len(solutions)
        return dict.fromkeys(solutions, self.faults)


@pytest.fixture
def solvers(monkeypatch: pytest.MonkeyPatch) -> Solvers:
    made = Solvers()
    monkeypatch.setattr(ours, "measure", made.measure_ours)
    monkeypatch.setattr(ours, "version", lambda: made.engine)
    monkeypatch.setattr(ours, "warm", lambda: None)
    monkeypatch.setattr(theirs, "measure", made.measure_theirs)
    monkeypatch.setattr(theirs, "evaluate", made.evaluate)
    monkeypatch.setattr(campaign, "ensure", lambda folder, requirements: Path("python"))
    return made


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    (tmp_path / "list.toml").write_text(LIST)
    folder = tmp_path / "instances" / "CVRP"
    folder.mkdir(parents=True)
    for name in "ab":
        (folder / f"{name}.vrp").touch()
        (folder / f"{name}.sol").write_text("Cost 100\n")
    settings = {"--list": tmp_path / "list.toml", "--instances": folder.parent, "--out": tmp_path / "out"}
    return [str(word) for pair in settings.items() for word in pair]


def test_everything_is_measured_once(solvers: Solvers, arguments: list[str], tmp_path: Path) -> None:
    assert command.main(arguments) == 0
    assert solvers.mine == [(name, (0.25, 1.0), seed) for name in "ab" for seed in (1, 2)]
    assert solvers.theirs == [(name, budget, seed) for name in "ab" for seed in (1, 2) for budget in (0.25, 1.0)]
    assert solvers.judged == 8
    text = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert "| CVRP | 0.25 s | 2 | 1.00 % | 4.00 % | 0.25 |" in text
    assert "finds 8 of 8 answers" in text
    assert (tmp_path / "out" / report.PICTURE).exists()

    assert command.main(arguments) == 0
    assert (len(solvers.mine), len(solvers.theirs)) == (4, 8)
    assert command.main([*arguments, "--budgets", "0.25,10", "--only", "a"]) == 0
    assert solvers.mine[4:] == [("a", (10.0,), 1), ("a", (10.0,), 2)]
    assert command.main([*arguments, "--fresh", "--peers", ""]) == 0
    assert (len(solvers.mine), len(solvers.theirs)) == (10, 10)
    solvers.engine = "e2"
    assert command.main(arguments) == 0
    assert (len(solvers.mine), len(solvers.theirs)) == (14, 10)


def test_an_answer_that_pyvrp_refuses_is_a_loud_failure(
    solvers: Solvers, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solvers.faults = ["costs something else than it says"]
    assert command.main([*arguments, "--only", "a", "--seeds", "1", "--budgets", "1"]) == 1
    told = "CVRP a within 1 s, seed 1: PyVRP refuses it: costs something else than it says"
    assert f"!!! {told}\n" in capsys.readouterr().err
    text = (tmp_path / "out" / "report.md").read_text("utf-8")
    assert f"- **{told}**" in text
    assert "| CVRP | 1 s | 1 | no answer | 4.00 % | – |" in text


def test_too_much_memory_is_a_loud_failure(
    solvers: Solvers, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    solvers.memory = 1600.0
    assert command.main([*arguments, "--seeds", "1", "--budgets", "1", "--peers", ""]) == 1
    assert capsys.readouterr().err.endswith("!!! CVRP b within 1 s, seed 1: 1600 MB of memory, at most 1500 allowed\n")


def test_an_engine_that_changes_meanwhile_is_not_recorded(
    solvers: Solvers, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = iter(("e1", "e1", "e2"))
    monkeypatch.setattr(ours, "version", lambda: next(versions))
    assert command.main(arguments) == 2
    assert not (tmp_path / "out" / "runs.jsonl").exists()


def test_a_cut_measurement_goes_on(
    solvers: Solvers, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> dict[str, Any]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(theirs, "measure", interrupted)
        assert command.main(arguments) == 130
    lines = (tmp_path / "out" / "runs.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["solver"] for line in lines} == {"routewright"}
    assert command.main(arguments) == 0
    assert (len(solvers.mine), len(solvers.theirs)) == (4, 8)


def test_what_is_missing_is_named(
    solvers: Solvers, arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "instances" / "CVRP" / "b.vrp").unlink()
    assert command.main(arguments) == 2
    assert "no instance CVRP/b" in capsys.readouterr().err
    assert command.main([*arguments, "--instances", str(tmp_path / "nowhere")]) == 2
    assert "nowhere: name their folder in ROUTEWRIGHT_INSTANCES" in capsys.readouterr().err
    assert command.main([*arguments, "--classes", "TSP"]) == 2
    assert not solvers.mine
