"""What a plan breaks, as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.language import sentences, tr, trn
from app.model.compile import LOAD_SCALE
from app.model.fleet import label
from app.model.road_closures import closing_words
from app.model.scenario import Customer, Depot, Profile, Scenario, Vehicle, Zone
from app.model.units import span
from app.model.zone_hours import ZoneHours
from solver.problem import ANY, Problem, Route, Rule, Solution, Violation


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
    violation
        What it was said of.
    """

    text: str
    route: int = -1
    customer: str = ""
    violation: Violation | None = field(default=None, compare=False)


def name_of(table: Mapping[str, Customer | Vehicle | Depot | Profile | Zone], key: str) -> str:
    """Return the name of an item, or its id when it has none or is gone."""
    item = table.get(key)
    return item.name if item and item.name else key


def plain_violation(scenario: Scenario, problem: Problem, solution: Solution, violation: Violation) -> PlainViolation:
    """Say what a solution breaks in the user's words and units.

    Parameters
    ----------
    scenario
        Gives names; it may be newer than the problem.
    problem, solution
        What was checked.
    violation
        One of the report.
    """
    customer = "" if violation.client < 0 else problem.clients.ids[violation.client]
    text = _sentence(scenario, problem, solution, violation)
    if violation.rule in (Rule.TIME_WINDOW, Rule.NOT_ALLOWED) and customer in scenario.customers:
        vehicle = problem.vehicles.ids[solution.routes[violation.route].vehicle_type]
        whom = scenario.customers[customer]
        closing = ZoneHours(scenario, [whom]).closing(whom, vehicle)
        if closing is not None and (closing.until is None) is (violation.rule is Rule.NOT_ALLOWED):
            text = f"{text} {closing.sentence(name_of(scenario.vehicles, vehicle))}"
    if violation.rule is Rule.UNREACHABLE and customer in scenario.customers:
        whom = scenario.customers[customer]
        text = sentences(text, closing_words(scenario, (whom.lat, whom.lon)))
    return PlainViolation(text, violation.route, customer, violation)


def _sentence(scenario: Scenario, problem: Problem, solution: Solution, violation: Violation) -> str:
    amount = violation.amount
    client = name_of(scenario.customers, problem.clients.ids[violation.client]) if violation.client >= 0 else ""
    kind = solution.routes[violation.route].vehicle_type if violation.route >= 0 else -1
    vehicle = _driver(scenario, problem, solution.routes[violation.route]) if kind >= 0 else ""
    match violation.rule:
        case Rule.CAPACITY:
            names = scenario.settings.dimensions
            return tr(
                "{vehicle} carries {amount} {unit} more than its capacity of {capacity} {unit}.",
                vehicle=vehicle,
                amount=f"{amount / LOAD_SCALE:g}",
                unit=names[violation.dimension] if violation.dimension < len(names) else tr("load"),
                capacity=f"{int(problem.vehicles.capacity[kind, violation.dimension]) / LOAD_SCALE:g}",
            )
        case Rule.TIME_WINDOW:
            return tr("{vehicle} reaches {client} {time} too late.", vehicle=vehicle, client=client, time=span(amount))
        case Rule.SHIFT:
            return tr("{vehicle} ends {time} after its shift.", vehicle=vehicle, time=span(amount))
        case Rule.DEPOT_HOURS:
            return tr("{vehicle} is at its depot {time} after closing time.", vehicle=vehicle, time=span(amount))
        case Rule.NOT_ALLOWED:
            return tr("{vehicle} may not serve {client}.", vehicle=vehicle, client=client)
        case Rule.UNREACHABLE if client:
            return tr("{vehicle} has no road to {client}.", vehicle=vehicle, client=client)
        case Rule.UNREACHABLE:
            return tr("{vehicle} has no road to its depot.", vehicle=vehicle)
        case Rule.BACKHAUL:
            return tr(
                "{vehicle} serves {client} against its order of deliveries and pickups.", vehicle=vehicle, client=client
            )
        case Rule.MAX_DISTANCE:
            far = f"{amount / 1000:.1f} km"
            return tr("{vehicle} drives {distance} more than it may.", vehicle=vehicle, distance=far)
        case Rule.MAX_DURATION:
            return tr("{vehicle} is out {time} longer than it may be.", vehicle=vehicle, time=span(amount))
        case Rule.MAX_STOPS:
            return trn(
                "{vehicle} has {number} stop more than it may make.",
                "{vehicle} has {number} stops more than it may make.",
                amount,
                vehicle=vehicle,
            )
        case Rule.MAX_TRIPS:
            return trn(
                "{vehicle} makes {number} trip more than it may make.",
                "{vehicle} makes {number} trips more than it may make.",
                amount,
                vehicle=vehicle,
            )
        case Rule.FLEET if violation.route >= 0:
            return tr("{vehicle} does not exist, or drives another route too.", vehicle=vehicle)
        case Rule.FLEET:
            return trn(
                "The plan uses {number} more vehicle of a type than there are.",
                "The plan uses {number} more vehicles of a type than there are.",
                amount,
            )
        case Rule.UNSERVED:
            return tr("{client} has to be served but is in no route.", client=client)
        case Rule.TWICE:
            return tr("{client} is served {times} times.", client=client, times=amount + 1)
        case Rule.GROUP:
            return tr(
                "{client} is served, and {others} more of a group of which only one needs to be.",
                client=client,
                others=amount,
            )
        case Rule.LOCK:
            return tr("{client} is not where it is locked.", client=client)


def _driver(scenario: Scenario, problem: Problem, route: Route) -> str:
    """Return what the vehicle of a route is called; where it is not settled which it is, that of its type."""
    key = problem.vehicles.ids[route.vehicle_type]
    if route.vehicle == ANY:
        return name_of(scenario.vehicles, key)
    return label(scenario.vehicles.get(key), key, route.vehicle + 1)
