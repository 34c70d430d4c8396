"""Plans side by side by their figures: what each costs, takes and breaks, and which is the best in what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.language import tr
from app.model.evaluation import Evaluation


class Unit(Enum):
    """How an amount is written."""

    MONEY = auto()  # in the scenario's currency
    KILOMETRES = auto()
    SECONDS = auto()
    COUNT = auto()


_GRAIN = {Unit.MONEY: 2, Unit.KILOMETRES: 1, Unit.SECONDS: 0, Unit.COUNT: 0}
"""Decimals that are shown; what differs in less counts as the same."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Something by which plans are compared; less of it is better.

    Parameters
    ----------
    key
        Tells it from others.
    title
        What it is called.
    unit
        Of its amounts.
    amount
        Takes the figures of a plan.
    part
        Whether it is a part of the one before it that is none.
    """

    key: str
    title: str
    unit: Unit
    amount: Callable[[Evaluation], float]
    part: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of several plans.

    Parameters
    ----------
    measure
        What is measured.
    amounts
        One for each plan; None where there is no plan.
    best
        Places of the plans that have the least; empty where all have the same, or one only has a plan.
    """

    measure: Measure
    amounts: tuple[float | None, ...]
    best: frozenset[int]

    def difference(self, place: int, base: int) -> float | None:
        """Return how much more one plan has than another; None where one of them is none."""
        amount, start = self.amounts[place], self.amounts[base]
        return None if amount is None or start is None else amount - start


MEASURES = (
    Measure("cost", tr("Cost"), Unit.MONEY, lambda plan: plan.costs.total),
    Measure("cost_fixed", tr("Vehicles"), Unit.MONEY, lambda plan: plan.costs.fixed, part=True),
    Measure("cost_distance", tr("Distance"), Unit.MONEY, lambda plan: plan.costs.distance, part=True),
    Measure("cost_duration", tr("Time"), Unit.MONEY, lambda plan: plan.costs.duration, part=True),
    Measure("cost_preference", tr("Preferences missed"), Unit.MONEY, lambda plan: plan.costs.preference, part=True),
    Measure("cost_unserved", tr("Customers left out"), Unit.MONEY, lambda plan: plan.costs.unserved, part=True),
    Measure("cost_change", tr("Changes to the plan"), Unit.MONEY, lambda plan: plan.costs.change, part=True),
    Measure("distance", tr("Distance"), Unit.KILOMETRES, lambda plan: plan.distance_km),
    Measure("duration", tr("Time"), Unit.SECONDS, lambda plan: plan.duration_s),
    Measure(
        "driving", tr("Driving"), Unit.SECONDS, lambda plan: sum(route.driving_s for route in plan.routes), part=True
    ),
    Measure(
        "waiting", tr("Waiting"), Unit.SECONDS, lambda plan: sum(route.waiting_s for route in plan.routes), part=True
    ),
    Measure("vehicles", tr("Vehicles in use"), Unit.COUNT, lambda plan: plan.vehicles_used),
    Measure("unserved", tr("Unserved customers"), Unit.COUNT, lambda plan: len(plan.unserved)),
    Measure("lateness", tr("Lateness"), Unit.SECONDS, lambda plan: sum(_late(plan))),
    Measure("late_stops", tr("Late stops"), Unit.COUNT, lambda plan: len(_late(plan)), part=True),
    Measure("violations", tr("Broken rules"), Unit.COUNT, lambda plan: len(plan.violations)),
)
"""In the order in which they are shown."""

_SELDOM = frozenset({"cost_change"})
"""Left out where nobody has any."""


def compared(plans: Sequence[Evaluation | None], *, one_currency: bool = True) -> tuple[Row, ...]:
    """Return a row for each measure.

    Parameters
    ----------
    plans
        Figures of each plan; one without routes counts as none, whatever it costs to leave everybody out.
    one_currency
        Whether amounts of money can be compared.
    """
    there = [plan if plan is not None and plan.routes else None for plan in plans]
    rows = []
    for measure in MEASURES:
        amounts = tuple(None if plan is None else float(measure.amount(plan)) for plan in there)
        if measure.key in _SELDOM and not any(amounts):
            continue
        fair = one_currency or measure.unit is not Unit.MONEY
        rows.append(Row(measure, amounts, _best(amounts, measure.unit) if fair else frozenset()))
    return tuple(rows)


def shown(amount: float, unit: Unit) -> float:
    """Return an amount as exactly as it is shown."""
    return round(amount, _GRAIN[unit]) + 0.0  # no minus zero


def _best(amounts: Sequence[float | None], unit: Unit) -> frozenset[int]:
    known = {place: shown(amount, unit) for place, amount in enumerate(amounts) if amount is not None}
    least = min(known.values(), default=0.0)
    best = frozenset(place for place, amount in known.items() if amount == least)
    return best if len(best) < len(known) else frozenset()


def _late(plan: Evaluation) -> list[int]:
    return [visit.lateness_s for route in plan.routes for visit in route.visits if visit.lateness_s > 0]
