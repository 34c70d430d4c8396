"""The shared selection tells of changes, and only of changes."""

import pytest
from PySide6.QtCore import Qt

from app.edits.selection import Combining, Selection

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def test_set_tells_once(qtbot):
    selection = Selection()
    with qtbot.waitSignal(selection.changed):
        selection.set({("customers", "a"), ("depots", "d")})
    with qtbot.assertNotEmitted(selection.changed):
        selection.set([("depots", "d"), ("customers", "a")])
    assert selection.ids("customers") == {"a"}
    assert selection.ids("zones") == frozenset()


def test_set_ids_replaces_other_kinds(qtbot):
    selection = Selection()
    selection.set({("customers", "a"), ("depots", "d")})
    selection.set_ids("vehicles", ["v"])
    assert selection.items == {("vehicles", "v")}
    selection.clear()
    assert not selection.items


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (Qt.KeyboardModifier.NoModifier, {("customers", "b")}),
        (SHIFT, {("customers", "a"), ("depots", "d"), ("customers", "b")}),
        (CTRL, {("customers", "a"), ("depots", "d")}),
    ],
)
def test_keys_say_what_becomes_of_the_selection(qtbot, keys, expected):
    selection = Selection()
    selection.set({("customers", "a"), ("depots", "d")})
    if keys == CTRL:
        selection.choose("customers", ["b"], Combining.ADD)
    selection.choose("customers", ["b"], Combining.of(keys))
    assert selection.items == expected
