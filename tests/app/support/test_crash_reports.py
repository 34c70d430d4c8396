"""Reports on the disk: counted, limited, and no trouble where there is no room for them."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.support.crash_reports import MOST, CrashReports
from app.support.report import LARGEST, Part, Report


@pytest.fixture
def reports(tmp_path: Path) -> CrashReports:
    return CrashReports(tmp_path / "crash-reports")


def test_a_report_comes_back_as_it_was(reports: CrashReports) -> None:
    report = Report.now(Part.WINDOW, "KeyError at app/x.py:4", "line one\n\nWhat: not a heading\nÄ 日本 \udc80")
    reports.add(report)
    assert reports.all() == [replace(report, details=report.details.replace("\udc80", "?"))]
    assert "KeyError at app/x.py:4" in reports.path(report).read_text(encoding="utf-8")


def test_the_same_fault_is_counted_in_one_file(reports: CrashReports) -> None:
    first = Report.now(Part.WINDOW, "KeyError at app/x.py:4", "one way there")
    later = replace(first, first=first.first + timedelta(hours=1), last=first.last + timedelta(hours=1), details="two")
    reports.add(first)
    assert reports.add(later).times == 2
    (only,) = CrashReports(reports.folder).all()
    assert (only.times, only.first, only.last, only.details) == (2, first.first, later.last, "two")
    reports.add(replace(first, part=Part.ENGINE))
    reports.add(replace(first, program="Routewright 9.9"))
    assert len(reports.all()) == 3


def test_only_the_newest_are_kept(reports: CrashReports) -> None:
    for number in range(MOST + 5):
        report = reports.add(Report.now(Part.WINDOW, f"KeyError at app/x.py:{number}", ""))
        os.utime(reports.path(report), (number, number))
    reports.add(Report.now(Part.WINDOW, "the last", ""))
    headlines = {report.headline for report in reports.all()}
    assert len(headlines) == MOST
    assert {"the last", f"KeyError at app/x.py:{MOST + 4}"} <= headlines


def test_a_long_report_keeps_its_beginning_and_its_end() -> None:
    report = Report.now(Part.WINDOW, "a\nb " * 300, "first" + "x" * 10 * LARGEST + "last")
    assert len(report.details) < LARGEST + 200
    assert report.details.startswith("first")
    assert report.details.endswith("last")
    assert len(report.headline.splitlines()) == 1
    assert len(report.headline) <= 200


def test_what_is_no_report_is_passed_over(reports: CrashReports) -> None:
    reports.add(Report.now(Part.WINDOW, "good", ""))
    for name, data in {
        "a.txt": b"",
        "b.txt": b"\xff\xfe",
        "c.txt": b"Crash report of Routewright\n\nWhat: x\n",
    }.items():
        (reports.folder / name).write_bytes(data)
    (reports.folder / "d.txt").mkdir()
    assert [report.headline for report in reports.all()] == ["good"]


def test_a_deleted_report_is_gone(reports: CrashReports) -> None:
    report = reports.add(Report.now(Part.WINDOW, "x", ""))
    assert reports.delete(report)
    assert reports.all() == []
    assert reports.delete(report)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a disk that is full")
@pytest.mark.parametrize("folder", [Path("/proc/crash-reports"), Path("/dev/full/crash-reports")])
def test_where_nothing_can_be_written_reports_last_as_long_as_the_program(folder: Path) -> None:
    reports = CrashReports(folder)
    report = Report.now(Part.WINDOW, "x", "")
    reports.add(report)
    assert reports.add(report).times == 2
    assert [one.times for one in reports.all()] == [2]
    assert reports.delete(report)
    assert reports.all() == []


def test_a_full_disk_does_not_cost_the_report_that_is_there(
    reports: CrashReports, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = reports.add(Report.now(Part.WINDOW, "x", "kept"))

    def full(path: Path, text: str, **_: object) -> None:
        path.touch()
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        assert reports.add(report).times == 2
    assert list(reports.folder.iterdir()) == [reports.path(report)]
    assert [one.times for one in CrashReports(reports.folder).all()] == [1]
    assert [one.times for one in reports.all()] == [2]
