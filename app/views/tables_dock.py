"""The tables below the map, one tab each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QStackedWidget, QTableView, QTabWidget, QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.language import tr
from app.model.patch import TABLES
from app.views.actions import TABLE_NAMES
from app.views.empty_state import EmptyState
from app.views.kind_words import TITLES
from app.views.settings_panel import SettingsPanel
from app.views.tables.table_panel import TablePanel
from app.views.tables.table_view import TableView, copy_rows
from app.views.theme import Theme


class TablesDock(QDockWidget):
    """Tabs of the routes, of all tables of the scenario, and of its settings.

    Parameters
    ----------
    session, selection
        What the tables show and share.
    routes
        The table of routes; the dock takes it in.
    theme
        Draws icons.

    Signals
    -------
    delete_requested, import_requested, solve_requested
        A button in one of the tabs was pressed.
    message
        A sentence for the user.
    """

    delete_requested = Signal()
    import_requested = Signal()
    solve_requested = Signal()
    message = Signal(str)

    def __init__(
        self,
        session: EditSession,
        selection: Selection,
        routes: QTableView,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Tables"), parent)
        self.setObjectName("tables_dock")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())  # the tabs say it all
        self._routes = routes
        routes.horizontalHeader().setHighlightSections(False)
        self._routes_stack = QStackedWidget()
        self._routes_stack.setObjectName("routes_panel")
        self._routes_stack.addWidget(routes)
        self._routes_stack.addWidget(
            EmptyState(
                tr("No routes yet. Solve, and every vehicle gets its tour."),
                [(tr("Solve"), "routes_empty_solve", self.solve_requested.emit)],
            )
        )
        self.panels = {kind: TablePanel(session, selection, kind, theme) for kind in TABLES}
        self.settings = SettingsPanel(session, theme)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tables")
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Tables"))
        self.tabs.tabBar().setAccessibleName(tr("Tables"))
        self.tabs.tabBar().setAccessibleDescription(tr("Left and right change between them"))
        for name in TABLE_NAMES:
            page = {"routes": self._routes_stack, "settings": self.settings}.get(name) or self.panels[name]
            self.tabs.addTab(page, TITLES[name])
        for panel in self.panels.values():
            panel.delete_requested.connect(self.delete_requested)
            panel.import_requested.connect(self.import_requested)
        model = routes.model()
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(lambda *_: self._show_routes())
        self._show_routes()
        self.setWidget(self.tabs)

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front and give it the keyboard."""
        self.show()
        self.raise_()
        self.tabs.setCurrentIndex(TABLE_NAMES.index(name))
        panel = self.panels.get(name)
        if panel is not None and panel.view.isVisible():
            panel.view.setFocus()
        else:
            self.tabs.currentWidget().setFocus()

    def edit_item(self, kind: str, key: str) -> None:
        """Show an item in its table and begin to edit it."""
        if kind in self.panels:
            self.show_tab(kind)
            self.panels[kind].show_id(key)

    def show_item(self, kind: str, key: str) -> None:
        """Show an item in its table, without editing it; a kind that has no table is that of a tab, or nothing."""
        if kind in TABLE_NAMES:
            self.show_tab(kind)
        elif kind in ("modes", "traffic"):
            self.show_tab("settings")
        if kind in self.panels and key:
            self.panels[kind].find_id(key)

    @property
    def panel(self) -> TablePanel | None:
        """The table in front; None while it is the routes or the settings."""
        page = self.tabs.currentWidget()
        return page if isinstance(page, TablePanel) else None

    def copy(self) -> None:
        """Copy from the table in front."""
        if self.panel is not None:
            self.panel.view.copy()
        elif self.tabs.currentWidget() is self._routes_stack:
            copy_rows(self._routes)

    def paste(self) -> None:
        """Paste into the table in front, if that is where the user is."""
        panel, focus = self.panel, QApplication.focusWidget()
        if panel is None or (panel.table.rowCount() and focus is not panel.view):
            self.message.emit(tr("Choose the cell of a table where the block should go, then paste."))
        else:
            panel.view.paste()

    def fill_down(self) -> None:
        """Fill down in the table that has the keyboard."""
        focus = QApplication.focusWidget()
        if isinstance(focus, TableView):
            focus.fill_down()

    def add_row(self) -> None:
        """Add a row to the table in front."""
        if self.panel is None:
            self.message.emit(tr("Choose the table that should get a row."))
        else:
            self.panel.add_row()

    def find_text(self) -> None:
        """Go to the filter line of the table in front."""
        if self.panel is not None:
            self.panel.filter_line.setFocus()
            self.panel.filter_line.selectAll()

    def _show_routes(self) -> None:
        self._routes_stack.setCurrentIndex(0 if self._routes.model().rowCount() else 1)
