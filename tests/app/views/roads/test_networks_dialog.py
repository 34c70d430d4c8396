"""Road networks in the window: imported, chosen, removed, and what is said when that fails."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QProgressBar, QPushButton

from app.jobs.client import SolverClient
from app.model.road_library import NoNetworks, library, use_library
from app.model.scenario import TravelSource
from app.views.main_window import MainWindow
from app.views.roads.network_words import around, day_text
from tests.app.jobs import import_servers
from tests.app.model.fake_roads import roads
from tests.solver.roads.grids import grid
from tests.solver.roads.osm.maps import Map

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 20_000


@pytest.fixture
def window(qtbot, theme, tmp_path, scenario) -> Iterator[MainWindow]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    with roads():
        use_library(NoNetworks())
        window = MainWindow(theme, settings, SolverClient())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.session.load(scenario, saved=True)
        yield window
        window.end()


@pytest.fixture
def kept(window):
    """Id of a network in the user's library."""
    return window.roads.store.add(grid(3, 3), "Three by three")


@pytest.fixture
def street(tmp_path):
    """A map of one street."""
    made = Map()
    made.way(*made.line(5))
    return made.write(tmp_path)


def button(dialog, name):
    return dialog.findChild(QPushButton, f"networks_{name}")


def choose(dialog, key):
    for row in range(dialog.list.topLevelItemCount()):
        dialog.list.setCurrentItem(dialog.list.topLevelItem(row))
        if dialog.chosen == key:
            return
    raise AssertionError(f"{key} is not listed")


def opened(window):
    window.actions_by_name["road_network"].trigger()
    dialog = window.roads._dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_a_network_is_used_in_one_step_and_the_window_stays_usable(window, kept, qtbot):
    dialog = opened(window)
    assert not dialog.isModal()
    choose(dialog, kept)
    qtbot.mouseClick(button(dialog, "use"), LEFT)
    settings = window.session.scenario.settings
    assert (settings.travel, settings.network) == (TravelSource.ROADS, kept)
    assert window.session.stack.count() == 1
    assert dialog.chosen == kept
    assert not button(dialog, "use").isEnabled()
    window.session.undo()
    assert window.session.scenario.settings.travel is TravelSource.GREAT_CIRCLE
    assert button(dialog, "use").isEnabled()


def test_there_is_one_dialog_whoever_asks(window, kept):
    first = opened(window)
    assert opened(window) is first
    first.close()
    assert opened(window) is not first


def test_the_network_that_comes_with_the_program_stays_and_others_can_go(window, kept, qtbot):
    dialog = opened(window)
    sample = next(one for one in window.roads.store.listed() if one.sample)
    choose(dialog, sample.id)
    assert not button(dialog, "remove").isEnabled()
    choose(dialog, kept)
    qtbot.mouseClick(button(dialog, "use"), LEFT)
    qtbot.mouseClick(button(dialog, "remove"), LEFT)
    assert not window.roads.store.has(kept)
    qtbot.waitUntil(lambda: any(issue.field == "network" for issue in window.controller.evaluations.issues))


def test_an_import_shows_how_far_it_is_and_can_be_stopped(window, qtbot, street):
    window.roads.job._serve = import_servers.never_ends
    dialog = opened(window)
    dialog.import_file(street)
    assert window.roads.progress.isVisible()
    bar = dialog.findChild(QProgressBar, "networks_progress_bar")
    assert bar.isVisible()
    assert not button(dialog, "import").isEnabled()
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=PATIENCE)
    with qtbot.waitSignal(window.roads.job.stopped, timeout=PATIENCE):
        qtbot.mouseClick(dialog.findChild(QPushButton, "networks_progress_stop"), LEFT)
    assert not window.roads.progress.isVisible()
    assert button(dialog, "import").isEnabled()


def test_an_import_arrives_in_the_list_and_is_chosen(window, qtbot, street):
    dialog = opened(window)
    dialog.whole.setChecked(True)
    with qtbot.waitSignal(window.roads.job.finished, timeout=PATIENCE) as done:
        dialog.import_file(street)
    assert dialog.chosen == done.args[0].id
    assert window.session.scenario.settings.travel is TravelSource.GREAT_CIRCLE  # nothing happens unasked


def test_what_cannot_be_imported_is_told_and_nothing_changes(window, kept, qtbot, tmp_path):
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"no map")
    before = window.roads.store.listed()
    dialog = opened(window)
    with qtbot.waitSignal(window.roads.job.failed, timeout=PATIENCE):
        dialog.import_file(broken)
    assert dialog.message.isVisible()
    assert "broken.osm.pbf" in dialog.message.text
    assert window.roads.store.listed() == before
    dialog.close()
    with qtbot.waitSignal(window.roads.job.failed, timeout=PATIENCE):
        window.roads.job.start(broken, "broken")
    assert window.banner.isVisible()


def test_a_map_that_is_dropped_onto_the_window_is_imported(window, qtbot, street):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(street))])
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignals([window.roads.job.started, window.roads.job.failed], timeout=PATIENCE):
        window.dropEvent(event)
    assert window.roads._dialog.isVisible()
    assert window.roads._dialog.near.isChecked()  # around the shops of the scenario, where this map has no street


def test_the_window_takes_its_library_with_it(window):
    assert library() is window.roads.store
    window.end()
    assert isinstance(library(), NoNetworks)


def pick(window, source):
    box = window.tables_dock.settings.findChild(QComboBox, "settings_travel")
    box.setCurrentIndex(box.findData(source.value))
    box.activated.emit(box.currentIndex())
    return box


def test_travel_by_roads_needs_a_network_and_leads_there(window, kept, qtbot):
    box = pick(window, TravelSource.ROADS)
    dialog = window.roads._dialog
    assert dialog.isVisible()
    assert box.currentData() == TravelSource.GREAT_CIRCLE.value
    choose(dialog, kept)
    qtbot.mouseClick(button(dialog, "use"), LEFT)
    assert box.currentData() == TravelSource.ROADS.value
    pick(window, TravelSource.GREAT_CIRCLE)
    pick(window, TravelSource.ROADS)  # the network is known by now
    assert window.session.scenario.settings.network == kept
    assert window.session.stack.count() == 3


def test_the_settings_say_where_travel_comes_from_and_that_a_network_is_missing(window, kept):
    source = window.tables_dock.settings.source
    assert source.words.text()
    assert not source.words.property("error")
    assert source.button.isHidden()
    settings = replace(window.session.scenario.settings, travel=TravelSource.ROADS, network="elsewhere")
    window.session.load(replace(window.session.scenario, settings=settings), saved=True)
    assert source.words.property("error")
    assert not source.button.isHidden()
    source.button.click()
    assert window.roads._dialog.isVisible()


def test_an_area_reaches_beyond_all_places():
    assert around((), 5.0) is None
    south, west, north, east = around([(60.0, 25.0), (60.1, 25.2)], 11.1195)
    assert (south, north) == pytest.approx((59.9, 60.2), abs=1e-6)
    assert 24.79 < west < 24.81
    assert east == pytest.approx(25.2 + 25.0 - west)
    assert around([(89.99, 179.9)], 500)[2:] == (90.0, 180.0)


def test_days_that_are_none_are_shown_as_they_are():
    assert day_text("") == ""
    assert day_text("last week") == "last week"
    assert day_text(None) == ""
    assert "2026" in day_text("2026-03-04T05:06:07Z") or "26" in day_text("2026-03-04T05:06:07Z")
