"""The table model of routes, alone."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt

from app.map.swatch import SIZE
from app.map.theme import DARK_THEME, LIGHT_THEME
from app.views.route_table import COLUMNS, LOAD, LOAD_ROLE, NUMBER, SORT_ROLE, RouteTableModel
from tests.app.views.solving import small


def test_rows_follow_the_routes_without_a_reset(qtmodeltester) -> None:  # type: ignore[no-untyped-def]
    model = RouteTableModel()
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    two, three = small(("C0", "C1"), ("C2",)), small(("C0",), ("C1",), ("C2",))
    for evaluation in (two, three, two):
        model.set_routes(evaluation.routes, "€")
        assert model.rowCount() == len(evaluation.routes)
        assert [model.index(row, 1).data(SORT_ROLE) for row in range(model.rowCount())] == [
            route.stops for route in evaluation.routes
        ]
        qtmodeltester.check(model)
    assert resets == []


def test_each_route_has_a_sample_of_its_line_and_its_number_too(qapp: object) -> None:
    model = RouteTableModel()
    model.set_routes(small(("C0",), ("C1",)).routes, "€")
    for theme in (LIGHT_THEME, DARK_THEME):
        model.set_theme(theme)
        for row in range(2):
            index = model.index(row, NUMBER)
            sample = index.data(Qt.ItemDataRole.DecorationRole).pixmap(SIZE).toImage()
            assert sample.pixelColor(4, SIZE.height() // 2) == theme.route_colour(row)
            assert index.data().endswith(model.routes[row].badge)


def test_load_is_over_one_when_the_vehicle_is_overloaded() -> None:
    model = RouteTableModel()
    model.set_routes(small(("C0", "C1", "C2"), capacity=2.0).routes, "€")
    assert model.index(0, LOAD).data(LOAD_ROLE) == 1.5
    assert model.routes[0].fullness == 1.5


def test_every_column_sorts_by_number() -> None:
    model, proxy = RouteTableModel(), QSortFilterProxyModel()
    model.set_routes(small(("C0", "C1", "C2"), ("C3",), ("C4", "C5")).routes, "€")
    proxy.setSourceModel(model)
    proxy.setSortRole(SORT_ROLE)
    for column in range(len(COLUMNS)):
        proxy.sort(column, Qt.SortOrder.DescendingOrder)
        keys = [proxy.index(row, column).data(SORT_ROLE) for row in range(3)]
        assert keys == sorted(keys, reverse=True)
        assert all(isinstance(key, int | float) for key in keys)
