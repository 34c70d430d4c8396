"""The main window: it puts the parts together, and owns what has to be ended when it is closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QActionGroup, QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.io.journal.recovery import journals_folder
from app.jobs.background import BackgroundRunner
from app.jobs.client import SolverClient
from app.jobs.journal_keeper import JournalKeeper
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.map.view import MapView
from app.model.validate import Issue
from app.resources import resource
from app.views.actions import TABLE_NAMES, make_actions
from app.views.addon.desk import AddonDesk
from app.views.base_map.chooser import BaseMapChooser
from app.views.bindings import bind_dock, bind_modes, bind_steps
from app.views.colours import Appearance
from app.views.comfort.comfort import Comfort
from app.views.comfort.tab_order import order_tab_keys
from app.views.export_progress import ExportProgress
from app.views.files.document_files import DocumentFiles
from app.views.files.exports import Exports
from app.views.files.recent import RecentFiles
from app.views.files.recent_menu import RecentMenu
from app.views.files.safety import Safety
from app.views.files.transfer import Transfer
from app.views.first_plan import FirstPlanSetting
from app.views.help_desk import HelpDesk
from app.views.language_model.desk import LanguageModelDesk
from app.views.layout_memory import remember_layout, restore_layout, share_docks, unarranged
from app.views.locks.locking import Locking
from app.views.map_link import MapLink
from app.views.map_notices import MapNotices
from app.views.map_tools import MapTools
from app.views.menus import MakeMenu, fill_menu_bar, make_tool_bar
from app.views.messages import InlineMessage
from app.views.moves.plan_drag import PlanDrag
from app.views.moves.plan_moves import PlanMoves
from app.views.phrases.desk import PhraseDesk
from app.views.plan_dock import PlanDock
from app.views.replan.desk import ReplanDesk
from app.views.roads.desk import RoadDesk
from app.views.select_commands import SelectCommands
from app.views.select_menu import ProfileMenu, SelectMenu
from app.views.servers.travel_desk import TravelServerDesk
from app.views.solve_bar import SolveBar
from app.views.status import Status
from app.views.tables.customer_filter import CustomerFilter
from app.views.tables_dock import TablesDock
from app.views.theme import Theme
from app.views.timeline_dock import TimelineDock
from app.views.variants.desk import VariantDesk
from app.views.why.desk import WhyDesk

SIZE = QSize(1280, 800)
"""Of the window at its first start."""

SMALLEST = QSize(1022, 520)
"""Of the window, so that Solve and Stop are always in sight."""

LARGEST = QSize(1920, 1200)
"""Of the window at its first start, on a screen with more room."""

OF_SCREEN = 0.85
"""Share of the screen that the window takes then, where that is more than `SIZE`."""

SAMPLE, STRAIGHT_SAMPLE = "samples/helsinki-centre", "samples/helsinki"


def first_size() -> QSize:
    """Return the size of the window at its first start: more where the screen has more room."""
    screen = QGuiApplication.primaryScreen().availableSize()
    return SIZE.expandedTo((screen * OF_SCREEN).boundedTo(LARGEST))


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
        self.resize(first_size())
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
        journal = JournalKeeper(self.session, journals_folder(), self)
        self.files = DocumentFiles(self.session, self.runner, self.recent, journal, theme, self)
        self.safety = Safety(self.files, journal, self.runner, self)
        self.transfer = Transfer(self.session, self.selection, self.runner, settings, self)
        self.exports = Exports(self.session, self.selection, self.controller, settings, self)

        self.map = MapView()
        self.map_link = MapLink(self.map, self.session, self.selection, self.controller, self)
        self.map_tools = MapTools(self.map, self.controller, self.selection, settings, self)
        self.banner = InlineMessage(theme)
        self.plan_dock = PlanDock(self.controller, self.selection, self)
        # The table of routes is wide, so it lies with the other tables and not beside the map.
        self.tables_dock = TablesDock(self.session, self.selection, self.plan_dock.take_routes(), theme, self)
        self.tables_dock.panels["customers"].take_filter(CustomerFilter(self.controller))
        self.select_commands = SelectCommands(self.selection, self.controller, self.map, self.runner, theme, self)
        self.variants = VariantDesk(self.controller, self.selection, self.map, self)
        self.replan = ReplanDesk(self.controller, self.selection, self.map, settings, self)
        self.timeline_dock = TimelineDock(self.controller, self.selection, theme, self)
        self.moves = PlanMoves(self.session, self.selection, self.controller.evaluations, theme, self)
        self.locking = Locking(self.controller, self.selection, self.plan_dock, self.map, theme, self)
        self.why = WhyDesk(self.controller, self.selection, self.map, theme, self)
        self.phrases = PhraseDesk(self.session, self.selection, self.controller.evaluations, self)
        self.language_model = LanguageModelDesk(settings, self)
        self.first_plan = FirstPlanSetting(self.controller, settings, self)
        self.first_plan.attach(self.tables_dock.settings)
        self.addon = AddonDesk(self.client, settings, theme, self)
        self.solve_bar = SolveBar()
        self.solve_bar.set_controller(self.controller)
        self.solve_bar.set_theme(theme)
        self.help = HelpDesk(self.controller, self.runner, theme, self.solve_bar, self)
        self.status = Status(self.selection, self.runner, theme, self)
        self.status.set_controller(self.controller)
        self.roads = RoadDesk(self.controller, self.selection, self.map, settings, theme, self)
        self.base_map = BaseMapChooser(self.map, settings, self.runner, theme, self)
        self.travel_server = TravelServerDesk(self.controller, settings, theme, self)
        self.travel_server.follow_map(self.map, self.map_link.shapes)
        self.tables_dock.settings.source_wanted.connect(self.travel_server.name_source)
        for button in (self.base_map.notice, self.travel_server.notice, self.addon.notice):
            self.status.addPermanentWidget(button)
        self.status.insertPermanentWidget(0, self.roads.progress)
        self.actions_by_name = make_actions(self, theme, self._commands())
        for part in (self.moves, self.locking, self.base_map, self.map_tools, self.help):
            part.set_actions(self.actions_by_name)
        self.status.insertPermanentWidget(0, ExportProgress(self.exports.job, self.actions_by_name["stop_export"]))
        with unarranged(self):
            self._lay_out()
            self._fill_menus()
            self._connect()
            notice = self.comfort.attach(self.actions_by_name, self.map, self.controller)
            self.tables_dock.settings.add_row((tr("&When a solve ends"), notice.box))
            self.addon.attach(self.tables_dock.settings)
            self.roads.attach(self.tables_dock.settings, self.plan_dock.figures, self.timeline_dock.view)
            above = (self.solve_bar, self.banner, self.comfort.hint_line)
            docks = (self.tables_dock, self.timeline_dock, self.plan_dock)
            others = [dock for dock in self.findChildren(QDockWidget) if dock not in docks]
            order_tab_keys((*above, self.map, *others, *docks, self.status))
            self.map.setFocus()
            self._fresh = not restore_layout(settings, self, self.tables_dock.tabs)
        self._show_title()

    # Putting together

    def _lay_out(self) -> None:
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.variants.bar)
        layout.addWidget(self.map, 1)
        cards = (self.help.support.card, self.banner, self.roads.unreached.card, self.comfort.hint_line)
        self.notices = MapNotices(self.map, cards, central)
        self.setCentralWidget(central)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.tables_dock)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.timeline_dock)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.plan_dock)
        self.tabifyDockWidget(self.tables_dock, self.timeline_dock)
        self.tables_dock.raise_()
        share_docks(self, self.tables_dock, self.plan_dock)
        self.setStatusBar(self.status)
        self.addToolBar(make_tool_bar(self.actions_by_name, self.solve_bar, self))

    def _fill_menus(self) -> None:
        special: dict[str, MakeMenu] = {
            "recent": lambda title: RecentMenu(title, self.recent, self.files.open, self),
            "select_menu": lambda title: SelectMenu(title, self.select_commands, self),
            "language": self.comfort.language_menu,
            "select_profile": lambda title: ProfileMenu(title, self.select_commands, self),
        }
        fill_menu_bar(self.menuBar(), self.actions_by_name, self.solve_bar, special)

    def _commands(self) -> dict[str, Callable[[], object]]:
        """Say what each command does."""
        files, transfer, tables = self.files, self.transfer, self.tables_dock
        return {
            "new": files.new,
            "open": files.ask_open,
            "open_folder": files.ask_open_folder,
            "open_sample": lambda: files.open_sample(resource(SAMPLE)),
            "open_straight_sample": lambda: files.open_sample(resource(STRAIGHT_SAMPLE)),
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
            **self.map_tools.commands(),
            **self.base_map.commands(),
            **self.help.commands(),
            **self.roads.commands(),
            **self.travel_server.commands(),
            **self.safety.commands(),
            **self.exports.commands(),
            **self.select_commands.commands(),
            **self.variants.commands(),
            **self.replan.commands(),
            **self.moves.commands(),
            **self.locking.commands(),
            **self.why.commands(),
            **self.phrases.commands(),
            **self.language_model.commands(),
            **self.comfort.commands(),
            **{f"show_{name}": partial(tables.show_tab, name) for name in TABLE_NAMES},
            **{f"appearance_{one.value}": partial(self._set_appearance, one) for one in Appearance},
        }

    def _connect(self) -> None:
        actions, stack = self.actions_by_name, self.session.variants.undo_group
        bind_steps(actions, stack)
        stack.cleanChanged.connect(self._show_title)
        self.session.replaced.connect(self._on_replaced)
        self.session.changed.connect(lambda _: self.banner.clear())
        self.controller.started.connect(self.banner.clear)
        self.files.done.connect(lambda _: self.banner.clear())
        self.files.path_changed.connect(self._show_title)
        speakers = (self.files, self.safety, self.transfer, self.exports, self.map_link, self.controller)
        changers = (self.tables_dock, self.moves, self.locking, self.replan, self.base_map, self.map_tools, self.why)
        for speaker in (*speakers, *changers, self.roads, self.language_model, self.addon):
            speaker.message.connect(self.banner.say)
        for worker in (self.files, self.safety, self.exports):
            worker.done.connect(self.status.say)
        planners = (self.select_commands, self.variants, self.replan, self.locking, self.why, self.phrases)
        helpers = (self.comfort, self.base_map, self.language_model, self.roads, self.travel_server, self.help.support)
        for helper in (*planners, *helpers):
            helper.said.connect(self.status.say)
        self.variants.attach(actions, self.tables_dock)
        self.replan.attach(actions, self.tables_dock)
        self.why.attach(actions, self.plan_dock)
        self.phrases.asked.connect(self.why.ask)
        self.phrases.take_reader(self.language_model)
        self.language_model.attach((self.why.dock.searched, *self.why.dock.cards))
        self.phrases.changes_asked.connect(actions["why_changed"].trigger)
        self.phrases.next_asked.connect(self.why.ask_instead)
        self.session.variants.arranged.connect(self._show_title)
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
        self.drag = PlanDrag(
            self.moves, self.controller, self.selection, self.map, self.timeline_dock, self.plan_dock, self
        )
        self.drag.said.connect(self.status.tell)
        self.moves.attach(self.locking.panel.view)
        self.plan_dock.stops.item_activated.connect(self.map.show_item)
        bind_modes(actions, self.map)
        appearances = QActionGroup(self)
        for one in Appearance:
            appearances.addAction(actions[f"appearance_{one.value}"])
        actions[f"appearance_{self._theme.appearance.value}"].setChecked(True)
        for name, dock in (
            ("show_timeline", self.timeline_dock),
            ("show_tables", self.tables_dock),
            ("show_plan", self.plan_dock),
        ):
            bind_dock(actions[name], dock)

    # What the window shows of itself

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.files.title}[*] — Routewright")
        self.setWindowModified(self.session.modified)

    def _on_replaced(self) -> None:
        self.selection.clear()
        self.banner.clear()
        self._show_title()

    def _show_issues(self) -> None:
        if not self.controller.evaluations.busy:  # what is on its way is newer
            self.status.show_issues(self.controller.evaluations.issues)

    def _show_problem(self, issue: Issue) -> None:
        self.tables_dock.show_item(issue.kind, issue.id)

    def _set_appearance(self, appearance: Appearance) -> None:
        self._settings.setValue("window/appearance", appearance.value)
        self._theme.apply(appearance)

    # Dropped files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import a bare table of customers or the roads of a map, open anything else."""
        path = Path(event.mimeData().urls()[0].toLocalFile())
        if path.suffix.casefold() in (".csv", ".tsv"):
            self.transfer.import_customers(path)
        elif self.roads.takes(path):
            self.roads.import_file(path)
        else:
            self.files.open(path)

    # Beginning and end

    def showEvent(self, event: QShowEvent) -> None:
        """Give docks their share of a window that nobody has arranged yet, however large the screen is."""
        if self._fresh:
            self._fresh = False
            share_docks(self, self.tables_dock, self.plan_dock)
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes first, then end the engine and the threads."""
        if self.session.modified and not self._ended:
            event.ignore()
            self.files.confirm_then(self.end)
            return
        self.end()
        event.accept()

    def end(self, *, keep: bool = False) -> None:
        """Remember the layout and leave nothing running.

        Parameters
        ----------
        keep
            Whether unsaved changes are offered at the next start; otherwise they are dropped.
        """
        if self._ended:
            return
        self._ended = True
        if keep:
            self.session.land()
        self.safety.end(keep=keep)
        remember_layout(self._settings, self, self.tables_dock.tabs)
        self.map_link.close()
        self.moves.close()
        self.locking.close()
        self.why.close()
        self.phrases.close()
        self.language_model.close()
        self.comfort.close()
        self.addon.close()
        self.controller.shutdown()
        self.exports.close()
        self.base_map.close()
        self.roads.close()
        self.travel_server.close()
        self.map_tools.close()
        self.runner.close()
        self.session.close()
        self.close()
