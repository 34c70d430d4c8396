"""The commands of the Select menu: what each chooses, and the customers that are edited together."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.edits.selection import ROUTES, Combining, Selection
from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.map.view import MapView
from app.model.customer_sets import Trait, of_profiles, on_routes, routes_of, with_trait
from app.views.theme import Theme

CUSTOMERS = "customers"


class SelectCommands(QObject):
    """Selects customers by what they have in common.

    Parameters
    ----------
    selection
        What is selected.
    controller
        Has the document and the figures of its plan.
    view
        Says what is in view.
    runner
        Works out what an edit of many customers changes.
    theme
        For the dialog of that edit.
    window
        Owner, also of that dialog.

    Attributes
    ----------
    how
        Whether what is chosen replaces the selection; the menu sets it for the time of a command.

    Signals
    -------
    said
        A passing sentence: why nothing was selected.
    """

    said = Signal(str)

    def __init__(
        self,
        selection: Selection,
        controller: SolveController,
        view: MapView,
        runner: BackgroundRunner,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self.session = controller.session
        self.how = Combining.REPLACE
        self._selection, self._controller, self._view = selection, controller, view
        self._runner, self._theme, self._window = runner, theme, window

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command of the menu does, by name."""
        return {
            "select_all": self.select_all,
            "select_none": self._selection.clear,
            "select_inverse": self.select_inverse,
            "select_in_view": self.select_in_view,
            "select_same_profile": self.select_same_profile,
            "select_same_route": self.select_same_route,
            **{f"select_{trait.name.lower()}": self._selects(trait) for trait in Trait},
            "edit_selected": self.edit_selected,
        }

    def select_all(self) -> None:
        """Select every customer."""
        self._choose(self.session.scenario.customers.keys(), tr("There are no customers yet."))

    def select_inverse(self) -> None:
        """Select the customers that are not selected, and nothing else."""
        self._selection.set_ids(CUSTOMERS, self.session.scenario.customers.keys() - self._selection.ids(CUSTOMERS))

    def select_in_view(self) -> None:
        """Select the customers that the map shows now."""
        shown = [key for kind, key in self._view.items_in_view() if kind == CUSTOMERS]
        self._choose(shown, tr("The map shows no customer."))

    def select_same_profile(self) -> None:
        """Select all customers of the profiles that are selected, or that selected customers have."""
        customers = self.session.scenario.customers
        profiles = self._selection.ids("profiles") | {customers[key].profile for key in self._customers()}
        if profiles:
            self.select_profiles(profiles)
        else:
            self.said.emit(tr("Select a customer or a profile first."))

    def select_same_route(self) -> None:
        """Select all customers of the routes that are selected, or that selected customers are on."""
        plan = self.session.plan
        routes = self._selection.ids(ROUTES) | set(routes_of(plan, self._customers()))
        if routes:
            self._choose(on_routes(plan, routes), tr("The route has no stops."))
        else:
            self.said.emit(tr("Select a route, or a customer on one, first."))

    def select_profiles(self, profiles: Collection[str]) -> None:
        """Select all customers of these profiles; "" is that of those who have none."""
        self._choose(of_profiles(self.session.scenario, profiles), tr("No customer has this profile."))

    def edit_selected(self) -> None:
        """Ask for new values of the selected customers."""
        from app.views.dialogs.bulk_dialog import BulkDialog  # the start does without it

        customers = self._customers()
        if customers:
            BulkDialog(self.session, customers, self._runner, self._theme, self._window).open()
        else:
            self.said.emit(tr("Select the customers that should be edited first."))

    def _customers(self) -> list[str]:
        """Return the ids of the selected customers, in the order of the table."""
        chosen = self._selection.ids(CUSTOMERS)
        return [key for key in self.session.scenario.customers if key in chosen]

    def _selects(self, trait: Trait) -> Callable[[], None]:
        def select() -> None:
            evaluation = self._controller.evaluations.evaluation
            self._choose(with_trait(trait, self.session.state, evaluation), tr("There is no such customer."))

        return select

    def _choose(self, customers: Collection[str], otherwise: str) -> None:
        if customers:
            self._selection.choose(CUSTOMERS, customers, self.how)
        else:
            self.said.emit(otherwise)
