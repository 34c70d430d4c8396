"""What something that binds a plan costs, from searches with it and without it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.model.relaxations import Relaxation
from solver.problem import Report

NOTHING = 0.005
"""Of the scenario's currency: what is rounded to nothing is nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Outcome:
    """What the best plan of a search is worth; less is better, and rules count before costs.

    Parameters
    ----------
    broken
        How many rules it breaks.
    cost
        In the scenario's currency.
    """

    broken: int
    cost: float

    @classmethod
    def of(cls, report: Report) -> Outcome:
        """Return what a report says."""
        return cls(len(report.violations), report.costs.total)


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
        return (self.mended, self.saved)


@dataclass(slots=True)
class PriceList:
    """Collects what searches found; a price is a difference to the best plan known that keeps to everything.

    Parameters
    ----------
    everything
        All that is asked about as one.
    each
        It in parts.
    """

    everything: Relaxation
    each: tuple[Relaxation, ...]
    _bound: Outcome | None = None
    _free: dict[Relaxation, Outcome] = field(default_factory=dict)

    def note_bound(self, outcome: Outcome) -> None:
        """Note a plan that keeps to everything, from whatever search."""
        self._bound = outcome if self._bound is None else min(self._bound, outcome)

    def note(self, relaxation: Relaxation, outcome: Outcome) -> None:
        """Note a plan that need not keep to something. It need not keep to everything either."""
        for one in (relaxation, self.everything):
            known = self._free.get(one)
            self._free[one] = outcome if known is None else min(known, outcome)

    def price(self, relaxation: Relaxation) -> Price | None:
        """Return what something costs; None before there was a search without it."""
        free = self._free.get(relaxation)
        if free is None or self._bound is None:
            return None
        mended, saved = self._bound.broken - free.broken, self._bound.cost - free.cost
        if mended < 0 or (mended == 0 and saved < NOTHING):
            return Price(relaxation)
        return Price(relaxation, max(saved, 0.0), mended)

    @property
    def together(self) -> Price | None:
        """What all of it costs; None before that is known."""
        return self.price(self.everything)

    @property
    def ranked(self) -> tuple[Price, ...]:
        """What each costs, as far as that has been asked; the dearest first."""
        prices = [price for one in self.each if (price := self.price(one)) is not None]
        return tuple(sorted(prices, key=lambda price: price.rank, reverse=True))
