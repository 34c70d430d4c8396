"""Differences as people write them: with their sign, and nothing where nothing changes."""

from __future__ import annotations

from app.model.amounts import counted, kilometres, money
from app.model.proposal import Proposal
from app.model.units import span

MINUS = "\u2212"
"""As long as a plus, unlike a hyphen."""

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
    words = []
    if proposal.causes:
        words.append(f"breaks {counted(len(proposal.causes), 'rule', 'rules')}")
    if proposal.cures:
        words.append(f"mends {counted(len(proposal.cures), 'rule', 'rules')}")
    return ", ".join(words).capitalize() or "Breaks nothing"


def explanation(proposal: Proposal) -> str:
    """Return a line for everything that a change would break or mend."""
    return "\n".join(
        [f"✗ {one.text}" for one in proposal.causes] + [f"✓ No longer so: {one.text}" for one in proposal.cures]
    )


def _signed(value: float, amount: str) -> str:
    return f"{'+' if value > 0 else MINUS}{amount}"
