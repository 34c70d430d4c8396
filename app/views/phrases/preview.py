"""What a typed command would do, in a few words."""

from __future__ import annotations

from app.language import tr
from app.model.changes import Edit
from app.model.fleet import label
from app.model.moves import Draft
from app.model.patch import State
from app.model.phrases.wishes import Placing, Wish
from app.model.proposal import Proposal
from app.model.violations import name_of
from app.views.moves.differences import explanation, kilometres_difference, money_difference, span_difference, verdict


def previewed(wish: Wish, proposal: Proposal | None, state: State) -> str:
    """Return what Enter would do, and what that would change where it is known.

    Parameters
    ----------
    wish
        What is wanted.
    proposal
        What a move would change; None where that is not known yet, or nothing is moved.
    state
        The present one.
    """
    if proposal is not None:
        currency = state.scenario.settings.currency
        figures = " · ".join(
            (
                money_difference(proposal.cost, currency),
                kilometres_difference(proposal.distance_km),
                span_difference(proposal.duration_s),
                verdict(proposal),
            )
        )
        return "\n".join(filter(None, (proposal.draft.name, figures, explanation(proposal))))
    match wish:
        case Edit(name=name, patch=patch):
            return name if patch else tr("{name}: it is so already.", name=name)
        case Draft(name=name):
            return name
        case Placing(customer=customer, vehicle=vehicle):
            return tr(
                "Looks for the best place of {customer} on {vehicle}…",
                customer=name_of(state.scenario.customers, customer),
                vehicle=label(state.scenario.vehicles.get(vehicle[0]), *vehicle),
            )
    return tr("Enter shows the answer beside the map.")
