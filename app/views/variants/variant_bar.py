"""A tab for each variant of the day, over the map; it takes no room while there is one only."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QToolButton, QWidget

from app.edits.variants import OpenVariants
from app.language import tr
from app.views.menu import Menu
from app.views.theme import GAP, MARGIN

MENU = ("variant_rename", "variant_duplicate", "", "variant_delete")
"""Names of the commands in the menu of a right click on a tab; "" is a line."""

NARROWEST, WIDEST = 70, 240
"""Pixels of a tab."""


class VariantBar(QWidget):
    """Shows which variants there are, and which of them is being edited.

    Parameters
    ----------
    variants
        What is shown.

    Signals
    -------
    show_requested
        Place of the variant whose tab was chosen.
    """

    show_requested = Signal(int)

    def __init__(self, variants: OpenVariants, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("variant_bar")
        self.setAccessibleName(tr("Variants of the day"))
        self._variants = variants
        self._actions: Mapping[str, QAction] = {}
        self.tabs = QTabBar()
        self.tabs.setObjectName("variant_tabs")
        self.tabs.setAccessibleName(tr("Variants of the day"))
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tabs.setStyleSheet(f"QTabBar::tab {{ min-width: {NARROWEST}px; max-width: {WIDEST}px; }}")
        self.tabs.currentChanged.connect(self.show_requested)
        self.tabs.tabBarDoubleClicked.connect(self._on_double_click)
        self.tabs.customContextMenuRequested.connect(self._open_menu)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(GAP, 0, MARGIN, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.tabs)
        self.refresh()

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Put the commands behind the tabs and into their menu."""
        self._actions = actions
        for name, style in (
            ("variant_duplicate", Qt.ToolButtonStyle.ToolButtonIconOnly),
            ("", None),
            ("variant_differences", Qt.ToolButtonStyle.ToolButtonTextOnly),
            ("show_comparison", Qt.ToolButtonStyle.ToolButtonTextOnly),
        ):
            if style is None:
                self._layout.addStretch(1)
                continue
            button = QToolButton()
            button.setObjectName(f"{name}_button")
            button.setDefaultAction(actions[name])
            button.setToolButtonStyle(style)
            self._layout.addWidget(button)

    def refresh(self) -> None:
        """Show the variants as they are now."""
        names = self._variants.names
        with QSignalBlocker(self.tabs):
            while self.tabs.count() > len(names):
                self.tabs.removeTab(self.tabs.count() - 1)
            for place, name in enumerate(names):
                text = name.replace("&", "&&")
                if place == self.tabs.count():
                    self.tabs.addTab(text)
                elif self.tabs.tabText(place) != text:
                    self.tabs.setTabText(place, text)
                self.tabs.setTabToolTip(place, name)
            self.tabs.setCurrentIndex(self._variants.present)
        self.setVisible(len(names) > 1)

    def _on_double_click(self, place: int) -> None:
        if place >= 0:
            self.tabs.setCurrentIndex(place)
            self._actions["variant_rename"].trigger()

    def _open_menu(self, at: QPoint) -> None:
        place = self.tabs.tabAt(at)
        if place < 0:
            return
        self.tabs.setCurrentIndex(place)
        menu = Menu(self)
        menu.setObjectName("variant_tab_menu")
        for name in MENU:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.tabs.mapToGlobal(at))
