"""The plan on its way out of the window: files, printer, clipboard."""

import errno
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QToolButton,
)

import app.plan_files
from app.io.write_scenario import scenario_files
from app.jobs.client import SolverClient
from app.jobs.solve_run import SolveState
from app.model import changes
from app.model.plan import Plan, PlannedRoute
from app.plan_files import FILES
from app.views.main_window import MainWindow

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot, theme, settings, scenario):
    window = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.session.load(scenario, PLAN, saved=True)
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=10_000)
    yield window
    window.end()


@pytest.fixture
def target(tmp_path, monkeypatch):
    """Answer the file dialog, and note what it suggested."""

    class Target:
        suggested = ""
        path = tmp_path / "out" / "written"

    def ask(_window, _title, suggested, _filter):
        Target.suggested = suggested
        return str(Target.path), ""

    Target.path.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("asked whether to replace a file"))
    return Target


def open_dialog(window, qtbot):
    window.actions_by_name["export"].trigger()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "export_dialog") is not None)
    return window.findChild(QDialog, "export_dialog")


def export(window, qtbot, kind, *, selected=False, button="accept"):
    dialog = open_dialog(window, qtbot)
    dialog.findChild(QRadioButton, f"export_{kind}").setChecked(True)
    dialog.findChild(QRadioButton, "export_selected_routes").setChecked(selected)
    qtbot.mouseClick(dialog.findChild(QPushButton, f"export_{button}"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "export_dialog") is None)


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.exports.job.running, timeout=20_000)


@pytest.mark.parametrize("kind", [file.key for file in FILES])
def test_every_kind_is_written_with_its_suffix(window, qtbot, target, kind):
    export(window, qtbot, kind)
    idle(window, qtbot)
    (written,) = target.path.parent.iterdir()
    assert written.stat().st_size > 100
    assert written.name == target.path.name + Path(target.suggested).suffix
    assert not window.banner.isVisible()


def test_only_the_selected_routes_are_written(window, qtbot, target):
    window.selection.set({("customers", "C5")})  # which is on the second route
    export(window, qtbot, "stops", selected=True)
    idle(window, qtbot)
    rows = target.path.with_suffix(".csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[4] for row in rows[1:]] == ["C4", "C5"]
    assert all(row.startswith("2,") for row in rows[1:])


def test_the_folder_is_remembered_until_it_is_gone(window, qtbot, target):
    target.path = target.path.with_suffix(".csv")
    export(window, qtbot, "routes")
    idle(window, qtbot)
    export(window, qtbot, "stops")
    assert target.suggested == str(target.path.parent / "stops.csv")
    idle(window, qtbot)
    for file in target.path.parent.iterdir():
        file.unlink()
    target.path.parent.rmdir()  # so the next one fails, which is of no interest here
    export(window, qtbot, "stops")
    assert target.path.parent != Path(target.suggested).parent
    idle(window, qtbot)


def test_a_file_that_cannot_be_written_is_said_and_what_was_there_stays(window, qtbot, target):
    target.path = target.path.parent / "nowhere" / "plan.csv"
    export(window, qtbot, "routes")
    idle(window, qtbot)
    assert window.banner.isVisible()
    assert "plan.csv" in window.banner.text


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_does_not_take_it_is_said_and_what_was_there_stays(window, qtbot, target, monkeypatch, error):
    def refuse(_handle):
        raise OSError(error, "not for the user's eyes")

    target.path = target.path.with_suffix(".xlsx")
    target.path.write_bytes(b"older")
    monkeypatch.setattr(os, "fsync", refuse)
    export(window, qtbot, "xlsx")
    idle(window, qtbot)
    assert window.banner.isVisible()
    assert target.path.name in window.banner.text
    assert "not for the user" not in window.banner.text
    assert target.path.read_bytes() == b"older"
    assert [one.name for one in target.path.parent.iterdir()] == [target.path.name]


def test_during_a_search_it_is_said_that_a_better_plan_may_follow(window, qtbot, monkeypatch):
    dialog = open_dialog(window, qtbot)
    assert dialog.findChild(QLabel, "export_note") is None
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(QDialog, "export_dialog") is None)
    monkeypatch.setattr(type(window.controller), "state", SolveState.SOLVING)
    assert open_dialog(window, qtbot).findChild(QLabel, "export_note").isVisible()
    window.findChild(QDialog, "export_dialog").reject()


def test_an_export_shows_how_far_it_is_and_can_be_stopped(window, qtbot, target, monkeypatch):
    half, go_on = threading.Event(), threading.Event()

    def make(_scenario, _evaluation, _wishes, told):
        told(1, 2)
        half.set()
        go_on.wait(10)
        told(2, 2)
        return b"whole"

    kinds = tuple(app.plan_files.PlanFile(one.key, one.title, one.about, one.name, one.filter, make) for one in FILES)
    monkeypatch.setattr("app.views.dialogs.export_dialog.FILES", kinds)
    target.path = target.path.with_suffix(".pdf")
    target.path.write_bytes(b"older")
    stop = window.actions_by_name["stop_export"]
    assert not stop.isEnabled()
    export(window, qtbot, "pdf")
    assert half.wait(10)
    bar = window.findChild(QProgressBar, "export_progress_bar")
    qtbot.waitUntil(lambda: (bar.value(), bar.maximum()) == (1, 2))
    button = window.findChild(QToolButton, "export_progress_stop")
    assert bar.isVisible()
    assert button.isVisible()
    assert stop.isEnabled()
    button.click()
    go_on.set()
    idle(window, qtbot)
    assert target.path.read_bytes() == b"older"
    assert not bar.isVisible()
    assert not stop.isEnabled()
    assert not window.banner.isVisible()


def test_closing_the_window_stops_an_export(window, qtbot, target):
    begun = threading.Event()

    def work(told):
        while True:
            begun.set()
            told(0, 1)

    window.exports.job.run("For ever", work, lambda: pytest.fail("done"), lambda _: pytest.fail("told"))
    assert begun.wait(10)
    window.end()
    assert not window.exports.job.running


def test_what_was_edited_a_moment_ago_is_in_the_file(window, qtbot, target):
    window.session.do(*changes.set_plan(window.session.state, Plan(PLAN.routes[:1])))
    assert window.controller.evaluations.busy
    export(window, qtbot, "routes")
    idle(window, qtbot)
    assert len(target.path.with_suffix(".csv").read_text("utf-8-sig").splitlines()) == 2


def test_a_scenario_without_a_plan_can_be_exported(window, qtbot, target):
    window.session.load(window.session.scenario, Plan(), saved=True)
    export(window, qtbot, "scenario")
    idle(window, qtbot)
    assert Path(target.suggested).name == "Test.zip"
    assert target.path.with_suffix(".zip").stat().st_size > sum(
        len(name) for name in scenario_files(window.session.scenario)
    )


def test_a_scenario_that_is_not_complete_can_be_exported_but_not_its_plan(window, qtbot):
    window.session.load(replace(window.session.scenario, depots={}), PLAN, saved=True)
    dialog = open_dialog(window, qtbot)
    assert [one.key for one in FILES if dialog.findChild(QRadioButton, f"export_{one.key}").isEnabled()] == ["scenario"]
    dialog.reject()
    window.actions_by_name["print"].trigger()
    assert window.banner.isVisible()
    assert str(window.controller.evaluations.issues[0]) in window.banner.text


def test_routes_are_copied_as_text(window, qtbot):
    window.actions_by_name["copy_routes"].trigger()
    assert window.banner.isVisible()  # nothing is selected
    window.selection.set({("routes", "bike/1")})
    with qtbot.waitSignal(window.exports.done):
        window.actions_by_name["copy_routes"].trigger()
    text = QGuiApplication.clipboard().text()
    assert "Shop 4" in text
    assert "Shop 1" not in text


def press_print(window, qtbot, path):
    """Press Print in the print dialog, to a file, and return which routes were about to be printed."""
    qtbot.waitUntil(lambda: window.findChild(QPrintDialog, "print_dialog") is not None)
    dialog = window.findChild(QPrintDialog, "print_dialog")
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(path))
    routes = dialog.printRange()
    dialog.done(QDialog.DialogCode.Accepted.value)  # the button would ask the system for its printers first
    return routes


@pytest.mark.parametrize("way", ["command", "dialog"])
def test_manifests_are_printed(window, qtbot, tmp_path, way):
    window.selection.set({("routes", "van/1")})
    if way == "command":
        window.actions_by_name["print"].trigger()
    else:
        export(window, qtbot, "pdf", selected=True, button="print")
    routes = press_print(window, qtbot, tmp_path / "printed.pdf")
    idle(window, qtbot)
    expected = {"command": "AllPages", "dialog": "Selection"}[way]
    assert routes is QAbstractPrintDialog.PrintRange[expected]
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert not window.banner.isVisible()


def test_a_printer_that_takes_nothing_is_said(window, qtbot, tmp_path, qtlog):
    window.actions_by_name["print"].trigger()
    with qtlog.disabled():
        press_print(window, qtbot, tmp_path / "nowhere" / "printed.pdf")
        idle(window, qtbot)
    qtbot.waitUntil(window.banner.isVisible)


def test_there_is_nothing_to_print_without_a_plan(window, qtbot, monkeypatch):
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog", lambda *_: pytest.fail("asked for a printer"))
    window.session.load(window.session.scenario, Plan(), saved=True)
    window.actions_by_name["print"].trigger()
    qtbot.waitUntil(window.banner.isVisible)
