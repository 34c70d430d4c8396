"""What a plan breaks, as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.language import tr
from app.model.compile import LOAD_SCALE
from app.model.scenario import Customer, Depot, Profile, Scenario, Vehicle, Zone
from app.model.units import span
from solver.problem import Problem, Rule, Solution, Violation


@dataclass(frozen=True, slots=True)
class PlainViolation:
    """One broken rule.

    Parameters
    ----------
    text
        A sentence for the user.
    route
        Index of the route in the plan, or -1.
    customer
        Id of the customer, or "".
    """

    text: str
    route: int = -1
    customer: str = ""


def name_of(table: Mapping[str, Customer | Vehicle | Depot | Profile | Zone], key: str) -> str:
    """Return the name of an item, or its id when it has none or is gone."""
    item = table.get(key)
    return item.name if item and item.name else key


def plain_violation(
    scenario: Scenario, problem: Problem, names: Sequence[str], solution: Solution, violation: Violation
) -> PlainViolation:
    """Say what a solution breaks in the user's words and units.

    Parameters
    ----------
    scenario
        Gives names; it may be newer than the problem.
    names
        What the vehicle of each route is called, see `app.model.fleet`.
    problem, solution
        What was checked.
    violation
        One of the report.
    """
    customer = "" if violation.client < 0 else problem.clients.ids[violation.client]
    text = _sentence(scenario, problem, names, solution, violation)
    return PlainViolation(text, violation.route, customer)


def _sentence(
    scenario: Scenario, problem: Problem, names: Sequence[str], solution: Solution, violation: Violation
) -> str:
    amount = violation.amount
    client = name_of(scenario.customers, problem.clients.ids[violation.client]) if violation.client >= 0 else ""
    kind = solution.routes[violation.route].vehicle_type if violation.route >= 0 else -1
    route = names[violation.route] if kind >= 0 else ""
    match violation.rule:
        case Rule.CAPACITY:
            names = scenario.settings.dimensions
            unit = names[violation.dimension] if violation.dimension < len(names) else "load"
            capacity = int(problem.vehicles.capacity[kind, violation.dimension]) / LOAD_SCALE
            return f"{route} carries {amount / LOAD_SCALE:g} {unit} more than its capacity of {capacity:g} {unit}."
        case Rule.TIME_WINDOW:
            return f"{route} reaches {client} {span(amount)} too late."
        case Rule.SHIFT:
            return f"{route} ends {span(amount)} after its shift."
        case Rule.DEPOT_HOURS:
            return f"{route} is at its depot {span(amount)} after closing time."
        case Rule.NOT_ALLOWED:
            return f"{route} may not serve {client}."
        case Rule.UNREACHABLE:
            return f"{route} has no road to {client or 'its depot'}."
        case Rule.BACKHAUL:
            return f"{route} serves {client} against its order of deliveries and pickups."
        case Rule.MAX_DISTANCE:
            return tr("{vehicle} drives {km:.1f} km more than it may.", vehicle=route, km=amount / 1000)
        case Rule.MAX_DURATION:
            return tr("{vehicle} is out {time} longer than it may be.", vehicle=route, time=span(amount))
        case Rule.MAX_STOPS:
            return f"{route} has {amount} {'stop' if amount == 1 else 'stops'} more than the vehicle may make."
        case Rule.MAX_TRIPS:
            return f"{route} makes {amount} {'trip' if amount == 1 else 'trips'} more than the vehicle may make."
        case Rule.FLEET if violation.route >= 0:
            return tr("{vehicle} does not exist, or drives another route too.", vehicle=route)
        case Rule.FLEET:
            return f"The plan uses {amount} more {'vehicle' if amount == 1 else 'vehicles'} of a type than there are."
        case Rule.UNSERVED:
            return f"{client} has to be served but is in no route."
        case Rule.TWICE:
            return f"{client} is served {amount + 1} times."
        case Rule.GROUP:
            return f"{client} is served, and {amount} more of a group of which only one needs to be."
        case Rule.LOCK:
            return f"{client} is not where it is locked."
