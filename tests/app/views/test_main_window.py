"""The flows that a user takes through the window: edit, undo, delete, open, save, import, close."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLabel, QMenu, QMessageBox, QPushButton, QToolButton

from app.io.document import load_document, save_document
from app.io.write_scenario import write_scenario
from app.jobs.client import SolverClient
from app.jobs.solve_run import Sample, SolveState
from app.map.view import MapMode
from app.model import changes
from app.model.plan import Plan, PlannedRoute
from app.views.main_window import SIZE, MainWindow
from solver.init import FirstPlan, Init

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))


def make_window(qtbot, theme, settings):
    window = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot, theme, settings, scenario):
    window = make_window(qtbot, theme, settings)
    window.session.load(scenario, PLAN, saved=True)
    yield window
    window.end()


def trigger(window, name):
    window.actions_by_name[name].trigger()


def rename(window, name):
    window.session.do(*changes.set_field(window.session.state, "customers", ["C1"], "name", name))


def answer(window, qtbot, name):
    (question,) = (one for one in window.findChildren(QMessageBox, "unsaved_question") if one.isVisible())
    qtbot.mouseClick(question.findChild(QPushButton, f"unsaved_{name}"), Qt.MouseButton.LeftButton)


def idle(window, qtbot):
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)


# Edits


def test_undo_and_redo_name_the_step(window):
    undo, redo = window.actions_by_name["undo"], window.actions_by_name["redo"]
    assert not undo.isEnabled()
    rename(window, "Fish & Chips")
    assert undo.isEnabled()
    assert window.session.stack.undoText().replace("&", "&&") in undo.text()
    trigger(window, "undo")
    assert window.session.scenario.customers["C1"].name == "Shop 1"
    assert not undo.isEnabled()
    assert redo.isEnabled()
    trigger(window, "redo")
    assert window.session.scenario.customers["C1"].name == "Fish & Chips"


def test_a_depot_in_use_is_not_deleted_and_the_window_says_why(window):
    window.selection.set({("depots", "D1")})
    trigger(window, "delete")
    assert "D1" in window.session.scenario.depots
    assert window.banner.isVisible()
    assert "van" in window.banner.text
    rename(window, "Another")
    assert not window.banner.isVisible()


def test_deleting_customers_takes_them_out_of_the_plan_and_the_selection(window):
    window.selection.set({("customers", "C1"), ("customers", "C4")})
    trigger(window, "delete")
    assert not window.selection.items
    assert window.session.plan.served == {"C2", "C3", "C5"}
    trigger(window, "undo")
    assert window.session.plan == PLAN
    assert next(iter(window.session.scenario.customers)) == "C1"


def test_what_the_map_asks_for_becomes_edits(window):
    window.map.add_requested.emit("customers", 60.3, 25.0)
    (new,) = window.selection.ids("customers")
    assert window.session.scenario.customers[new].lat == 60.3
    window.map.move_requested.emit(frozenset({("customers", new), ("depots", "D1")}), 0.1, 0.2)
    assert window.session.scenario.customers[new].lon == pytest.approx(25.2)
    assert window.session.scenario.depots["D1"].lat == pytest.approx(60.3)
    assert window.session.stack.count() == 2
    window.map.delete_requested.emit()
    assert new not in window.session.scenario.customers


def test_paste_goes_to_the_table_that_has_the_keyboard(window, qtbot):
    QGuiApplication.clipboard().setText("Pasted")
    trigger(window, "show_customers")
    window.map.setFocus()
    trigger(window, "paste")
    assert window.banner.isVisible()
    panel = window.tables_dock.panels["customers"]
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.view.rows.index(0, 1))
    trigger(window, "paste")
    assert window.session.scenario.customers["C1"].name == "Pasted"
    trigger(window, "copy")
    assert "Pasted" in QGuiApplication.clipboard().text()


# Selection


def test_selection_is_linked_between_map_tables_and_routes(window):
    window.map.selection_requested.emit(frozenset({("customers", "C2"), ("customers", "C3")}))
    assert window.tables_dock.panels["customers"].view.selected_ids() == ["C2", "C3"]
    panel = window.tables_dock.panels["depots"]
    panel.view.setCurrentIndex(panel.view.rows.index(0, 0))
    assert window.selection.items == {("depots", "D1")}
    assert window.tables_dock.panels["customers"].view.selected_ids() == []
    window.plan_dock.figures.selection_requested.emit(frozenset({("routes", "bike/1")}))
    assert window.selection.items == {("routes", "bike/1")}
    window.session.do(*changes.set_plan(window.session.state, Plan(PLAN.routes[:1])))
    assert not window.selection.items
    trigger(window, "select_none")
    assert not window.selection.items


def test_a_double_click_on_the_map_leads_to_the_table(window):
    window.map.item_activated.emit("vehicles", "bike")
    assert window.tables_dock.panel is window.tables_dock.panels["vehicles"]
    assert window.selection.items == {("vehicles", "bike")}


def test_a_problem_is_found_through_the_status_bar(window, qtbot):
    trigger(window, "show_depots")
    scenario = window.session.scenario
    broken = type(scenario)(scenario.depots, scenario.vehicles, scenario.customers, settings=scenario.settings)
    window.session.do(*changes.set_scenario(window.session.state, broken, "Break it"))
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=10_000)
    button = window.findChild(QToolButton, "status_problems")
    qtbot.waitUntil(button.isVisible, timeout=10_000)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.selection.items == {("customers", "C1")}
    assert window.tables_dock.panel is window.tables_dock.panels["customers"]


# Files


def test_title_shows_the_name_and_whether_it_is_saved(window, qtbot, tmp_path, monkeypatch):
    assert "Test" in window.windowTitle()
    assert not window.isWindowModified()
    rename(window, "Aalto")
    assert window.isWindowModified()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "monday"), ""))
    trigger(window, "save")
    idle(window, qtbot)
    assert "monday" in window.windowTitle()
    assert not window.isWindowModified()
    loaded = load_document(tmp_path / "monday.routewright")
    assert loaded.scenario == window.session.scenario
    assert loaded.plan == PLAN
    trigger(window, "undo")
    assert window.isWindowModified()
    assert [path.name for path in window.recent.paths] == ["monday.routewright"]
    assert window.findChild(QMenu, "recent_menu").isEnabled()


def test_a_document_is_opened_with_its_plan(window, qtbot, tmp_path, scenario, monkeypatch):
    path = tmp_path / "plan.routewright"
    save_document(path, scenario, Plan(PLAN.routes[1:]))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    trigger(window, "open")
    qtbot.waitUntil(lambda: window.files.path == path)
    assert window.session.plan == Plan(PLAN.routes[1:])
    assert not window.session.modified


def test_what_cannot_be_written_is_said_and_stays_unsaved(window, qtbot, tmp_path, monkeypatch):
    rename(window, "Aalto")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "where"), ""))
    trigger(window, "save_as")
    idle(window, qtbot)
    assert window.banner.isVisible()
    assert window.session.modified
    assert window.files.path is None


def test_a_file_that_is_gone_leaves_the_recent_list(window, qtbot, tmp_path):
    window.recent.add(tmp_path / "gone.routewright")
    window.files.open(tmp_path / "gone.routewright")
    assert window.recent.paths == []
    assert window.banner.isVisible()


@pytest.mark.parametrize(("name", "opened"), [("cancel", False), ("discard", True), ("save", True)])
def test_unsaved_changes_question(window, qtbot, tmp_path, monkeypatch, name, opened):
    rename(window, "Aalto")
    target = tmp_path / "kept.routewright"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    trigger(window, "new")
    answer(window, qtbot, name)
    idle(window, qtbot)
    assert bool(window.session.scenario.customers) is not opened
    assert target.exists() is (name == "save")


def test_closing_with_unsaved_changes_asks_and_may_be_cancelled(window, qtbot):
    rename(window, "Aalto")
    assert not window.close()
    answer(window, qtbot, "cancel")
    assert window.isVisible()
    window.close()
    answer(window, qtbot, "discard")
    assert not window.isVisible()


def test_a_scenario_with_bad_rows_is_taken_over_only_when_accepted(window, qtbot, tmp_path, scenario, monkeypatch):
    folder = tmp_path / "scenario"
    write_scenario(scenario, folder)
    customers = (folder / "customers.csv").read_text(encoding="utf-8-sig")
    (folder / "customers.csv").write_text(customers.replace("60.19", "abc"), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    before = window.session.state

    def dialog():
        trigger(window, "open_folder")
        idle(window, qtbot)
        found = window.findChild(QDialog, "issues_dialog")
        assert found is not None
        assert window.session.state is before
        return found

    rejected = dialog()
    qtbot.mouseClick(rejected.findChild(QPushButton, "issues_cancel"), Qt.MouseButton.LeftButton)
    assert window.session.state is before
    qtbot.waitUntil(lambda: window.findChild(QDialog, "issues_dialog") is None)
    accepted = dialog()
    report = tmp_path / "problems.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    qtbot.mouseClick(accepted.findChild(QPushButton, "issues_export"), Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert "abc" in report.read_text(encoding="utf-8-sig")
    qtbot.mouseClick(accepted.findChild(QPushButton, "issues_accept"), Qt.MouseButton.LeftButton)
    assert len(window.session.scenario.customers) == 5
    assert window.session.modified
    assert window.files.path is None


def test_a_file_that_cannot_be_read_at_all_is_not_tried_again_at_the_next_start(window, qtbot, tmp_path):
    broken = tmp_path / "broken.routewright"
    broken.write_bytes(b"not a document")
    window.recent.add(broken)
    window.files.open(broken)
    idle(window, qtbot)
    dialog = window.findChild(QDialog, "issues_dialog")
    assert dialog is not None
    assert broken not in window.recent.paths
    dialog.reject()


def test_customers_are_imported_as_one_step(window, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "new.csv"
    path.write_text("Kunde;Breite;Länge;kg\nAalto;60,2;24,9;5\nBerg;x;24,8;3\nCelsius;60,3;24,7;1\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    def dialog():
        trigger(window, "import_customers")
        qtbot.waitUntil(lambda: window.findChild(QDialog, "customers_dialog") is not None)
        found = window.findChild(QDialog, "customers_dialog")
        qtbot.waitUntil(lambda: len(found.customers) == 2)
        return found

    rejected = dialog()
    report = tmp_path / "bad rows.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(report), ""))
    qtbot.mouseClick(rejected.findChild(QPushButton, "customers_export"), Qt.MouseButton.LeftButton)
    idle(window, qtbot)
    assert "Breite" in report.read_text(encoding="utf-8-sig")
    assert str(report) in rejected.findChild(QLabel, "customers_exported").text()
    rejected.findChild(QPushButton, "customers_cancel").click()
    assert len(window.session.scenario.customers) == 6
    qtbot.waitUntil(lambda: window.findChild(QDialog, "customers_dialog") is None)
    dialog().findChild(QPushButton, "customers_accept").click()
    idle(window, qtbot)
    assert [one.name for one in window.session.scenario.customers.values()][6:] == ["Aalto", "Celsius"]
    assert len(window.selection.ids("customers")) == 2
    trigger(window, "undo")
    assert len(window.session.scenario.customers) == 6


# The window itself


def test_every_command_is_reached_from_the_keyboard(window):
    reached = set()

    def walk(actions):
        letters = []
        for action in actions:
            if action.isSeparator():
                continue
            mnemonic = QKeySequence.mnemonic(action.text()).toString()
            assert mnemonic, f"{action.text()} has no letter"
            letters.append(mnemonic)
            if action.menu():
                walk(action.menu().actions())
            else:
                assert action.objectName()
                reached.add(action.objectName())
        assert len(set(letters)) == len(letters)

    walk(window.menuBar().actions())
    assert set(window.actions_by_name) <= reached
    assert {"solve_action", "stop_action"} <= reached


def test_no_two_commands_share_keys(window):
    actions = [*window.actions_by_name.values(), window.solve_bar.solve_action, window.solve_bar.stop_action]
    keys = [one.toString() for action in actions for one in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_tabs_and_docks_by_command(window):
    trigger(window, "show_zones")
    assert window.tables_dock.panel is window.tables_dock.panels["zones"]
    trigger(window, "show_tables")
    assert not window.tables_dock.isVisible()
    trigger(window, "show_routes")
    assert window.tables_dock.isVisible()
    assert window.actions_by_name["show_tables"].isChecked()
    trigger(window, "show_plan")
    assert not window.plan_dock.isVisible()


def test_a_dock_behind_another_comes_to_the_front_before_it_goes(window, qtbot):
    timeline, tables = window.timeline_dock, window.tables_dock

    def in_front(dock):
        return not dock.visibleRegion().isEmpty()

    assert in_front(tables)
    assert not in_front(timeline)
    trigger(window, "show_timeline")
    qtbot.waitUntil(lambda: in_front(timeline))
    assert not in_front(tables)
    trigger(window, "show_vehicles")
    qtbot.waitUntil(lambda: in_front(tables))
    trigger(window, "show_timeline")
    qtbot.waitUntil(lambda: in_front(timeline))
    trigger(window, "show_timeline")
    assert timeline.isHidden()
    assert not window.actions_by_name["show_timeline"].isChecked()
    assert window.actions_by_name["show_tables"].isChecked()
    qtbot.waitUntil(lambda: in_front(tables))


def test_the_timeline_leads_to_the_map_and_shares_its_selection(window, qtbot):
    trigger(window, "show_timeline")
    timeline = window.timeline_dock.view
    qtbot.waitUntil(lambda: bool(timeline.stage.day.lanes))
    assert timeline.canvas.hasFocus()
    timeline.selection_requested.emit(frozenset({("customers", "C2")}))
    assert window.tables_dock.panels["customers"].view.selected_ids() == ["C2"]
    window.map.selection_requested.emit(frozenset({("customers", "C5")}))
    assert timeline.stage.selected == {("customers", "C5")}
    timeline.item_activated.emit("customers", "C5")
    customer = window.session.scenario.customers["C5"]
    middle = window.map.viewport.rect().center()
    assert (window.map.pixel_of(customer.lat, customer.lon) - middle).manhattanLength() <= 3


def test_modes_follow_the_map(window):
    trigger(window, "mode_add_customer")
    assert window.map.mode is MapMode.ADD_CUSTOMER
    window.map.set_mode(MapMode.SELECT)
    assert window.actions_by_name["mode_select"].isChecked()
    trigger(window, "mode_add_customer")
    assert not window.map.keeps_mode
    trigger(window, "mode_add_customer")
    assert window.map.keeps_mode
    assert window.actions_by_name["mode_add_customer"].isChecked()


def test_appearance_and_layout_are_remembered(qtbot, theme, settings):
    first = make_window(qtbot, theme, settings)
    trigger(first, "appearance_dark")
    assert theme.dark
    trigger(first, "show_profiles")
    trigger(first, "show_plan")
    first.end()
    second = make_window(qtbot, theme, settings)
    assert second.tables_dock.panel is second.tables_dock.panels["profiles"]
    assert not second.plan_dock.isVisible()
    assert settings.value("window/appearance") == "dark"
    second.end()


@pytest.mark.parametrize("name", ["shortcuts", "about"])
def test_pages(window, qtbot, name):
    trigger(window, name)
    dialog = window.findChild(QDialog, f"{name}_dialog")
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QDialog, f"{name}_dialog") is None)


def test_an_opened_scenario_folder_is_not_modified_until_it_is_edited(window, qtbot, tmp_path, scenario):
    write_scenario(scenario, tmp_path / "scenario")
    window.files.open(tmp_path / "scenario")
    qtbot.waitUntil(lambda: window.session.plan == Plan(), timeout=10_000)
    assert not window.session.modified
    assert window.files.path is None
    rename(window, "Aalto")
    assert window.session.modified


def test_number_of_problems_is_written_beside_the_sign(window, qtbot):
    window.session.do(*changes.set_field(window.session.state, "vehicles", ["van", "bike"], "speed", -1.0))
    button = window.findChild(QToolButton, "status_problems")
    qtbot.waitUntil(button.isVisible, timeout=10_000)
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert "2" in button.text()
    assert button.height() <= window.status.height()


def test_names_of_recent_files_are_shown_as_they_are(window, tmp_path):
    window.recent.add(tmp_path / "Fish & Chips.routewright")
    action = window.findChild(QMenu, "recent_menu").actions()[0]
    assert action.text().replace("&&", "").count("&") == 1
    assert "Fish && Chips" in action.text()


def test_the_page_of_keys_names_commands_and_not_steps(window, qtbot):
    rename(window, "Secret")
    trigger(window, "shortcuts")
    dialog = window.findChild(QDialog, "shortcuts_dialog")
    assert not [label.text() for label in dialog.findChildren(QLabel) if "Secret" in label.text()]
    dialog.reject()


def test_what_was_wrong_before_is_not_said_of_the_next_solve(window, qtbot):
    window.banner.say("The solver ended unexpectedly.")
    with qtbot.waitSignal(window.controller.started):
        window.solve_bar.solve_action.trigger()
        window.controller.stop()
    assert not window.banner.isVisible()


@pytest.mark.parametrize("state", SolveState)
def test_the_smallest_window_has_room_for_solve_and_stop(window, qtbot, state):
    window.resize(1, 1)
    bar = window.solve_bar
    bar._show_state(state)
    bar._clock.setText("A long sentence about what is going on at the moment. " * 3)
    button = bar.solve_button if state is SolveState.IDLE else bar.stop_button
    qtbot.waitUntil(lambda: window.rect().contains(button.mapTo(window, button.rect().bottomRight())))
    qtbot.wait(50)
    assert button.isVisible()
    assert bar.seconds.isVisible()
    assert not window.findChild(QToolButton, "qt_toolbar_ext_button").isVisible()
    bar._show_state(SolveState.IDLE)


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_what_built_the_first_plan_is_told_where_nothing_has_to_give_way(window, qtbot, appearance):
    trigger(window, f"appearance_{appearance}")
    window.resize(SIZE)
    window.selection.set({("customers", "C1"), ("depots", "D1"), ("vehicles", "van")})
    others = [one for one in (window.map, window.plan_dock, window.tables_dock, window.solve_bar) if one.isVisible()]
    before = [one.geometry() for one in others]
    window.controller.sampled.emit(Sample(12.5, 60.0, 100.0, True, 1, FirstPlan(Init.CLASSICAL, 12.34)))
    label = window.findChild(QLabel, "status_first_plan")
    qtbot.waitUntil(label.isVisible)
    qtbot.wait(50)
    assert label.text() == "First plan: classical, 12.3 s"
    assert label.width() >= label.sizeHint().width()
    assert window.rect().contains(label.mapTo(window, label.rect().bottomRight()))
    assert [one.geometry() for one in others] == before
    assert window.size() == SIZE


def test_how_a_search_begins_is_a_setting_of_the_program(window, settings):
    before = window.session.state
    trigger(window, "show_settings")
    box = window.tables_dock.settings.findChild(QComboBox, "settings_init")
    assert box.isVisible()
    box.setCurrentIndex(box.findData(Init.RANDOM.value))
    assert window.controller.init is Init.RANDOM
    assert window.session.state is before
    assert settings.value("search/init") == "random"
