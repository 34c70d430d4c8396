"""What things that bind a plan cost, read off the answer to that question."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.patch import State
from app.model.relaxations import Relaxation, all_locks, lock_relaxations
from app.model.why.explanation import Explanation
from app.model.why.facts import Measure


@dataclass(frozen=True, slots=True)
class Price:
    """What would be saved without something that binds the plan. It is the least: a longer search may find more.

    Parameters
    ----------
    relaxation
        What would not bind it.
    saved
        Of cost, in the scenario's currency; 0 where nothing was found.
    mended
        How many rules more would be kept.
    """

    relaxation: Relaxation
    saved: float = 0.0
    mended: int = 0

    @property
    def found(self) -> bool:
        """Whether a search without it has found anything better."""
        return self.mended > 0 or self.saved > 0

    @property
    def rank(self) -> tuple[int, float]:
        """What prices are sorted by, the least first."""
        return self.mended, self.saved


def price_of(explanation: Explanation, relaxation: Relaxation) -> Price | None:
    """Return what something costs; None before that is known.

    Parameters
    ----------
    explanation
        The answer to a `app.model.why.questions.WhatCosts` that asks about it among others.
    relaxation
        What would not bind the plan.
    """
    for bar in explanation.alternatives:
        if (bar.label, bar.items) != (relaxation.title, relaxation.items):
            continue
        if bar.number.measure is Measure.BROKEN and bar.said is not None:
            return Price(relaxation, max(0.0, -bar.said.numbers["cost"].value), -round(bar.number.value))
        return Price(relaxation, -bar.number.value)
    return Price(relaxation) if explanation.complete else None


def price_of_locks(explanation: Explanation, state: State) -> Price | None:
    """Return what all locks of a plan cost together, which is no less than each of them; None before that is known."""
    everything = all_locks(state)
    known = [price_of(explanation, one) for one in (everything, *lock_relaxations(state))]
    best = max((one for one in known if one is not None), key=lambda one: one.rank, default=None)
    return None if best is None else Price(everything, best.saved, best.mended)
