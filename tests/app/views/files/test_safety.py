"""After a crash, and back to what was saved earlier: the ways through the window."""

import json
import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLabel, QMessageBox, QPushButton, QTreeWidget

from app.io.document import load_document, save_document
from app.io.journal.recovery import journals_folder, unfinished
from app.io.manifest import saved_format
from app.io.originals import originals_folder
from app.io.versions import versions_folder, versions_of
from app.io.write_scenario import zip_bytes
from app.jobs.client import SolverClient
from app.model import changes
from app.model.plan import Plan, PlannedRoute
from app.views.main_window import MainWindow
from tests.app.io import earlier
from tests.app.io.test_document import members

EARLIER = Path(earlier.__file__).parent / "files"

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))


@pytest.fixture
def make_window(qtbot, theme, tmp_path):
    made = []

    def make():
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(theme, settings, SolverClient())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    yield make
    for window in made:
        window.end()


@pytest.fixture
def document(tmp_path, scenario):
    path = tmp_path / "day.routewright"
    save_document(path, scenario, PLAN)
    return path


def open_file(window, path, qtbot):
    with qtbot.waitSignal(window.session.replaced, timeout=10_000):
        window.files.open(path)


def rename(window, name):
    window.session.do(*changes.set_field(window.session.state, "customers", ["C1"], "name", name))


def name_in(window):
    return window.session.scenario.customers["C1"].name


def crash(window, *names):
    """Make some edits and end the window as a signal would, without a question."""
    for name in names:
        rename(window, name)
    window.end(keep=True)


def trigger(window, name):
    window.actions_by_name[name].trigger()


def dialog_of(window, qtbot, name):
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QDialog, name)), timeout=10_000)
    (dialog,) = (one for one in window.findChildren(QDialog, name) if one.isVisible())
    return dialog


def press(owner, kind, name, qtbot):
    qtbot.mouseClick(owner.findChild(kind, name), Qt.MouseButton.LeftButton)


def recover(window, qtbot):
    window.safety.offer_recovery()
    press(dialog_of(window, qtbot, "recovery_dialog"), QPushButton, "recovery_recover", qtbot)


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)


def save(window, qtbot):
    trigger(window, "save")
    idle(window, qtbot)


# Recovery


def test_a_recovered_document_goes_on_as_if_nothing_had_happened(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One", "Two")
    window = make_window()
    recover(window, qtbot)
    assert name_in(window) == "Two"
    assert window.session.plan == PLAN
    assert window.session.modified
    assert window.files.path == document
    trigger(window, "undo")
    assert name_in(window) == "One"
    trigger(window, "redo")
    save(window, qtbot)
    assert load_document(document).scenario.customers["C1"].name == "Two"
    window.end()
    assert unfinished(journals_folder()) == []


def test_a_recovered_document_survives_the_next_crash_without_an_edit(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One")
    window = make_window()
    recover(window, qtbot)
    crash(window)
    window = make_window()
    recover(window, qtbot)
    assert name_in(window) == "One"


def test_the_plan_that_a_search_has_offered_is_not_lost(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    window.session.offer(Plan(PLAN.routes[:1]))
    save(window, qtbot)
    assert load_document(document).plan == Plan(PLAN.routes[:1])
    assert not window.session.modified
    window.session.offer(Plan(PLAN.routes[1:]))
    crash(window)
    window = make_window()
    recover(window, qtbot)
    assert window.session.plan == Plan(PLAN.routes[1:])


def test_the_question_says_what_there_is(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One", "Two", "Three")
    window = make_window()
    window.session.load(window.session.scenario, Plan(), saved=True)
    crash(window)
    window = make_window()
    window.safety.offer_recovery()
    dialog = dialog_of(window, qtbot, "recovery_dialog")
    tree = dialog.findChild(QTreeWidget, "recovery_list")
    assert tree.visualItemRect(tree.topLevelItem(0)).height() >= tree.fontMetrics().height() + 8
    assert tree.topLevelItemCount() == 1  # the window without an edit has left nothing
    item = tree.topLevelItem(0)
    assert (item.text(0), item.text(2)) == ("day", "3")
    details = dialog.findChild(QLabel, "recovery_details").text()
    assert str(document) in details
    assert changes.set_field(window.session.state, "customers", [], "name", "").name.split()[0] in details


def test_later_keeps_it_and_nobody_else_is_offered_it_meanwhile(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One")
    window, other = make_window(), make_window()
    window.safety.offer_recovery()
    dialog = dialog_of(window, qtbot, "recovery_dialog")
    other.safety.offer_recovery(asked=True)
    idle(other, qtbot)
    assert other.findChild(QDialog, "recovery_dialog") is None
    press(dialog, QPushButton, "recovery_later", qtbot)
    trigger(other, "recover")
    assert dialog_of(other, qtbot, "recovery_dialog").isVisible()


def test_discarding_asks_once_more(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One")
    window = make_window()
    window.safety.offer_recovery()
    dialog = dialog_of(window, qtbot, "recovery_dialog")
    for name, left in (("", 1), ("discard_yes", 0)):
        press(dialog, QPushButton, "recovery_discard", qtbot)
        question = dialog_of(window, qtbot, "discard_question")
        if name:
            press(question, QPushButton, name, qtbot)
        else:
            question.reject()
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "discard_question") is None)
        if left:
            assert dialog.findChild(QTreeWidget, "recovery_list").topLevelItemCount() == left
    qtbot.waitUntil(lambda: window.findChild(QDialog, "recovery_dialog") is None)
    assert not any(journals_folder().glob("*/edits-*"))


def test_after_one_is_discarded_the_buttons_are_about_the_next(make_window, document, tmp_path, qtbot):
    for name in ("one", "two", "three"):
        path = tmp_path / f"{name}.routewright"
        shutil.copy(document, path)
        window = make_window()
        open_file(window, path, qtbot)
        crash(window, name)
    window = make_window()
    window.safety.offer_recovery()
    dialog = dialog_of(window, qtbot, "recovery_dialog")
    details = dialog.findChild(QLabel, "recovery_details")
    tree = dialog.findChild(QTreeWidget, "recovery_list")
    for key, chosen, left in ((Qt.Key.Key_Home, "two", ["two", "one"]), (Qt.Key.Key_End, "two", ["two"])):
        qtbot.keyClick(tree, key)
        press(dialog, QPushButton, "recovery_discard", qtbot)
        press(dialog_of(window, qtbot, "discard_question"), QPushButton, "discard_yes", qtbot)
        qtbot.waitUntil(lambda: window.findChild(QMessageBox, "discard_question") is None)
        assert [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())] == left
        assert dialog.chosen.contents.place.path.stem == chosen
        assert str(dialog.chosen.contents.place.path) in details.text()
    press(dialog, QPushButton, "recovery_recover", qtbot)
    assert name_in(window) == "two"


def test_a_file_that_changed_since_is_not_written_over(make_window, document, scenario, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One")
    save_document(document, scenario, Plan())
    window = make_window()
    recover(window, qtbot)
    assert name_in(window) == "One"
    assert window.files.path is None


def test_what_is_open_is_asked_about_before_it_gives_way(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One")
    window = make_window()
    open_file(window, document, qtbot)
    rename(window, "Newer")
    recover(window, qtbot)
    press(dialog_of(window, qtbot, "unsaved_question"), QPushButton, "unsaved_cancel", qtbot)
    assert name_in(window) == "Newer"
    recover(window, qtbot)
    press(dialog_of(window, qtbot, "unsaved_question"), QPushButton, "unsaved_discard", qtbot)
    assert name_in(window) == "One"


@pytest.mark.parametrize("answer", ["save", "discard"])
def test_what_the_user_has_answered_for_is_not_offered(make_window, document, qtbot, answer):
    window = make_window()
    open_file(window, document, qtbot)
    rename(window, "One")
    window.close()
    press(dialog_of(window, qtbot, "unsaved_question"), QPushButton, f"unsaved_{answer}", qtbot)
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert unfinished(journals_folder()) == []
    assert (load_document(document).scenario.customers["C1"].name == "One") == (answer == "save")


def test_what_cannot_be_read_can_be_discarded_only(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    crash(window, "One")
    for base in journals_folder().glob("*/base-*"):
        base.write_bytes(b"damaged")
    window = make_window()
    window.safety.offer_recovery()
    dialog = dialog_of(window, qtbot, "recovery_dialog")
    assert not dialog.findChild(QPushButton, "recovery_recover").isEnabled()
    assert dialog.findChild(QPushButton, "recovery_discard").isEnabled()


# Earlier versions


def test_an_earlier_version_opens_as_a_new_document(make_window, document, scenario, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    for name in ("One", "Two"):
        rename(window, name)
        save(window, qtbot)
    assert len(versions_of(document, versions_folder())) == 3  # what was there before the first save as well
    trigger(window, "versions")
    dialog = dialog_of(window, qtbot, "versions_dialog")
    restore = dialog.findChild(QPushButton, "versions_restore")
    qtbot.waitUntil(restore.isEnabled, timeout=10_000)
    tree = dialog.findChild(QTreeWidget, "versions_list")
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_End)
    assert not restore.isEnabled()
    qtbot.waitUntil(restore.isEnabled, timeout=10_000)
    assert dialog.findChild(QLabel, "versions_about").text()
    qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert window.session.scenario == scenario
    assert window.files.path is None
    assert window.session.modified
    assert load_document(document).scenario.customers["C1"].name == "Two"


def test_versions_outlive_their_document(make_window, document, tmp_path, qtbot):
    window = make_window()
    for path in (document, tmp_path / "other.routewright"):
        if path != document:
            shutil.copy(document, path)
        open_file(window, path, qtbot)
        rename(window, "One")
        save(window, qtbot)
    document.unlink()
    trigger(window, "versions")
    dialog = dialog_of(window, qtbot, "versions_dialog")
    documents = dialog.findChild(QComboBox, "versions_document")
    assert documents.currentText() == "other.routewright"
    documents.setCurrentIndex(1)
    restore = dialog.findChild(QPushButton, "versions_restore")
    qtbot.waitUntil(restore.isEnabled, timeout=10_000)
    qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert name_in(window) == "One"


def test_a_dialog_that_was_left_while_it_read_does_no_harm(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    rename(window, "One")
    save(window, qtbot)
    trigger(window, "versions")
    dialog_of(window, qtbot, "versions_dialog").reject()
    idle(window, qtbot)
    qtbot.waitUntil(lambda: window.findChild(QDialog, "versions_dialog") is None)


def test_without_versions_there_is_no_dialog(make_window):
    window = make_window()
    trigger(window, "versions")
    assert window.findChild(QDialog, "versions_dialog") is None
    assert window.status.currentMessage()


# Files that must not be written over


def newer(document):
    files = members(document)
    manifest = json.loads(files["routewright.json"]) | {"version": 99}
    document.write_bytes(zip_bytes(files | {"routewright.json": json.dumps(manifest).encode()}))


def test_a_newer_document_is_read_only(make_window, document, tmp_path, qtbot, monkeypatch):
    newer(document)
    before = document.read_bytes()
    window = make_window()
    open_file(window, document, qtbot)
    assert window.banner.isVisible()
    assert not window.session.modified
    assert window.files.path is None
    rename(window, "One")
    target = document
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    link = tmp_path / "link.routewright"
    link.symlink_to(document)
    for refused in (document, link):
        target = refused
        save(window, qtbot)
        assert window.banner.isVisible()
        assert document.read_bytes() == before
        assert window.session.modified
    target = tmp_path / "mine.routewright"
    save(window, qtbot)
    assert load_document(target).scenario.customers["C1"].name == "One"
    assert window.files.path == target
    assert not window.session.modified


def test_what_a_failed_save_said_goes_with_the_next_that_succeeds(make_window, document, qtbot):
    window = make_window()
    open_file(window, document, qtbot)
    rename(window, "One")
    window.files.message.emit("The document is not saved.")
    assert window.banner.isVisible()
    save(window, qtbot)
    assert not window.session.modified
    assert not window.banner.isVisible()


def test_what_lies_where_nobody_may_write_is_to_be_saved_at_home(make_window, document, qtbot, monkeypatch):
    newer(document)
    window = make_window()
    open_file(window, document, qtbot)
    suggested = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (suggested.append(Path(given[2])), ("", ""))[1])
    trigger(window, "save_as")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != document.parent and access(path, mode))
    trigger(window, "save_as")
    assert [path.parent for path in suggested] == [document.parent, Path.home()]


def test_a_damaged_document_opens_as_far_as_it_can_be_read(make_window, document, qtbot):
    damaged = document.read_bytes()[: document.stat().st_size * 3 // 4]
    document.write_bytes(damaged)
    window = make_window()
    window.files.open(document)
    dialog = dialog_of(window, qtbot, "issues_dialog")
    with qtbot.waitSignal(window.session.replaced):
        press(dialog, QPushButton, "issues_accept", qtbot)
    assert window.session.scenario.depots
    assert window.session.modified
    assert window.files.path is None
    assert window.banner.isVisible()
    assert document.read_bytes() == damaged


# What older versions of Routewright cannot read


@pytest.fixture
def earlier_document(tmp_path):
    return shutil.copy(EARLIER / "format-2.routewright", tmp_path / "earlier.routewright")


def close_streets(window):
    window.session.do(*changes.set_field(window.session.state, "zones", ["old"], "pace", 0.0))


def test_what_a_document_was_before_its_format_rose_is_kept_for_good(make_window, earlier_document, qtbot):
    before = Path(earlier_document).read_bytes()
    window = make_window()
    open_file(window, Path(earlier_document), qtbot)
    window.session.variants.show(0)
    close_streets(window)
    said = []
    window.files.done.connect(said.append)
    save(window, qtbot)
    assert saved_format(Path(earlier_document)) == 4
    assert [one.path.read_bytes() for one in versions_of(Path(earlier_document), originals_folder())] == [before]
    window.session.do(*changes.set_field(window.session.state, "customers", ["c1"], "name", "One"))
    save(window, qtbot)
    assert len(set(said)) == len(said) == 2  # it is told once
    trigger(window, "versions")
    dialog = dialog_of(window, qtbot, "versions_dialog")
    restore = dialog.findChild(QPushButton, "versions_restore")
    tree = dialog.findChild(QTreeWidget, "versions_list")
    kept = [bool(tree.topLevelItem(row).text(1)) for row in range(tree.topLevelItemCount())]
    assert kept == [False, False, True]
    tree.setCurrentItem(tree.topLevelItem(2))
    qtbot.waitUntil(restore.isEnabled, timeout=10_000)
    qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert window.session.whole == earlier.variants(2)
    assert window.files.path is None


def test_an_original_that_cannot_be_kept_is_told_and_the_document_is_saved(make_window, earlier_document, qtbot):
    window = make_window()
    open_file(window, Path(earlier_document), qtbot)
    window.session.variants.show(0)
    close_streets(window)
    originals_folder().parent.mkdir(parents=True, exist_ok=True)
    originals_folder().touch()
    with qtbot.waitSignal(window.files.message, timeout=10_000):
        save(window, qtbot)
    assert saved_format(Path(earlier_document)) == 4
    assert not window.session.modified
