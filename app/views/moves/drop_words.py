"""What is said at the cursor of a drop: who goes where, and at which place there."""

from __future__ import annotations

from collections.abc import Sequence

from app.model.amounts import counted
from app.model.drops import BestPlace, Destination, Exactly, LeftOut, NewRoute, changes_plan, target_of
from app.model.fleet import label_of
from app.model.patch import State
from app.model.proposal import Proposal
from app.model.violations import name_of

HINT = "A line, or between two stops: exactly there. A stop, a name, or with Alt: best place. Esc cancels."
"""How to drop; it stands in the status bar for the time of a drag."""

MOVE_HINT = "Drag depots and customers to other places on the map. Esc goes back to moving stops between routes."
"""What a drag does while places are moved and not stops."""


def heading(state: State, customers: Sequence[str], destination: Destination | None) -> str:
    """Say who goes where."""
    who = name_of(state.scenario.customers, customers[0]) if len(customers) == 1 else f"{len(customers):,} stops"
    match destination:
        case Exactly(route) | BestPlace(route) if (place := state.plan.place_of(route.id)) is not None:
            return f"{who} → {label_of(state.scenario, state.plan.routes[place])}"
        case NewRoute(vehicle):
            return f"{who} → new route · {name_of(state.scenario.vehicles, vehicle)}"
        case LeftOut():
            return f"{who} → no route"
        case _:
            return who


def placing(proposal: Proposal, customers: Sequence[str], destination: Destination) -> str:
    """Say at which place of the route."""
    if not changes_plan(proposal):
        return "Stays where it is" if len(customers) == 1 else "Stay where they are"
    target = target_of(proposal, destination)
    if target is None:
        return "Unassigned: nobody serves them" if len(customers) > 1 else "Unassigned: nobody serves it"
    if isinstance(destination, NewRoute):
        return f"A vehicle that is at home sets out, with {counted(len(customers), 'stop', 'stops')}"
    how = "Exactly here" if isinstance(destination, Exactly) else "At the best place"
    stops, moved = proposal.draft.routes[target].stops, set(customers)
    places = [place for place, stop in enumerate(stops) if stop in moved]
    if places[-1] - places[0] + 1 != len(places):
        return f"At the best places, {_listed([str(place + 1) for place in places])} of {len(stops)}"
    if places[0] == 0:
        return f"{how}, first of {len(stops)}"
    before = name_of(proposal.draft.before.scenario.customers, stops[places[0] - 1])
    return f"{how}, {places[0] + 1} of {len(stops)}, after {before}"


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}"
