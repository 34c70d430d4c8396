"""Variants in the window: by keys and mouse, while a solve runs, through a file, and side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTableView,
)
from pytestqt.qtbot import QtBot

from app.io.document import load_document
from app.io.journal.recovery import journals_folder, unfinished
from app.jobs.client import SolverClient
from app.jobs.solve_run import SolveState
from app.map.view import MapView
from app.model import changes
from app.model.plan import Plan, PlannedRoute
from app.model.variants import MOST_VARIANTS
from app.views.main_window import MainWindow
from app.views.variants.figures_table import BEST, DIFFERENCE_ROLE
from app.views.variants.routes_table import AFTER, BEFORE, MOVED
from tests.solver import fake_engine

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
OTHER = Plan((PlannedRoute("van", ("C1", "C3", "C2", "C4"), 1), PlannedRoute("bike", ("C5", "C6"), 1)))


@pytest.fixture
def window(qtbot: QtBot, theme: Any, tmp_path: Path, scenario: Any) -> Iterator[MainWindow]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.session.load(scenario, PLAN, saved=True)
    idle(window, qtbot)
    yield window
    window.end()


@pytest.fixture
def pair(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window with the plan and a copy that has another one."""
    trigger(window, "variant_duplicate")
    window.session.do(*changes.set_plan(window.session.state, OTHER, "Solve"))
    idle(window, qtbot)
    return window


def idle(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not (window.controller.evaluations.busy or window.variants.service.busy), timeout=10_000)


def trigger(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def rename(window: MainWindow, name: str) -> None:
    window.session.do(*changes.set_field(window.session.state, "customers", ["C1"], "name", name))


def name_of(window: MainWindow) -> str:
    return window.session.scenario.customers["C1"].name


def present(window: MainWindow) -> int:
    return window.session.variants.present


# One by one


def test_one_variant_takes_no_room(window: MainWindow) -> None:
    assert not window.variants.bar.isVisible()
    for name in ("variant_rename", "variant_delete", "variant_next", "variant_previous", "variant_differences"):
        assert not window.actions_by_name[name].isEnabled()
    trigger(window, "variant_duplicate")
    assert window.variants.bar.isVisible()
    assert window.actions_by_name["variant_next"].isEnabled()
    assert window.isWindowModified()


def test_keys_lead_round_and_round(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.map.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(window, Qt.Key.Key_D, both)
    assert present(window) == 2
    seen = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        seen.append(present(window))
        assert window.variants.bar.tabs.currentIndex() == present(window)
    assert seen == [0, 1, 0, 2]


def test_a_click_on_a_tab_shows_its_variant_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "variant_duplicate")
    rename(window, "Fish & Chips")
    window.session.do(*changes.delete(window.session.state, {("customers", "C6")}))
    tabs = window.variants.bar.tabs
    model = window.tables_dock.panels["customers"].view.model()
    assert model.rowCount() == 5
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    assert (present(window), name_of(window)) == (0, "Shop 1")
    assert model.rowCount() == 6
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert name_of(window) == "Fish & Chips"


def test_after_a_switch_edits_can_be_priced_at_once(window: MainWindow, qtbot: QtBot) -> None:
    evaluations = window.controller.evaluations
    trigger(window, "variant_duplicate")
    rename(window, "Berta")
    for name in ("variant_previous", "variant_next", "variant_previous"):
        trigger(window, name)
        qtbot.waitUntil(lambda: evaluations.problem_at_hand(window.session.scenario) is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not evaluations.runner.busy, timeout=10_000)


def test_undo_stays_within_its_variant(window: MainWindow) -> None:
    rename(window, "Anna")
    trigger(window, "variant_duplicate")
    undo = window.actions_by_name["undo"]
    assert not undo.isEnabled()
    rename(window, "Berta")
    trigger(window, "variant_previous")
    trigger(window, "undo")
    assert name_of(window) == "Shop 1"
    assert not undo.isEnabled()
    assert window.actions_by_name["redo"].isEnabled()
    trigger(window, "variant_next")
    assert name_of(window) == "Berta"
    assert undo.isEnabled()


def test_a_switch_keeps_selected_what_is_in_both(window: MainWindow) -> None:
    trigger(window, "variant_duplicate")
    window.session.do(*changes.delete(window.session.state, {("customers", "C2")}))
    trigger(window, "variant_previous")
    window.selection.set({("customers", "C1"), ("customers", "C2"), ("routes", "van/1")})
    camera = window.map.camera
    trigger(window, "variant_next")
    assert window.selection.items == {("customers", "C1"), ("routes", "van/1")}
    assert window.map.camera == camera


def test_a_double_click_asks_for_a_name(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "variant_duplicate")
    tabs = window.variants.bar.tabs
    qtbot.mouseDClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    dialog = window.findChild(QInputDialog, "variant_name_dialog")
    line = dialog.findChild(QLineEdit)
    line.clear()
    qtbot.keyClicks(line, "Rain & snow")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.session.variants.names[0] == "Rain & snow"
    assert tabs.tabText(0) == "Rain && snow"


def test_a_right_click_has_the_commands(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "variant_duplicate")
    tabs = window.variants.bar.tabs
    at = tabs.tabRect(0).center()
    QApplication.sendEvent(tabs, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, tabs.mapToGlobal(at)))
    menu = window.findChild(QMenu, "variant_tab_menu")
    assert present(window) == 0
    assert window.actions_by_name["variant_delete"] in menu.actions()
    menu.close()


@pytest.mark.parametrize(("button", "left"), [("variant_delete_yes", 1), ("variant_delete_no", 2)])
def test_deleting_is_asked_first(window: MainWindow, qtbot: QtBot, button: str, left: int) -> None:
    trigger(window, "variant_duplicate")
    trigger(window, "variant_delete")
    question = window.findChild(QMessageBox, "variant_delete_question")
    qtbot.mouseClick(question.findChild(QPushButton, button), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.session.variants.names) == left)
    assert window.variants.bar.isVisible() == (left > 1)
    assert window.isWindowModified() == (left > 1)


def test_there_is_an_end_to_copies(window: MainWindow) -> None:
    for _ in range(MOST_VARIANTS - 1):
        trigger(window, "variant_duplicate")
    assert not window.actions_by_name["variant_duplicate"].isEnabled()
    window.variants.duplicate()
    assert len(window.session.variants.names) == MOST_VARIANTS
    window.session.variants.remove(3)
    assert window.actions_by_name["variant_duplicate"].isEnabled()


# Solves


def test_a_switch_during_a_solve_keeps_the_best_plan_where_it_belongs(pair: MainWindow, qtbot: QtBot) -> None:
    trigger(pair, "variant_previous")
    before = pair.session.plan
    with qtbot.waitSignal(pair.controller.sampled, timeout=30_000):
        pair.controller.start(60.0)
    qtbot.waitUntil(lambda: pair.controller.state is SolveState.SOLVING, timeout=30_000)
    trigger(pair, "variant_next")
    assert pair.controller.state is SolveState.IDLE
    assert pair.session.plan == OTHER
    trigger(pair, "variant_previous")
    if pair.session.plan != before:
        assert pair.session.stack.undoText() == "Solve"
        trigger(pair, "undo")
    assert pair.session.plan == before


# Files


def test_variants_go_through_a_file(
    pair: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "day.routewright"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    pair.session.variants.rename(1, "Another")
    whole = pair.session.whole
    with qtbot.waitSignal(pair.session.saved, timeout=10_000):
        pair.files._write(path, None)
    assert not pair.isWindowModified()
    assert load_document(path).variants == whole
    trigger(pair, "new")
    assert not pair.variants.bar.isVisible()
    with qtbot.waitSignal(pair.session.replaced, timeout=10_000):
        pair.files.open(path)
    assert pair.session.whole == whole
    assert pair.variants.bar.tabs.currentIndex() == 1
    trigger(pair, "variant_previous")
    assert not pair.isWindowModified()
    rename(pair, "Anna")
    trigger(pair, "variant_next")
    assert pair.isWindowModified()  # though nothing has been edited in this one


def test_variants_survive_a_crash(pair: MainWindow) -> None:
    pair.session.variants.rename(0, "Base")
    trigger(pair, "variant_duplicate")
    rename(pair, "Anna")
    trigger(pair, "variant_previous")
    rename(pair, "Berta")
    whole = pair.session.whole
    pair.end(keep=True)
    (left,) = unfinished(journals_folder())
    assert left.contents.variants == whole
    assert [len(steps) for steps in left.contents.steps] == [0, 2, 1]
    left.discard()


# Side by side


def show_comparison(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "show_comparison")
    qtbot.waitUntil(lambda: window.variants.dock.figures.rowCount() > 0, timeout=10_000)
    idle(window, qtbot)


def cell(window: MainWindow, key: str, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    table = window.variants.dock.figures
    (row,) = (place for place, one in enumerate(table.rows) if one.measure.key == key)
    return table.data(table.index(row, column), role)


def test_with_one_variant_the_comparison_says_how_to_begin(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "show_comparison")
    button = window.variants.dock.findChild(QPushButton, "comparison_duplicate")
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(window.session.variants.names) == 2
    qtbot.waitUntil(lambda: window.variants.dock.figures.rowCount() > 0, timeout=10_000)
    assert not button.isVisible()


def test_figures_stand_side_by_side(pair: MainWindow, qtbot: QtBot) -> None:
    show_comparison(pair, qtbot)
    assert cell(pair, "unserved", 1) == "1"
    assert cell(pair, "unserved", 2) == f"{BEST} 0"
    assert cell(pair, "unserved", 3, DIFFERENCE_ROLE) == -1.0
    assert cell(pair, "unserved", 2, Qt.ItemDataRole.AccessibleTextRole) != "0"
    assert cell(pair, "vehicles", 2) == "2"  # both have as many: none is the best
    assert cell(pair, "cost", 1, DIFFERENCE_ROLE) is None
    cost = pair.controller.evaluations.evaluation.costs.total
    base = cell(pair, "cost", 3, DIFFERENCE_ROLE)
    trigger(pair, "variant_previous")
    idle(pair, qtbot)
    assert base == pytest.approx(cost - pair.controller.evaluations.evaluation.costs.total)


def test_the_comparison_follows_edits_and_the_chosen_base(pair: MainWindow, qtbot: QtBot) -> None:
    show_comparison(pair, qtbot)
    pair.session.undo()
    idle(pair, qtbot)
    qtbot.waitUntil(lambda: cell(pair, "unserved", 2) == "1")
    pair.session.redo()
    qtbot.waitUntil(lambda: cell(pair, "unserved", 2) == f"{BEST} 0", timeout=10_000)
    box = pair.variants.dock.findChild(QComboBox, "comparison_base")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert (pair.variants.pair.base, pair.variants.pair.other) == (1, 0)
    assert cell(pair, "unserved", 2, DIFFERENCE_ROLE) == 1.0


def test_the_pair_follows_what_is_added_and_deleted(pair: MainWindow) -> None:
    variants, chosen = pair.session.variants, pair.variants.pair
    variants.show(0)
    variants.duplicate()  # between the two
    assert (chosen.base, chosen.other) == (0, 1)
    variants.show(2)
    assert (chosen.base, chosen.other) == (0, 2)
    variants.remove(0)
    assert (chosen.base, chosen.other) == (0, 1)
    variants.remove(0)
    assert chosen.base == chosen.other == 0


def test_vehicles_tell_what_moved_and_choosing_one_selects_it(pair: MainWindow, qtbot: QtBot) -> None:
    show_comparison(pair, qtbot)
    table = pair.variants.dock.routes
    came = {one.came for one in table.differences}
    assert came == {("C4",), ("C6",)}
    assert {one.went for one in table.differences} == {(), ("C4",)}
    (row,) = (place for place, one in enumerate(table.differences) if one.came == ("C4",))
    assert "Shop 4" in table.data(table.index(row, MOVED))
    assert "+Shop 4" in table.data(table.index(row, AFTER))
    assert "Shop 4" not in table.data(table.index(row, BEFORE))
    pair.variants.dock.pages.setCurrentIndex(1)
    view = pair.variants.dock.findChild(QTableView, "comparison_routes")
    at = view.visualRect(table.index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert "C4" in pair.selection.ids("customers")
    assert "C5" not in pair.selection.ids("customers")


def test_a_scenario_that_is_not_complete_has_no_figures_but_a_reason(pair: MainWindow, qtbot: QtBot) -> None:
    vehicle = pair.session.scenario.vehicles["van"]
    broken = replace(pair.session.scenario, vehicles={"van": replace(vehicle, start_depot="gone", end_depot="gone")})
    pair.session.do(*changes.set_scenario(pair.session.state, broken, "Break"))
    show_comparison(pair, qtbot)
    assert cell(pair, "cost", 2) == cell(pair, "cost", 3)
    assert cell(pair, "cost", 2, Qt.ItemDataRole.ToolTipRole)
    assert not cell(pair, "cost", 1).startswith(BEST)


# On the map


def test_differences_are_drawn_in_place_of_the_routes(pair: MainWindow, qtbot: QtBot) -> None:
    trigger(pair, "variant_differences")
    drawn = pair.map.canvas.difference.shown
    assert drawn is not None
    names = pair.session.variants.names
    assert drawn.names == (names[0], names[1])
    assert len(drawn.moved) == 2  # C4 and C6
    # of both: the van's first leg and the bike's second; the other legs of either plan are its own
    assert (len(drawn.same), len(drawn.before), len(drawn.after)) == (1, 5, 6)
    assert pair.map.interaction.item_at(*middle_of_first_leg(pair.map)) is None
    trigger(pair, "variant_differences")
    assert pair.map.canvas.difference.shown is None
    assert not pair.actions_by_name["variant_differences"].isChecked()


def middle_of_first_leg(view: MapView) -> tuple[int, int]:
    a, b = view.pixel_of(60.20, 24.95), view.pixel_of(60.165, 24.91)
    return (a.x() + b.x()) // 2, (a.y() + b.y()) // 2


def test_what_is_drawn_follows_edits_and_names(pair: MainWindow, qtbot: QtBot) -> None:
    trigger(pair, "variant_differences")
    pair.session.variants.rename(0, "Base")
    qtbot.waitUntil(lambda: pair.map.canvas.difference.shown.names[0] == "Base")
    pair.session.undo()
    qtbot.waitUntil(lambda: not pair.map.canvas.difference.shown.moved)
    assert not pair.map.canvas.difference.shown.before
    pair.session.variants.remove(0)
    qtbot.waitUntil(lambda: pair.map.canvas.difference.shown is None)
    assert not pair.actions_by_name["variant_differences"].isChecked()


def test_a_solve_and_another_document_bring_the_routes_back(pair: MainWindow, qtbot: QtBot) -> None:
    trigger(pair, "variant_differences")
    with qtbot.waitSignal(pair.controller.started):
        pair.controller.start(0.2)
        pair.controller.stop()
    assert pair.map.canvas.difference.shown is None
    trigger(pair, "variant_differences")
    assert pair.map.canvas.difference.shown is not None
    pair.session.load(pair.session.scenario, PLAN, saved=True)
    assert pair.map.canvas.difference.shown is None
