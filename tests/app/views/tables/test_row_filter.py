"""Sorting and filtering: the right rows in the right order, and rows that stay put while they are edited."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.edits.session import EditSession
from app.model import changes
from app.model.document import Document
from app.model.scenario import Customer, Scenario
from app.views.tables.item_table import ItemTable
from app.views.tables.row_filter import RowFilter

DOWN = Qt.SortOrder.DescendingOrder


def rows_of(session):
    table = ItemTable(session, "customers")
    rows = RowFilter(table)
    rows.tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    rows.table = table
    return rows


def shown(rows):
    return [rows.table.id_of(rows.source_row(row)) for row in range(rows.rowCount())]


def column_of(rows, key):
    return next(place for place, column in enumerate(rows.table.columns) if column.key == key)


@pytest.fixture
def rows(session):
    return rows_of(session)


def test_numbers_are_sorted_by_value_and_the_empty_come_last(rows, session):
    session.do(*changes.set_field(session.state, "customers", ["C6"], "demand", (10.0,)))
    rows.sort(column_of(rows, "demand.0"), DOWN)
    assert shown(rows) == ["C6", "C5", "C4", "C3", "C2", "C1"]
    rows.sort(column_of(rows, "windows"), DOWN)
    assert shown(rows) == ["C1", "C3", "C5", "C2", "C4", "C6"]
    rows.sort(-1)
    assert shown(rows) == ["C1", "C2", "C3", "C4", "C5", "C6"]


def test_all_words_have_to_be_there(rows):
    rows.set_filter("frag SHOP")
    assert shown(rows) == ["C1", "C2"]
    rows.set_filter("frag C2")
    assert shown(rows) == ["C2"]
    rows.set_filter("nothing like it")
    assert shown(rows) == []
    rows.set_filter("")
    assert len(shown(rows)) == 6


def test_rows_stay_where_they_are_while_they_are_edited(rows, session, qtbot):
    rows.sort(column_of(rows, "demand.0"))
    rows.set_filter("shop")
    with qtbot.waitSignal(rows.dataChanged):
        session.do(*changes.set_field(session.state, "customers", ["C1"], "demand", (99.0,)))
    assert shown(rows)[0] == "C1"
    session.do(*changes.set_field(session.state, "customers", ["C1"], "name", "Elsewhere"))
    assert "C1" in shown(rows)


def test_new_rows_come_last_and_deleted_ones_go(rows, session):
    rows.sort(column_of(rows, "demand.0"), DOWN)
    new = replace(session.scenario.customers["C1"], id="C0", demand=(3.5,))
    session.do(*changes.add(session.state, "customers", [new], row=0))
    assert shown(rows) == ["C6", "C5", "C4", "C3", "C2", "C1", "C0"]
    session.do(*changes.delete(session.state, [("customers", "C5"), ("customers", "C2")]))
    assert shown(rows) == ["C6", "C4", "C3", "C1", "C0"]
    session.undo()
    session.undo()
    assert sorted(shown(rows)) == ["C1", "C2", "C3", "C4", "C5", "C6"]


def test_an_index_stays_with_its_row(rows):
    kept = QPersistentModelIndex(rows.index(0, 1))
    rows.sort(column_of(rows, "demand.0"), DOWN)
    assert kept.row() == 5
    rows.set_filter("Shop 6")
    assert not kept.isValid()


@settings(max_examples=20)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("delete"), st.integers(0, 200)),
            st.tuples(st.just("add"), st.integers(0, 200)),
            st.tuples(st.just("sort"), st.integers(-1, 3)),
            st.tuples(st.just("filter"), st.integers(0, 9)),
            st.tuples(st.sampled_from(["undo", "redo"]), st.just(0)),
        ),
        max_size=12,
    )
)
def test_whatever_happens_the_shown_rows_are_rows_of_the_table(qapp, steps):
    customers = {f"C{n}": Customer(f"C{n}", f"Shop {n % 10}", demand=(float(n * 37 % 101),)) for n in range(20)}
    session = EditSession(Document(Scenario(customers=customers)))
    rows = rows_of(session)
    filtered_for = ""
    for what, number in steps:
        if what == "delete":
            gone = [("customers", key) for key in session.scenario.customers if int(key[1:]) % 5 == number % 5]
            session.do(*changes.delete(session.state, gone))
        elif what == "add":
            key = changes.free_id(session.scenario, "customers")
            session.do(*changes.add(session.state, "customers", [Customer(key)], row=0))
        elif what == "sort":
            rows.sort(number, DOWN)
        elif what == "filter":
            filtered_for = f"shop {number}" if number else ""
            rows.set_filter(filtered_for)
        else:
            getattr(session, what)()
        assert len(set(shown(rows))) == rows.rowCount()
        assert set(shown(rows)) <= set(session.scenario.customers)
        if not filtered_for:
            assert rows.rowCount() == len(session.scenario.customers)
    session.close()
