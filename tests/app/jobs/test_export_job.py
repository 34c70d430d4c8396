"""The export job: it says how far it is, and it can be stopped."""

import threading

import pytest

from app.io.progress import StoppedError
from app.jobs.export_job import ExportJob


@pytest.fixture
def job(qtbot):
    job = ExportJob()
    yield job
    job.close()


def test_progress_and_end_arrive_in_the_callers_thread(job, qtbot):
    told, titles, ended = [], [], []
    job.progressed.connect(lambda *parts: told.append((threading.current_thread(), parts)))
    job.running_changed.connect(titles.append)

    def work(tell):
        for part in range(3):
            tell(part, 3)

    job.run("Exporting", work, lambda: ended.append(threading.current_thread()), pytest.fail)
    assert job.running
    qtbot.waitUntil(lambda: bool(ended))
    main = threading.main_thread()
    assert told == [(main, (0, 3)), (main, (1, 3)), (main, (2, 3))]
    assert ended == [main]
    assert titles == ["Exporting", ""]


def test_stop_ends_it_at_the_next_part_and_drops_what_waits(job, qtbot):
    begun, go_on, errors = threading.Event(), threading.Event(), []

    def work(tell):
        begun.set()
        go_on.wait(5)
        tell(1, 2)
        pytest.fail("it went on")

    job.run("First", work, lambda: pytest.fail("done"), errors.append)
    job.run("Second", lambda tell: tell(0, 1), lambda: pytest.fail("done"), errors.append)
    assert begun.wait(5)
    job.stop()
    go_on.set()
    qtbot.waitUntil(lambda: len(errors) == 2)
    assert all(isinstance(error, StoppedError) for error in errors)
    ended = []
    job.run("Third", lambda tell: tell(0, 1), lambda: ended.append(True), pytest.fail)
    qtbot.waitUntil(lambda: bool(ended))


def test_what_is_asked_for_after_a_stop_is_not_stopped_with_the_rest(job, qtbot):
    begun, go_on, ended = threading.Event(), threading.Event(), []

    def work(tell):
        begun.set()
        go_on.wait(5)
        tell(1, 2)

    job.run("First", work, lambda: pytest.fail("done"), lambda _: ended.append("first stopped"))
    assert begun.wait(5)
    job.stop()
    job.run("Second", lambda tell: tell(0, 1), lambda: ended.append("second done"), pytest.fail)
    go_on.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert ended == ["first stopped", "second done"]


def test_closing_does_not_wait_for_all_the_rest(qtbot):
    job = ExportJob()
    begun = threading.Event()

    def work(tell):
        while True:
            begun.set()
            tell(0, 1)

    job.run("For ever", work, lambda: pytest.fail("done"), lambda _: pytest.fail("told after close"))
    assert begun.wait(5)
    job.close()
    assert not job.running
