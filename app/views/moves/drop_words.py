"""What is said at the cursor of a drop: who goes where, and at which place there."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import listing, tr, trn
from app.model.drops import BestPlace, Destination, Exactly, LeftOut, NewRoute, changes_plan, target_of
from app.model.fleet import label_of
from app.model.patch import State
from app.model.proposal import Proposal
from app.model.violations import name_of

HINT = tr("A line, or between two stops: exactly there. A stop, a name, or with Alt: best place. Esc cancels.")
"""How to drop; it stands in the status bar for the time of a drag."""

MOVE_HINT = tr("Drag depots and customers to other places on the map. Esc goes back to moving stops between routes.")
"""What a drag does while places are moved and not stops."""


def heading(state: State, customers: Sequence[str], destination: Destination | None) -> str:
    """Say who goes where."""
    one = len(customers) == 1
    who = (
        name_of(state.scenario.customers, customers[0])
        if one
        else trn("{number} stop", "{number} stops", len(customers))
    )
    match destination:
        case Exactly(route) | BestPlace(route) if (place := state.plan.place_of(route.id)) is not None:
            vehicle = label_of(state.scenario, state.plan.routes[place])
            return tr("{who} → {vehicle}", who=who, vehicle=vehicle)
        case NewRoute(kind):
            return tr("{who} → new route · {vehicle}", who=who, vehicle=name_of(state.scenario.vehicles, kind))
        case LeftOut():
            return tr("{who} → no route", who=who)
        case _:
            return who


def placing(proposal: Proposal, customers: Sequence[str], destination: Destination) -> str:
    """Say at which place of the route."""
    if not changes_plan(proposal):
        return tr("Stays where it is") if len(customers) == 1 else tr("Stay where they are")
    target = target_of(proposal, destination)
    if target is None:
        return tr("Unassigned: nobody serves them") if len(customers) > 1 else tr("Unassigned: nobody serves it")
    if isinstance(destination, NewRoute):
        return trn(
            "A vehicle that is at home sets out, with {number} stop",
            "A vehicle that is at home sets out, with {number} stops",
            len(customers),
        )
    exactly = isinstance(destination, Exactly)
    stops, moved = proposal.draft.routes[target].stops, set(customers)
    places, count = [place for place, stop in enumerate(stops, start=1) if stop in moved], len(stops)
    if places[-1] - places[0] + 1 != len(places):
        return tr("At the best places, {places} of {stops}", places=listing([str(one) for one in places]), stops=count)
    place = places[0]
    if place == 1:
        if exactly:
            return tr("Exactly here, first of {stops}", stops=count)
        return tr("At the best place, first of {stops}", stops=count)
    before = name_of(proposal.draft.before.scenario.customers, stops[place - 2])
    if exactly:
        return tr("Exactly here, {place} of {stops}, after {before}", place=place, stops=count, before=before)
    return tr("At the best place, {place} of {stops}, after {before}", place=place, stops=count, before=before)
