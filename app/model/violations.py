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


def plain_violation(
    scenario: Scenario, problem: Problem, solution: Solution, violation: Violation, *, would: bool = False
) -> PlainViolation:
    """Say what a solution breaks in the user's words and units.

    Parameters
    ----------
    scenario
        Gives names; it may be newer than the problem.
    problem, solution
        What was checked.
    violation
        One of the report.
    would
        Whether the solution is only what would be, and not the plan as it is.
    """
    customer = "" if violation.client < 0 else problem.clients.ids[violation.client]
    text = _sentence(scenario, problem, solution, violation, would)
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


_SAID = {
    Rule.CAPACITY: (
        tr("{vehicle} carries {amount} {unit} more than its capacity of {capacity} {unit}."),
        tr("{vehicle} would carry {amount} {unit} more than its capacity of {capacity} {unit}."),
    ),
    Rule.TIME_WINDOW: (
        tr("{vehicle} reaches {client} {time} too late."),
        tr("{vehicle} would reach {client} {time} too late."),
    ),
    Rule.SHIFT: (
        tr("{vehicle} ends {time} after its shift."),
        tr("{vehicle} would end {time} after its shift."),
    ),
    Rule.DEPOT_HOURS: (
        tr("{vehicle} is at its depot {time} after closing time."),
        tr("{vehicle} would be at its depot {time} after closing time."),
    ),
    Rule.BACKHAUL: (
        tr("{vehicle} serves {client} against its order of deliveries and pickups."),
        tr("{vehicle} would serve {client} against its order of deliveries and pickups."),
    ),
    Rule.MAX_DISTANCE: (
        tr("{vehicle} drives {distance} more than it may."),
        tr("{vehicle} would drive {distance} more than it may."),
    ),
    Rule.MAX_DURATION: (
        tr("{vehicle} is out {time} longer than it may be."),
        tr("{vehicle} would be out {time} longer than it may be."),
    ),
    Rule.UNSERVED: (
        tr("{client} has to be served but is in no route."),
        tr("{client} has to be served but would be in no route."),
    ),
    Rule.LOCK: (
        tr("{client} is not where it is locked."),
        tr("{client} would not be where it is locked."),
    ),
}
"""What is so, and what would be so; what can be counted is said by `_counted`."""


def _sentence(scenario: Scenario, problem: Problem, solution: Solution, violation: Violation, would: bool) -> str:
    amount, rule = violation.amount, violation.rule
    client = name_of(scenario.customers, problem.clients.ids[violation.client]) if violation.client >= 0 else ""
    kind = solution.routes[violation.route].vehicle_type if violation.route >= 0 else -1
    vehicle = _driver(scenario, problem, solution.routes[violation.route]) if kind >= 0 else ""
    values = {"vehicle": vehicle, "client": client}
    match rule:
        case Rule.NOT_ALLOWED:
            return tr("{vehicle} may not serve {client}.", **values)
        case Rule.UNREACHABLE:
            text = tr("{vehicle} has no road to {client}.") if client else tr("{vehicle} has no road to its depot.")
            return text.format(**values)
        case Rule.CAPACITY:
            names, dimension = scenario.settings.dimensions, violation.dimension
            values["unit"] = names[dimension] if dimension < len(names) else tr("load")
            values["amount"] = f"{amount / LOAD_SCALE:g}"
            values["capacity"] = f"{int(problem.vehicles.capacity[kind, dimension]) / LOAD_SCALE:g}"
        case Rule.MAX_DISTANCE:
            values["distance"] = f"{amount / 1000:.1f} km"
        case Rule.TIME_WINDOW | Rule.SHIFT | Rule.DEPOT_HOURS | Rule.MAX_DURATION:
            values["time"] = span(amount)
    if rule in _SAID:
        return _SAID[rule][would].format(**values)
    return _counted(violation, vehicle, client, would)


def _counted(violation: Violation, vehicle: str, client: str, would: bool) -> str:
    """Say what can be counted."""
    amount = violation.amount
    match violation.rule:
        case Rule.MAX_STOPS if would:
            return trn(
                "{vehicle} would have {number} stop more than it may make.",
                "{vehicle} would have {number} stops more than it may make.",
                amount,
                vehicle=vehicle,
            )
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
        case Rule.FLEET if would:
            return trn(
                "The plan would use {number} more vehicle of a type than there are.",
                "The plan would use {number} more vehicles of a type than there are.",
                amount,
            )
        case Rule.FLEET:
            return trn(
                "The plan uses {number} more vehicle of a type than there are.",
                "The plan uses {number} more vehicles of a type than there are.",
                amount,
            )
        case Rule.TWICE:
            return tr("{client} is served {times} times.", client=client, times=amount + 1)
        case _:
            return tr(
                "{client} is served, and {others} more of a group of which only one needs to be.",
                client=client,
                others=amount,
            )


def _driver(scenario: Scenario, problem: Problem, route: Route) -> str:
    """Return what the vehicle of a route is called; where it is not settled which it is, that of its type."""
    key = problem.vehicles.ids[route.vehicle_type]
    if route.vehicle == ANY:
        return name_of(scenario.vehicles, key)
    return label(scenario.vehicles.get(key), key, route.vehicle + 1)
