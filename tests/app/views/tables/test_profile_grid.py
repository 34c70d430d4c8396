"""The matrix of profiles and vehicles: keys, clicks, blocks of cells, undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.edits.session import EditSession
from app.model import changes
from app.model.scenario import Access, Profile, ProfileRule
from app.views.colours import DARK, LIGHT, Appearance
from app.views.tables.delegate import RuleEditor
from app.views.tables.profile_grid import FIRST_WEIGHT, ProfileGrid
from app.views.tables.rule_delegate import SYMBOL_PIXELS
from app.views.tables.rule_glyphs import icon_of, tint_of
from app.views.tables.table_panel import TablePanel

KEY = Qt.Key
ALLOWED, PREFERRED, FORBIDDEN = Access.ALLOWED, Access.PREFERRED, Access.FORBIDDEN


@pytest.fixture
def panel(qtbot: QtBot, session: EditSession, selection, theme) -> TablePanel:  # type: ignore[no-untyped-def]
    more = [Profile("cafe", "Café"), Profile("shop", "Shop")]
    session.do(*changes.add(session.state, "profiles", more))
    session.stack.clear()
    panel = TablePanel(session, selection, "profiles", theme)
    qtbot.addWidget(panel)
    panel.resize(800, 300)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def grid(panel: TablePanel) -> ProfileGrid:
    assert isinstance(panel.view, ProfileGrid)
    panel.view.setFocus()
    return panel.view


VAN, BIKE = 2, 3


def select(grid: ProfileGrid, *cells: tuple[int, int]) -> None:
    flags = QItemSelectionModel.SelectionFlag
    grid.setCurrentIndex(grid.rows.index(*cells[0]))
    for cell in cells:
        grid.selectionModel().select(grid.rows.index(*cell), flags.Select)


def rules(session: EditSession, vehicle: str) -> list[Access]:
    return [profile.rule(vehicle).access for profile in session.scenario.profiles.values()]


def rule(session: EditSession, profile: str, vehicle: str = "van") -> ProfileRule:
    return session.scenario.profiles[profile].rule(vehicle)


def symbol(grid: ProfileGrid, row: int, column: int) -> QPoint:
    return grid.visualRect(grid.rows.index(row, column)).topLeft() + QPoint(SYMBOL_PIXELS // 2, 10)


@pytest.mark.parametrize(("key", "access"), [("A", ALLOWED), ("P", PREFERRED), ("F", FORBIDDEN)])
def test_a_key_sets_the_rule_of_all_selected_cells_in_one_step(
    grid: ProfileGrid, session: EditSession, qtbot: QtBot, key: str, access: Access
) -> None:
    before = session.state
    select(grid, (0, VAN), (1, VAN), (2, BIKE), (2, 1))
    qtbot.keyClick(grid, getattr(KEY, f"Key_{key}"))
    assert rules(session, "van") == [access, access, ALLOWED]
    assert rules(session, "bike") == [ALLOWED, ALLOWED, access]
    assert rule(session, "fragile").service_factor == 1.5
    assert session.stack.count() == 1
    after = session.state
    session.undo()
    assert session.state == before
    session.redo()
    assert session.state == after
    assert grid.findChild(RuleEditor) is None


def test_what_becomes_preferred_gets_a_weight_and_keeps_the_one_it_has(
    grid: ProfileGrid, session: EditSession, qtbot: QtBot
) -> None:
    session.do(*changes.set_rule(session.state, "fragile", "van", ProfileRule(PREFERRED, 12.0, 1.5)))
    select(grid, (0, VAN), (1, VAN))
    qtbot.keyClick(grid, KEY.Key_P)
    assert rule(session, "fragile") == ProfileRule(PREFERRED, 12.0, 1.5)
    assert rule(session, "cafe") == ProfileRule(PREFERRED, FIRST_WEIGHT)


def test_space_goes_round_from_the_current_cell(grid: ProfileGrid, session: EditSession, qtbot: QtBot) -> None:
    select(grid, (1, VAN), (2, VAN))
    for expected in (PREFERRED, FORBIDDEN, ALLOWED):
        qtbot.keyClick(grid, KEY.Key_Space)
        assert rules(session, "van")[1:] == [expected, expected]


def test_weight_and_service_factor_have_keys(grid: ProfileGrid, session: EditSession, qtbot: QtBot) -> None:
    select(grid, (0, VAN), (1, VAN))
    qtbot.keyClick(grid, KEY.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert rule(session, "fragile").weight == 6.0
    assert rule(session, "cafe") == ProfileRule()  # only preferred vehicles have any
    for _ in range(9):
        qtbot.keyClick(grid, KEY.Key_Minus)
    assert rule(session, "fragile").weight == 0.0
    qtbot.keyClick(grid, KEY.Key_Asterisk)
    assert (rule(session, "fragile").service_factor, rule(session, "cafe").service_factor) == (1.6, 1.1)
    for _ in range(20):
        qtbot.keyClick(grid, KEY.Key_Slash)
    assert rule(session, "fragile").service_factor == 0.1


def test_keys_of_rules_are_letters_elsewhere(grid: ProfileGrid, session: EditSession, qtbot: QtBot) -> None:
    select(grid, (1, 1))
    qtbot.keyClick(grid, KEY.Key_P)
    assert not session.stack.count()
    assert rules(session, "van") == [PREFERRED, ALLOWED, ALLOWED]


def test_a_click_on_the_symbol_goes_to_the_next_rule(grid: ProfileGrid, session: EditSession, qtbot: QtBot) -> None:
    viewport, at = grid.viewport(), symbol(grid, 1, BIKE)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert rules(session, "bike")[1] == PREFERRED
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)  # the second click of a hasty user
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert grid.findChild(RuleEditor) is None
    assert rules(session, "bike")[1] == FORBIDDEN
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(SYMBOL_PIXELS + 10, 0))
    assert session.stack.count() == 2


def test_a_double_click_on_the_words_opens_the_editor(grid: ProfileGrid, qtbot: QtBot) -> None:
    at = symbol(grid, 1, BIKE) + QPoint(SYMBOL_PIXELS + 10, 0)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert grid.findChild(RuleEditor) is not None


def button(panel: QWidget, access: Access) -> QToolButton:
    return panel.findChild(QToolButton, f"rules_{access.value}")


def test_buttons_explain_the_symbols_and_set_them(
    panel: TablePanel, grid: ProfileGrid, session: EditSession, qtbot: QtBot
) -> None:
    grid.selectionModel().clear()
    qtbot.mouseClick(button(panel, FORBIDDEN), Qt.MouseButton.LeftButton)
    assert panel.message.isVisible()
    select(grid, (1, VAN), (2, VAN))
    qtbot.mouseClick(button(panel, FORBIDDEN), Qt.MouseButton.LeftButton)
    assert rules(session, "van") == [PREFERRED, FORBIDDEN, FORBIDDEN]
    assert not panel.message.isVisible()


def test_blocks_of_rules_are_copied_and_pasted(grid: ProfileGrid, session: EditSession) -> None:
    select(grid, (0, VAN), (0, BIKE))
    assert grid.copy()
    assert QGuiApplication.clipboard().text().split("\t")[0] == "Preferred 5 ×1.5"
    grid.selectionModel().clear()
    select(grid, (2, VAN))
    assert grid.paste()
    assert rule(session, "shop") == rule(session, "fragile")
    session.undo()
    assert rule(session, "shop") == ProfileRule()


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_rules_differ_by_their_shapes_and_not_by_colour_alone(qapp: object, colours) -> None:  # type: ignore[no-untyped-def]
    grey = replace(colours, muted=colours.text, accent=colours.text, error=colours.text)
    images = [icon_of(access, grey).pixmap(16, 16).toImage() for access in Access]
    assert images[0] != images[1] != images[2] != images[0]
    assert tint_of(ALLOWED, colours) is None
    assert tint_of(PREFERRED, colours) != tint_of(FORBIDDEN, colours)


def test_symbols_follow_the_appearance(panel: TablePanel, grid: ProfileGrid, theme) -> None:  # type: ignore[no-untyped-def]
    before = button(panel, PREFERRED).icon().pixmap(16, 16).toImage()
    theme.apply(Appearance.DARK)
    assert button(panel, PREFERRED).icon().pixmap(16, 16).toImage() != before
    theme.apply(Appearance.LIGHT)
    assert button(panel, PREFERRED).icon().pixmap(16, 16).toImage() == before
