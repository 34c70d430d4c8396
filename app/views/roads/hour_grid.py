"""Speeds by the hour as a table of bars: groups of streets downwards, the hours of a day across."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.language import tr
from app.map.text_scale import scaled
from app.model.traffic import HOURS
from app.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex

GROUP_NAMES = {
    "motorway": tr("Motorways"),
    "main": tr("Main streets"),
    "local": tr("Local streets"),
}
"""What the groups of `app.model.traffic.GROUPS` are called."""

USUAL = 100
"""Per cent."""
PERCENT = (5, 300)
"""Least and most."""
STEP = 5
"""What plus and minus add."""
CELL = QSize(35, 62)
"""Pixels."""
KEYS = {
    Qt.Key.Key_Plus: STEP,
    Qt.Key.Key_Minus: -STEP,
}


class BarDelegate(QStyledItemDelegate):
    """Paints a bar as high as the speed, and the number above it.

    Parameters
    ----------
    theme
        Has the colours.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QSpinBox(parent)
        box.setObjectName("hour_percent")
        box.setRange(*PERCENT)
        box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        box.setFrame(False)
        box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return box

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # it stands above the bar

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        percent, colours = int(index.data()), self._theme.colours
        cell = QRectF(option.rect).adjusted(4, 3, -4, -3)
        line = float(option.fontMetrics.height())
        room = cell.height() - line
        height = room * min(percent / USUAL, 1.0)
        bar = QRectF(cell.left() + 2, cell.bottom() - height, cell.width() - 4, height)
        colour = QColor(colours.accent if percent >= USUAL else colours.error)
        colour.setAlphaF(0.35 if percent == USUAL else 0.55)
        painter.fillRect(bar, colour)
        painter.setPen(QPen(QColor(colours.muted if percent == USUAL else colours.text)))
        text = QRectF(cell.left() - 3, bar.top() - line, cell.width() + 6, line)
        painter.drawText(text, Qt.AlignmentFlag.AlignCenter, str(percent))


class HourGrid(QTableWidget):
    """A number for each group and hour, in per cent of the usual speed; what is typed goes into all selected cells.

    Parameters
    ----------
    theme
        Has the colours.

    Signals
    -------
    edited
        The user has changed some numbers.
    """

    edited = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(len(GROUP_NAMES), HOURS, parent)
        self.setObjectName("hour_grid")
        self.setAccessibleName(tr("Speeds by the hour"))
        self.setAccessibleDescription(
            tr("Type a number for the selected cells, plus and minus change it, Delete sets it back to 100")
        )
        self.setItemDelegate(BarDelegate(theme, self))
        self.setHorizontalHeaderLabels([str(hour) for hour in range(HOURS)])
        self.setVerticalHeaderLabels(list(GROUP_NAMES.values()))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(scaled(CELL.width()))
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        for row, name in enumerate(GROUP_NAMES.values()):
            for hour in range(HOURS):
                item = QTableWidgetItem()
                item.setToolTip(
                    tr("{streets} from {hour}:00 to {next}:00", streets=name, hour=hour, next=(hour + 1) % HOURS)
                )
                self.setItem(row, hour, item)
        self._filling = True
        self.show_percents({})
        self.itemChanged.connect(self._on_item)
        self.setCurrentCell(0, 8)

    @property
    def percents(self) -> dict[str, tuple[int, ...]]:
        """The numbers of each group."""
        return {
            group: tuple(int(self.model().index(row, hour).data()) for hour in range(HOURS))
            for row, group in enumerate(GROUP_NAMES)
        }

    def show_percents(self, percents: Mapping[str, tuple[int, ...]]) -> None:
        """Show other numbers; a group that is left out is as usual at all hours."""
        self._filling = True
        for row, group in enumerate(GROUP_NAMES):
            for hour, percent in enumerate(percents.get(group, (USUAL,) * HOURS)):
                self.model().setData(self.model().index(row, hour), percent, Qt.ItemDataRole.DisplayRole)
        self._filling = False

    def least_size(self) -> QSize:
        """Return the size at which every number can be read."""
        width = self.verticalHeader().sizeHint().width() + HOURS * scaled(CELL.width()) + 4
        height = self.horizontalHeader().sizeHint().height() + len(GROUP_NAMES) * scaled(CELL.height()) + 4
        return QSize(width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change the selected cells by plus and minus, and set them back by Delete; anything else is Qt's."""
        key = Qt.Key(event.key())
        if key in KEYS:
            self._set_selected(lambda percent: percent + KEYS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._set_selected(lambda _: USUAL)
        else:
            super().keyPressEvent(event)

    def _set_selected(self, change: Callable[[int], int]) -> None:
        self._filling = True
        for item in self.selectedItems():
            percent = change(int(item.data(Qt.ItemDataRole.DisplayRole)))
            item.setData(Qt.ItemDataRole.DisplayRole, min(max(percent, PERCENT[0]), PERCENT[1]))
        self._filling = False
        self.edited.emit()

    def _on_item(self, item: QTableWidgetItem) -> None:
        if not self._filling:
            percent = int(item.data(Qt.ItemDataRole.DisplayRole))
            self._set_selected(lambda _: percent)
