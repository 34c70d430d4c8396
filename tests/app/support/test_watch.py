"""What ends a program, or goes wrong in it, is found in a report."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.support import hooks
from app.support.crash_reports import CrashReports
from app.support.report import Part, Report
from app.support.session import begin_session, failed_sessions, fatal_headline
from app.support.watch import ONE_BY_ONE, Watch
from tests.app.support.crashing import SECRET

ROOT = Path(__file__).resolve().parents[3]


def crash(how: str, folder: Path) -> int:
    """Run a program that ends so, and return its exit code."""
    command = [sys.executable, "-m", "tests.app.support.crashing", how, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """One that hears of what it is told, and leaves the hooks and signals of the tests alone."""
    monkeypatch.setattr("app.support.watch.listen", lambda note: lambda: None)
    monkeypatch.setattr("app.support.black_box.faulthandler", Signals())
    return Watch(tmp_path / "crash-reports")


class Signals:
    """Stands for `faulthandler`, which the tests have in use."""

    def enable(self, file: object, **_: object) -> None:
        """Do nothing."""

    def disable(self) -> None:
        """Do nothing."""


def met(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def heard_by(watch: Watch) -> list[Report]:
    heard: list[Report] = []
    watch.heard = heard.append
    return heard


@pytest.mark.parametrize(
    ("how", "part", "what"),
    [
        ("segfault", Part.PROGRAM, "Segmentation fault"),
        ("killed", Part.PROGRAM, "Ended without a word"),
        ("raises", Part.PROGRAM, "KeyError at tests/app/support/crashing.py"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_next_start_finds_what_ended_the_program(
    how: str, part: Part, what: str, tmp_path: Path, watch: Watch
) -> None:
    assert crash(how, watch.reports.folder) != 0
    with watch:
        (found,) = watch.found
    assert (found.part, found.times) == (part, 1)
    assert what in found.headline
    assert watch.reports.all() == [found]
    assert SECRET not in found.text()
    with Watch(watch.reports.folder) as after:
        assert after.found == []


def test_a_program_that_ends_well_leaves_nothing(watch: Watch) -> None:
    assert crash("nothing", watch.reports.folder) == 0
    with watch:
        assert watch.found == []
        assert watch.reports.all() == []


@pytest.mark.parametrize("how", ["in_thread", "logged", "without_stderr"])
def test_what_goes_wrong_is_written_down_and_the_program_goes_on(how: str, tmp_path: Path) -> None:
    assert crash(how, tmp_path) == 0
    found = CrashReports(tmp_path).all()
    assert {report.part for report in found} == {Part.WINDOW}
    assert len(found) == (2 if how == "without_stderr" else 1)
    assert not any(SECRET in report.text() for report in found)


def test_an_open_window_has_not_crashed(watch: Watch) -> None:
    with watch, Watch(watch.reports.folder) as second:
        assert second.found == []


def test_the_user_hears_of_each_fault_once(watch: Watch) -> None:
    def fails() -> Exception:
        return met(KeyError(SECRET))

    with watch:
        heard = heard_by(watch)
        for _ in range(100):
            watch.note(fails())
        watch.note(met(ZeroDivisionError()))
        watch.note(met(TypeError()), told_elsewhere=True)
        watch.note(KeyboardInterrupt())
    assert [report.headline.partition(" ")[0] for report in heard] == ["KeyError", "ZeroDivisionError"]
    assert sorted(report.times for report in watch.reports.all()) == [1, 1, 100]


def test_an_error_of_every_frame_is_not_written_with_every_frame(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[Report] = []
    monkeypatch.setattr(watch.reports, "add", lambda report: added.append(report) or report)
    with watch:
        for _ in range(1000):
            watch.note(met(KeyError()))
    assert ONE_BY_ONE < len(added) < 2 * ONE_BY_ONE
    assert sum(report.times for report in added) == 1000


def test_an_error_while_one_is_written_down_is_let_go(watch: Watch) -> None:
    with watch:

        def again(report: Report) -> Report:
            watch.note(met(ValueError()))
            raise RuntimeError

        watch.reports.add = again  # type: ignore[method-assign]
        watch.note(met(KeyError()))
    assert watch.reports.folder.exists()


def test_where_nothing_can_be_written_less_is_known(monkeypatch: pytest.MonkeyPatch, watch: Watch) -> None:
    watch.reports.folder.write_text("in the way")
    with watch:
        heard = heard_by(watch)
        watch.note(met(KeyError()))
        assert len(watch.reports.all()) == len(heard) == 1


def test_the_engine_has_left_behind_why_it_died(watch: Watch) -> None:
    frames = 'Thread 0x1\n  File "x.py", line 1 in y\n  File "solver/z.py", line 9 in f'
    fault = f"Fatal Python error: Segmentation fault\n\n{frames}"
    with watch:
        heard = heard_by(watch)
        watch.engine.died(-11, fault)
        watch.engine.died(-9, "")
        watch.engine.died(None, "")
        watch.engine.job_failed(f"job 3 failed\n{frames}\nTypeError: unhashable")
    headlines = {report.headline for report in watch.reports.all()}
    assert headlines == {
        "It ended with exit code -11: Segmentation fault at solver/z.py:9",
        "It ended with exit code -9: nothing is known of why",
        "It could not be started: nothing is known of why",
        "A job failed: TypeError: unhashable",
    }
    assert heard == []  # the window says it anyhow


def test_a_headline_names_the_last_fault_in_the_thread_that_had_it() -> None:
    others = 'Fatal Python error: C\n\nThread 0x1 (most recent call first):\n  File "app/other.py", line 1 in f\n\n'
    assert fatal_headline(f'{others}Current thread 0x2 (most recent):\n  File "app/x.py", line 3') == "C at app/x.py:3"
    assert fatal_headline("something logged") == ""
    assert fatal_headline("Fatal Python error: A\n\nFatal Python error: B\n") == "B"
    assert fatal_headline('Windows fatal exception: access violation\n\n  File "app\\x.py", line 3') == (
        "access violation at app/x.py:3"
    )


def test_a_run_that_cannot_be_read_is_told_of_all_the_same(tmp_path: Path) -> None:
    session = begin_session(tmp_path / "runs")
    assert session is not None
    session.faults.mkdir()
    session._claim.release()
    ((report, kept),) = failed_sessions(tmp_path / "runs")
    assert report.part is Part.PROGRAM
    assert not kept
    assert list((tmp_path / "runs").iterdir()) == []


def test_hooks_go_on_to_whoever_was_there_and_are_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda *_: before.append("error"))
    monkeypatch.setattr(threading, "excepthook", lambda _: before.append("thread"))
    usual = (sys.excepthook, threading.excepthook, sys.unraisablehook, list(logging.getLogger().handlers))
    noted: list[tuple[type, bool]] = []
    end = hooks.listen(lambda error, said, elsewhere: noted.append((type(error), elsewhere)))
    error = met(KeyError())
    sys.excepthook(KeyError, error, None)
    threading.excepthook(threading.ExceptHookArgs((KeyError, error, None, None)))
    logging.getLogger("x").error("no error is meant")
    logging.getLogger("x").error("this one", exc_info=error)
    end()
    assert before == ["error", "thread"]
    assert noted == [(KeyError, False), (KeyError, False), (KeyError, True)]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook, logging.getLogger().handlers) == usual
