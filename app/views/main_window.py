"""The main window: it puts the parts together, and owns what has to be ended when it is closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QSizePolicy, QToolBar, QVBoxLayout, QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.jobs.background import BackgroundRunner
from app.jobs.client import SolverClient
from app.jobs.solve_controller import SolveController
from app.map.text_scale import scaled
from app.map.view import MapMode, MapView
from app.model.validate import Issue
from app.resources import resource
from app.views.actions import MENUS, SEPARATOR, SUBMENUS, TABLE_NAMES, TOOLBAR, by_menu, make_actions
from app.views.colours import Appearance
from app.views.comfort.comfort import Comfort
from app.views.comfort.text_size import at_most
from app.views.export_progress import ExportProgress
from app.views.files.document_files import DocumentFiles
from app.views.files.exports import Exports
from app.views.files.recent import RecentFiles
from app.views.files.transfer import Transfer
from app.views.first_plan import FirstPlanSetting
from app.views.map_link import MapLink
from app.views.messages import InlineMessage
from app.views.moves.plan_moves import PlanMoves
from app.views.plan_dock import WIDTH, PlanDock
from app.views.select_commands import SelectCommands
from app.views.select_menu import ProfileMenu, SelectMenu
from app.views.solve_bar import SolveBar
from app.views.status import Status
from app.views.tables.customer_filter import CustomerFilter
from app.views.tables_dock import TablesDock
from app.views.theme import Theme
from app.views.timeline_dock import TimelineDock

SIZE = QSize(1280, 800)
"""Of the window at its first start."""

SMALLEST = QSize(984, 520)
"""Of the window, so that Solve and Stop are always in sight."""

LAYOUT_VERSION = 2
"""Raised when docks or bars change so much that a remembered layout would not fit."""

SAMPLE = "samples/helsinki"

_MODES = {
    "mode_select": MapMode.SELECT,
    "mode_rectangle": MapMode.RECTANGLE,
    "mode_lasso": MapMode.LASSO,
    "mode_add_customer": MapMode.ADD_CUSTOMER,
    "mode_add_depot": MapMode.ADD_DEPOT,
}


class MainWindow(QMainWindow):
    """Map, tables, plan, menus.

    Parameters
    ----------
    theme
        The appearance of the application.
    settings
        Where the layout is remembered.
    client
        The engine; one of its own when left out. The window ends it.
    """

    def __init__(self, theme: Theme, settings: QSettings, client: SolverClient | None = None) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)
        self.setAcceptDrops(True)
        self._theme, self._settings = theme, settings
        self._ended = False
        self.comfort = Comfort(theme, settings, self)
        self.session = EditSession(parent=self)
        self.selection = Selection(self)
        self.runner = BackgroundRunner(self)
        self.client = client or SolverClient(self)
        self.controller = SolveController(self.session, self.client, self)
        self.recent = RecentFiles(settings, self)
        self.files = DocumentFiles(self.session, self.runner, self.recent, theme, self)
        self.transfer = Transfer(self.session, self.selection, self.runner, self)
        self.exports = Exports(self.session, self.selection, self.controller, settings, self)

        self.map = MapView()
        self.map_link = MapLink(self.map, self.session, self.selection, self.controller, self)
        self.banner = InlineMessage(theme)
        self.plan_dock = PlanDock(self.controller, self.selection, self)
        # The table of routes is wide, so it lies with the other tables and not beside the map.
        self.tables_dock = TablesDock(self.session, self.selection, self.plan_dock.take_routes(), theme, self)
        self.tables_dock.panels["customers"].take_filter(CustomerFilter(self.controller))
        self.select_commands = SelectCommands(self.selection, self.controller, self.map, self.runner, theme, self)
        self.timeline_dock = TimelineDock(self.controller, self.selection, theme, self)
        self.moves = PlanMoves(self.session, self.selection, self.controller.evaluations, theme, self)
        self.first_plan = FirstPlanSetting(self.controller, settings, self)
        self.tables_dock.settings.add_row(
            ("First plan &by", self.first_plan.init),
            ("Policy &rollouts", self.first_plan.rollouts),
            "What builds the first plan holds for every scenario.",
        )
        self.solve_bar = SolveBar()
        self.solve_bar.set_controller(self.controller)
        self.solve_bar.set_theme(theme)
        self.status = Status(self.selection, self.runner, theme, self)
        self.status.set_controller(self.controller)
        self.actions_by_name = make_actions(self, theme, self._commands())
        self.moves.set_actions(self.actions_by_name)
        self.status.insertPermanentWidget(0, ExportProgress(self.exports.job, self.actions_by_name["stop_export"]))
        self._lay_out()
        self._fill_menus()
        self._connect()
        notice = self.comfort.attach(self.actions_by_name, self.map, self.controller, self.selection)
        self.tables_dock.settings.add_row(("&When a solve ends", notice.box))
        self._restore()
        self._show_title()

    # Putting together

    def _lay_out(self) -> None:
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.comfort.hint_line)
        layout.addWidget(self.map, 1)
        self.setCentralWidget(central)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.tables_dock)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.timeline_dock)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.plan_dock)
        self.tabifyDockWidget(self.tables_dock, self.timeline_dock)
        self.tables_dock.raise_()
        self.resizeDocks([self.tables_dock], [at_most(scaled(270), SIZE.height())], Qt.Orientation.Vertical)
        self.resizeDocks([self.plan_dock], [at_most(scaled(WIDTH), SIZE.width())], Qt.Orientation.Horizontal)
        self.setStatusBar(self.status)
        bar = QToolBar("Toolbar", self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in TOOLBAR:
            if name:
                bar.addAction(self.actions_by_name[name])
            else:
                bar.addSeparator()
        bar.addSeparator()
        for widget in (self.solve_bar.solve_button, self.solve_bar.stop_button, self.solve_bar.seconds):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        bar.addWidget(self.solve_bar)
        self.addToolBar(bar)

    def _fill_menus(self) -> None:
        self._recent_menu = QMenu("Open &Recent", self)
        self._recent_menu.setObjectName("recent_menu")
        for menu_name, title, commands in MENUS:
            selects = menu_name == "select_menu"
            menu = SelectMenu(title, self.select_commands, self) if selects else QMenu(title, self)
            menu.setObjectName(menu_name)
            self.menuBar().addMenu(menu)
            if menu_name == "plan_menu":
                self.solve_bar.solve_action.setText("&Solve")
                self.solve_bar.stop_action.setText("S&top and keep the best plan")
                menu.addActions([self.solve_bar.solve_action, self.solve_bar.stop_action])
                menu.addSeparator()
            for command in commands:
                if command is SEPARATOR:
                    menu.addSeparator()
                elif command.name == "recent":
                    menu.addMenu(self._recent_menu)
                elif command.name == "select_profile":
                    menu.addMenu(ProfileMenu(command.text, self.select_commands, self))
                elif command.name in SUBMENUS:
                    submenu = menu.addMenu(command.text)
                    submenu.setObjectName(f"{command.name}_menu")
                    for one in SUBMENUS[command.name]:
                        if one is SEPARATOR:
                            submenu.addSeparator()
                        else:
                            submenu.addAction(self.actions_by_name[one.name])
                else:
                    menu.addAction(self.actions_by_name[command.name])
        self._fill_recent()

    def _commands(self) -> dict[str, Callable[[], object]]:
        """Say what each command does."""
        files, transfer, tables = self.files, self.transfer, self.tables_dock
        return {
            "new": files.new,
            "open": files.ask_open,
            "open_folder": files.ask_open_folder,
            "open_sample": lambda: files.open_sample(resource(SAMPLE)),
            "save": files.save,
            "save_as": files.save_as,
            "import_customers": transfer.ask_import,
            "quit": self.close,
            "undo": self.session.undo,
            "redo": self.session.redo,
            "copy": tables.copy,
            "paste": tables.paste,
            "fill_down": tables.fill_down,
            "add_row": tables.add_row,
            "delete": self.map_link.delete_selected,
            "filter": tables.find_text,
            "fit": self.map.fit,
            **self.moves.commands(),
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
            **self.exports.commands(),
            **self.select_commands.commands(),
            **self.comfort.commands(),
            **{name: partial(self.map.set_mode, mode) for name, mode in _MODES.items()},
            **{f"show_{name}": partial(tables.show_tab, name) for name in TABLE_NAMES},
            **{f"appearance_{one.value}": partial(self._set_appearance, one) for one in Appearance},
        }

    def _connect(self) -> None:
        actions, stack = self.actions_by_name, self.session.stack
        for name, can, changed in (
            ("undo", stack.canUndo, stack.canUndoChanged),
            ("redo", stack.canRedo, stack.canRedoChanged),
        ):
            actions[name].setEnabled(can())
            changed.connect(actions[name].setEnabled)
        stack.undoTextChanged.connect(lambda text: _name_step(actions["undo"], "Undo", text))
        stack.redoTextChanged.connect(lambda text: _name_step(actions["redo"], "Redo", text))
        stack.cleanChanged.connect(self._show_title)
        self.session.replaced.connect(self._on_replaced)
        self.session.changed.connect(lambda _: self.banner.clear())
        self.controller.started.connect(self.banner.clear)
        self.files.path_changed.connect(self._show_title)
        self.recent.changed.connect(self._fill_recent)
        speakers = (self.files, self.transfer, self.exports, self.map_link, self.controller, self.tables_dock)
        for source in (*speakers, self.moves):
            source.message.connect(self.banner.say)
        for said in (self.files.done, self.exports.done, self.select_commands.said, self.comfort.said):
            said.connect(self.status.say)
        self.controller.evaluated.connect(self._show_issues)
        self.status.problem_requested.connect(self._show_problem)
        self.tables_dock.delete_requested.connect(self.map_link.delete_selected)
        self.tables_dock.import_requested.connect(self.transfer.ask_import)
        self.tables_dock.solve_requested.connect(self.solve_bar.solve_action.trigger)
        self.map.item_activated.connect(self.tables_dock.edit_item)
        self.timeline_dock.solve_requested.connect(self.solve_bar.solve_action.trigger)
        self.timeline_dock.item_activated.connect(self.map.show_item)
        self.moves.attach_views(
            self.map, self.timeline_dock.view, self.plan_dock, self.tables_dock.panels["customers"].view
        )
        self.plan_dock.stops.item_activated.connect(self.map.show_item)
        modes = QActionGroup(self)
        for name in _MODES:
            modes.addAction(actions[name])
            self.map.addAction(actions[name])
        self.map.mode_changed.connect(self._show_mode)
        self._show_mode(self.map.mode)
        appearances = QActionGroup(self)
        for one in Appearance:
            appearances.addAction(actions[f"appearance_{one.value}"])
        actions[f"appearance_{self._theme.appearance.value}"].setChecked(True)
        for name, dock in (
            ("show_timeline", self.timeline_dock),
            ("show_tables", self.tables_dock),
            ("show_plan", self.plan_dock),
        ):
            actions[name].triggered.connect(partial(_show_or_hide, actions[name], dock))
            dock.visibilityChanged.connect(partial(_follow_visibility, actions[name], dock))
            actions[name].setChecked(True)

    # What the window shows of itself

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.files.title}[*] — Routewright")
        self.setWindowModified(self.session.modified)

    def _show_mode(self, mode: MapMode) -> None:
        name = next(name for name, one in _MODES.items() if one is mode)
        self.actions_by_name[name].setChecked(True)

    def _on_replaced(self) -> None:
        self.selection.clear()
        self.banner.clear()
        self._show_title()

    def _show_issues(self) -> None:
        if not self.controller.evaluations.busy:  # what is on its way is newer
            self.status.show_issues(self.controller.evaluations.issues)

    def _show_problem(self, issue: Issue) -> None:
        self.tables_dock.show_item(issue.kind, issue.id)

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for place, path in enumerate(self.recent.paths, start=1):
            action = self._recent_menu.addAction(f"&{place % 10} {path.name.replace('&', '&&')}")
            action.setObjectName(f"recent_{place}")
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.files.open(path))
        if self.recent.paths:
            self._recent_menu.addSeparator()
            forget = self._recent_menu.addAction("&Clear List")
            forget.setObjectName("recent_clear")
            forget.triggered.connect(lambda _checked=False: self.recent.clear())
        self._recent_menu.setEnabled(bool(self.recent.paths))

    # The start does without the dialogs, so they are imported when they are asked for.

    def _show_about(self) -> None:
        from app.views.dialogs.about_dialog import AboutDialog

        AboutDialog(self).open()

    def _show_shortcuts(self) -> None:
        from app.views.dialogs.shortcuts_dialog import ShortcutsDialog

        plan = [self.solve_bar.solve_action, self.solve_bar.stop_action]
        ShortcutsDialog(by_menu(self.actions_by_name, plan), self).open()

    def _set_appearance(self, appearance: Appearance) -> None:
        self._settings.setValue("window/appearance", appearance.value)
        self._theme.apply(appearance)

    # Dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import a bare table of customers, open anything else."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if path.suffix.casefold() in (".csv", ".tsv"):
            self.transfer.import_customers(path)
        else:
            self.files.open(path)

    # Beginning and end

    def _restore(self) -> None:
        geometry, state = self._settings.value("window/geometry"), self._settings.value("window/state")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(state, QByteArray):
            self.restoreState(state, LAYOUT_VERSION)
        tab = self._settings.value("window/table", "customers")
        self.tables_dock.tabs.setCurrentIndex(TABLE_NAMES.index(tab) if tab in TABLE_NAMES else 0)

    def _remember(self) -> None:
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/state", self.saveState(LAYOUT_VERSION))
        self._settings.setValue("window/table", TABLE_NAMES[self.tables_dock.tabs.currentIndex()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes first, then end the engine and the threads."""
        if self.session.modified and not self._ended:
            event.ignore()
            self.files.confirm_then(self.end)
            return
        self.end()
        event.accept()

    def end(self) -> None:
        """Remember the layout and leave nothing running; unsaved changes are dropped."""
        if self._ended:
            return
        self._ended = True
        self._remember()
        self.moves.close()
        self.comfort.close()
        self.controller.shutdown()
        self.exports.close()
        self.runner.close()
        self.session.close()
        self.close()


def _name_step(action: QAction, verb: str, text: str) -> None:
    shown = text.replace("&", "&&")
    action.setText(f"&{verb} {shown}".rstrip())
    keys = action.shortcut().toString()
    action.setToolTip(f"{verb} {text}".rstrip() + f" ({keys})")


def _show_or_hide(action: QAction, dock: QDockWidget) -> None:
    """Bring a dock to the front, or close it if that is where it is."""
    if dock.visibleRegion().isEmpty():  # closed, or behind the other tab
        dock.show()
        dock.raise_()
        dock.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        dock.hide()
    _follow_visibility(action, dock, dock.isVisible())


def _follow_visibility(action: QAction, dock: QWidget, _visible: bool) -> None:
    """Show whether a dock is open; one in a minimized window is."""
    action.setChecked(not dock.isHidden())
