"""What is said of a solve: why it cannot begin, and how it ended."""

from __future__ import annotations

from app.language import tr, trn
from app.model.validate import ScenarioError
from solver.messages import Best

BY_HAND = tr("You changed the plan while the solver ran: your change stands, and the solver was stopped.")
PROPOSAL_IS_OLD = tr("The scenario changed, so the proposal is out of date. Re-plan again for another one.")


def refusal(error: ScenarioError) -> str:
    """Say what keeps a scenario from being solved."""
    first, more = error.issues[0], len(error.issues) - 1
    if not more:
        return tr("The scenario cannot be solved yet. {first}", first=first)
    return trn(
        "The scenario cannot be solved yet. {first} There is {number} more.",
        "The scenario cannot be solved yet. {first} There are {number} more.",
        more,
        first=first,
    )


def last_word(best: Best) -> str:
    """Say what is wrong with the best plan of a search; "" when nothing is."""
    if not best.solution.routes:
        return tr("No customer can be served; the list of unserved customers says why.")
    if not best.feasible:
        return tr("The best plan found still breaks a rule; the figures say which.")
    return ""
