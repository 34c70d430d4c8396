"""Where customers could go and with whom a route could swap its vehicle: every possibility, with what it would cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.language import tr
from app.model.changes import EditRefusedError
from app.model.fleet import idle, label, labels
from app.model.moves import swap_vehicles
from app.model.proposal import Pricing, Proposal


@dataclass(frozen=True, slots=True)
class Offer:
    """One possibility.

    Parameters
    ----------
    route
        Index of the route that takes the customers, or whose vehicle comes in exchange; None is a new route.
    label
        What its vehicle is called.
    stops
        How many stops the route has now.
    proposal
        What it would change.
    """

    route: int | None
    label: str
    stops: int
    proposal: Proposal


Offers = Callable[[Pricing], Iterable[Offer]]
"""Makes the offers for a plan, one after the other."""


def assignments(pricing: Pricing, customers: Sequence[str]) -> Iterator[Offer]:
    """Yield every vehicle that could serve some customers, with their best places on it.

    A route where they are at their best places already is left out. Of vehicles at home there is one offer a type.

    Parameters
    ----------
    pricing
        Of the present plan.
    customers
        Ids, in the order in which they should be visited.

    Raises
    ------
    app.model.changes.EditRefusedError
        If there are none, or one is not there (any more).
    """
    state = pricing.state
    for index, driver in enumerate(labels(state)):
        proposal = pricing.best_in_route(customers, index)
        if proposal.draft.edit.patch:
            yield Offer(index, driver, len(state.plan.routes[index].stops), proposal)
    for vehicle, kind in state.scenario.vehicles.items():
        at_home = idle(state, vehicle)
        if not at_home:
            continue
        proposal = pricing.best_new_route(customers, vehicle)
        if proposal.draft.edit.patch:
            yield Offer(None, label(kind, vehicle, at_home[0]), 0, proposal)


def swaps(pricing: Pricing, route: int) -> Iterator[Offer]:
    """Yield every route with a vehicle of another type, with what a swap of vehicles would change.

    Raises
    ------
    app.model.changes.EditRefusedError
        If the route is not there (any more).
    """
    state = pricing.state
    routes = state.plan.routes
    if not 0 <= route < len(routes):
        raise EditRefusedError(tr("This route is not there any more."))
    for index, driver in enumerate(labels(state)):
        if routes[index].vehicle != routes[route].vehicle:
            yield Offer(index, driver, len(routes[index].stops), pricing.proposal(swap_vehicles(state, route, index)))


def ranked(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Return offers with the best ones first."""
    return tuple(sorted(offers, key=lambda offer: offer.proposal.rank))
