"""A route in words, to be pasted into a message to its driver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.io.navigation import coordinates
from app.language import tr, trn
from app.model.amounts import kilometres, loads
from app.model.evaluation import RouteFigures, VisitFigures
from app.model.scenario import Scenario, TravelSource
from app.model.units import clock, span
from app.model.violations import name_of
from app.model.zone_hours import as_found

_INDENT = " " * 7  # below the text that stands behind a time


def routes_text(scenario: Scenario, routes: Sequence[RouteFigures]) -> str:
    """Return routes as plain text, an empty line between them."""
    return "\n\n".join("\n".join(_route(scenario, route)) for route in routes)


def _route(scenario: Scenario, route: RouteFigures) -> Iterator[str]:
    scenario = as_found(scenario, route.vehicle, (visit.customer for visit in route.visits))
    yield tr("{vehicle} ({day})", vehicle=_joined(route.label), day=_joined(scenario.settings.name))
    hours = f"{_clock(route.start_s)}–{_clock(route.end_s)}"
    stops = trn("{number} stop", "{number} stops", route.stops)
    yield ", ".join([stops, kilometres(route.distance_km), span(route.duration_s), hours])
    yield ""
    start = tr("Leave {depot}", depot=_joined(name_of(scenario.depots, route.start_depot)))
    yield f"{_clock(route.start_s)}  {start}"
    for number, visit in enumerate(route.visits, start=1):
        yield from _visit(scenario, number, visit)
    if route.end_depot is not None:
        end = tr("Back at {depot}", depot=_joined(name_of(scenario.depots, route.end_depot)))
        yield f"{_clock(route.end_s)}  {end}"


def _visit(scenario: Scenario, number: int, visit: VisitFigures) -> Iterator[str]:
    customer = scenario.customers[visit.customer]
    name = f"{customer.name} ({customer.id})" if customer.name else customer.id
    yield f"{_clock(visit.arrival_s)}  {number}. {_joined(name)}"
    details = []
    if customer.windows:
        hours = ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in customer.windows)
        details.append(tr("open {hours}", hours=hours))
    if visit.lateness_s:
        details.append(tr("{span} late", span=span(visit.lateness_s)))
    dimensions = scenario.settings.dimensions
    details += [tr("bring {amount}", amount=_joined(amount)) for amount in loads(customer.demand, dimensions)]
    details += [tr("collect {amount}", amount=_joined(amount)) for amount in loads(customer.pickup, dimensions)]
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
