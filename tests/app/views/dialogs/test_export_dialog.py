"""The dialog that asks what to export."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QRadioButton, QScrollArea
from shiboken6 import isValid

from app.io.navigation import Codes
from app.model.scenario import Settings, TravelSource
from app.paper.options import PaperSize
from app.plan_files import FILES
from app.views.dialogs.export_dialog import ExportDialog, paper_options


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def ask(qtbot, theme, scenario, settings):
    def asked(routes=3, selected=0, of=scenario):
        dialog = ExportDialog(of, routes, selected, settings)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        made.append(dialog)
        return dialog

    made = []
    yield asked
    for dialog in filter(isValid, made):
        dialog.close()


def radio(dialog, name):
    return dialog.findChild(QRadioButton, f"export_{name}")


def test_every_kind_is_reached_with_the_arrow_keys(ask, qtbot):
    dialog = ask()
    reached = []
    for _ in FILES:
        reached.append(dialog.kind.key)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert reached == [file.key for file in FILES]


def test_options_of_manifests_are_for_manifests(ask):
    dialog = ask(selected=2)
    for file in FILES:
        radio(dialog, file.key).setChecked(True)
        assert dialog.findChild(QComboBox, "export_codes").isEnabled() == (file.key == "pdf")
        assert dialog.findChild(QPushButton, "export_print").isEnabled() == (file.key == "pdf")
        assert radio(dialog, "selected_routes").isEnabled() == file.of_plan


def test_only_what_is_selected_if_anything_is(ask):
    assert not radio(ask(selected=0), "selected_routes").isEnabled()
    dialog = ask(selected=2)
    assert not dialog.only_selected
    radio(dialog, "selected_routes").setChecked(True)
    assert dialog.only_selected
    radio(dialog, "scenario").setChecked(True)
    assert not dialog.only_selected


def test_without_a_plan_there_is_the_scenario(ask):
    dialog = ask(routes=0)
    assert [file.key for file in FILES if radio(dialog, file.key).isEnabled()] == ["scenario"]
    assert dialog.kind.key == "scenario"


def test_a_plane_has_no_tracks(ask, scenario):
    dialog = ask(of=replace(scenario, settings=Settings(travel=TravelSource.PLANE)))
    assert [file.key for file in FILES if not radio(dialog, file.key).isEnabled()] == ["gpx"]


def test_the_choice_is_remembered(ask, settings, qtbot):
    dialog = ask()
    radio(dialog, "pdf").setChecked(True)
    for name, value in (("paper", PaperSize.LETTER), ("codes", Codes.STAGES)):
        box = dialog.findChild(QComboBox, f"export_{name}")
        box.setCurrentIndex(box.findData(value.value))
    why = dialog.findChild(QCheckBox, "export_why")
    assert not why.isChecked()
    why.setChecked(True)
    radio(dialog, "gpx").setChecked(True)
    assert paper_options(settings, "now").codes is Codes.PLACES
    assert not paper_options(settings, "now").why
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    options = paper_options(settings, "now")
    assert (options.size, options.codes, options.printed) == (PaperSize.LETTER, Codes.STAGES, "now")
    assert options.why
    again = ask()
    assert again.kind.key == "gpx"
    assert again.findChild(QCheckBox, "export_why").isChecked()
    assert again.findChild(QComboBox, "export_paper").currentData() == "letter"


def test_paper_can_be_wanted_at_once(ask, qtbot):
    dialog = ask()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.findChild(QPushButton, "export_print"), Qt.MouseButton.LeftButton)
    assert dialog.to_printer


def test_settings_that_make_no_sense_are_as_none(ask, settings):
    for key in ("kind", "paper", "codes"):
        settings.setValue(f"export/{key}", "nonsense")
    assert ask().kind is FILES[0]
    assert paper_options(settings, "").size is PaperSize.A4


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_large_text_can_be_scrolled_and_leaves_room_for_the_buttons(ask, qtbot, theme, scale):
    theme.set_text_scale(scale)
    dialog = ask(routes=0)
    inside = dialog.findChild(QScrollArea, "export_choices")
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert inside.horizontalScrollBar().maximum() == 0
    assert bool(inside.verticalScrollBar().maximum()) == (scale > 1)
    dialog = ask()
    for _ in FILES[1:]:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    button = dialog.focusWidget()
    area = dialog.findChild(QScrollArea, "export_choices")
    assert area.viewport().rect().contains(button.mapTo(area.viewport(), button.rect().center()))
    theme.set_text_scale(1.0)


def test_cancel_remembers_nothing(ask, settings, qtbot):
    dialog = ask()
    radio(dialog, "gpx").setChecked(True)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert settings.value("export/kind") is None
