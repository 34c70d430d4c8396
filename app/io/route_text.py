"""A route in words, to be pasted into a message to its driver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.io.navigation import coordinates
from app.model.amounts import counted, kilometres, loads
from app.model.evaluation import RouteFigures, VisitFigures
from app.model.scenario import Scenario, TravelSource
from app.model.units import clock, span
from app.model.violations import name_of

_INDENT = " " * 7  # below the text that stands behind a time


def routes_text(scenario: Scenario, routes: Sequence[RouteFigures]) -> str:
    """Return routes as plain text, an empty line between them."""
    return "\n\n".join("\n".join(_route(scenario, route)) for route in routes)


def _route(scenario: Scenario, route: RouteFigures) -> Iterator[str]:
    yield f"{_joined(route.label)} ({_joined(scenario.settings.name)})"
    yield (
        f"{counted(route.stops, 'stop', 'stops')}, {kilometres(route.distance_km)}, {span(route.duration_s)}, "
        f"{_clock(route.start_s)}–{_clock(route.end_s)}"
    )
    yield ""
    yield f"{_clock(route.start_s)}  Leave {_joined(name_of(scenario.depots, route.start_depot))}"
    for number, visit in enumerate(route.visits, start=1):
        yield from _visit(scenario, number, visit)
    if route.end_depot is not None:
        yield f"{_clock(route.end_s)}  Back at {_joined(name_of(scenario.depots, route.end_depot))}"


def _visit(scenario: Scenario, number: int, visit: VisitFigures) -> Iterator[str]:
    customer = scenario.customers[visit.customer]
    name = f"{customer.name} ({customer.id})" if customer.name else customer.id
    yield f"{_clock(visit.arrival_s)}  {number}. {_joined(name)}"
    details = []
    if customer.windows:
        details.append(f"open {', '.join(f'{_clock(opens)}–{_clock(closes)}' for opens, closes in customer.windows)}")
    if visit.lateness_s:
        details.append(f"{span(visit.lateness_s)} late")
    dimensions = scenario.settings.dimensions
    details += [f"bring {_joined(amount)}" for amount in loads(customer.demand, dimensions)]
    details += [f"collect {_joined(amount)}" for amount in loads(customer.pickup, dimensions)]
    if details:
        yield _INDENT + ", ".join(details)
    if notes := _joined(customer.notes):
        yield _INDENT + notes
    if scenario.settings.travel is not TravelSource.PLANE:
        yield _INDENT + coordinates((customer.lat, customer.lon))


def _clock(seconds: int) -> str:
    return clock(seconds // 60 * 60)  # as a clock on a wall shows it


def _joined(text: str) -> str:
    """Return a text as one line."""
    return " ".join(part for line in text.splitlines() if (part := line.strip()))
