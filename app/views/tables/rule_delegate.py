"""Cells of the profile matrix: symbol, words and tint; a click on the symbol goes to the next rule."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QIcon, QMouseEvent, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.map.text_scale import scaled, text_scale
from app.model.scenario import Access
from app.views.tables.cells import rule_of
from app.views.tables.columns import Editor
from app.views.tables.delegate import CellDelegate
from app.views.tables.item_table import ItemTable
from app.views.tables.rule_glyphs import SIDE, colour_of, icon_of, tint_of
from app.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex

SYMBOL_PIXELS = 28
"""From the left edge of a cell: where a click means the symbol."""


class RuleDelegate(CellDelegate):
    """Paints rules, and tells of clicks on their symbols.

    Signals
    -------
    symbol_clicked
        Index of the cell.
    """

    symbol_clicked = Signal(object)

    def __init__(self, table: ItemTable, theme: Theme, parent: QWidget) -> None:
        super().__init__(table, theme, parent)
        self._icons: dict[tuple[Access, float], QIcon] = {}
        theme.changed.connect(self._forget_icons)

    def is_rule(self, index: Index) -> bool:
        """Whether a cell has a rule."""
        return index.isValid() and self._table.columns[index.column()].editor is Editor.RULE

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if not self.is_rule(index):
            return
        access, colours = rule_of(str(index.data(Qt.ItemDataRole.EditRole))).access, self._theme.colours
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon = self._icon(access)
        option.decorationSize = QSize(scaled(SIDE), scaled(SIDE))
        tint = tint_of(access, colours)
        if tint is not None:
            option.backgroundBrush = QBrush(tint)
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
            option.palette.setColor(role, colour_of(access, colours))

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Take clicks on a symbol; a double click is two of them, the second without a release, and opens no editor."""
        clicks = event.type() in (QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)
        if clicks and self.is_rule(index) and isinstance(event, QMouseEvent) and self._on_symbol(event, option.rect):
            self.symbol_clicked.emit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def _on_symbol(self, event: QMouseEvent, cell: QRect) -> bool:
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        return plain and 0 <= event.position().x() - cell.left() < scaled(SYMBOL_PIXELS)

    def _icon(self, access: Access) -> QIcon:
        key = access, text_scale()
        if key not in self._icons:
            self._icons[key] = icon_of(access, self._theme.colours)
        return self._icons[key]

    def _forget_icons(self) -> None:
        self._icons.clear()
