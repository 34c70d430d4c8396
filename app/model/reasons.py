"""Why customers are in no route, as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from app.language import sentences, tr, trn
from app.model.compile import LOAD_SCALE
from app.model.road_closures import closing_words
from app.model.scenario import Customer, Scenario
from app.model.units import span
from app.model.violations import name_of
from app.model.zone_hours import Closing, ZoneHours
from solver.explain.reason import ANY, Code, Reason
from solver.explain.unserved import reasons
from solver.problem import Problem, Report, Solution


def plain_reasons(
    scenario: Scenario, problem: Problem, solution: Solution, report: Report
) -> dict[str, tuple[str, ...]]:
    """Say for each unserved customer why it is.

    Parameters
    ----------
    scenario
        Gives names and the currency; it may be newer than the problem.
    problem, solution, report
        What was checked.

    Returns
    -------
    dict
        Sentences by id of customer.
    """
    found = reasons(problem, solution, report)
    whom = [scenario.customers.get(problem.clients.ids[client]) for client in found]
    hours = ZoneHours(scenario, filter(None, whom))
    return {
        problem.clients.ids[client]: tuple(
            _said(scenario, problem, client, reason, _closings(scenario, problem, hours, customer, reason))
            for reason in given
        )
        for (client, given), customer in zip(found.items(), whom, strict=True)
    }


_BY_HOURS = (Code.NOT_ALLOWED, Code.WINDOW_CLOSED, Code.WINDOW_UNREACHABLE)
"""Reasons that the hours of a zone can be behind."""


def _closings(
    scenario: Scenario, problem: Problem, hours: ZoneHours, customer: Customer | None, reason: Reason
) -> dict[str, Closing]:
    """Return which zones are behind a reason, by the names of the vehicles that it is about."""
    ids = problem.vehicles.ids
    about = ids if reason.vehicle_type == ANY else ids[reason.vehicle_type : reason.vehicle_type + 1]
    if customer is None or reason.code not in _BY_HOURS:
        return {}
    found = ((name_of(scenario.vehicles, vehicle), hours.closing(customer, vehicle)) for vehicle in about)
    never = reason.code is Code.NOT_ALLOWED
    return {name: one for name, one in found if one is not None and (one.until is None) is never}


def _said(scenario: Scenario, problem: Problem, client: int, reason: Reason, closings: Mapping[str, Closing]) -> str:
    """Return a reason as a sentence, and one for each zone that is behind it."""
    if closings and reason.code is Code.WINDOW_CLOSED:  # it is not the customer's own window that closes too soon
        reason = replace(reason, code=Code.WINDOW_UNREACHABLE)
    said = _sentence(scenario, problem, client, reason)
    if reason.code is Code.NO_ROAD and (whom := scenario.customers.get(problem.clients.ids[client])) is not None:
        said = sentences(said, closing_words(scenario, (whom.lat, whom.lon)))
    return " ".join([said, *(one.sentence(vehicle) for vehicle, one in closings.items())])


def _excess(scenario: Scenario, problem: Problem, client: int, reason: Reason) -> str:
    """Return by how much a client is too large, with the name of the load dimension, found by its amount."""
    load = np.maximum(problem.clients.delivery[client], problem.clients.pickup[client])
    capacity = problem.vehicles.capacity
    chosen = capacity if reason.vehicle_type == ANY else capacity[reason.vehicle_type : reason.vehicle_type + 1]
    by = (load - chosen == round(reason.amount)).any(axis=0)
    names = [name for name, exceeded in zip(scenario.settings.dimensions, by, strict=False) if exceeded]
    return " ".join([f"{reason.amount / LOAD_SCALE:g}", *names[:1]])


def _sentence(scenario: Scenario, problem: Problem, client: int, reason: Reason) -> str:
    amount, currency = reason.amount, scenario.settings.currency
    given = {
        "vehicle": ""
        if reason.vehicle_type == ANY
        else name_of(scenario.vehicles, problem.vehicles.ids[reason.vehicle_type]),
        "load": f"{amount / LOAD_SCALE:g}",
        "time": span(round(amount)),
        "distance": f"{amount / 1000:.1f} km",
        "money": f"{amount:.2f} {currency}",
    }
    match reason.code:
        case Code.TOO_LARGE:
            given["load"] = _excess(scenario, problem, client, reason)
        case Code.NO_VEHICLE_LEFT:
            return trn(
                "The only vehicle for it is out.", "All {number} vehicles that could serve it are out.", round(amount)
            )
        case Code.COSTS_MORE:
            given["worth"] = f"{float(problem.clients.prize[client]):.2f} {currency}"
        case Code.TOO_LATE if amount:
            return _TOO_LATE_BY.format(**given)
    whole = _OF_THE_PLAN.get(reason.code)
    if whole is None:
        whole = (_OF_ALL if reason.vehicle_type == ANY else _OF_ONE)[reason.code]
    return whole.format(**given)


_OF_ONE = {
    Code.NOT_ALLOWED: tr("{vehicle} may not serve it, because of its profile or a zone."),
    Code.NO_ROAD: tr("No road leads there and back for {vehicle}."),
    Code.TOO_LARGE: tr("Its load exceeds the capacity of {vehicle} by {load}."),
    Code.WINDOW_CLOSED: tr("{vehicle} would come {time} too late: its time window closes before the shift begins."),
    Code.WINDOW_UNREACHABLE: tr("{vehicle} would come {time} too late, even going there first."),
    Code.SHIFT_TOO_SHORT: tr("{vehicle} would be done {time} after the end of the shift, even serving nobody else."),
    Code.DEPOT_CLOSED: tr("{vehicle} would be at the depot {time} after closing time."),
    Code.TOO_FAR: tr("The way there and back is {distance} longer than {vehicle} may drive."),
    Code.TOO_LONG: tr("The way there and back takes {time} longer than {vehicle} may be out."),
    Code.NO_STOPS: tr("{vehicle} may make no stop at all."),
    Code.NO_VEHICLE: tr("{vehicle} could serve it, but there are none: the number of vehicles is zero."),
    Code.FULL: tr("The vehicles that could serve it are full; at best {load} of load would have to go from {vehicle}."),
}
"""Of one type of vehicle."""

_OF_ALL = {
    Code.NOT_ALLOWED: tr("No vehicle may serve it, because of its profile or a zone."),
    Code.NO_ROAD: tr("No road leads there and back for any vehicle."),
    Code.TOO_LARGE: tr("Its load exceeds the capacity of every vehicle by {load}."),
    Code.WINDOW_CLOSED: tr("Every vehicle would come {time} too late: its time window closes before the shift begins."),
    Code.WINDOW_UNREACHABLE: tr("Every vehicle would come {time} too late, even going there first."),
    Code.SHIFT_TOO_SHORT: tr(
        "Every vehicle would be done {time} after the end of the shift, even serving nobody else."
    ),
    Code.DEPOT_CLOSED: tr("Every vehicle would be at the depot {time} after closing time."),
    Code.TOO_FAR: tr("The way there and back is {distance} longer than every vehicle may drive."),
    Code.TOO_LONG: tr("The way there and back takes {time} longer than every vehicle may be out."),
    Code.NO_STOPS: tr("Every vehicle may make no stop at all."),
    Code.NO_VEHICLE: tr("Every vehicle could serve it, but there are none: the number of vehicles is zero."),
    Code.FULL: tr(
        "The vehicles that could serve it are full; at best {load} of load would have to go from every vehicle."
    ),
}
"""Of all of them."""

_OF_THE_PLAN = {
    Code.TOO_LATE: tr("Wherever there is room for it, it or somebody else would be served too late."),
    Code.ROUTE_STOPS: tr("The routes that could take it have as many stops as they may."),
    Code.ROUTE_DISTANCE: tr("The routes that could take it would get too long, at best by {distance}."),
    Code.ROUTE_DURATION: tr("The routes that could take it would take too long, at best by {time}."),
    Code.COSTS_MORE: tr("Serving it would cost {money} more, and leaving it out costs {worth}."),
    Code.NOT_PLANNED: tr("It could be served for {money} more; the plan was made without it."),
}
_TOO_LATE_BY = tr(
    "Wherever there is room for it, it or somebody else would be served too late; at best {time} are missing."
)
