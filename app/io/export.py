"""A plan for other programs: routes and stops as CSV, and both on a map as GeoJSON.

All figures are those of an `app.model.evaluation.Evaluation`, the ones that the window shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.io.atomic import write_file
from app.io.cells import write_time
from app.io.plan_tables import csv_rows, routes_table, stops_and_unserved_table
from app.io.tables import csv_bytes
from app.model.evaluation import Evaluation, RouteFigures
from app.model.route_lines import drives_of, legs_along_roads, line_of, road_attribution
from app.model.scenario import Scenario, TravelSource

ROUTES_FILE, STOPS_FILE, GEOJSON_FILE = "routes.csv", "stops.csv", "plan.geojson"


def routes_csv(scenario: Scenario, evaluation: Evaluation) -> bytes:
    """Return a table with one row per route."""
    return csv_bytes(csv_rows(routes_table(scenario, evaluation)))


def stops_csv(scenario: Scenario, evaluation: Evaluation) -> bytes:
    """Return a table with one row per stop, in order of routes and visits.

    Customers in no route follow, with the reason.
    """
    return csv_bytes(csv_rows(stops_and_unserved_table(scenario, evaluation)))


def geojson(scenario: Scenario, evaluation: Evaluation) -> bytes:
    """Return depots and stops as points and routes as lines; longitude first, as RFC 7946 has it.

    A plane scenario has no longitudes; its x and y are written in their place, and the member ``plane`` says so. Lines
    run along roads where travel is by roads, and the member ``attribution`` says whose these are.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection", "name": scenario.settings.name}
    if scenario.settings.travel is TravelSource.PLANE:
        collection["plane"] = True
    if attribution := road_attribution(scenario):
        collection["attribution"] = attribution
    collection["features"] = [*_depots(scenario), *_routes(scenario, evaluation), *_stops(scenario, evaluation)]
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")


def write_routes_csv(path: str | Path, scenario: Scenario, evaluation: Evaluation) -> None:
    """Write `routes_csv` to a file.

    Raises
    ------
    WriteError
        If the file cannot be written; an older file of that name is kept.
    """
    write_file(path, routes_csv(scenario, evaluation))


def write_stops_csv(path: str | Path, scenario: Scenario, evaluation: Evaluation) -> None:
    """Write `stops_csv` to a file.

    Raises
    ------
    WriteError
        If the file cannot be written; an older file of that name is kept.
    """
    write_file(path, stops_csv(scenario, evaluation))


def write_geojson(path: str | Path, scenario: Scenario, evaluation: Evaluation) -> None:
    """Write `geojson` to a file.

    Raises
    ------
    WriteError
        If the file cannot be written; an older file of that name is kept.
    """
    write_file(path, geojson(scenario, evaluation))


def _feature(kind: str, shape: str, coordinates: Sequence[Any], **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": shape, "coordinates": coordinates},
        "properties": {"kind": kind, **properties},
    }


def _at(place: Any) -> list[float]:
    return [place.lon, place.lat]


def _depots(scenario: Scenario) -> Iterable[dict[str, Any]]:
    for key, depot in scenario.depots.items():
        yield _feature("depot", "Point", _at(depot), id=key, name=depot.name)


def _routes(scenario: Scenario, evaluation: Evaluation) -> Iterable[dict[str, Any]]:
    for route in evaluation.routes:
        if route.visits:
            yield _feature(
                "route",
                "LineString",
                _line(scenario, route),
                number=route.number,
                vehicle=route.vehicle,
                label=route.label,
                stops=route.stops,
                distance_km=round(route.distance_km, 6),
                duration_min=round(route.duration_s / 60, 4),
                cost=round(route.cost, 6),
                start=write_time(route.start_s),
                end=write_time(route.end_s),
            )


def _line(scenario: Scenario, route: RouteFigures) -> list[list[float]]:
    drives = drives_of(scenario, route)
    return [[lon, lat] for lat, lon in line_of(drives, legs_along_roads(scenario, drives))]


def _stops(scenario: Scenario, evaluation: Evaluation) -> Iterable[dict[str, Any]]:
    for route in evaluation.routes:
        for number, visit in enumerate(route.visits, start=1):
            customer = scenario.customers[visit.customer]
            yield _feature(
                "stop",
                "Point",
                _at(customer),
                id=visit.customer,
                name=customer.name,
                route=route.number,
                stop=number,
                arrival=write_time(visit.arrival_s),
                departure=write_time(visit.departure_s),
            )
    for one in evaluation.unserved:
        customer = scenario.customers[one.customer]
        properties = {"id": one.customer, "name": customer.name, "required": one.required}
        yield _feature("unserved", "Point", _at(customer), **properties, reasons=list(one.reasons))
