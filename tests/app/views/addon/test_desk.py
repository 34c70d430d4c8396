"""Where the engine runs: the choice, what becomes of it, and what makes the add-on, with scripts in place of Python."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.addon.foreign_python import python_in
from app.addon.place import Mark, addon_folder, choose_folder, default_folder, write_mark
from app.addon.probe import find_addon
from app.jobs.client import SolverClient
from app.jobs.python_process import ByPython
from app.jobs.worker_process import SpawnedProcess
from app.views.addon.desk import ADDON, HERE, PLACE, AddonDesk
from app.views.addon.dialog import AddonDialog
from app.views.theme import Theme
from tests.app.addon.fake_python import make_fake_python
from tests.app.addon.test_probe import put_addon
from tests.solver import fake_engine
from tests.solver.fake_engine import make_square

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts")

PATIENCE = 20_000

MakeDesk = Callable[[], AddonDesk]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def client(qapp: object) -> Iterator[SolverClient]:
    client = SolverClient(serve=fake_engine.serve_improving)
    yield client
    client.shutdown()


@pytest.fixture
def make_desk(client: SolverClient, settings: QSettings, theme: Theme, qtbot: QtBot) -> Iterator[MakeDesk]:
    made: list[AddonDesk] = []

    def make() -> AddonDesk:
        window = QWidget()
        qtbot.addWidget(window)
        desk = AddonDesk(client, settings, theme, window)
        for widget in (desk.box, desk.button, desk.notice):
            widget.setParent(window)
        desk.told = []  # type: ignore[attr-defined]
        desk.message.connect(desk.told.append)  # type: ignore[attr-defined]
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


def use_small_addon(python: Path) -> None:
    """Let a real environment with the packages of the tests be the add-on."""
    choose_folder(python.parents[1])
    write_mark(python.parents[1], Mark(complete=True))
    find_addon()


def choose(desk: AddonDesk, place: str) -> None:
    desk.box.setCurrentIndex(desk.box.findData(place))
    desk.box.activated.emit(desk.box.currentIndex())


def button(dialog: AddonDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, f"addon_{name}")
    assert isinstance(found, QPushButton)
    return found


def can_choose_addon(desk: AddonDesk) -> bool:
    return bool(desk.box.model().item(desk.box.findData(ADDON)).isEnabled())


def test_without_an_add_on_there_is_nothing_to_choose_and_nothing_to_say(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    assert desk.box.currentData() == HERE
    assert not can_choose_addon(desk)
    qtbot.wait(50)
    assert desk.told == []  # type: ignore[attr-defined]


def test_a_card_is_offered_until_somebody_has_looked(
    make_desk: MakeDesk, settings: QSettings, qtbot: QtBot, client: SolverClient
) -> None:
    put_addon()
    desk = make_desk()
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        assert desk.notice.isHidden()
    assert not desk.notice.isHidden()
    assert can_choose_addon(desk)
    assert client.make_process is SpawnedProcess
    desk.notice.click()
    assert desk.notice.isHidden()
    assert desk.show_dialog().isVisible()
    later = make_desk()
    with qtbot.waitSignal(later.job.found, timeout=PATIENCE):
        pass
    assert later.notice.isHidden()


def test_an_environment_without_a_card_is_not_offered(make_desk: MakeDesk, qtbot: QtBot) -> None:
    put_addon(facts={"gpu": ""})
    desk = make_desk()
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        pass
    assert desk.notice.isHidden()
    assert can_choose_addon(desk)


def test_the_engine_runs_where_it_was_chosen_to_also_after_the_next_start(
    make_desk: MakeDesk, client: SolverClient, small_addon: Path, qtbot: QtBot
) -> None:
    use_small_addon(small_addon)
    desk = make_desk()
    choose(desk, ADDON)
    assert client.make_process == ByPython(small_addon)
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.solve(make_square(5), seconds=0.05)
    client.run_by(SpawnedProcess)
    later = make_desk()  # what was remembered does, so that the engine starts there at once
    assert client.make_process == ByPython(small_addon)
    assert later.box.currentData() == ADDON
    choose(later, HERE)
    assert client.make_process is SpawnedProcess


def test_an_engine_that_dies_there_is_replaced_and_the_choice_with_it(
    make_desk: MakeDesk, client: SolverClient, small_addon: Path, settings: QSettings, qtbot: QtBot
) -> None:
    use_small_addon(small_addon)
    settings.setValue(PLACE, ADDON)
    desk = make_desk()
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    assert client.pid is not None
    with qtbot.waitSignal(client.fell_back, timeout=PATIENCE):
        os.kill(client.pid, signal.SIGKILL)
    assert desk.box.currentData() == HERE
    assert settings.value(PLACE) == HERE
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.solve(make_square(5), seconds=0.05)


def test_an_engine_that_does_not_start_there_is_told_and_replaced(
    make_desk: MakeDesk, client: SolverClient, settings: QSettings, qtbot: QtBot
) -> None:
    put_addon()
    find_addon()
    settings.setValue(PLACE, ADDON)
    desk = make_desk()
    assert client.make_process == ByPython(python_in(default_folder()))  # which is a script that has no engine
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.solve(make_square(5), seconds=0.05)
    assert len(desk.told) == 1  # type: ignore[attr-defined]
    assert desk.box.currentData() == HERE


@pytest.mark.parametrize("arguments", [{"facts": {"routewright": "0.0.1"}}, {"complete": False}, {"answer": "exit 1"}])
def test_one_that_cannot_be_used_is_told_where_it_was_chosen(
    arguments: dict[str, object],
    make_desk: MakeDesk,
    client: SolverClient,
    settings: QSettings,
    qtbot: QtBot,
) -> None:
    put_addon(**arguments)  # type: ignore[arg-type]
    settings.setValue(PLACE, ADDON)
    desk = make_desk()
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        pass
    assert len(desk.told) == 1  # type: ignore[attr-defined]
    assert not can_choose_addon(desk)
    assert client.make_process is SpawnedProcess
    assert settings.value(PLACE) == ADDON  # for the day when it can be used again


def test_it_is_set_up_updated_and_removed_in_the_window(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sys, "executable", str(make_fake_python(tmp_path)))
    desk = make_desk()
    dialog = desk.show_dialog()
    dialog.folder.setText(str(tmp_path / "big disk"))
    dialog.index_url.setText("https://wheels.example")
    assert button(dialog, "create").isVisible()
    assert not button(dialog, "remove").isVisible()
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        button(dialog, "create").click()
        assert button(dialog, "stop").isVisible()
        assert not button(dialog, "create").isEnabled()
    assert addon_folder() == tmp_path / "big disk"
    assert "NVIDIA H100" in dialog.findChild(QLabel, "addon_gpu").text()
    assert "Collecting torch" in dialog.findChild(QPlainTextEdit, "addon_log").toPlainText()
    assert can_choose_addon(desk)
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        button(dialog, "look").click()
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        button(dialog, "remove").click()
    assert not (tmp_path / "big disk").exists()
    assert not can_choose_addon(desk)
    assert button(dialog, "create").isVisible()


def test_what_fails_is_said_and_can_be_tried_again(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sys, "executable", str(make_fake_python(tmp_path, pip="echo ERROR: no route; exit 1")))
    desk = make_desk()
    dialog = desk.show_dialog()
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        button(dialog, "create").click()
    assert dialog.message.text.endswith("ERROR: no route")
    assert button(dialog, "create").isEnabled()
    assert not dialog.findChild(QProgressBar, "addon_bar").isVisible()


def test_a_stop_leaves_nothing(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sys, "executable", str(make_fake_python(tmp_path, pip="echo begun; sleep 600")))
    desk = make_desk()
    dialog = desk.show_dialog()
    with qtbot.waitSignal(desk.job.said, check_params_cb=lambda line: line == "begun", timeout=PATIENCE):
        button(dialog, "create").click()
    with qtbot.waitSignal(desk.job.stopped, timeout=PATIENCE):
        button(dialog, "stop").click()
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        pass
    assert not default_folder().exists()
    assert button(dialog, "create").isEnabled()


def test_closing_the_window_ends_what_is_under_way(
    make_desk: MakeDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(sys, "executable", str(make_fake_python(tmp_path, pip="echo begun; sleep 600")))
    desk = make_desk()
    dialog = desk.show_dialog()
    with qtbot.waitSignal(desk.job.said, check_params_cb=lambda line: line == "begun", timeout=PATIENCE):
        button(dialog, "create").click()
    dialog.close()
    desk.close()
    assert not default_folder().exists()


def test_nothing_is_changed_below_a_solve(
    make_desk: MakeDesk, client: SolverClient, small_addon: Path, settings: QSettings, qtbot: QtBot
) -> None:
    use_small_addon(small_addon)
    settings.setValue(PLACE, ADDON)
    desk = make_desk()
    dialog = desk.show_dialog()
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    button(dialog, "remove").click()
    assert dialog.message.text
    assert not desk.job.running
    assert small_addon.exists()
    assert client.make_process == ByPython(small_addon)


def test_an_engine_that_runs_there_makes_room_for_an_update(
    make_desk: MakeDesk, client: SolverClient, small_addon: Path, settings: QSettings, qtbot: QtBot
) -> None:
    use_small_addon(small_addon)
    settings.setValue(PLACE, ADDON)
    desk = make_desk()
    seen = []
    desk.job.running_changed.connect(lambda _: seen.append(client.make_process))
    desk.job._begin(find_addon)  # in place of minutes of pip
    with qtbot.waitSignal(desk.job.found, timeout=PATIENCE):
        pass
    assert seen == [SpawnedProcess, ByPython(small_addon)]
