"""Colours of customers: chosen in the menu, remembered, kept up to date, explained by a legend that selects."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QSettings, Qt
from pytestqt.qtbot import QtBot

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.map.view import MapView
from app.model import changes
from app.model.colouring import ColourBy
from app.model.plan import Plan, PlannedRoute
from app.views.customer_colours import CustomerColours
from app.views.map_link import MapLink
from tests.app.conftest import MakeController


@pytest.fixture
def settings(tmp_path) -> QSettings:  # type: ignore[no-untyped-def]
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def controller(make_controller: MakeController, scenario) -> SolveController:  # type: ignore[no-untyped-def]
    plan = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
    return make_controller(scenario, plan)


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def colours(view: MapView, controller: SolveController, selection: Selection, settings: QSettings) -> CustomerColours:
    owner = QObject(view)
    MapLink(view, controller.session, selection, controller, owner)
    return CustomerColours(view, controller, selection, settings, owner)


def rows(view: MapView) -> list[str]:
    return [view.legend.rows.item(row).text() for row in range(view.legend.rows.count())]


def test_routes_have_no_legend(view: MapView, colours: CustomerColours) -> None:
    assert colours.by is ColourBy.ROUTE
    assert not view.legend.isVisible()


@pytest.mark.parametrize("by", [by for by in ColourBy if by is not ColourBy.ROUTE])
def test_every_choice_has_a_legend_and_is_remembered(
    view: MapView, colours: CustomerColours, controller: SolveController, settings: QSettings, by: ColourBy
) -> None:
    plain = view.grab_image()
    colours.commands()[f"colour_by_{by.name.lower()}"]()
    assert view.legend.isVisible()
    assert rows(view)
    assert view.viewport.rect().contains(view.legend.geometry())
    assert view.grab_image() != plain
    again = CustomerColours(view, controller, Selection(), settings, colours)
    assert again.by is by
    colours.choose(ColourBy.ROUTE)
    assert not view.legend.isVisible()
    assert view.grab_image() == plain


def test_colours_follow_edits_and_figures(
    view: MapView, colours: CustomerColours, controller: SolveController, qtbot: QtBot
) -> None:
    colours.choose(ColourBy.PROFILE)
    before = rows(view)
    session = controller.session
    session.do(*changes.set_field(session.state, "customers", ["C1", "C2"], "profile", ""))
    qtbot.waitUntil(lambda: rows(view) != before)
    session.undo()
    qtbot.waitUntil(lambda: rows(view) == before)
    colours.choose(ColourBy.VEHICLE)
    before = rows(view)
    with qtbot.waitSignal(controller.evaluated):
        session.do(*changes.set_plan(session.state, Plan(session.plan.routes[:1])))
    qtbot.waitUntil(lambda: rows(view) != before)


def test_a_row_of_the_legend_selects_its_customers(
    view: MapView, colours: CustomerColours, selection: Selection, qtbot: QtBot
) -> None:
    colours.choose(ColourBy.PROFILE)
    legend = view.legend.rows
    legend.setFocus()
    legend.setCurrentRow(0)
    qtbot.keyClick(legend, Qt.Key.Key_Return)
    assert selection.items == {("customers", "C1"), ("customers", "C2")}
    last = legend.visualItemRect(legend.item(legend.count() - 1)).center()
    qtbot.mouseClick(legend.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert selection.items == {("customers", "C6")}  # left out of the plan


def test_a_choice_of_another_version_is_passed_over(
    view: MapView, controller: SolveController, settings: QSettings, colours: CustomerColours
) -> None:
    settings.setValue("map/colour_by", "moon")
    assert CustomerColours(view, controller, Selection(), settings, colours).by is ColourBy.ROUTE
