"""The figures of each route, one a row: sortable, with a sample of the route's line and a bar for its load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.language import tr
from app.map.swatch import route_icon
from app.map.text_scale import text_scale
from app.map.theme import LIGHT_THEME, MapTheme
from app.model.amounts import grouped, kilometres, money
from app.model.evaluation import RouteFigures
from app.model.units import clock, span

SORT_ROLE = Qt.ItemDataRole.UserRole
"""What rows are sorted by: numbers, not texts."""

LOAD_ROLE = Qt.ItemDataRole.UserRole + 1
"""How full the vehicle gets: 1 is exactly full."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RouteColumn:
    """One column.

    Parameters
    ----------
    title
        Of its header.
    text
        What a cell says, given a route and the currency.
    key
        What the column is sorted by.
    tip
        What the title means, where that is not obvious.
    """

    title: str
    text: Callable[[RouteFigures, str], str]
    key: Callable[[RouteFigures], float]
    tip: str = ""


COLUMNS = (
    RouteColumn(tr("Vehicle"), lambda route, _: route.label, lambda route: route.number),
    RouteColumn(tr("Stops"), lambda route, _: grouped(route.stops), lambda route: route.stops),
    RouteColumn(
        tr("Load"),
        lambda route, _: f"{route.fullness:.0%}",
        lambda route: route.fullness,
        tr("Largest load on board over the capacity"),
    ),
    RouteColumn(tr("Distance"), lambda route, _: kilometres(route.distance_km), lambda route: route.distance_km),
    RouteColumn(tr("Time"), lambda route, _: span(route.duration_s), lambda route: route.duration_s),
    RouteColumn(tr("Leaves"), lambda route, _: clock(route.start_s), lambda route: route.start_s),
    RouteColumn(
        tr("Ends"),
        lambda route, _: clock(route.end_s),
        lambda route: route.end_s,
        tr("Back at the depot, or done when open"),
    ),
    RouteColumn(
        tr("Locks"),
        lambda route, _: grouped(route.locked) if route.locked else "",
        lambda route: route.locked,
        tr("Locked stops"),
    ),
    RouteColumn(tr("Cost"), lambda route, currency: money(route.cost, currency), lambda route: route.cost),
)
"""In the order of the table."""

NUMBER, LOAD = 0, 2
OF_TRAVEL = (3, 4)
"""Distance and time."""


class RouteTableModel(QAbstractTableModel):
    """Rows of `RouteFigures`; while routes come ten times a second it changes cells and keeps rows where they are."""

    def __init__(self) -> None:
        super().__init__()
        self._routes: tuple[RouteFigures, ...] = ()
        self._rows: dict[str, int] = {}
        self._currency = self._source = ""
        self._theme = LIGHT_THEME
        self._icons: dict[int, QIcon] = {}

    @property
    def routes(self) -> tuple[RouteFigures, ...]:
        """What is shown."""
        return self._routes

    def row_of(self, route: str) -> int | None:
        """Return the row of a route, by its id; None where it is not shown."""
        return self._rows.get(route)

    def set_routes(self, routes: tuple[RouteFigures, ...], currency: str) -> None:
        """Show other routes."""
        had, has = len(self._routes), len(routes)
        if has < had:
            self.beginRemoveRows(QModelIndex(), has, had - 1)
            self._routes = self._routes[:has]
            self.endRemoveRows()
        elif has > had:
            self.beginInsertRows(QModelIndex(), had, has - 1)
            self._routes = self._routes + routes[had:]
            self.endInsertRows()
        self._routes, self._currency = routes, currency
        self._rows = {route.id: row for row, route in enumerate(routes)}
        self._refresh()

    def set_source(self, words: str) -> None:
        """Say of the columns that follow from travel where distances and times come from."""
        self._source = words

    def set_theme(self, theme: MapTheme) -> None:
        """Draw the lines of routes in the colours of a map, and as large as text is now."""
        self._theme = theme
        self._icons.clear()
        self._refresh()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._routes)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return COLUMNS[section].title
            case Qt.ItemDataRole.ToolTipRole:
                return COLUMNS[section].tip or (self._source if section in OF_TRAVEL else None)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _aligned(section)
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        route, column = self._routes[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(route, self._currency)
        if role == SORT_ROLE:
            return column.key(route)
        if role == LOAD_ROLE and index.column() == LOAD:
            return route.fullness
        if role == Qt.ItemDataRole.DecorationRole and index.column() == NUMBER:
            return self._icon(route.colour)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        return None

    def _icon(self, colour: int) -> QIcon:
        if colour not in self._icons:
            self._icons[colour] = route_icon(colour, self._theme.route_colour(colour), text_scale())
        return self._icons[colour]

    def _refresh(self) -> None:
        if self._routes:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._routes) - 1, len(COLUMNS) - 1))


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == NUMBER else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class LoadBarDelegate(QStyledItemDelegate):
    """Draws a bar below the percentage; one that is over the capacity is hatched as well as red."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        part = index.data(LOAD_ROLE)
        if part is None:
            return
        rect: QRect = option.rect
        palette: QPalette = option.palette
        track = QRect(rect.left() + 6, rect.bottom() - 5, rect.width() - 12, 3)
        filled = QRect(track.left(), track.top(), round(track.width() * min(part, 1.0)), track.height())
        painter.save()
        painter.fillRect(track, palette.color(QPalette.ColorRole.Mid))
        painter.fillRect(filled, palette.color(QPalette.ColorRole.Accent))
        if part > 1.0:
            painter.fillRect(track, QColor(MapTheme.of(palette).unserved))
            painter.fillRect(track, Qt.BrushStyle.BDiagPattern)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(max(size.width(), 64), size.height() + 6)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus  # rows are selected, not cells
