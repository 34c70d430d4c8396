"""Differences as people write them: with their sign, and nothing where nothing changes."""

from __future__ import annotations

from app.language import tr, trn
from app.model.amounts import kilometres, money
from app.model.proposal import Proposal
from app.model.units import span

MINUS = "\u2212"
"""As long as a plus, unlike a hyphen."""

BROKEN, MENDED = "✗", "✓"
"""What lines about rules begin with, so that nothing is said by colour alone."""

SAME = "±0"


def money_difference(value: float, currency: str) -> str:
    """Return a difference of cost, such as ``+12.40 €``."""
    return SAME if abs(value) < 0.005 else _signed(value, money(abs(value), currency))


def kilometres_difference(value: float) -> str:
    """Return a difference of distance, such as ``−3.2 km``."""
    return SAME if abs(value) < 0.05 else _signed(value, kilometres(abs(value)))


def span_difference(seconds: int) -> str:
    """Return a difference of time, such as ``+12 min``."""
    return SAME if seconds == 0 else _signed(seconds, span(abs(seconds)))


def verdict(proposal: Proposal) -> str:
    """Say in a few words what a change does to the rules."""
    causes, cures = len(proposal.causes), len(proposal.cures)
    breaks = trn("Breaks {number} rule", "Breaks {number} rules", causes)
    if causes and cures:
        return trn("{breaks}, mends {number} rule", "{breaks}, mends {number} rules", cures, breaks=breaks)
    if causes:
        return breaks
    return trn("Mends {number} rule", "Mends {number} rules", cures) if cures else tr("Breaks nothing")


def explanation(proposal: Proposal) -> str:
    """Return a line for everything that a change would break or mend."""
    broken = [f"{BROKEN} {one.text}" for one in proposal.causes]
    return "\n".join([*broken, *(mended(one.text) for one in proposal.cures)])


def mended(rule: str) -> str:
    """Return a line that says that a rule is not broken any more, as it is told while it is."""
    return tr("{sign} No longer so: {rule}", sign=MENDED, rule=rule)


def _signed(value: float, amount: str) -> str:
    return f"{'+' if value > 0 else MINUS}{amount}"
