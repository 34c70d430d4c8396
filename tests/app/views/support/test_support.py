"""When something goes wrong: the window says so once, and reports can be read, passed on and deleted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.model.scenario import Scenario
from app.support import watch as watching
from app.support.crash_reports import CrashReports, reports_folder
from app.support.report import Part, Report
from app.support.watch import Watch
from app.views.main_window import MainWindow
from app.views.support.about_dialog import AboutDialog
from app.views.support.crash_card import CrashCard
from app.views.support.licences_dialog import LicencesDialog
from app.views.support.reports_dialog import ReportsDialog
from app.views.theme import Theme
from tests.solver import fake_engine


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[MainWindow]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.end()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """One of the window, that leaves the hooks and signals of the tests alone."""
    monkeypatch.setattr(watching, "listen", lambda note: lambda: None)
    monkeypatch.setattr(watching.BlackBox, "watch_for_signals", lambda self: None)
    monkeypatch.setattr(watching.BlackBox, "close", lambda self: self._file and self._file.close())
    with Watch() as made:
        yield made


def met(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def make(headline: str, hours: int = 0, part: Part = Part.WINDOW) -> Report:
    report = Report.now(part, headline, f"details of {headline}")
    return replace(report, last=report.last - timedelta(hours=hours))


def press(dialog: object, name: str, qtbot: QtBot) -> None:
    button = dialog.findChild(QPushButton, name)  # type: ignore[attr-defined]
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def shown(dialog: ReportsDialog) -> str:
    text = dialog.findChild(QPlainTextEdit, "reports_text")
    assert text is not None
    return text.toPlainText()


@pytest.fixture
def reports() -> CrashReports:
    made = CrashReports(reports_folder())
    for number in range(3):
        made.add(make(f"fault {number}", hours=number))
    return made


@pytest.fixture
def dialog(window: MainWindow, reports: CrashReports, qtbot: QtBot) -> Iterator[ReportsDialog]:
    window.actions_by_name["crash_reports"].trigger()
    made = window.findChild(ReportsDialog)
    assert made is not None
    yield made
    made.close()


def test_an_error_in_any_thread_is_told_of_once_without_a_dialog(
    window: MainWindow, watch: Watch, qtbot: QtBot
) -> None:
    card = window.help.support.card
    window.help.support.follow(watch)
    assert card.isHidden()
    error = met(KeyError("Anna"))
    thread = threading.Thread(target=watch.note, args=(error,))
    thread.start()
    thread.join()
    qtbot.waitUntil(card.isVisible)
    assert window.findChild(ReportsDialog) is None
    card.hide()
    watch.note(error)
    qtbot.wait(50)
    assert card.isHidden()
    watch.note(met(ValueError()))
    qtbot.waitUntil(card.isVisible)


def test_the_card_stays_while_the_user_goes_on_and_leads_to_its_report(
    window: MainWindow, watch: Watch, scenario: Scenario, qtbot: QtBot
) -> None:
    window.help.support.follow(watch)
    watch.reports.add(make("another one"))
    watch.note(met(KeyError("Anna")))
    card = window.help.support.card
    qtbot.waitUntil(card.isVisible)
    window.session.load(scenario, saved=True)
    assert card.isVisible()
    press(card, "crash_show", qtbot)
    dialog = window.findChild(ReportsDialog)
    assert dialog is not None
    assert card.isHidden()
    assert card.report is not None
    assert shown(dialog) == card.report.text()
    dialog.close()


def test_the_start_after_a_crash_tells_of_it(window: MainWindow, watch: Watch) -> None:
    window.help.support.follow(watch)
    assert window.help.support.card.isHidden()
    watch.found = [make("Segmentation fault", part=Part.PROGRAM)]
    window.help.support.follow(watch)
    assert window.help.support.card.isVisible()
    assert window.findChild(ReportsDialog) is None


def test_a_crash_and_an_error_are_told_in_other_words(theme: Theme, qtbot: QtBot) -> None:
    card = CrashCard(theme)
    qtbot.addWidget(card)
    card.tell(make("a", part=Part.PROGRAM))
    ended = card.accessibleName()
    card.tell(make("b"))
    assert ended
    assert card.accessibleName() not in ("", ended)


def test_the_newest_report_is_shown_first_and_copied(dialog: ReportsDialog, qtbot: QtBot) -> None:
    listed = dialog.findChild(QTreeWidget, "reports_list")
    assert listed is not None
    assert [listed.topLevelItem(row).text(3) for row in range(3)] == ["fault 0", "fault 1", "fault 2"]  # type: ignore[union-attr]
    assert "details of fault 0" in shown(dialog)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    assert "details of fault 1" in shown(dialog)
    press(dialog, "reports_copy", qtbot)
    assert QGuiApplication.clipboard().text() == shown(dialog)


def test_a_report_is_saved_where_the_user_wants_it(
    dialog: ReportsDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = dialog.findChild(QLabel, "reports_told")
    assert told is not None
    for target in (tmp_path / "report.txt", tmp_path / "no such folder" / "report.txt"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, target=target: (str(target), ""))
        before = told.text()
        press(dialog, "reports_save", qtbot)
        qtbot.waitUntil(lambda before=before: told.text() != before)
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == shown(dialog)


def test_deleting_leads_to_the_next_and_at_last_to_none(
    dialog: ReportsDialog, reports: CrashReports, qtbot: QtBot
) -> None:
    listed = dialog.findChild(QTreeWidget, "reports_list")
    assert listed is not None
    press(dialog, "reports_delete", qtbot)
    assert "details of fault 1" in shown(dialog)
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert "details of fault 1" in shown(dialog)
    assert [report.headline for report in reports.all()] == ["fault 1"]
    press(dialog, "reports_delete", qtbot)
    pages = dialog.findChild(QStackedWidget)
    assert pages is not None
    assert pages.currentIndex() == 1
    assert shown(dialog) == ""
    for name in ("copy", "save", "delete", "delete_all"):
        assert not dialog.findChild(QPushButton, f"reports_{name}").isEnabled()  # type: ignore[union-attr]


@pytest.mark.parametrize(("answer", "left"), [("delete_yes", 0), ("", 3)])
def test_all_are_deleted_only_when_the_user_says_so_again(
    answer: str, left: int, dialog: ReportsDialog, reports: CrashReports, qtbot: QtBot
) -> None:
    press(dialog, "reports_delete_all", qtbot)
    question = dialog.findChild(QMessageBox, "delete_question")
    assert question is not None
    if answer:
        press(question, answer, qtbot)
    else:
        qtbot.keyClick(question, Qt.Key.Key_Return)
    assert len(reports.all()) == left


def test_diagnostics_are_counts_and_versions_only(window: MainWindow, scenario: Scenario, qtbot: QtBot) -> None:
    window.session.load(scenario, saved=True)
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(window.help.support.said):
        window.actions_by_name["copy_diagnostics"].trigger()
    text = QGuiApplication.clipboard().text()
    assert "6 customers, 3 vehicles, 2 vehicle types, 2 depots, 1 profiles, 1 zones" in text
    assert "platform offscreen" in text
    assert "no process" in text
    for secret in ("Shop", "North", "Centre", "60.1", "24.9"):
        assert secret not in text


def test_the_engine_is_told_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.client.ready, timeout=10_000):
        window.client.start()
    with qtbot.waitSignal(window.help.support.said):
        window.actions_by_name["copy_diagnostics"].trigger()
    assert f"process {window.client.pid}, waiting" in QGuiApplication.clipboard().text()


def test_about_says_what_was_copied_and_opens_the_licences(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["about"].trigger()
    about = window.findChild(AboutDialog)
    assert about is not None
    told = about.findChild(QLabel, "about_told")
    assert told is not None
    assert told.isHidden()
    press(about, "about_diagnostics", qtbot)
    qtbot.waitUntil(told.isVisible)
    press(about, "about_licences", qtbot)
    qtbot.waitUntil(lambda: about.findChild(LicencesDialog) is not None)
    licences = about.findChild(LicencesDialog)
    assert licences is not None
    assert licences.isVisible()
    licences.close()
    about.close()


def test_what_is_collected_when_about_is_closed_is_still_copied(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_by_name["about"].trigger()
    about = window.findChild(AboutDialog)
    assert about is not None
    QGuiApplication.clipboard().clear()
    press(about, "about_diagnostics", qtbot)
    about.close()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "")
