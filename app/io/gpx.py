"""A plan as GPX 1.1, for navigation devices and for apps that guide without a network.

Each vehicle has a route (``rte``), whose points are its start, its stops and its end: a device finds the roads between
them itself. Depots and stops are waypoints (``wpt``) as well, which most apps show as pins. Where travel is by roads,
the way itself is there as a track (``trk``), for devices that follow one.

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
from app.model.route_lines import drives_of, legs_along_roads, line_of, road_attribution
from app.model.scenario import Depot, Scenario
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
    metadata = ElementTree.SubElement(root, "metadata")
    _text(metadata, "name", scenario.settings.name)
    if attribution := road_attribution(scenario):
        ElementTree.SubElement(metadata, "copyright", {"author": _NOT_XML.sub("", attribution)})
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
    for found, route in driven:
        _track(root, found, route)
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


def _track(root: _Element, scenario: Scenario, route: RouteFigures) -> None:
    """Add the way of a route along roads, if any part of it is."""
    drives = drives_of(scenario, route)
    legs = legs_along_roads(scenario, drives)
    if not any(legs):
        return
    made = ElementTree.SubElement(root, "trk")
    _text(made, "name", route.label)
    _text(made, "number", str(route.number))
    segment = ElementTree.SubElement(made, "trkseg")
    for lat, lon in line_of(drives, legs):
        _point(segment, "trkpt", lat, lon)


def _depot(parent: _Element, tag: str, depot: Depot, remark: str) -> None:
    point = _point(parent, tag, depot.lat, depot.lon)
    _text(point, "name", depot.name or depot.id)
    _text(point, "desc", remark)
    _text(point, "sym", "Flag, Blue")
    _text(point, "type", "depot")


def _visit(
    parent: _Element, tag: str, scenario: Scenario, route: RouteFigures, number: int, visit: VisitFigures
) -> None:
    customer = scenario.customers[visit.customer]
    point = _point(parent, tag, customer.lat, customer.lon)
    _text(point, "name", f"{route.badge}.{number} {customer.name or customer.id}")
    _text(point, "cmt", customer.notes)
    windows = write_windows(customer.windows).replace("|", ", ")
    times = f"{clock(visit.arrival_s)}–{clock(visit.departure_s)}"
    _text(point, "desc", f"{times}, open {windows}" if windows else times)
    _text(point, "sym", "Flag, Green")
    _text(point, "type", "stop")


def _point(parent: _Element, tag: str, lat: float, lon: float) -> _Element:
    lon = -180.0 if lon >= 180 else lon  # the schema has each meridian once
    return ElementTree.SubElement(parent, tag, {"lat": _degrees(lat), "lon": _degrees(lon)})


def _degrees(value: float) -> str:
    # Seven decimals are a centimetre; the schema's decimals know no exponent.
    return f"{round(value, 7) + 0.0:.7f}"


def _text(parent: _Element, tag: str, text: str) -> None:
    """Add an element with a text, without what XML cannot hold; none for an empty one."""
    text = _NOT_XML.sub("", text).strip()
    if text:
        ElementTree.SubElement(parent, tag).text = text
