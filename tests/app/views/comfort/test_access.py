"""What a screen reader and the keyboard find: names, an order, and a focus that can be seen, all over the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from app.views.actions import TABLE_NAMES
from app.views.colours import Appearance
from app.views.comfort.tab_order import tab_stops
from app.views.main_window import MainWindow
from app.views.theme import Theme

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
INSIDE = ("qt_", "Scroll")
"""How the names begin of what Qt puts into its own widgets."""


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, scenario: Scenario) -> Iterator[MainWindow]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.session.load(scenario, PLAN, saved=True)
    made.banner.say("Something was not done.")
    made.activateWindow()
    qtbot.waitActive(made)
    qtbot.waitUntil(lambda: made.plan_dock.figures.model.rowCount() == 2)
    yield made
    made.end()


def ours(window: MainWindow) -> Iterator[QWidget]:
    """Return all widgets but those that belong to another."""
    for widget in window.findChildren(QWidget):
        inner = widget.objectName().startswith(INSIDE) or widget.focusProxy() is not None
        if not inner and widget.window() is window:
            yield widget


def said(widget: QWidget, kind: QAccessible.Text) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(kind) if interface is not None else ""


def test_whatever_takes_the_keyboard_has_a_name_and_says_what_it_is_for(window: MainWindow) -> None:
    nameless, unexplained = [], []
    for widget in ours(window):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        what = f"{type(widget).__name__} {widget.objectName()}"
        if not said(widget, QAccessible.Text.Name):
            nameless.append(what)
        if not said(widget, QAccessible.Text.Description) and type(widget).__name__ != "QTabBar":
            unexplained.append(what)
    assert nameless == []
    assert unexplained == []


def test_whatever_shows_something_says_it_too(window: MainWindow) -> None:
    silent = []
    for widget in ours(window):
        shows = isinstance(widget, QProgressBar) or (
            isinstance(widget, QLabel) and (widget.text() or not widget.pixmap().isNull())
        )
        if shows and widget.isVisible() and not said(widget, QAccessible.Text.Name):
            silent.append(f"{type(widget).__name__} {widget.objectName()}")
        if isinstance(widget, QLabel) and widget.text() and widget.accessibleName():
            assert widget.text().split("\n")[0][:20] in widget.accessibleName(), widget.objectName()
    assert silent == []


def test_the_tab_key_goes_from_top_to_bottom(window: MainWindow) -> None:
    regions = [window.solve_bar, window.banner, window.map, window.tables_dock, window.timeline_dock, window.plan_dock]
    places = []
    widget = next(tab_stops(window.solve_bar))
    for _ in range(500):
        places += [place for place, region in enumerate(regions) if region.isAncestorOf(widget)]
        widget = widget.nextInFocusChain()
        while not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
            widget = widget.nextInFocusChain()
        if widget is next(tab_stops(window.solve_bar)):
            break
    assert places == sorted(places)
    assert set(places) == set(range(len(regions)))
    customers = [one.objectName() for one in tab_stops(window.tables_dock.panels["customers"])]
    assert customers.index("customers_filter_trait") < customers.index("customers_view")


def test_the_map_has_the_keyboard_at_first_and_a_dock_comes_to_the_front_with_it(window: MainWindow) -> None:
    assert window.map.canvas.hasFocus()
    window.timeline_dock.raise_()
    QApplication.processEvents()
    hidden = window.tables_dock.panels["customers"].view
    assert window.tables_dock.visibleRegion().isEmpty()
    hidden.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    assert not window.tables_dock.visibleRegion().isEmpty()


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST_DARK])
def test_where_the_keyboard_is_can_be_seen(window: MainWindow, theme: Theme, appearance: Appearance) -> None:
    theme.apply(appearance)
    invisible = set()
    for name in (*TABLE_NAMES, "timeline"):
        if name == "timeline":
            window.timeline_dock.raise_()
        else:
            window.tables_dock.show_tab(name)
        QApplication.processEvents()
        shown = [one for one in tab_stops(window) if one.isVisible() and one.isEnabled() and one is not window]
        assert len(shown) > 5
        for widget in shown:
            others = [one for one in shown if one is not widget]
            others[0].setFocus(Qt.FocusReason.TabFocusReason)
            scroll_to(widget)
            without = picture(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            scroll_to(widget)
            if not widget.isVisible():  # the timeline draws the day, and needs no such button, once somebody looks
                continue
            assert widget.hasFocus(), widget.objectName()
            if picture(widget) == without:
                invisible.add(f"{type(widget).__name__} {widget.objectName()}")
    assert invisible == set()


def scroll_to(widget: QWidget) -> None:
    """Do what the Tab key does besides giving the focus."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def picture(widget: QWidget) -> QImage:
    """Return what is seen of a widget and a little around it."""
    QApplication.processEvents()
    window = widget.window()
    area = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft())).adjusted(-3, -3, 3, 3)
    return window.grab(area).toImage()
