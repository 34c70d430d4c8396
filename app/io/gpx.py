"""A plan as GPX 1.1, for navigation devices and for apps that guide without a network.

Each vehicle has a route (``rte``), whose points are its start, its stops and its end: a device finds the roads between
them itself. Depots and stops are waypoints (``wpt``) as well, which most apps show as pins.

References
----------
Foster, D. (2004). GPX 1.1 Schema Documentation. https://www.topografix.com/GPX/1/1/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from app.io.cells import write_windows
from app.model.amounts import counted
from app.model.evaluation import Evaluation, RouteFigures, VisitFigures
from app.model.scenario import Customer, Depot, Scenario
from app.model.units import clock
from app.model.zone_hours import as_found

NAMESPACE = "http://www.topografix.com/GPX/1/1"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_Element = ElementTree.Element


def gpx(scenario: Scenario, evaluation: Evaluation) -> bytes:
    """Return the routes and their places.

    Parameters
    ----------
    scenario
        One on the earth, not on a plane.
    evaluation
        Whose routes are written.
    """
    root = ElementTree.Element(
        "gpx",
        {
            "version": "1.1",
            "creator": "Routewright",
            "xmlns": NAMESPACE,
            "xmlns:xsi": _SCHEMA,
            "xsi:schemaLocation": f"{NAMESPACE} {NAMESPACE}/gpx.xsd",
        },
    )
    _text(ElementTree.SubElement(root, "metadata"), "name", scenario.settings.name)
    for depot in _depots(scenario, evaluation):
        _depot(root, "wpt", depot, "")
    driven = [
        (as_found(scenario, route.vehicle, (visit.customer for visit in route.visits)), route)
        for route in evaluation.routes
    ]
    for found, route in driven:
        for number, visit in enumerate(route.visits, start=1):
            _visit(root, "wpt", found, route, number, visit)
    for found, route in driven:
        if route.visits:
            _route(root, found, route)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _depots(scenario: Scenario, evaluation: Evaluation) -> Iterator[Depot]:
    used = {key for route in evaluation.routes if route.visits for key in (route.start_depot, route.end_depot)}
    return (depot for key, depot in scenario.depots.items() if key in used)


def _route(root: _Element, scenario: Scenario, route: RouteFigures) -> None:
    made = ElementTree.SubElement(root, "rte")
    _text(made, "name", route.label)
    stops = counted(route.stops, "stop", "stops")
    _text(made, "desc", f"{stops}, {route.distance_km:.1f} km, {clock(route.start_s)}–{clock(route.end_s)}")
    _text(made, "number", str(route.number))
    _depot(made, "rtept", scenario.depots[route.start_depot], f"leave {clock(route.start_s)}")
    for number, visit in enumerate(route.visits, start=1):
        _visit(made, "rtept", scenario, route, number, visit)
    if route.end_depot is not None:
        _depot(made, "rtept", scenario.depots[route.end_depot], f"back {clock(route.end_s)}")


def _depot(parent: _Element, tag: str, depot: Depot, remark: str) -> None:
    point = _point(parent, tag, depot)
    _text(point, "name", depot.name or depot.id)
    _text(point, "desc", remark)
    _text(point, "sym", "Flag, Blue")
    _text(point, "type", "depot")


def _visit(
    parent: _Element, tag: str, scenario: Scenario, route: RouteFigures, number: int, visit: VisitFigures
) -> None:
    customer = scenario.customers[visit.customer]
    point = _point(parent, tag, customer)
    _text(point, "name", f"{route.badge}.{number} {customer.name or customer.id}")
    _text(point, "cmt", customer.notes)
    windows = write_windows(customer.windows).replace("|", ", ")
    times = f"{clock(visit.arrival_s)}–{clock(visit.departure_s)}"
    _text(point, "desc", f"{times}, open {windows}" if windows else times)
    _text(point, "sym", "Flag, Green")
    _text(point, "type", "stop")


def _point(parent: _Element, tag: str, place: Customer | Depot) -> _Element:
    lon = -180.0 if place.lon >= 180 else place.lon  # the schema has each meridian once
    return ElementTree.SubElement(parent, tag, {"lat": _degrees(place.lat), "lon": _degrees(lon)})


def _degrees(value: float) -> str:
    # Seven decimals are a centimetre; the schema's decimals know no exponent.
    return f"{round(value, 7) + 0.0:.7f}"


def _text(parent: _Element, tag: str, text: str) -> None:
    """Add an element with a text, without what XML cannot hold; none for an empty one."""
    text = _NOT_XML.sub("", text).strip()
    if text:
        ElementTree.SubElement(parent, tag).text = text
