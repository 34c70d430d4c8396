"""The matrix of profiles and vehicle types: every rule is set with one key, one click, or for many cells at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QToolButton, QWidget

from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.scenario import Access, ProfileRule
from app.views.tables.cells import ACCESS_WORDS, shown_rule
from app.views.tables.item_table import ItemTable
from app.views.tables.rule_delegate import RuleDelegate
from app.views.tables.rule_glyphs import SIDE, icon_of
from app.views.tables.table_view import TableView
from app.views.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Change = Callable[[ProfileRule], ProfileRule]
Named = Callable[[int], str]

FIRST_WEIGHT = 5.0
"""Of a vehicle that becomes preferred: a preference that costs nothing would do nothing."""
WEIGHT_STEP, FACTOR_STEP = 1.0, 0.1
MOST_WEIGHT, LEAST_FACTOR, MOST_FACTOR = 1e9, 0.1, 100.0

ACCESS_KEYS = {Qt.Key.Key_A: Access.ALLOWED, Qt.Key.Key_P: Access.PREFERRED, Qt.Key.Key_F: Access.FORBIDDEN}
WEIGHT_KEYS = {
    Qt.Key.Key_Plus: WEIGHT_STEP,
    Qt.Key.Key_Equal: WEIGHT_STEP,  # the plus without Shift
    Qt.Key.Key_Minus: -WEIGHT_STEP,
}
FACTOR_KEYS = {Qt.Key.Key_Asterisk: FACTOR_STEP, Qt.Key.Key_Slash: -FACTOR_STEP}


class ProfileGrid(TableView):
    """The table of profiles, whose rules have symbols and keys."""

    def __init__(self, table: ItemTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(table, theme, parent)
        self._rules = RuleDelegate(table, theme, self)
        self._rules.symbol_clicked.connect(self._on_symbol)
        self.setItemDelegate(self._rules)

    def set_access(self, access: Access) -> None:
        """Allow, prefer or forbid in all selected cells."""
        self._change(lambda rule: with_access(rule, access), _SET[access])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of rules where the cursor is on one; all others are those of any table."""
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        busy = self.state() == QAbstractItemView.State.EditingState
        if modifiers or busy or not self._rules.is_rule(self.currentIndex()) or not self._act(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key) -> bool:
        """Do what a key asks for; return whether it is a key of rules."""
        if key in ACCESS_KEYS:
            self.set_access(ACCESS_KEYS[key])
        elif key == Qt.Key.Key_Space:
            self.set_access(following(self._rule_at(self.currentIndex()).access))
        elif key in WEIGHT_KEYS:
            self._change(lambda rule: with_more_weight(rule, WEIGHT_KEYS[key]), _set_weight)
        elif key in FACTOR_KEYS:
            self._change(lambda rule: with_more_time(rule, FACTOR_KEYS[key]), _set_factor)
        else:
            return False
        return True

    def _on_symbol(self, index: Index) -> None:
        access = following(self._rule_at(index).access)
        self._write([index], lambda rule: with_access(rule, access), _SET[access])

    def _change(self, change: Change, named: Named) -> None:
        cells = [index for index in self.selectionModel().selectedIndexes() if self._rules.is_rule(index)]
        if cells:
            self._write(cells, change, named)
        else:
            self.table.refused.emit(tr("Select the cells of a vehicle first, then what shall hold in them."))

    def _write(self, cells: Sequence[Index], change: Change, named: Named) -> None:
        """Change the rules of these cells in one step."""
        texts: dict[str, dict[str, str]] = {}
        changed = 0
        for index in cells:
            rule = self._rule_at(index)
            new = change(rule)
            if new != rule:
                changed += 1
                column = self.table.columns[index.column()].key
                texts.setdefault(self._profile_at(index), {})[column] = shown_rule(new)
        if changed:
            self.table.write(list(texts.items()), named(changed))

    def _profile_at(self, index: Index) -> str:
        return self.table.id_of(self.rows.source_row(index.row()))

    def _rule_at(self, index: Index) -> ProfileRule:
        rule = self.table.columns[index.column()].get(self.table.session.scenario.profiles[self._profile_at(index)])
        assert isinstance(rule, ProfileRule)
        return rule


class RuleButtons(QWidget):
    """What the symbols mean; each button sets its rule in the selected cells.

    Parameters
    ----------
    grid
        Whose cells.
    theme
        Colours of the symbols.
    """

    def __init__(self, grid: ProfileGrid, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[Access, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for key, access in ACCESS_KEYS.items():
            button = self._buttons[access] = QToolButton()
            button.setObjectName(f"rules_{access.value}")
            button.setText(ACCESS_WORDS[access])
            button.setToolTip(TIPS[access].format(key=chr(key)))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _checked=False, access=access: grid.set_access(access))
            layout.addWidget(button)
        theme.changed.connect(self._draw_icons)
        self._draw_icons()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw_icons()

    def _draw_icons(self) -> None:
        for access, button in self._buttons.items():
            button.setIcon(icon_of(access, self._theme.colours))
            button.setIconSize(QSize(scaled(SIDE), scaled(SIDE)))


TIPS = {
    Access.ALLOWED: tr(
        "<p>The vehicle may come ({key}).<br>Space goes to the next of the three. "
        "* and / change what the service takes longer (×).</p>"
    ),
    Access.PREFERRED: tr(
        "<p>Any other vehicle costs the weight ({key}). + and − change it.<br>Space goes to the next of the three. "
        "* and / change what the service takes longer (×).</p>"
    ),
    Access.FORBIDDEN: tr(
        "<p>The vehicle must not come ({key}).<br>Space goes to the next of the three. "
        "* and / change what the service takes longer (×).</p>"
    ),
}
_SET: Mapping[Access, Named] = {
    Access.ALLOWED: lambda number: trn("Set {number} rule to allowed", "Set {number} rules to allowed", number),
    Access.PREFERRED: lambda number: trn("Set {number} rule to preferred", "Set {number} rules to preferred", number),
    Access.FORBIDDEN: lambda number: trn("Set {number} rule to forbidden", "Set {number} rules to forbidden", number),
}


def _set_weight(number: int) -> str:
    return trn("Set {number} rule to another weight", "Set {number} rules to another weight", number)


def _set_factor(number: int) -> str:
    return trn("Set {number} rule to another service factor", "Set {number} rules to another service factor", number)


def following(access: Access) -> Access:
    """Return what comes next when a symbol is clicked."""
    order = list(Access)
    return order[(order.index(access) + 1) % len(order)]


def with_access(rule: ProfileRule, access: Access) -> ProfileRule:
    """Return a rule with another access; its service factor stays, and what becomes preferred gets a weight."""
    if access is rule.access:
        return rule
    return replace(rule, access=access, weight=FIRST_WEIGHT if access is Access.PREFERRED else 0.0)


def with_more_weight(rule: ProfileRule, step: float) -> ProfileRule:
    """Return a rule with more weight, or less; only preferred vehicles have any."""
    if rule.access is not Access.PREFERRED:
        return rule
    return replace(rule, weight=min(max(rule.weight + step, 0.0), MOST_WEIGHT))


def with_more_time(rule: ProfileRule, step: float) -> ProfileRule:
    """Return a rule with another service factor."""
    return replace(rule, service_factor=round(min(max(rule.service_factor + step, LEAST_FACTOR), MOST_FACTOR), 6))
