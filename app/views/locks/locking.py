"""All that the window has of locks, put together: commands, prices, the panel, the line of figures and the signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.edits.selection import Selection
from app.jobs.asker import Asker
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.language import tr
from app.map.view import MapView
from app.model.amounts import grouped
from app.views.locks.lock_commands import LockCommands
from app.views.locks.locks_line import LocksLine
from app.views.locks.locks_panel import LocksPanel
from app.views.plan_dock import PlanDock
from app.views.theme import Theme


class Locking(QObject):
    """Keeps the parts together.

    Parameters
    ----------
    controller
        Has what is locked, and the engine.
    selection
        What is shared.
    plan_dock
        Gets the panel and the line.
    map_view
        Gets the signs.
    theme
        Draws icons.
    parent
        Owner.

    Signals
    -------
    said
        A passing sentence: what was done.
    message
        A sentence for the user: why something was not done.
    """

    said = Signal(str)
    message = Signal(str)

    def __init__(
        self,
        controller: SolveController,
        selection: Selection,
        plan_dock: PlanDock,
        map_view: MapView,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller, self._session, self._plan_dock, self._map = (
            controller,
            controller.session,
            plan_dock,
            map_view,
        )
        self._action: QAction | None = None
        self.prices = Asker(controller, self)
        self._commands = LockCommands(controller, selection, self)
        self.panel = LocksPanel(self._session, selection, self.prices, theme)
        self.line = LocksLine()
        plan_dock.tabs.addTab(self.panel, tr("Locks"))
        plan_dock.figures.add_line(self.line)
        for speaker in (self._commands, self.prices):
            speaker.message.connect(self.message)
        self._commands.said.connect(self.said)
        self.panel.item_activated.connect(map_view.show_item)
        self.panel.unlock_requested.connect(self._commands.unlock)
        self.panel.priced.connect(self._show)
        self.panel.ask_button.clicked.connect(self.ask)
        self.line.ask_requested.connect(self.ask)
        self._session.changed.connect(self._show)
        controller.state_changed.connect(self._enable)
        controller.started.connect(self.prices.stop)
        self.panel.asked.connect(self._enable)
        self.prices.ended.connect(self._enable)
        self._show()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {**self._commands.commands(), "price_locks": self.ask}

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Enable these from now on where they can do something."""
        self._commands.set_actions(actions)
        self._action = actions["price_locks"]
        self._enable()

    def ask(self) -> None:
        """Show the locks, and ask what they cost."""
        self._plan_dock.show()
        self._plan_dock.tabs.setCurrentWidget(self.panel)
        self.panel.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel.ask()

    def close(self) -> None:
        """End what is being asked, and its thread."""
        self.prices.close()

    def _show(self) -> None:
        locks = self._session.plan.locks
        self._map.set_locks(locks)
        self.line.show_locks(len(locks), self.panel.together)
        self._plan_dock.tabs.setTabText(
            self._plan_dock.tabs.indexOf(self.panel),
            tr("Locks ({number})", number=grouped(len(locks))) if locks else tr("Locks"),
        )
        self._enable()

    def _enable(self) -> None:
        idle = self._controller.state is SolveState.IDLE and not self.prices.busy
        can = bool(self._session.plan.locks) and idle
        for one in (self._action, self.panel.ask_button, self.line.button):
            if one is not None:
                one.setEnabled(can)
