"""Places without a road in the window: a card, signs on the map, a list with reasons, and what helps."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QToolButton

from app.jobs.client import SolverClient
from app.model.changes import add, replace_items
from app.model.road_changes import travel_by_roads
from app.model.road_routers import Routers, use_routers
from app.model.scenario import Zone
from app.model.travel_words import travel_words
from app.views.main_window import MainWindow
from app.views.roads.unreached_dialog import PARTLY
from tests.app.model.fake_roads import CuttingRouter, roads
from tests.solver.roads.grids import grid

LEFT = Qt.MouseButton.LeftButton
FAR = (61.0, 27.0)


@pytest.fixture
def window(qtbot, theme, tmp_path, scenario, monkeypatch) -> Iterator[MainWindow]:
    monkeypatch.setattr(CuttingRouter, "away", 432.0)
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    network = grid(8, 8, 1000.0, 60.14, 24.88)
    with roads(town=network):
        use_routers(Routers(lambda network, mode, order: CuttingRouter(network, mode)))
        window = MainWindow(theme, settings, SolverClient())
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        customers = {
            key: replace(one, lat=FAR[0], lon=FAR[1]) if key in ("C1", "C2") else one
            for key, one in scenario.customers.items()
        }
        window.session.load(replace(scenario, customers=customers, zones={}), saved=True)
        window.session.do(*travel_by_roads(window.session.state, "town"))
        yield window
        window.end()


@pytest.fixture
def desk(window, qtbot):
    desk = window.roads.unreached
    qtbot.waitUntil(lambda: [one.id for one in desk.watch.found] == ["C1", "C2"], timeout=10_000)
    return desk


def test_a_card_and_signs_tell_of_places_that_no_road_leads_to(window, desk):
    assert desk.card.isVisible()
    assert window.notices.isVisible()
    assert len(window.map.canvas.cut_off) == 2
    desk.card.findChild(QToolButton, "unreached_close").click()
    assert not desk.card.isVisible()


def test_each_is_listed_with_its_reason_and_shown_on_the_map(window, desk, qtbot):
    qtbot.mouseClick(desk.card.further, LEFT)
    listed = desk.show_list()
    assert not listed.isModal()
    assert listed.list.count() == 2
    assert "Shop 2" in listed.list.item(1).text()
    assert all("432" in listed.list.item(row).text() for row in range(2))
    listed.list.setCurrentRow(1)
    qtbot.keyClick(listed.list, Qt.Key.Key_Return)
    assert window.selection.items == {("customers", "C2")}


def test_one_is_moved_to_the_nearest_road_and_the_list_follows(window, desk, qtbot):
    listed = desk.show_list()
    steps = window.session.stack.count()
    listed.list.setCurrentRow(0)
    qtbot.mouseClick(listed.move_some, LEFT)
    assert window.session.stack.count() == steps + 1
    assert window.session.scenario.customers["C1"].lat == pytest.approx(60.14)
    qtbot.waitUntil(lambda: listed.list.count() == 1, timeout=10_000)
    assert len(window.map.canvas.cut_off) == 1
    window.session.undo()
    assert (window.session.scenario.customers["C1"].lat, window.session.scenario.customers["C1"].lon) == FAR
    qtbot.waitUntil(lambda: listed.list.count() == 2, timeout=10_000)


def test_all_are_moved_in_one_step_and_nothing_is_left_to_tell(window, desk, qtbot):
    listed = desk.show_list()
    steps = window.session.stack.count()
    qtbot.mouseClick(listed.move_all, LEFT)
    assert window.session.stack.count() == steps + 1
    qtbot.waitUntil(lambda: not desk.watch.found, timeout=10_000)
    assert not desk.card.isVisible()
    assert len(window.map.canvas.cut_off) == 0
    assert not listed.move_all.isEnabled()
    window.session.undo()
    qtbot.waitUntil(desk.card.isVisible, timeout=10_000)


def test_far_moves_are_left_out_of_all_and_made_by_themselves(window, desk, qtbot):
    listed = desk.show_list()
    near, far = desk.watch.found
    listed.show_unreached([near, replace(far, metres=1001.0)], desk.watch.scenario)
    assert "1 km" in listed._explained.text()
    with qtbot.waitSignal(listed.move_requested) as asked:
        qtbot.mouseClick(listed.move_all, LEFT)
    assert [one.id for one in asked.args[0]] == [near.id]
    listed.show_unreached([replace(far, metres=1001.0)], desk.watch.scenario)
    assert not listed.move_all.isEnabled()
    assert listed.move_some.isEnabled()
    with qtbot.waitSignal(listed.move_requested) as asked:
        qtbot.mouseClick(listed.move_some, LEFT)
    assert [one.id for one in asked.args[0]] == [far.id]


def test_a_place_that_some_vehicle_gets_to_is_neither_moved_nor_counted_among_the_lost(window, desk):
    one = replace(desk.watch.found[0], everybody=False, road=None, metres=0.0)
    listed = desk.show_list()
    listed.show_unreached([one], desk.watch.scenario)
    assert listed._explained.text() == PARTLY
    assert not listed.move_all.isEnabled()
    assert not listed.move_some.isEnabled()
    lost = desk.card._text.text()
    desk.card.tell([one])
    assert desk.card.isVisible()
    assert desk.card._text.text() != lost
    desk.watch.found = (one,)
    desk.watch.changed.emit()
    assert len(window.map.canvas.cut_off) == 0


def test_figures_say_what_they_rest_on(window, desk, qtbot):
    figures, scenario = window.plan_dock.figures, window.session.scenario
    words = travel_words(scenario)
    assert "Town" in words
    assert figures.findChild(QLabel, "figures_source").text() == words
    assert figures.findChild(QLabel, "distance").toolTip() == words
    tip = figures.model.headerData(3, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == window.timeline_dock.view.headers.source == words
    window.session.undo()
    straight = travel_words(window.session.scenario)
    assert straight != words
    qtbot.waitUntil(lambda: figures.findChild(QLabel, "figures_source").text() == straight, timeout=10_000)


def test_travel_that_leads_everywhere_has_nothing_to_tell(window, desk, qtbot):
    window.session.undo()
    qtbot.waitUntil(lambda: not desk.card.isVisible(), timeout=10_000)
    assert len(window.map.canvas.cut_off) == 0
    window.session.redo()
    qtbot.waitUntil(desk.card.isVisible, timeout=10_000)


def test_a_closure_that_cuts_a_customer_off_is_told(window, desk, qtbot):
    one = window.session.scenario.customers["C6"]
    ring = tuple((one.lat + a, one.lon + b) for a, b in ((-0.02, -0.04), (-0.02, 0.04), (0.02, 0.04), (0.02, -0.04)))
    window.session.do(*add(window.session.state, "zones", [Zone("Z", "Flood", ring, pace=0.0)]))
    qtbot.waitUntil(lambda: "C6" in [one.id for one in desk.watch.found], timeout=10_000)
    listed = desk.show_list()
    assert any("Flood" in listed.list.item(row).text() for row in range(listed.list.count()))
    window.session.do(*replace_items(window.session.state, "zones", [Zone("Z", "Flood", ring, pace=0.5)]))
    qtbot.waitUntil(lambda: "C6" not in [one.id for one in desk.watch.found], timeout=10_000)
