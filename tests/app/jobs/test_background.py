"""The background runner: results and errors arrive in the window's thread, and no thread is left."""

import threading

import pytest

from app.jobs.background import BackgroundRunner


@pytest.fixture
def runner(qtbot):
    runner = BackgroundRunner()
    yield runner
    runner.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("background")]


def test_result_arrives_in_the_callers_thread(runner, qtbot):
    seen = []
    runner.run(
        "Counting",
        lambda: (threading.current_thread().name, 42),
        lambda result: seen.append((threading.current_thread(), result)),
        pytest.fail,
    )
    qtbot.waitUntil(lambda: bool(seen))
    thread, (worker, value) = seen[0]
    assert thread is threading.main_thread()
    assert worker.startswith("background")
    assert value == 42
    assert not runner.busy


@pytest.mark.parametrize(("error", "logged"), [(OSError("disk full"), 0), (TypeError("not a number"), 1)])
def test_only_a_fault_of_the_code_is_logged(runner, qtbot, caplog, error, logged):
    errors = []

    def work():
        raise error

    runner.run("Writing", work, lambda _: pytest.fail("done was called"), errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert [record.exc_info[1] for record in caplog.records] == [error] * logged


def test_error_is_handed_over(runner, qtbot):
    errors = []

    def work():
        raise OSError("disk full")

    runner.run("Writing", work, lambda _: pytest.fail("done was called"), errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], OSError)


def test_work_is_done_in_order_and_busy_names_it(runner, qtbot):
    titles, results = [], []
    runner.busy_changed.connect(titles.append)
    for number in range(3):
        runner.run(f"Task {number}", lambda number=number: number, results.append, pytest.fail)
    qtbot.waitUntil(lambda: len(results) == 3)
    assert results == [0, 1, 2]
    assert titles == ["Task 0", "Task 1", "Task 2", ""]


def test_nothing_is_reported_after_close(qtbot):
    runner = BackgroundRunner()
    begun, go_on = threading.Event(), threading.Event()

    def work():
        begun.set()
        go_on.wait(5)

    runner.run("Waiting", work, lambda _: pytest.fail("done was called"), pytest.fail)
    runner.run("Never begun", lambda: pytest.fail("begun"), pytest.fail, pytest.fail)
    assert begun.wait(5)
    go_on.set()
    runner.close()
    runner.run("Too late", lambda: pytest.fail("begun"), pytest.fail, pytest.fail)
    qtbot.wait(20)
    assert not runner.busy
