"""Where stops can be dropped, and what that would change: the same whichever view they are dropped in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.language import tr
from app.model.changes import EditRefusedError
from app.model.moves import move_stops, unassign
from app.model.patch import State
from app.model.proposal import Pricing, Proposal


@dataclass(frozen=True, slots=True)
class Seen:
    """A route as a view shows it, which may not know of the last change yet.

    Parameters
    ----------
    id
        What it is known by, see `app.model.plan.route_id`.
    stops
        Ids of its customers.
    """

    id: str
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exactly:
    """Between two stops of a route.

    Parameters
    ----------
    route
        As it is seen.
    position
        How many of its stops come before; those that are moved themselves count there too.
    """

    route: Seen
    position: int


@dataclass(frozen=True, slots=True)
class BestPlace:
    """In a route, where it costs least."""

    route: Seen


@dataclass(frozen=True, slots=True)
class NewRoute:
    """On a vehicle that is at home, by the id of its type."""

    vehicle: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """In no route."""


Destination = Exactly | BestPlace | NewRoute | LeftOut
"""Where stops can be dropped."""


def proposed(pricing: Pricing, customers: Sequence[str], destination: Destination) -> Proposal:
    """Return what a drop would change.

    Parameters
    ----------
    pricing
        Of the present plan.
    customers
        Ids, in the order in which they should be visited.
    destination
        Where they are dropped.

    Raises
    ------
    app.model.changes.EditRefusedError
        If that cannot be done; the text says why.
    """
    state = pricing.state
    match destination:
        case Exactly(route, position):
            return pricing.proposal(move_stops(state, customers, _present(state, route), position))
        case BestPlace(route):
            return pricing.best_in_route(customers, _present(state, route))
        case NewRoute(vehicle):
            return pricing.best_new_route(customers, vehicle)
        case LeftOut():
            return pricing.proposal(unassign(state, customers))


def target_of(proposal: Proposal, destination: Destination) -> int | None:
    """Return the index, in the draft, of the route that takes the stops; None where they are left out."""
    match destination:
        case Exactly(route) | BestPlace(route):
            return proposal.draft.before.plan.place_of(route.id)
        case NewRoute(vehicle):
            return _started(proposal, vehicle)
        case LeftOut():
            return None


def changes_plan(proposal: Proposal) -> bool:
    """Whether anything would be different."""
    return proposal.draft.routes != proposal.draft.before.plan.routes


def _started(proposal: Proposal, vehicle: str) -> int | None:
    """Return the index of the route that a vehicle of a type has and had not, or not so; None where nothing changes."""
    before, after = proposal.draft.before.plan.routes, proposal.draft.routes
    for place in reversed(range(len(after))):
        one = after[place]
        if one.vehicle == vehicle and one.stops and (place >= len(before) or one.stops != before[place].stops):
            return place
    return None


def _present(state: State, route: Seen) -> int:
    place = state.plan.place_of(route.id)
    if place is None or state.plan.routes[place].stops != route.stops:
        raise EditRefusedError(tr("This route has changed in the meantime, so nothing can be put here yet."))
    return place
