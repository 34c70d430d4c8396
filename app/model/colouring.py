"""By what customers are coloured on the map: the classes, what each is called, and who is in which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from itertools import pairwise
from math import floor, inf, log10

import numpy as np

from app.language import tr
from app.model.amounts import units
from app.model.evaluation import Evaluation
from app.model.patch import State
from app.model.scenario import Customer, Scenario
from app.model.units import clock

STEPS = 5
"""Most classes of a scale."""
HOUR = 3600
LEAST = 1e-9
"""Smaller loads, in the scenario's units or as a share of a vehicle, are none."""
LATE_MINUTES = (15, 60)
"""Where the classes of lateness end."""
NOT_PLANNED = tr("Not in the plan")


class ColourBy(StrEnum):
    """What the colours of customers tell."""

    ROUTE = "route"
    PROFILE = "profile"
    LOAD = "load"
    WINDOW = "time window"
    LATENESS = "lateness"
    VEHICLE = "vehicle"

    @property
    def of_plan(self) -> bool:
        """Whether it changes with the plan."""
        return self in (ColourBy.ROUTE, ColourBy.LATENESS, ColourBy.VEHICLE)


class Tone(Enum):
    """What kind of class it is; how it looks is the map's business."""

    CATEGORY = auto()  # one of several that have no order
    STEP = auto()  # of a scale from little to much
    ALARM = auto()  # of a scale from bad to worse
    CALM = auto()  # as it should be
    NONE = auto()  # nothing to tell


@dataclass(frozen=True, slots=True)
class ColourClass:
    """Customers that look alike.

    Parameters
    ----------
    name
        In the legend.
    tone
        What kind of class it is.
    place
        Which category it is, or which step, from 0; it stays the same when other classes are empty.
    of
        How many steps the scale has.
    """

    name: str
    tone: Tone
    place: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class Colouring:
    """Everybody's class.

    Parameters
    ----------
    by
        What it tells.
    title
        Above the legend, with the unit.
    classes
        In the order of the legend; each has customers.
    place_of
        Place in ``classes`` of every customer, by id.
    """

    by: ColourBy
    title: str
    classes: tuple[ColourClass, ...]
    place_of: Mapping[str, int]

    def customers(self, place: int) -> frozenset[str]:
        """Return the ids of the customers of a class."""
        return frozenset(key for key, one in self.place_of.items() if one == place)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many customers each class has."""
        found = np.bincount(np.fromiter(self.place_of.values(), dtype=np.int64), minlength=len(self.classes))
        return tuple(found.tolist())


def colouring_of(by: ColourBy, state: State, evaluation: Evaluation | None) -> Colouring | None:
    """Return the classes of all customers.

    Parameters
    ----------
    by
        What the colours tell; by route nothing needs a legend, and there are no classes.
    state
        Scenario and plan.
    evaluation
        Of the plan, or of one that is newer; None is not known yet, and then nobody is late.
    """
    scenario = state.scenario
    if by is ColourBy.PROFILE:
        return _by_profile(scenario)
    if by is ColourBy.LOAD:
        return _by_load(scenario)
    if by is ColourBy.WINDOW:
        return _by_window(scenario)
    if by is ColourBy.LATENESS:
        return _by_lateness(scenario, evaluation)
    return _by_vehicle(state, evaluation) if by is ColourBy.VEHICLE else None


def _by_profile(scenario: Scenario) -> Colouring:
    classes = [
        *(
            ColourClass(one.name or key, Tone.CATEGORY, place)
            for place, (key, one) in enumerate(scenario.profiles.items())
        ),
        ColourClass(tr("No profile"), Tone.NONE),
    ]
    place = {key: place for place, key in enumerate(scenario.profiles)}
    given = {key: place.get(one.profile, len(place)) for key, one in scenario.customers.items()}
    return _colouring(ColourBy.PROFILE, tr("Profile"), classes, given)


def _by_vehicle(state: State, evaluation: Evaluation | None) -> Colouring:
    vehicles = state.scenario.vehicles
    classes = [
        *(ColourClass(one.name or key, Tone.CATEGORY, place) for place, (key, one) in enumerate(vehicles.items())),
        ColourClass(NOT_PLANNED, Tone.NONE),
    ]
    place = {key: place for place, key in enumerate(vehicles)}
    routes: Iterable[tuple[str, Iterable[str]]] = ((route.vehicle, route.stops) for route in state.plan.routes)
    if evaluation is not None:
        routes = ((route.vehicle, (visit.customer for visit in route.visits)) for route in evaluation.routes)
    given = dict.fromkeys(state.scenario.customers, len(vehicles))
    for vehicle, stops in routes:
        given.update((stop, place.get(vehicle, len(vehicles))) for stop in stops if stop in given)
    return _colouring(ColourBy.VEHICLE, tr("Vehicle"), classes, given)


def _by_lateness(scenario: Scenario, evaluation: Evaluation | None) -> Colouring:
    first, second = LATE_MINUTES
    classes = [
        ColourClass(tr("On time"), Tone.CALM),
        ColourClass(tr("Up to {first} min late", first=first), Tone.ALARM, 0, 3),
        ColourClass(tr("{first} to {second} min late", first=first, second=second), Tone.ALARM, 1, 3),
        ColourClass(tr("Over {second} min late", second=second), Tone.ALARM, 2, 3),
        ColourClass(NOT_PLANNED, Tone.NONE),
    ]
    given = dict.fromkeys(scenario.customers, len(classes) - 1)
    limits = [0, *(60 * minutes for minutes in LATE_MINUTES)]
    for route in () if evaluation is None else evaluation.routes:
        for visit in route.visits:
            if visit.customer in given:
                given[visit.customer] = sum(visit.lateness_s > limit for limit in limits)
    return _colouring(ColourBy.LATENESS, tr("Lateness"), classes, given)


def _by_load(scenario: Scenario) -> Colouring:
    """Classes of what is brought or taken: in its unit, or where units differ as a share of what a vehicle holds."""
    dimensions, vehicles = scenario.settings.dimensions, scenario.vehicles.values()
    rooms = [
        max((one.capacity[dim] for one in vehicles if dim < len(one.capacity)), default=0.0)
        for dim in range(len(dimensions))
    ]
    shares = len(dimensions) > 1 and all(room > 0 for room in rooms)
    scales = [100.0 / room for room in rooms] if shares else [1.0]

    def load(one: Customer) -> float:
        most = 0.0
        for values in (one.demand, one.pickup):
            for value, scale in zip(values, scales, strict=False):
                most = max(most, value * scale)
        return most

    unit = next(iter(units(dimensions)), "")
    plain_title = tr("Load, {unit}", unit=unit) if unit else tr("Load")
    title = tr("Load, % of the largest vehicle") if shares else plain_title
    loads = {key: load(one) for key, one in scenario.customers.items()}
    values = {key: amount if LEAST <= amount < inf else None for key, amount in loads.items()}
    words = (tr("Up to {edge}"), tr("{low} to {high}"), tr("Over {edge}"))
    return _scale(ColourBy.LOAD, title, values, tr("Nothing"), words, _nice, lambda edge: f"{edge:,.12g}")


def _by_window(scenario: Scenario) -> Colouring:
    """Classes of when the last time window closes."""
    values = {key: float(one.windows[-1][1]) if one.windows else None for key, one in scenario.customers.items()}
    return _scale(
        ColourBy.WINDOW,
        tr("Time window closes"),
        values,
        tr("Any time"),
        (tr("By {edge}"), tr("{low} to {high}"), tr("After {edge}")),
        _full_hour,
        lambda edge: clock(int(edge)),
    )


def _scale(
    by: ColourBy,
    title: str,
    values: Mapping[str, float | None],
    none: str,
    words: tuple[str, str, str],
    round_up: Callable[[float], float],
    write: Callable[[float], str],
) -> Colouring:
    """Return about equally large classes with round edges.

    Parameters
    ----------
    by, title, none
        What it tells, what stands above, and what those without a value are called.
    values
        By id; None is no value.
    words
        For the classes below the first edge, between two and above the last, with braces where edges come.
    round_up
        Makes an edge round.
    write
        Makes a text of it.
    """
    known = np.array([value for value in values.values() if value is not None], dtype=np.float64)
    edges: list[float] = []
    if len(known):
        quantiles = np.quantile(known, [step / STEPS for step in range(1, STEPS)], method="lower")
        rounded = {round_up(float(edge)) for edge in quantiles}
        edges = sorted(edge for edge in rounded if known.min() <= edge < known.max())
    count = len(edges) + 1
    texts = [write(edge) for edge in edges or [round_up(float(known.max()))]] if len(known) else []
    classes = [ColourClass(name, Tone.STEP, place, count) for place, name in enumerate(_names(texts, *words))]
    classes.append(ColourClass(none, Tone.NONE))
    places = np.searchsorted(np.array(edges), known, side="left").tolist()
    of_known = iter(places)
    given = {key: len(classes) - 1 if value is None else next(of_known) for key, value in values.items()}
    return _colouring(by, title, classes, given)


def _names(edges: Sequence[str], below: str, between: str, above: str) -> list[str]:
    """Name the classes below the first edge, between edges, and above the last."""
    if not edges:
        return []
    middle = (between.format(low=low, high=high) for low, high in pairwise(edges))
    return [below.format(edge=edges[0]), *middle, above.format(edge=edges[-1])]


def _nice(value: float) -> float:
    """Round up to two digits."""
    unit = 10.0 ** (floor(log10(value)) - 1)
    return float(f"{np.ceil(round(value / unit, 6)) * unit:.12g}")


def _full_hour(value: float) -> float:
    return float(np.ceil(value / HOUR) * HOUR)


def _colouring(by: ColourBy, title: str, classes: Sequence[ColourClass], given: Mapping[str, int]) -> Colouring:
    """Leave out the classes that nobody is in."""
    used = sorted(set(given.values()))
    place = {old: new for new, old in enumerate(used)}
    return Colouring(by, title, tuple(classes[old] for old in used), {key: place[old] for key, old in given.items()})
