"""Blocks of cells: all or nothing, one step, and unharmed by a way through a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.tables.blocks import MOST_RENAMED, BlockRefusedError, from_clipboard, to_clipboard, write_block

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELL.map(str.strip), min_size=2, max_size=4), min_size=1, max_size=4))
def test_a_block_comes_back_from_the_clipboard(block):
    width = min(len(row) for row in block)
    block = [row[:width] for row in block]
    while block and not any(block[-1]):
        block.pop()
    if block:
        block[-1][-1] = block[-1][-1] or "end"
        assert from_clipboard(to_clipboard(block)) == block


def test_no_cell_runs_as_a_formula():
    assert to_clipboard([["=1+1", "-5", "+358 1", "@x"]]) == "'=1+1\t-5\t'+358 1\t'@x\n"


def test_text_with_a_lone_quote_is_read_line_by_line():
    assert from_clipboard('5" pipe\tx\n6" pipe\ty') == [['5" pipe', "x"], ['6" pipe', "y"]]
    assert from_clipboard('"5\tx') == [['"5', "x"]]
    assert from_clipboard("") == []
    assert from_clipboard("a\r\n\r\nb\r\n") == [["a"], [""], ["b"]]


def test_new_rows_are_added_with_ids_of_their_own(session):
    edit = write_block(
        session.state, "customers", [("C1", {"name": "One"}), (None, {"name": "New"}), (None, {"id": "X", "name": "X"})]
    )
    session.do(*edit)
    ids = list(session.scenario.customers)
    assert len(ids) == 8
    assert ids[-1] == "X"
    assert session.scenario.customers["C1"].name == "One"
    assert session.scenario.customers[ids[-2]].name == "New"
    session.undo()
    assert len(session.scenario.customers) == 6


def test_all_that_is_wrong_is_counted_and_nothing_is_written(session):
    rows = [("C1", {"demand.0": "x"}), ("C2", {"demand.0": "5"}), (None, {"id": "C2"}), ("C3", {"lat": "200"})]
    with pytest.raises(BlockRefusedError) as caught:
        write_block(session.state, "customers", rows)
    assert len(caught.value.problems) == 3
    assert "2 more" in str(caught.value)


def test_both_ends_of_a_window_may_change_at_once(session):
    edit = write_block(session.state, "depots", [("D1", {"hours.0": "25:00", "hours.1": "30:00"})])
    session.do(*edit)
    assert session.scenario.depots["D1"].hours == (25 * 3600, 30 * 3600)


def test_an_older_fault_of_another_field_does_not_stop_an_edit(session):
    rows = [(None, {"id": "lost", "profile": ""})]
    session.do(*write_block(session.state, "customers", rows))
    session.do(*write_block(session.state, "customers", [("lost", {"name": "Found"})]))
    assert session.scenario.customers["lost"].name == "Found"


def test_ids_and_fields_change_in_one_step(session):
    edit = write_block(session.state, "vehicles", [("van", {"id": "truck", "name": "Truck"})])
    session.do(*edit)
    assert session.scenario.vehicles["truck"].name == "Truck"
    assert session.plan.routes[0].vehicle == "truck"
    assert session.stack.count() == 1


def test_too_many_new_ids_are_refused(session):
    session.do(*write_block(session.state, "customers", [(None, {})] * MOST_RENAMED))
    rows = [(key, {"id": f"new {key}"}) for key in session.scenario.customers]
    with pytest.raises(BlockRefusedError):
        write_block(session.state, "customers", rows)
