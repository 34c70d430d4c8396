"""The record of runs: what it keeps, and what it lets a measurement skip."""

from __future__ import annotations

from pathlib import Path

from tests.bench.peers.outcomes import Record, as_line, from_line
from tests.bench.peers.samples import CVRP, ours, outcome
from tests.bench.peers.selection import OURS, runs_of

FULL = ours(
    "a",
    101.0,
    evaluated=False,
    error="no",
    first_feasible_seconds=0.01,
    peak_megabytes=200.5,
    trace=((0.01, None), (0.5, 101)),
)


def test_an_outcome_is_the_same_after_writing_and_reading() -> None:
    assert from_line(as_line(FULL)) == FULL
    assert from_line(as_line(outcome("hgs", "b", None))) == outcome("hgs", "b", None)


def test_what_is_recorded_is_not_measured_again(tmp_path: Path) -> None:
    runs = list(runs_of(CVRP, OURS, "1"))
    Record(tmp_path / "new" / "runs.jsonl").add([ours("a", 101), ours("a", None, seed=2, error="no answer")])
    missing = Record(tmp_path / "new" / "runs.jsonl").missing(runs)
    assert len(missing) == len(runs) - 2
    assert not any(run.instance == "a" and run.budget == 1 for run in missing)


def test_another_version_is_measured_again(tmp_path: Path) -> None:
    record = Record(tmp_path / "runs.jsonl")
    record.add([ours("a", 101)])
    runs = list(runs_of(CVRP, OURS, "2"))
    assert record.missing(runs) == runs


def test_of_two_runs_the_later_counts(tmp_path: Path) -> None:
    record = Record(tmp_path / "runs.jsonl")
    record.add([ours("a", 105), ours("b", 106)])
    record.add([ours("a", 103, version="2")])
    assert {found.run.instance: found.cost for found in record.outcomes()} == {"a": 103, "b": 106}
    assert Record(record.path).outcomes() == record.outcomes()


def test_a_line_that_was_cut_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    path.write_text(as_line(ours("a", 105)) + "\n" + as_line(ours("b", 105))[:40])
    Record(path).add([ours("c", 105)])
    assert [found.run.instance for found in Record(path).outcomes()] == ["a", "c"]
