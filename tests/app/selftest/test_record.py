"""The report of a self-test, for programs and for people."""

from __future__ import annotations

import json
from pathlib import Path

from app.selftest.record import Record
from app.selftest.told import Began, Done, Failed, Known, Skipped
from app.selftest.wish import Extent
from app.selftest.words import summary


def test_the_report_has_every_step_and_fault(tmp_path: Path) -> None:
    record = Record(Extent.FULL)
    told = [
        Known("edition", {"version": "1.2.3"}),
        Began("one"),
        Done("one", 0.12345, {"size": 3}),
        Failed("two", "it was green"),
        Skipped("three", "it is not installed"),
    ]
    for one in told:
        record.hear(one)
    (tmp_path / "file.txt").write_text("four")
    record.note_files(tmp_path, None)
    report = json.loads(json.dumps(record.as_json()))
    assert report == {
        "ok": False,
        "extent": "full",
        "edition": {"version": "1.2.3"},
        "steps": {"one": {"seconds": 0.123, "size": 3}},
        "files": {"file.txt": 4},
        "out": None,
        "skipped": [{"step": "three", "reason": "it is not installed"}],
        "failed": [{"step": "two", "reason": "it was green"}],
    }
    assert record.faults() == ["two: it was green"]


def test_without_a_fault_all_is_well_even_if_something_was_skipped() -> None:
    record = Record(Extent.QUICK)
    record.hear(Skipped("three", "it is not installed"))
    assert record.as_json()["ok"] is True


def test_the_words_say_what_was_solved_and_written(tmp_path: Path) -> None:
    record = Record(Extent.QUICK)
    record.hear(Done("open", 0.1, {"name": "Centre", "customers": 12}))
    solved = {"served": 11, "routes": 3, "distance_km": 12.345, "cost": 99.5, "currency": "€"}
    record.hear(Done("solve", 2.0, solved))
    record.hear(Skipped("train", "torch is not installed"))
    (tmp_path / "plan.gpx").write_text("gpx")
    record.note_files(tmp_path, tmp_path)
    text = "\n".join(summary(record.as_json()))
    for part in ("Centre", "11 of 12", "3 routes", "12.3 km", "99.50 €", "torch", str(tmp_path / "plan.gpx")):
        assert part in text


def test_there_are_words_for_a_start_that_failed() -> None:
    assert list(summary(Record(Extent.QUICK).as_json())) == []
