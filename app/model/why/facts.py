"""Numbers that can be checked: each says what it measures, and of which plan.

A sentence is made of them. So it can be recomputed from the plans that an explanation keeps, by anybody who can
evaluate a plan, and a reader of the sentence never meets a number that stands for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.model.units import clock, span


class Unit(StrEnum):
    """What a number is shown as."""

    MONEY = "money"
    KM = "km"
    SPAN = "span"  # seconds of duration
    CLOCK = "clock"  # seconds of the day
    LOAD = "load"
    COUNT = "count"


class Measure(StrEnum):
    """What a number measures of a state: of the whole plan, of one route or of one stop; then units are the user's.

    Of the whole plan, or of one route where `Number.route` names it.
    """

    COST = "cost"
    FIXED = "fixed cost"
    DISTANCE_COST = "cost of distance"
    DURATION_COST = "cost of duration"
    PREFERENCE = "cost of preferences not met"
    LEFT_OUT = "cost of customers left out"
    DISTANCE = "distance"
    DURATION = "duration"
    DRIVING = "driving"
    WAITING = "waiting"
    LATENESS = "lateness"  # of services after their windows, summed up
    END = "end"  # of a route, seconds of the day
    STOPS = "stops"  # how many are served
    UNSERVED = "unserved"  # how many are left out
    VEHICLES = "vehicles"  # how many drive
    BROKEN = "broken"  # how many rules are

    # Between two states, which of them is ``minus`` is no matter: customers whom both serve.
    MOVED = "stops on another vehicle"
    SHIFTED = "stops in another order than the rest of their route"

    # Of one stop, `Number.customer`.
    ARRIVAL = "arrival"
    START = "start of service"
    STOP_WAITING = "waiting at the stop"
    STOP_LATENESS = "lateness at the stop"
    LEG_DISTANCE = "drive to the stop"
    LEG_DURATION = "time of the drive to the stop"

    # Of one route's way back to its depot, `Number.route`.
    RETURN_DISTANCE = "drive back"
    RETURN_DURATION = "time of the drive back"

    # Of the scenario alone; `Number.customer` or the vehicle type of `Number.route`, and `Number.dimension` for loads.
    OPENS = "first window opens"
    CLOSES = "last window closes"
    DEMAND = "load of the customer"
    CAPACITY = "capacity"
    SHIFT_END = "end of shift"
    DEPOT_CLOSES = "the vehicle's last depot closes"
    PRIZE = "cost of leaving the customer out"
    COUNT = "vehicles of the type"
    MAX_DISTANCE = "distance that the vehicle may drive"
    MAX_DURATION = "time that the vehicle may be out"

    LOAD = "load"  # the largest on board of a route, in one dimension
    EXCESS = "excess"  # by how much a rule is broken: the amount of the violation that `Number.rule` names

    @property
    def unit(self) -> Unit:
        """What it is shown as; that of an excess depends on its rule."""
        return _UNITS[self]


_MONEY = ("COST", "FIXED", "DISTANCE_COST", "DURATION_COST", "PREFERENCE", "LEFT_OUT", "PRIZE")
_CLOCKS = ("END", "ARRIVAL", "START", "OPENS", "CLOSES", "SHIFT_END", "DEPOT_CLOSES")
_KM = ("DISTANCE", "LEG_DISTANCE", "RETURN_DISTANCE", "MAX_DISTANCE")
_COUNTS = ("STOPS", "UNSERVED", "VEHICLES", "BROKEN", "COUNT", "EXCESS", "MOVED", "SHIFTED")
_LOADS = ("DEMAND", "CAPACITY", "LOAD")
_UNITS = {
    measure: next(
        (
            unit
            for names, unit in (
                (_MONEY, Unit.MONEY),
                (_CLOCKS, Unit.CLOCK),
                (_KM, Unit.KM),
                (_COUNTS, Unit.COUNT),
                (_LOADS, Unit.LOAD),
            )
            if measure.name in names
        ),
        Unit.SPAN,
    )
    for measure in Measure
}

NOW = "now"
"""The name, among the evidence of an explanation, of the state that the question is about."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a sentence.

    Parameters
    ----------
    value
        In the unit: the scenario's currency, kilometres, seconds, loads, or a count.
    measure
        What it measures.
    at
        Which state of the explanation's evidence it is measured of.
    minus
        Where it is a difference, the state whose value is taken from that of ``at``.
    customer
        Id, where it is about one.
    route
        Id of the vehicle type and number within it, where it is about one vehicle; number 0 means the type.
    dimension
        Of a load.
    rule
        A value of `solver.problem.Rule`, where it says by how much that is broken.
    unit
        Of an excess; all others follow from their measure.
    currency
        What money is shown in, and of a load the name of its dimension.
    """

    value: float
    measure: Measure
    at: str = NOW
    minus: str | None = None
    customer: str = ""
    route: tuple[str, int] | None = None
    dimension: int = 0
    rule: str = ""
    unit: Unit | None = None
    currency: str = ""

    @property
    def shown_as(self) -> Unit:
        """What it is shown as; the difference of two times of the day is a length of time."""
        unit = self.unit or self.measure.unit
        return Unit.SPAN if unit is Unit.CLOCK and self.minus is not None else unit

    def __format__(self, how: str) -> str:
        """Return it as people read it: without its sign, or with it where ``how`` is ``+``."""
        text = _shown(abs(self.value), self.shown_as, self.currency)
        if how != "+" or self.shown_as is Unit.CLOCK:
            return text
        return f"{'−' if self.value < 0 else '+'}{text}"

    def __str__(self) -> str:
        return format(self, "")


def _shown(value: float, unit: Unit, of: str) -> str:
    match unit:
        case Unit.MONEY:
            return f"{value:.2f} {of}".rstrip()
        case Unit.KM:
            return f"{value:.1f} km"
        case Unit.SPAN:
            return span(round(value))
        case Unit.CLOCK:
            return clock(round(value / 60) * 60)  # nobody plans by seconds
        case Unit.LOAD:
            return f"{value:g} {of}".rstrip()
        case Unit.COUNT:
            return f"{value:g}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an explanation says, and what is said in it.

    Parameters
    ----------
    text
        In the user's language.
    numbers
        Those in it, by their names in the template.
    items
        What it speaks of, kinds and ids, so that it can be selected.
    """

    text: str
    numbers: Mapping[str, Number]
    items: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.text


def say(template: str, /, items: tuple[tuple[str, str], ...] = (), **values: Any) -> Sentence:
    """Return a sentence.

    Parameters
    ----------
    template
        As `app.language.tr` returned it, without values.
    items
        What it speaks of.
    **values
        What stands in braces: numbers, each a `Number`, and names, each a text.

    Raises
    ------
    TypeError
        If a value is a bare number: nobody could check it.
    """
    for name, value in values.items():
        if not isinstance(value, Number | str):
            raise TypeError(f"{name} is {value!r}, which is neither a Number nor a text")
    numbers = {name: value for name, value in values.items() if isinstance(value, Number)}
    return Sentence(template.format(**values), numbers, items)
