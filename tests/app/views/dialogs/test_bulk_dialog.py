"""Several customers edited in one dialog: what it shows, what it refuses, and the one step that it makes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from app.jobs.background import BackgroundRunner
from app.views.dialogs.bulk_dialog import BulkDialog

ALL = [f"C{number}" for number in range(1, 7)]


@pytest.fixture
def make(qtbot, session, theme):
    runner = BackgroundRunner()

    def make(ids):
        dialog = BulkDialog(session, ids, runner, theme)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    yield make
    runner.close()


@pytest.fixture
def dialog(make, qtbot):
    dialog = make(ALL)
    yield dialog
    if not dialog._over:
        dialog.reject()


def line(dialog, key):
    return dialog.findChild(QLineEdit, f"bulk_{key}")


def choice(dialog, key):
    return dialog.findChild(QComboBox, f"bulk_{key}")


def ticked(dialog, key):
    return dialog.findChild(QCheckBox, f"bulk_change_{key}")


def apply_button(dialog):
    return dialog.findChild(QPushButton, "bulk_apply")


def message(dialog):
    return dialog.findChild(QLabel, "inline_message_text").text()


def type_into(qtbot, editor, text):
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def test_it_shows_what_all_have_and_where_they_differ(dialog):
    assert line(dialog, "service").text() == "5"
    assert line(dialog, "demand.0").text() == ""
    assert line(dialog, "demand.0").placeholderText()
    assert choice(dialog, "required").currentData() == "yes"
    assert choice(dialog, "profile").currentData() is None
    assert not apply_button(dialog).isEnabled()


def test_typing_ticks_and_unticking_takes_back(dialog, qtbot):
    type_into(qtbot, line(dialog, "service"), "9")
    assert ticked(dialog, "service").isChecked()
    assert apply_button(dialog).isEnabled()
    ticked(dialog, "service").setChecked(False)
    assert line(dialog, "service").text() == "5"
    assert dialog.texts() == {}
    assert not apply_button(dialog).isEnabled()


def test_several_fields_of_all_are_one_step(dialog, session, qtbot):
    before = session.scenario
    type_into(qtbot, line(dialog, "service"), "9")
    type_into(qtbot, line(dialog, "demand.0"), "2,5")
    box = choice(dialog, "profile")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == "fragile"
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(line(dialog, "service"), Qt.Key.Key_Return)
    customers = session.scenario.customers.values()
    assert {(one.service, one.demand, one.profile) for one in customers} == {(540, (2.5,), "fragile")}
    assert [one.windows for one in customers] == [one.windows for one in before.customers.values()]
    assert session.stack.count() == 1
    session.undo()
    assert session.scenario == before
    session.redo()
    assert session.scenario.customers["C6"].service == 540


def test_a_ticked_empty_line_empties_the_field(dialog, session, qtbot):
    ticked(dialog, "windows").setFocus()
    qtbot.keyClick(ticked(dialog, "windows"), Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(apply_button(dialog), Qt.MouseButton.LeftButton)
    assert not any(one.windows for one in session.scenario.customers.values())


def test_a_ticked_list_that_says_nothing_yet_writes_nothing(dialog):
    ticked(dialog, "profile").setChecked(True)
    assert dialog.texts() == {}
    assert not apply_button(dialog).isEnabled()


def test_a_bad_value_is_refused_as_in_the_table_and_can_be_put_right(dialog, session, qtbot):
    type_into(qtbot, line(dialog, "demand.0"), "many")
    qtbot.mouseClick(apply_button(dialog), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(message(dialog)))
    assert "many" in message(dialog)
    assert session.stack.count() == 0
    assert line(dialog, "demand.0").isEnabled()
    assert line(dialog, "demand.0").selectedText() == "many"
    type_into(qtbot, line(dialog, "demand.0"), "3")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(apply_button(dialog), Qt.MouseButton.LeftButton)
    assert {one.demand for one in session.scenario.customers.values()} == {(3.0,)}


def test_escape_changes_nothing(dialog, session, qtbot):
    type_into(qtbot, line(dialog, "service"), "9")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert session.stack.count() == 0


def test_escape_while_it_is_worked_out_changes_nothing(dialog, session, qtbot):
    type_into(qtbot, line(dialog, "service"), "9")
    runner = dialog._runner
    qtbot.mouseClick(apply_button(dialog), Qt.MouseButton.LeftButton)
    assert not apply_button(dialog).isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: not runner.busy)
    assert session.stack.count() == 0


def test_every_field_is_reached_with_tab(dialog, qtbot):
    reached = set()
    line(dialog, "demand.0").setFocus()
    for _ in range(40):
        reached.add(dialog.focusWidget().objectName())
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    editors = {field.editor.objectName() for field in dialog.fields}
    assert editors | {field.objectName() for field in dialog.fields} <= reached
