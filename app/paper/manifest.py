"""What a manifest says, in words and figures. No Qt here: a scenario and its figures in, texts out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.io.navigation import Codes, Stage, directions_link, place_link, stages
from app.language import tr, trn
from app.model.amounts import kilometres, loads, plain, units
from app.model.evaluation import Evaluation, RouteFigures, VisitFigures
from app.model.route_lines import Line, drives_of, legs_along_roads
from app.model.scenario import Customer, Point, Scenario, TravelSource
from app.model.units import clock, span
from app.model.violations import name_of
from app.model.zone_hours import as_found

_ADDRESS = re.compile(
    r"addres|street|strasse|straße|katu|osoite|city|town|ort$|kaupunki|zip|plz|post|phone|tele?fon|puhelin|^tel$|mobile|"
    r"handy|contact|kontakt|yhteys|door|ovi|floor|kerros|stock|etage|code|koodi",
    re.IGNORECASE,
)
"""Columns of an imported file that a driver needs at the door. The other ones may be anything, and many."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: the start, a stop, or the end.

    Parameters
    ----------
    number
        Of the stop, from 1; 0 for a depot.
    time
        When the vehicle is there: it arrives or, at the start, leaves; "" where none comes.
    timing
        What else there is to say of time: leaving, waiting, and the way here.
    alert
        What is wrong with the time; "" when nothing is.
    name
        In bold.
    details
        One line: the id, the profile, the address.
    notes
        As they were written.
    windows
        One text each; none when any time will do.
    bring, collect
        One text for each load dimension that is not zero; what is loaded at the start, and returned at the end.
    link
        What a code beside the row says; "" for no code.
    why
        What the drive here is for, or why there is none; "" where nobody wants to know.
    """

    number: int
    time: str
    timing: tuple[str, ...]
    alert: str
    name: str
    details: str = ""
    notes: str = ""
    windows: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    collect: tuple[str, ...] = ()
    link: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the driver of one route gets.

    Parameters
    ----------
    badge
        What stands for the route on the map.
    vehicle
        Its name, numbered when there are several of the type.
    title
        Of the scenario.
    figures
        Captions and values, for the head of the first page.
    warnings
        Sentences: which rules this route breaks.
    rows
        Start, stops and end.
    places
        Where the rows are.
    stages
        Links to the whole tour, if that is what codes were wanted for.
    legs
        The way from each place to the next, latitude and longitude of its corners, along roads where that is known.
    """

    badge: str
    vehicle: str
    title: str
    figures: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    rows: tuple[Row, ...]
    places: tuple[Point, ...]
    stages: tuple[Stage, ...] = ()
    legs: tuple[Line, ...] = ()


def manifest_of(
    scenario: Scenario, evaluation: Evaluation, route: RouteFigures, codes: Codes, reasons: Sequence[str] = ()
) -> Manifest:
    """Return the manifest of a route.

    Parameters
    ----------
    scenario, evaluation
        Where names and broken rules are found.
    route
        One of the evaluation's.
    codes
        Which codes are wanted; a plane has no places on the earth, and gets none.
    reasons
        What the drive to each stop is for, in a few words, or ""; none where nobody wants to know.
    """
    if scenario.settings.travel is TravelSource.PLANE:
        codes = Codes.NONE
    scenario = as_found(scenario, route.vehicle, (visit.customer for visit in route.visits))
    start = scenario.depots[route.start_depot]
    end = None if route.end_depot is None else scenario.depots[route.end_depot]
    customers = [scenario.customers[visit.customer] for visit in route.visits]
    places = [(start.lat, start.lon), *((one.lat, one.lon) for one in customers)]
    if end is not None:
        places.append((end.lat, end.lon))
    return Manifest(
        badge=route.badge,
        vehicle=route.label,
        title=scenario.settings.name,
        figures=tuple(_figures(scenario, route)),
        warnings=tuple(one.text for one in evaluation.violations if one.route == route.number - 1),
        rows=tuple(_rows(scenario, route, codes, reasons)),
        places=tuple(places),
        stages=stages(places[1:]) if codes is Codes.STAGES else (),
        legs=_legs(scenario, route),
    )


def _legs(scenario: Scenario, route: RouteFigures) -> tuple[Line, ...]:
    drives = drives_of(scenario, route)
    found = legs_along_roads(scenario, drives)
    return tuple(drive[1:] if leg is None else leg for drive, leg in zip(drives, found, strict=True))


def _figures(scenario: Scenario, route: RouteFigures) -> Iterator[tuple[str, str]]:
    yield tr("Leaves"), _clock(route.start_s)
    yield tr("Done") if route.end_depot is None else tr("Back"), _clock(route.end_s)
    yield tr("Stops"), plain(route.stops)
    yield tr("Distance"), kilometres(route.distance_km)
    yield tr("Driving"), span(route.driving_s)
    yield tr("At stops"), span(route.service_s)
    if route.waiting_s:
        yield tr("Waiting"), span(route.waiting_s)
    for unit, load, room in zip(units(scenario.settings.dimensions), route.load, route.capacity, strict=True):
        if load or room:
            caption = tr("Load, {unit}", unit=unit) if unit else tr("Load")
            yield caption, tr("{load} of {room}", load=plain(load), room=plain(room))


def _rows(scenario: Scenario, route: RouteFigures, codes: Codes, reasons: Sequence[str]) -> Iterator[Row]:
    dimensions = scenario.settings.dimensions
    customers = [scenario.customers[visit.customer] for visit in route.visits]
    on_board = [sum(one.demand[at] for one in customers if one.demand) for at in range(len(dimensions))]
    start = scenario.depots[route.start_depot]
    yield Row(
        0, _clock(route.start_s), (), "", name_of(scenario.depots, start.id), details=tr("Start"),
        bring=tuple(loads(on_board, dimensions)),
    )  # fmt: skip
    for number, visit in enumerate(route.visits, start=1):
        customer = scenario.customers[visit.customer]
        row = _stop(scenario, number, visit, customer, codes)
        reason = reasons[number - 1] if reasons else ""
        yield replace(row, why=tr("Why here: {reason}", reason=reason)) if reason else row
    if route.end_depot is not None:
        end = scenario.depots[route.end_depot]
        returned = [sum(one.pickup[at] for one in customers if one.pickup) for at in range(len(dimensions))]
        done = trn("End, after {number} stop", "End, after {number} stops", route.stops)
        yield Row(
            0, _clock(route.end_s), (_way(route.return_km, route.return_s),), "", name_of(scenario.depots, end.id),
            details=done, collect=tuple(loads(returned, dimensions)),
            link=_link((end.lat, end.lon), codes),
        )  # fmt: skip


def _stop(scenario: Scenario, number: int, visit: VisitFigures, customer: Customer, codes: Codes) -> Row:
    timing = [_way(visit.leg_km, visit.leg_s)]
    if visit.waiting_s:
        timing.append(tr("wait {span}", span=span(visit.waiting_s)))
    timing.append(tr("leave {time}", time=_clock(visit.departure_s)))
    dimensions = scenario.settings.dimensions
    return Row(
        number=number,
        time=_clock(visit.arrival_s),
        timing=tuple(timing),
        alert=tr("{span} late", span=span(visit.lateness_s)) if visit.lateness_s else "",
        name=customer.name or customer.id,
        details=details_of(scenario, customer),
        notes=customer.notes,
        windows=windows_of(customer),
        bring=tuple(loads(customer.demand, dimensions)),
        collect=tuple(loads(customer.pickup, dimensions)),
        link=_link((customer.lat, customer.lon), codes),
    )


def windows_of(customer: Customer) -> tuple[str, ...]:
    """Return when a customer is open, one text each."""
    return tuple(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in customer.windows)


def details_of(scenario: Scenario, customer: Customer) -> str:
    """Return what there is to know of a customer beside its name: the id, the profile, the address."""
    parts = [customer.id] if customer.name not in ("", customer.id) else []
    if customer.profile:
        parts.append(name_of(scenario.profiles, customer.profile))
    parts += [f"{title}: {text.strip()}" for title, text in customer.extra if _ADDRESS.search(title) and text.strip()]
    return " · ".join(parts)


def _link(place: Point, codes: Codes) -> str:
    match codes:
        case Codes.PLACES:
            return place_link(place)
        case Codes.DIRECTIONS:
            return directions_link(place)
        case _:
            return ""


def _clock(seconds: int) -> str:
    """Return a time of day without its seconds, as a clock on a wall shows it."""
    return clock(seconds // 60 * 60)


def _way(km: float, seconds: int) -> str:
    return f"{kilometres(km)}, {span(seconds)}"
