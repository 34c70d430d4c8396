"""Why customers are in no route, as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from app.model.compile import LOAD_SCALE
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


def _said(
    scenario: Scenario, problem: Problem, client: int, reason: Reason, closings: Mapping[str, Closing]
) -> str:
    """Return a reason as a sentence, and one for each zone that is behind it."""
    if closings and reason.code is Code.WINDOW_CLOSED:  # it is not the customer's own window that closes too soon
        reason = replace(reason, code=Code.WINDOW_UNREACHABLE)
    said = _sentence(scenario, problem, client, reason)
    return " ".join([said, *(one.sentence(vehicle) for vehicle, one in closings.items())])


def _unit(scenario: Scenario, problem: Problem, client: int, reason: Reason) -> str:
    """Return a blank and the load dimension in which a client is too large, found by its amount."""
    load = np.maximum(problem.clients.delivery[client], problem.clients.pickup[client])
    capacity = problem.vehicles.capacity
    chosen = capacity if reason.vehicle_type == ANY else capacity[reason.vehicle_type : reason.vehicle_type + 1]
    by = (load - chosen == round(reason.amount)).any(axis=0)
    names = [name for name, exceeded in zip(scenario.settings.dimensions, by, strict=False) if exceeded]
    return f" {names[0]}" if names else ""


def _sentence(scenario: Scenario, problem: Problem, client: int, reason: Reason) -> str:
    anyone = reason.vehicle_type == ANY
    name = "" if anyone else name_of(scenario.vehicles, problem.vehicles.ids[reason.vehicle_type])
    subject, whom = (name, name) if name else ("Every vehicle", "every vehicle")
    amount = reason.amount
    load, time, kilometres = f"{amount / LOAD_SCALE:g}", span(round(amount)), f"{amount / 1000:.1f} km"
    currency = scenario.settings.currency
    money = f"{amount:.2f} {currency}"
    match reason.code:
        case Code.NOT_ALLOWED:
            return f"{name or 'No vehicle'} may {'not ' if name else ''}serve it, because of its profile or a zone."
        case Code.TOO_LARGE:
            return f"Its load exceeds the capacity of {whom} by {load}{_unit(scenario, problem, client, reason)}."
        case Code.WINDOW_CLOSED:
            return f"{subject} would come {time} too late: its time window closes before the shift begins."
        case Code.WINDOW_UNREACHABLE:
            return f"{subject} would come {time} too late, even going there first."
        case Code.SHIFT_TOO_SHORT:
            return f"{subject} would be done {time} after the end of the shift, even serving nobody else."
        case Code.DEPOT_CLOSED:
            return f"{subject} would be at the depot {time} after closing time."
        case Code.TOO_FAR:
            return f"The way there and back is {kilometres} longer than {whom} may drive."
        case Code.TOO_LONG:
            return f"The way there and back takes {time} longer than {whom} may be out."
        case Code.NO_STOPS:
            return f"{subject} may make no stop at all."
        case Code.NO_VEHICLE:
            return f"{subject} could serve it, but there are none: the number of vehicles is zero."
        case Code.FULL:
            return f"The vehicles that could serve it are full; at best {load} of load would have to go from {whom}."
        case Code.TOO_LATE:
            missing = f"; at best {time} are missing" if amount else ""
            return f"Wherever there is room for it, it or somebody else would be served too late{missing}."
        case Code.ROUTE_STOPS:
            return "The routes that could take it have as many stops as they may."
        case Code.ROUTE_DISTANCE:
            return f"The routes that could take it would get too long, at best by {kilometres}."
        case Code.ROUTE_DURATION:
            return f"The routes that could take it would take too long, at best by {time}."
        case Code.NO_VEHICLE_LEFT:
            many = round(amount)
            return (
                f"All {many} vehicles that could serve it are out." if many > 1 else "The only vehicle for it is out."
            )
        case Code.COSTS_MORE:
            worth = float(problem.clients.prize[client])
            return f"Serving it would cost {money} more, and leaving it out costs {worth:.2f} {currency}."
        case Code.NOT_PLANNED:
            return f"It could be served for {money} more; the plan was made without it."
