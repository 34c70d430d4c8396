"""What each picture shows: functions that lead a fresh window there, and return the dialog where it is one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDoubleSpinBox, QLineEdit, QPushButton, QScrollArea, QWidget

from app import __version__
from app.addon.probe import Addon, Facts
from app.jobs.moments import Moment
from app.map.view import MapMode
from app.model.changes import replace_items
from app.model.road_changes import set_traffic
from app.model.traffic import Traffic
from app.model.unreached import Obstacle, Unreached
from app.resources import resource
from app.support.crash_reports import CrashReports, reports_folder
from app.support.notices import split
from app.support.report import Part, Report
from app.support.telling import without_home
from app.support.watch import report_of
from app.views.comfort.hints import Hint
from app.views.main_window import STRAIGHT_SAMPLE, MainWindow
from app.views.support.licences_dialog import LicencesDialog

Scene = Callable[[MainWindow, Path], QWidget | None]
PATIENCE = 10.0
"""Seconds."""


def wait(until: Callable[[], object]) -> None:
    """Let events be handled until something is true."""
    limit = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > limit:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.005)


def rest(seconds: float = 0.1) -> None:
    """Let what was done be shown."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)


def opened(window: MainWindow, document: Path) -> None:
    """Open the document, without hints, and wait for its figures."""
    for hint in Hint:
        window.comfort.guide.learn(hint)
    window.files.open(document)
    wait(lambda: window.controller.evaluations.evaluation is not None and not window.controller.evaluations.busy)
    rest()
    window.map.fit()


def trigger(window: MainWindow, name: str) -> None:
    """Choose a command."""
    window.actions_by_name[name].trigger()
    rest()


def dialog(window: MainWindow) -> QDialog:
    """Return the dialog that has come up."""
    wait(lambda: any(one.isVisible() for one in window.findChildren(QDialog)))
    rest(0.3)
    return next(one for one in window.findChildren(QDialog) if one.isVisible())


def stops(window: MainWindow, count: int) -> list[str]:
    """Return the first stops of a middle route."""
    routes = window.session.plan.routes
    return list(routes[len(routes) // 2].stops[:count])


def select(window: MainWindow, *keys: str) -> None:
    """Select customers."""
    window.selection.set_ids("customers", keys)
    rest()


def start(window: MainWindow, _: Path) -> None:
    rest(3.0)  # the base map is read in the background


def sample(window: MainWindow, _: Path) -> None:
    window.files.open_sample(resource(STRAIGHT_SAMPLE))
    wait(lambda: window.session.scenario.customers)


def plan(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_routes")


def hint(window: MainWindow, document: Path) -> None:
    opened(window, document)
    window.comfort.guide.show_again()


def message(window: MainWindow, document: Path) -> None:
    opened(window, document)
    window.banner.say("The depot hub cannot be deleted: the vehicle types bike, van and large start there.")


def stop_list(window: MainWindow, document: Path) -> None:
    opened(window, document)
    window.plan_dock.tabs.setCurrentWidget(window.plan_dock.stops)
    select(window, *stops(window, 2))


def unserved(window: MainWindow, document: Path) -> None:
    opened(window, document)
    window.plan_dock.tabs.setCurrentWidget(window.plan_dock.unserved)


def locks(window: MainWindow, document: Path) -> None:
    opened(window, document)
    window.plan_dock.tabs.setCurrentWidget(window.locking.panel)


def solved(window: MainWindow, document: Path) -> None:
    opened(window, document)
    window.plan_dock.tabs.setCurrentWidget(window.plan_dock.curve)
    window.controller.start(0.6)
    wait(lambda: not window.session.searching)
    select(window, *stops(window, 1))
    trigger(window, "unassign")


def timeline(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_timeline")
    select(window, *stops(window, 1))


def legend(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_profiles")
    trigger(window, "colour_by_profile")


def adding(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_depots")
    trigger(window, "mode_add_customer")


def zone(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_zones")
    window.selection.set_ids("zones", list(window.session.scenario.zones)[:1])


def drawing(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_settings")
    trigger(window, "mode_draw_zone")
    middle = window.map.viewport.rect().center()
    for dx, dy in ((-120, -60), (90, -80), (100, 60)):
        QTest.mouseClick(window.map.viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(dx, dy))
        rest(0.5)


def why_here(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_why")
    select(window, *stops(window, 1))
    wait(lambda: all(card.isVisible() for card in window.why.dock.cards))
    for card in window.why.dock.cards:
        card.more.setChecked(True)
        card.split.setChecked(True)
    window.why.dock.cards[0].draw.setChecked(True)


def why_left_out(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_why")
    select(window, next(one for one in window.session.scenario.customers if one not in window.session.plan.served))
    wait(lambda: window.why.dock.cards[0].isVisible())
    window.why.dock.cards[0].more.setChecked(True)


def why_route(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_why")
    card = window.why.dock.cards[0]
    window.map.set_mode(MapMode.ASK)
    window.selection.set([("routes", window.session.plan.routes[0].id)])
    wait(lambda: card.isVisible() and card.explanation is not None and card.explanation.complete)


def why_changed(window: MainWindow, document: Path) -> None:
    opened(window, document)
    select(window, *stops(window, 2))
    trigger(window, "unassign")
    wait(lambda: not window.controller.evaluations.busy)
    window.why.ask_changed(Moment.BEFORE_EDIT)
    wait(lambda: window.why.dock.searched.isVisible())
    window.why.dock.searched.more.setChecked(True)


def why_prices(window: MainWindow, document: Path) -> None:
    opened(window, document)
    select(window, *(route.stops[0] for route in window.session.plan.routes[:2]))
    trigger(window, "why_prices")
    wait(lambda: window.why.dock.searched.isVisible())
    window.why.dock.searched.more.setChecked(True)
    rest(2.0)  # some searches
    window.why.searcher.stop()


def vehicles(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_vehicles")
    window.map.set_mode(MapMode.MOVE)


def customers(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_customers")
    select(window, *stops(window, 4))


def settings(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_settings")
    area = window.findChild(QScrollArea, "settings_area")
    assert area is not None
    rest()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def replan(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_replan")


def comparison(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_comparison")


def differences(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_comparison")
    trigger(window, "variant_differences")


def assign_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    select(window, *stops(window, 1))
    trigger(window, "assign")
    rest(0.5)
    return dialog(window)


def bulk_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    select(window, *stops(window, 4))
    trigger(window, "edit_selected")
    return dialog(window)


def export_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "export")
    return dialog(window)


def import_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    window.transfer.import_customers(resource(STRAIGHT_SAMPLE) / "customers.csv")
    return dialog(window)


def issues_dialog(window: MainWindow, document: Path) -> QWidget:
    from app.io.issues import RowIssue
    from app.views.dialogs.issues_dialog import IssuesDialog

    issues = [
        RowIssue("customers.csv", row, "lat", "6O.17", "a latitude from -90 to 90, such as 60.17") for row in (4, 9, 17)
    ]
    made = IssuesDialog("monday.zip", window.session.scenario, issues, window.runner, window._theme, window)
    made.open()
    rest()
    return made


def shortcuts_dialog(window: MainWindow, document: Path) -> QWidget:
    trigger(window, "shortcuts")
    return dialog(window)


def about_dialog(window: MainWindow, document: Path) -> QWidget:
    trigger(window, "about")
    return dialog(window)


def addon_dialog(window: MainWindow, document: Path) -> QWidget:
    return window.addon.show_dialog()


def addon_found_dialog(window: MainWindow, document: Path) -> QWidget:
    facts = Facts("3.12.3", "2.4.6", "0.68.1", "2.13.0+cu130", __version__, "NVIDIA H100 PCIe")
    window.addon.job.found.emit(Addon(Path("/data/addon"), facts))
    return window.addon.show_dialog()


def licences_dialog(window: MainWindow, document: Path) -> QWidget:
    line = "=" * 80
    texts = (f"{line}\nComponent {number} {number}.0\nMIT\n\nPermission is hereby granted.\n" for number in range(30))
    made = LicencesDialog(split("".join(texts)), window)
    made.open()
    rest(0.3)
    return made


def licences_in_short(window: MainWindow, document: Path) -> QWidget:
    made = LicencesDialog([], window)
    made.open()
    rest(0.3)
    return made


def crash_card(window: MainWindow, document: Path) -> None:
    opened(window, document)
    window.help.support.card.tell(crash())


def reports_dialog(window: MainWindow, document: Path) -> QWidget:
    reports = CrashReports(reports_folder())
    for part in Part:
        reports.add(crash(part))
    trigger(window, "crash_reports")
    return dialog(window)


def reports_empty(window: MainWindow, document: Path) -> QWidget:
    reports = CrashReports(reports_folder())
    for report in reports.all():
        reports.delete(report)
    trigger(window, "crash_reports")
    return dialog(window)


def crash(part: Part = Part.WINDOW) -> Report:
    """Return a report of something that went wrong."""
    try:
        without_home(None)  # type: ignore[arg-type]
    except TypeError as error:
        return report_of(error, part)
    raise AssertionError


def variant_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "variant_rename")
    return dialog(window)


def versions_dialog(window: MainWindow, document: Path) -> QWidget:
    copy = document.parent / "7.routewright"
    copy.write_bytes(document.read_bytes())
    opened(window, copy)
    select(window, *stops(window, 1))
    trigger(window, "unassign")
    window.session.do(*set_traffic(window.session.state, Traffic()))  # what is there before is kept for good
    trigger(window, "save")
    wait(lambda: not window.runner.busy)
    trigger(window, "versions")
    return dialog(window)


def recovery_dialog(window: MainWindow, document: Path) -> QWidget:
    lost = MainWindow(window._theme, window._settings, window.client)
    opened(lost, document)
    select(lost, *stops(lost, 1))
    trigger(lost, "unassign")
    rest(0.6)
    lost.end(keep=True)
    trigger(window, "recover")
    return dialog(window)


def zone_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    ring = window.session.scenario.zones[next(iter(window.session.scenario.zones))].ring
    window.map.zone_tool.zone_drawn.emit(ring)
    return dialog(window)


def networks_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "road_network")
    return dialog(window)


def modes_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "travel_modes")
    made = dialog(window)
    box = made.findChild(QDoubleSpinBox, "mode_height")
    assert box is not None
    box.setValue(3.2)
    rest()
    return made


def traffic_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    window.session.do(*set_traffic(window.session.state, Traffic()))
    trigger(window, "hour_speeds")
    return dialog(window)


def closed_streets(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_zones")
    middle = window.map.viewport.rect().center()
    start, end = (window.map.camera.to_map(middle.x() + dx, middle.y() + dy) for dx, dy in ((-150, -20), (60, 30)))
    window.map.interaction.request_closure([start, end])
    first = next(iter(window.session.scenario.zones.values()))
    window.session.do(*replace_items(window.session.state, "zones", [replace(first, pace=0.5)]))
    trigger(window, "mode_close_street")
    rest(0.5)


def _cut_off(window: MainWindow) -> None:
    """Let no road lead to two customers, whatever the travel of the scenario is."""
    watch, customers = window.roads.unreached.watch, list(window.session.scenario.customers.values())
    vehicles = tuple(window.session.scenario.vehicles)
    watch.scenario = window.session.scenario
    watch.found = (
        Unreached("customers", customers[0].id, vehicles, True, Obstacle.FAR, "", (60.17, 24.94), 1234.0),
        Unreached("customers", customers[1].id, vehicles, True, Obstacle.ISLAND, "", (60.17, 24.94), 40.0),
        Unreached("customers", customers[2].id, vehicles[:1], False, Obstacle.SURROUNDED),
    )
    watch.changed.emit()
    rest()


def unreached(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "show_settings")
    _cut_off(window)


def unreached_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    _cut_off(window)
    return window.roads.unreached.show_list()


def online_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "base_map_online")
    return dialog(window)


def model_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "language_model")
    return dialog(window)


def travel_server_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "travel_server")
    return dialog(window)


def places_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    table = document.with_name("addresses.csv")
    lines = ("Aleksanterinkatu 13", "Mannerheimintie 12 A", "Manerheimintie 14", "Bulevardi 7", "Somewhere 5")
    table.write_text("Name,Address\n" + "".join(f"Stop {at},{line}\n" for at, line in enumerate(lines)))
    window.transfer.import_customers(table)
    importing = dialog(window)
    wait(lambda: (button := importing.findChild(QPushButton, "customers_find_places")) and button.isVisible())
    importing.findChild(QPushButton, "customers_find_places").click()
    wait(lambda: importing.findChildren(QDialog, "places_dialog"))
    rest(1.5)
    return importing.findChildren(QDialog, "places_dialog")[0]


def find_address_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    trigger(window, "find_address")
    found = dialog(window)
    found.findChild(QLineEdit, "find_address_line").setText("Mannerheimintie 12")
    rest(1.5)
    return found


def typing(window: MainWindow, document: Path) -> None:
    opened(window, document)
    name = window.session.scenario.customers[next(iter(window.session.plan.served))].name
    trigger(window, "type_command")
    window.phrases.line.line.setText(f'unassign "{name}"')
    rest(0.5)


def typing_wrong(window: MainWindow, document: Path) -> None:
    opened(window, document)
    trigger(window, "type_command")
    window.phrases.line.line.setText("!")
    rest(0.5)


def unsaved_dialog(window: MainWindow, document: Path) -> QWidget:
    opened(window, document)
    select(window, *stops(window, 1))
    trigger(window, "unassign")
    trigger(window, "new")
    return dialog(window)


def guide(window: MainWindow, document: Path) -> QWidget:
    trigger(window, "guide")
    rest(0.5)
    return next(one for one in QApplication.topLevelWidgets() if one.objectName().startswith("guide"))


SCENES: tuple[Scene, ...] = (
    start,
    sample,
    plan,
    hint,
    message,
    stop_list,
    unserved,
    locks,
    solved,
    timeline,
    legend,
    adding,
    zone,
    drawing,
    why_here,
    why_left_out,
    why_route,
    why_changed,
    why_prices,
    vehicles,
    customers,
    settings,
    replan,
    comparison,
    differences,
    assign_dialog,
    bulk_dialog,
    export_dialog,
    import_dialog,
    issues_dialog,
    shortcuts_dialog,
    about_dialog,
    addon_dialog,
    addon_found_dialog,
    licences_dialog,
    licences_in_short,
    crash_card,
    reports_dialog,
    reports_empty,
    variant_dialog,
    versions_dialog,
    recovery_dialog,
    zone_dialog,
    networks_dialog,
    modes_dialog,
    traffic_dialog,
    closed_streets,
    unreached,
    unreached_dialog,
    online_dialog,
    model_dialog,
    travel_server_dialog,
    places_dialog,
    find_address_dialog,
    typing,
    typing_wrong,
    unsaved_dialog,
    guide,
)
