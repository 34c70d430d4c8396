"""Filtering of customers by profile and by what they are in the plan, and what Return makes of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from app.edits.session import EditSession
from app.jobs.client import SolverClient
from app.jobs.solve_controller import SolveController
from app.model import changes
from app.model.customer_sets import Trait
from app.model.document import Document
from app.model.patch import Patch, State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from app.views.tables.customer_filter import CustomerFilter
from app.views.tables.table_panel import TablePanel


@pytest.fixture
def controller(qtbot, session):
    controller = SolveController(session, SolverClient())
    qtbot.waitUntil(lambda: controller.evaluations.evaluation is not None)
    yield controller
    controller.shutdown()


@pytest.fixture
def panel(qtbot, controller, session, selection, theme):
    panel = TablePanel(session, selection, "customers", theme)
    panel.take_filter(CustomerFilter(controller))
    qtbot.addWidget(panel)
    panel.resize(1200, 300)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def filters(panel):
    return panel.findChild(CustomerFilter)


def pick(box, data):
    place = next(place for place in range(box.count()) if box.itemData(place) == data)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def shown(panel):
    rows = panel.view.rows
    return [panel.table.id_of(rows.source_row(row)) for row in range(rows.rowCount())]


@pytest.mark.parametrize(
    ("trait", "expected"),
    [
        (None, ["C1", "C2", "C3", "C4", "C5", "C6"]),
        (Trait.SERVED, ["C1", "C2", "C3", "C4", "C5"]),
        (Trait.UNSERVED, ["C6"]),
        (Trait.WINDOWED, ["C1", "C3", "C5"]),
        (Trait.ANY_TIME, ["C2", "C4", "C6"]),
    ],
)
def test_traits(panel, filters, trait, expected):
    pick(filters.trait, trait)
    assert shown(panel) == expected


def test_profile_trait_and_words_are_all_meant(panel, filters, qtbot):
    pick(filters.profile, "fragile")
    assert shown(panel) == ["C1", "C2"]
    pick(filters.trait, Trait.WINDOWED)
    assert shown(panel) == ["C1"]
    pick(filters.profile, "")
    assert shown(panel) == ["C3", "C5"]
    qtbot.keyClicks(panel.filter_line, "shop 5")
    qtbot.waitUntil(lambda: shown(panel) == ["C5"])
    panel.clear_filter()
    assert len(shown(panel)) == 6
    assert filters.ids is None


def test_a_new_plan_shows_who_is_unserved_now(panel, filters, session, qtbot):
    pick(filters.trait, Trait.UNSERVED)
    plan = Plan((PlannedRoute("van", ("C1",), 1),))
    session.do("Plan", Patch.between(session.state, State(session.scenario, plan)))
    qtbot.waitUntil(lambda: shown(panel) == ["C2", "C3", "C4", "C5", "C6"])


def test_rows_stay_while_they_are_edited(panel, filters, session):
    pick(filters.profile, "fragile")
    session.do(*changes.set_field(session.state, "customers", ["C1"], "profile", ""))
    assert shown(panel) == ["C1", "C2"]


def test_the_list_of_profiles_follows_the_document(panel, filters, session):
    pick(filters.profile, "fragile")
    session.do(*changes.delete(session.state, [("profiles", "fragile")]))
    assert filters.profile.findData("fragile") < 0
    assert filters.ids is None
    assert len(shown(panel)) == 6


def test_another_document_is_shown_whole(panel, filters, session):
    pick(filters.trait, Trait.UNSERVED)
    session.load(Scenario(customers={"X": session.scenario.customers["C1"]}), saved=True)
    assert filters.ids is None
    assert panel.view.rows.rowCount() == 1


def test_nobody_found_says_so_and_can_be_taken_back(panel, filters):
    pick(filters.trait, Trait.LATE)
    assert shown(panel) == []
    assert not panel.view.isVisible()
    panel.clear_filter()
    assert panel.view.isVisible()


def test_find_id_shows_what_is_filtered_out(panel, filters, selection):
    pick(filters.trait, Trait.UNSERVED)
    panel.find_id("C1")
    assert panel.view.selected_ids() == ["C1"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (Qt.KeyboardModifier.NoModifier, {"C1", "C2"}),
        (Qt.KeyboardModifier.ShiftModifier, {"C1", "C2", "C6"}),
        (Qt.KeyboardModifier.ControlModifier, {"C6"}),
    ],
)
def test_return_in_the_filter_line_selects_what_it_finds(panel, selection, qtbot, keys, expected):
    selection.set_ids("customers", ["C1", "C6"])
    qtbot.keyClicks(panel.filter_line, "fragile")
    qtbot.keyClick(panel.filter_line, Qt.Key.Key_Return, keys)
    assert selection.ids("customers") == expected


def test_return_in_an_empty_filter_line_selects_nothing(panel, selection, qtbot):
    qtbot.keyClick(panel.filter_line, Qt.Key.Key_Return)
    assert not selection.items


def test_the_button_selects_what_is_found_and_is_there_only_then(panel, filters, selection, qtbot):
    button = panel.findChild(QToolButton, "customers_select_shown")
    assert not button.isVisible()
    pick(filters.profile, "fragile")
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert selection.ids("customers") == {"C1", "C2"}
    pick(filters.trait, Trait.UNSERVED)
    assert not button.isVisible()


def test_down_leaves_the_filter_line_for_the_table(panel, qtbot):
    panel.activateWindow()
    panel.filter_line.setFocus()
    qtbot.keyClick(panel.filter_line, Qt.Key.Key_Down)
    qtbot.waitUntil(panel.view.hasFocus)


def test_tables_without_more_to_filter_by_have_words_only(qtbot, selection, theme):
    session = EditSession(Document(Scenario()))
    panel = TablePanel(session, selection, "depots", theme)
    qtbot.addWidget(panel)
    panel.choose_shown()
    assert panel.findChild(CustomerFilter) is None
    session.close()
