"""Editors within table cells, and how a cell shows that something is wrong with it."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.language import tr
from app.map.text_scale import scaled
from app.model.scenario import Access, ProfileRule
from app.views.number_box import NumberBox
from app.views.tables.cells import ACCESS_WORDS, rule_of, shown_rule
from app.views.tables.columns import Editor
from app.views.tables.item_table import PROBLEM_ROLE, ItemTable
from app.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex

CORNER = 7
"""Pixels; the side of the triangle in the corner of a cell with a problem."""


class RuleEditor(QFrame):
    """Access, weight and service factor of one profile and one vehicle, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rule_editor")
        self.setAutoFillBackground(True)
        self.access = QComboBox()
        self.access.setObjectName("rule_access")
        self.access.setAccessibleName(tr("Access"))
        for access in Access:
            self.access.addItem(ACCESS_WORDS[access], access)
        self.weight = _spin_box("rule_weight", tr("Weight"), 1e9)
        self.weight.setToolTip(tr("Cost, per customer, of not getting this vehicle"))
        self.factor = _spin_box("rule_factor", tr("Service factor"), 100)
        self.factor.setPrefix("×")
        self.factor.setSingleStep(0.1)
        self.factor.setToolTip(tr("Multiplies the service time when this vehicle comes"))
        self.access.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.access.currentIndexChanged.connect(self._on_access_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        for widget in (self.access, self.weight, self.factor):
            layout.addWidget(widget)
        self.setFocusProxy(self.access)
        self._on_access_changed()

    def rule(self) -> ProfileRule:
        """Return the rule as it is set."""
        access = Access(self.access.currentData())
        weight = self.weight.value() if access is Access.PREFERRED else 0.0
        return ProfileRule(access, weight, self.factor.value())

    def set_rule(self, rule: ProfileRule) -> None:
        """Show a rule."""
        self.access.setCurrentIndex(list(Access).index(rule.access))
        self.weight.setValue(rule.weight)
        self.factor.setValue(rule.service_factor)

    def _on_access_changed(self) -> None:
        self.weight.setEnabled(self.access.currentData() == Access.PREFERRED)


def _spin_box(name: str, label: str, maximum: float) -> NumberBox:
    box = NumberBox()
    box.setObjectName(name)
    box.setAccessibleName(label)
    box.setDecimals(2)
    box.setRange(0, maximum)
    box.setMinimumWidth(scaled(76))
    box.setMaximumWidth(scaled(110))
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    return box


class CellDelegate(QStyledItemDelegate):
    """Makes the editor that a column asks for; a cell with a problem has a marked corner."""

    def __init__(self, table: ItemTable, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._theme = theme

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._table.columns[index.column()]
        if column.editor is Editor.RULE:
            return RuleEditor(parent)
        if column.editor is Editor.CHOICE and column.choices is not None:
            box = QComboBox(parent)
            box.setObjectName("cell_choice")
            for stored, label in column.choices(self._table.session.scenario):
                box.addItem(label, stored)
            box.activated.connect(lambda _: self._commit(box))
            return box
        line = QLineEdit(parent)
        line.setObjectName("cell_line")
        line.setFrame(False)
        line.setPlaceholderText(column.title)
        line.setAccessibleName(column.title)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, RuleEditor):
            editor.set_rule(rule_of(text))
        elif isinstance(editor, QComboBox):
            place = editor.findData(text)
            if place < 0:  # something that is not there any more stays visible, and may be kept
                editor.insertItem(0, text, text)
                place = 0
            editor.setCurrentIndex(place)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text: Any
        if isinstance(editor, RuleEditor):
            text = shown_rule(editor.rule())
        elif isinstance(editor, QComboBox):
            text = editor.currentData()
        else:
            text = cast(QLineEdit, editor).text()
        model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the cell; an editor that needs more room takes it, as far as the view reaches."""
        rect = option.rect
        if isinstance(editor, RuleEditor | QComboBox):
            wanted = max(rect.width(), editor.sizeHint().width())
            rect.setWidth(wanted)
            parent = cast(QWidget, editor.parent())
            if rect.right() > parent.width():
                rect.moveRight(max(parent.width(), wanted))
        editor.setGeometry(rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.data(PROBLEM_ROLE):
            right = QPointF(option.rect.topRight()) + QPointF(1, 0)
            painter.save()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.colours.error))
            painter.drawPolygon(QPolygonF([right, right - QPointF(CORNER, 0), right + QPointF(0, CORNER)]))
            painter.restore()

    def _commit(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
