"""Where a vehicle stands when somebody comes next."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import tr
from app.model.changes import EditRefusedError
from app.model.fleet import labels
from app.model.patch import State
from app.model.violations import name_of
from app.model.why.questions import Route

Items = tuple[tuple[str, str], ...]
"""Kinds and ids."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A vehicle on its way.

    Parameters
    ----------
    state
        What is asked about.
    route
        Who drives.
    index
        Of its route in the plan.
    position
        How many of its stops come before: it stands at the last of them, or at its depot.
    vehicle
        What it is called.
    """

    state: State
    route: Route
    index: int
    position: int
    vehicle: str

    @property
    def stops(self) -> tuple[str, ...]:
        """All stops of its route."""
        return self.state.plan.routes[self.index].stops

    @property
    def after(self) -> str | None:
        """The customer where it stands; None at its depot."""
        return self.stops[self.position - 1] if self.position else None

    @property
    def to(self) -> str | None:
        """The customer who comes next; None when it drives home."""
        return self.stops[self.position] if self.position < len(self.stops) else None

    @property
    def start(self) -> str:
        """What the place is called where it stands."""
        return self.name(self.after) if self.after is not None else self._depot(start=True)

    @property
    def end(self) -> str:
        """What the place is called where it drives next."""
        return self.name(self.to) if self.to is not None else self._depot(start=False)

    @property
    def driven(self) -> bool:
        """Whether who comes next has been served already."""
        return self.position < self.state.plan.driven(self.state.plan.routes[self.index])

    def name(self, customer: str) -> str:
        """Return what a customer is called."""
        return name_of(self.state.scenario.customers, customer)

    def _depot(self, *, start: bool) -> str:
        vehicle = self.state.scenario.vehicles[self.route[0]]
        depot = vehicle.start_depot if start else vehicle.end_depot
        return name_of(self.state.scenario.depots, depot) if depot is not None else ""


def standing_before(state: State, route: Route, to: str | None) -> Standing:
    """Return where a vehicle stands before it drives to a customer, or home.

    Raises
    ------
    EditRefusedError
        If the vehicle does not drive, or does not go there, or stays where its route ends.
    """
    index = driving(state, route)
    vehicle = labels(state)[index]
    stops = state.plan.routes[index].stops
    if to is not None and to not in stops:
        customer = name_of(state.scenario.customers, to)
        raise EditRefusedError(tr("{vehicle} does not go to {customer}.", vehicle=vehicle, customer=customer))
    kind = state.scenario.vehicles.get(route[0])
    if to is None and kind is not None and kind.end_depot is None:
        raise EditRefusedError(tr("{vehicle} ends its route at its last stop.", vehicle=vehicle))
    return Standing(state, route, index, len(stops) if to is None else stops.index(to), vehicle)


def standing_at(state: State, route: Route, after: str | None) -> Standing:
    """Return where a vehicle stands that has served a customer, or is still at its depot.

    Raises
    ------
    EditRefusedError
        If the vehicle does not drive, or does not go there.
    """
    index = driving(state, route)
    vehicle = labels(state)[index]
    stops = state.plan.routes[index].stops
    if after is not None and after not in stops:
        customer = name_of(state.scenario.customers, after)
        raise EditRefusedError(tr("{vehicle} does not go to {customer}.", vehicle=vehicle, customer=customer))
    return Standing(state, route, index, 0 if after is None else stops.index(after) + 1, vehicle)


def driving(state: State, route: Route) -> int:
    """Return the index of a vehicle's route in the plan.

    Raises
    ------
    EditRefusedError
        If the vehicle does not drive.
    """
    for index, one in enumerate(state.plan.routes):
        if one.driver == route:
            return index
    raise EditRefusedError(tr("This vehicle has no route any more."))
