"""Everything about variants in the window: the bar, the comparison, what is drawn on the map, and the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QInputDialog, QLineEdit, QMainWindow, QMessageBox

from app.edits.selection import Selection
from app.jobs.comparison import ComparisonService
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.language import tr
from app.map.view import MapView
from app.model.variants import LONGEST_NAME
from app.views.bindings import bind_dock
from app.views.contents import contents
from app.views.variants.comparison_dock import ComparisonDock
from app.views.variants.map_difference import MapDifference
from app.views.variants.pair import ComparedPair
from app.views.variants.variant_bar import VariantBar

SEVERAL = ("variant_rename", "variant_delete", "variant_next", "variant_previous", "variant_differences")
"""Names of the commands that need more than one variant."""


class VariantDesk(QObject):
    """Adds, names, deletes, shows and compares variants.

    Parameters
    ----------
    controller
        Has the session; a solve that runs when another variant is shown ends with its best plan kept.
    selection
        Is shared; it loses the routes of a plan that is not shown any more.
    map_view
        Draws differences.
    window
        Owns the dialogs.

    Signals
    -------
    said
        A sentence that need not stay.
    """

    said = Signal(str)

    def __init__(
        self, controller: SolveController, selection: Selection, map_view: MapView, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._controller, self._window = controller, window
        self._session = controller.session
        self._variants = self._session.variants
        self._actions: Mapping[str, QAction] = {}
        self.pair = ComparedPair(self._session, self)
        self.service = ComparisonService(self._session, controller.evaluations, self)
        self.bar = VariantBar(self._variants)
        self.dock = ComparisonDock(self.service, self.pair, selection, window)
        self.difference = MapDifference(self._session, self.pair, map_view, self)
        self.bar.show_requested.connect(self.show)
        self.dock.duplicate_requested.connect(self.duplicate)
        self._variants.arranged.connect(self._refresh)
        self._session.replaced.connect(self._refresh)
        controller.started.connect(lambda: self.difference.set_wanted(False))  # its routes are what matters then

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {
            "variant_duplicate": self.duplicate,
            "variant_rename": self.ask_name,
            "variant_delete": self.ask_delete,
            "variant_next": lambda: self.step(1),
            "variant_previous": lambda: self.step(-1),
        }

    def attach(self, actions: Mapping[str, QAction], beside: QDockWidget) -> None:
        """Let the commands and their buttons work, and put the comparison behind another dock, closed at first."""
        self._actions = actions
        self.bar.set_actions(actions)
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.dock)
        self._window.tabifyDockWidget(beside, self.dock)
        bind_dock(actions["show_comparison"], self.dock)
        self.dock.hide()
        beside.raise_()
        actions["show_comparison"].setChecked(False)
        actions["variant_differences"].triggered.connect(self.difference.set_wanted)
        self.difference.wanted_changed.connect(actions["variant_differences"].setChecked)
        self._refresh()

    def duplicate(self) -> None:
        """Add a copy of the present variant and show it."""
        if self._variants.can_add:
            self._leave(self._variants.duplicate)

    def show(self, place: int) -> None:
        """Show a variant."""
        self._leave(lambda: self._variants.show(place))

    def step(self, by: int) -> None:
        """Show the next variant, or the one before, round and round."""
        self.show((self._variants.present + by) % len(self._variants.names))

    def ask_name(self) -> None:
        """Let the user call the present variant otherwise."""
        place = self._variants.present
        dialog = QInputDialog(self._window)
        dialog.setObjectName("variant_name_dialog")
        dialog.setWindowTitle(tr("Rename Variant"))
        dialog.setLabelText(tr("Name of the variant:"))
        dialog.setTextValue(self._variants.names[place])
        line = dialog.findChild(QLineEdit)
        if line is not None:
            line.setMaxLength(LONGEST_NAME)
            line.selectAll()
        dialog.textValueSelected.connect(lambda text: self._variants.rename(place, text))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_delete(self) -> None:
        """Delete the present variant if the user is sure: it cannot be undone."""
        if len(self._variants.names) == 1:
            return
        state, name = self._session.state, self._variants.names[self._variants.present]
        question = QMessageBox(
            QMessageBox.Icon.NoIcon, "Routewright", tr("Delete the variant “{name}”?", name=name), parent=self._window
        )
        question.setObjectName("variant_delete_question")
        question.setTextFormat(Qt.TextFormat.PlainText)
        holds = contents(state.scenario, state.plan)
        question.setInformativeText("\n".join(filter(None, (holds, tr("This cannot be undone.")))))
        delete = question.addButton(tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
        cancel = question.addButton(QMessageBox.StandardButton.Cancel)
        delete.setObjectName("variant_delete_yes")
        cancel.setObjectName("variant_delete_no")
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        question.setEscapeButton(cancel)

        def answered() -> None:
            question.deleteLater()
            names = self._variants.names
            if question.clickedButton() is delete and name in names:
                self._variants.remove(names.index(name))
                self.said.emit(tr("Deleted the variant “{name}”.", name=name))

        question.finished.connect(answered)
        question.open()

    def _leave(self, act: Callable[[], None]) -> None:
        """Show another variant, and say what has become of a solve that ran in this one."""
        name, solving = self._variants.names[self._variants.present], self._controller.state is not SolveState.IDLE
        before = self._session.whole.items[self._variants.present].state.plan
        act()
        if solving and name in self._variants.names:
            now = self._variants.value.items[self._variants.names.index(name)].state.plan
            self.said.emit(
                tr("The solve of “{name}” was stopped; its best plan is kept there.", name=name)
                if now is not before
                else tr("The solve of “{name}” was stopped; it had no better plan yet.", name=name)
            )

    def _refresh(self) -> None:
        self.bar.refresh()
        several = len(self._variants.names) > 1
        for name in SEVERAL:
            if name in self._actions:
                self._actions[name].setEnabled(several)
        if self._actions:
            self._actions["variant_duplicate"].setEnabled(self._variants.can_add)
