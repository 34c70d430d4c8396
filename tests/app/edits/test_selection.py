"""The shared selection tells of changes, and only of changes."""

from app.edits.selection import Selection


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
