"""Whatever becomes of the process of a self-test, the report says so, and nothing of it is left."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from app.selftest.told import Done, Failed, Told
from app.selftest.watch import Course, watch
from app.selftest.wish import Wish
from tests.app.selftest import courses

GRACE = 5.0
"""Seconds after which a killed process has to be gone."""


def heard_of(run: Course, folder: Path, limit: float = 60.0) -> list[Told]:
    """Return what came of the steps."""
    told: list[Told] = []
    watch(Wish(folder, time.monotonic(), limit=limit), told.append, run)
    return [one for one in told if isinstance(one, Done | Failed)]


def test_what_is_told_is_passed_on(tmp_path: Path) -> None:
    assert heard_of(courses.fine, tmp_path) == [Done("one", 0.5, {"answer": 42})]


def test_a_process_that_ends_unasked_is_a_fault_of_the_step_that_was_under_way(tmp_path: Path) -> None:
    fine, fault = heard_of(courses.dying, tmp_path)
    assert isinstance(fine, Done)
    assert isinstance(fault, Failed)
    assert fault.step == "two"
    assert "exit code 3" in fault.reason


@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
def test_a_process_that_aborts_is_a_fault(tmp_path: Path) -> None:
    (fault,) = heard_of(courses.aborting, tmp_path)
    assert isinstance(fault, Failed)
    assert fault.step == "two"
    assert "SIGABRT" in fault.reason


def test_a_process_that_does_not_end_well_is_a_fault(tmp_path: Path) -> None:
    fine, fault = heard_of(courses.dying_late, tmp_path)
    assert isinstance(fine, Done)
    assert isinstance(fault, Failed)
    assert (fault.step, "exit code 4" in fault.reason) == ("exit", True)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are not ended in groups there")
def test_a_process_that_hangs_is_ended_with_what_it_has_started(tmp_path: Path) -> None:
    (fault,) = heard_of(courses.hanging, tmp_path, limit=3.0)
    assert isinstance(fault, Failed)
    assert (fault.step, "3 s" in fault.reason) == ("two", True)
    child = int((tmp_path / "child").read_text())
    until = time.monotonic() + GRACE
    while runs(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not runs(child)


@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
def test_who_is_asked_to_end_ends_the_process_first(tmp_path: Path) -> None:
    former = signal.getsignal(signal.SIGTERM)

    def terminate(_: Told) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(SystemExit):
        watch(Wish(tmp_path, time.monotonic()), terminate, courses.hanging)
    child = int((tmp_path / "child").read_text())
    until = time.monotonic() + GRACE
    while runs(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not runs(child)
    assert signal.getsignal(signal.SIGTERM) == former


def runs(pid: int) -> bool:
    """Return whether a process is there and is not only waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
