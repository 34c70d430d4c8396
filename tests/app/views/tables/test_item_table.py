"""The table models: what they show, how they are edited, and how they follow the document."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.model import changes
from app.model.patch import TABLES, Patch, State
from app.model.scenario import Access, ProfileRule, Settings
from app.views.tables.item_table import PROBLEM_ROLE, ItemTable


def table_for(session, kind):
    table = ItemTable(session, kind)
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Warning)
    table.tester = tester
    return table


def column_of(table, key):
    return next(place for place, column in enumerate(table.columns) if column.key == key)


def cell(table, key, column):
    return table.index(table.row_of(key), column_of(table, column))


@pytest.mark.parametrize("kind", TABLES)
def test_every_cell_reads_back_what_it_shows(session, kind):
    table = table_for(session, kind)
    before = session.state
    for row in range(table.rowCount()):
        for place, column in enumerate(table.columns):
            item = getattr(session.scenario, kind)[table.id_of(row)]
            if column.key != "id":
                assert column.put(item, column.read(table.text_at(row, place))) == item
            assert table.setData(table.index(row, place), table.text_at(row, place))
    assert session.state is before  # writing what is there is no edit


@pytest.mark.parametrize(
    ("kind", "key", "column", "text", "expected"),
    [
        ("customers", "C1", "name", "Aalto", lambda s: s.customers["C1"].name == "Aalto"),
        ("customers", "C1", "demand.0", "12,5", lambda s: s.customers["C1"].demand == (12.5,)),
        ("customers", "C1", "service", "1:30", lambda s: s.customers["C1"].service == 5400),
        ("customers", "C1", "windows", "9:00-10:00, 660-690", lambda s: s.customers["C1"].windows[1] == (39600, 41400)),
        ("customers", "C1", "profile", "", lambda s: s.customers["C1"].profile == ""),
        ("depots", "D1", "hours.1", "20:00", lambda s: s.depots["D1"].hours == (0, 72000)),
        ("vehicles", "van", "end_depot", "—", lambda s: s.vehicles["van"].end_depot is None),
        ("vehicles", "van", "max_duration", "480", lambda s: s.vehicles["van"].max_duration == 28800),
        ("vehicles", "van", "capacity.0", "7", lambda s: s.vehicles["van"].capacity == (7.0,)),
        (
            "profiles",
            "fragile",
            "rules.bike",
            "forbidden",
            lambda s: s.profiles["fragile"].rule("bike") == ProfileRule(Access.FORBIDDEN),
        ),
        ("profiles", "fragile", "rules.van", "allowed", lambda s: "van" not in s.profiles["fragile"].rules),
        ("zones", "Z1", "forbidden.bike", "yes", lambda s: s.zones["Z1"].forbidden == {"van", "bike"}),
        ("zones", "Z1", "hours.bike", "6-11, 18-20", lambda s: s.zones["Z1"].hours["bike"][1] == (64800, 72000)),
        ("zones", "Z1", "hours.van", "06:00–11:00", lambda s: s.zones["Z1"].hours == {"van": ((21600, 39600),)}),
    ],
)
def test_an_edit_is_one_step_that_can_be_undone_and_redone(session, kind, key, column, text, expected):
    table = table_for(session, kind)
    before = session.state
    assert table.setData(cell(table, key, column), text)
    assert expected(session.scenario)
    assert session.stack.count() == 1
    session.undo()
    assert session.state == before
    assert table.data(cell(table, key, column), Qt.ItemDataRole.EditRole) == table.text_at(
        table.row_of(key), column_of(table, column)
    )
    session.redo()
    assert expected(session.scenario)


@pytest.mark.parametrize(
    ("kind", "key", "column", "text", "words"),
    [
        ("customers", "C1", "demand.0", "heavy", ("C1", "Demand, kg", "heavy", "number")),
        ("customers", "C1", "demand.0", "-1", ("Demand, kg", "-1", "from 0")),
        ("customers", "C1", "lat", "91", ("Latitude", "91", "-90 to 90")),
        ("customers", "C1", "windows", "8:00-9:00, 8:30-10:00", ("Time windows", "windows in order")),
        ("customers", "C1", "profile", "nobody", ("Profile", "nobody", "profile")),
        ("customers", "C1", "id", "C2", ("Id", "C2", "no other")),
        ("customers", "C1", "id", " ", ("Id", "empty")),
        ("depots", "D1", "hours.0", "25:00", ("Opens", "25:00")),
        ("vehicles", "van", "count", "1.5", ("Count", "1.5", "whole number")),
        ("vehicles", "van", "start_depot", "D9", ("Starts at", "D9", "depot")),
        ("profiles", "fragile", "rules.van", "preferred -5", ("Van", "-5")),
    ],
)
def test_a_bad_value_is_refused_in_a_sentence_and_changes_nothing(session, qtbot, kind, key, column, text, words):
    table = table_for(session, kind)
    before = session.state
    with qtbot.waitSignal(table.refused) as refused:
        assert not table.setData(cell(table, key, column), text)
    for word in words:
        assert word in refused.args[0]
    assert session.state is before


def test_check_boxes(session):
    table = table_for(session, "customers")
    index = cell(table, "C1", "required")
    assert table.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert table.data(index) is None
    assert table.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert not session.scenario.customers["C1"].required


def test_a_new_id_is_followed_by_references(session):
    table = table_for(session, "profiles")
    assert table.setData(cell(table, "fragile", "id"), "glass")
    assert session.scenario.customers["C1"].profile == "glass"
    assert table.row_of("glass") == 0
    session.undo()
    assert session.scenario.customers["C1"].profile == "fragile"
    assert table.row_of("fragile") == 0


def test_rows_come_and_go_without_a_reset(session, qtbot):
    table = table_for(session, "customers")
    with qtbot.assertNotEmitted(table.modelReset):
        session.do(*changes.delete(session.state, [("customers", "C2"), ("customers", "C3"), ("customers", "C5")]))
        assert [table.id_of(row) for row in range(table.rowCount())] == ["C1", "C4", "C6"]
        session.undo()
    assert [table.id_of(row) for row in range(table.rowCount())] == [f"C{number}" for number in range(1, 7)]


def test_rows_of_other_orders_are_shown(session):
    table = table_for(session, "customers")
    scenario = session.scenario
    reversed_rows = dict(reversed(scenario.customers.items()))
    after = changes.set_scenario(
        session.state, type(scenario)(scenario.depots, scenario.vehicles, reversed_rows), "Sort"
    )
    session.do(*after)
    assert table.id_of(0) == "C6"


def test_columns_follow_dimensions_and_vehicles(session):
    customers, profiles = table_for(session, "customers"), table_for(session, "profiles")
    session.do(*changes.set_settings(session.state, Settings("Test", dimensions=("kg", "m3"))))
    assert column_of(customers, "demand.1")
    session.do(*changes.delete(session.state, [("vehicles", "bike")]))
    assert [column.key for column in profiles.columns] == ["id", "name", "rules.van"]
    session.undo()
    session.undo()
    assert [column.key for column in profiles.columns] == ["id", "name", "rules.van", "rules.bike"]


def test_a_problem_that_another_table_makes_is_shown(session):
    table = table_for(session, "vehicles")
    index = cell(table, "van", "start_depot")
    assert table.data(index, PROBLEM_ROLE) == ""
    scenario = session.scenario
    without = type(scenario)({}, scenario.vehicles, scenario.customers, settings=scenario.settings)
    session.do("Break it", Patch.between(session.state, State(without, session.plan)))
    assert "D1" in table.data(index, PROBLEM_ROLE)


def test_flags_and_headers(session):
    table = table_for(session, "vehicles")
    assert table.flags(table.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert table.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert table.headerData(0, Qt.Orientation.Vertical) == 1
    assert table.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
