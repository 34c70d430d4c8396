"""A plan for other programs: routes and stops as CSV, and both on a map as GeoJSON.

All figures are those of an `app.model.evaluation.Evaluation`, the ones that the window shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.io.atomic import write_file
from app.io.cells import guarded, write_duration, write_number, write_time
from app.io.tables import csv_bytes
from app.model.evaluation import Evaluation, RouteFigures
from app.model.scenario import Scenario, TravelSource

ROUTES_FILE, STOPS_FILE, GEOJSON_FILE = "routes.csv", "stops.csv", "plan.geojson"


def write_routes_csv(path: str | Path, scenario: Scenario, evaluation: Evaluation) -> None:
    """Write one row per route.

    Raises
    ------
    WriteError
        If the file cannot be written; an older file of that name is kept.
    """
    header = [
        *("route", "vehicle", "label", "stops", "start", "end", "start depot", "end depot", "distance km"),
        *("duration min", "service min", "waiting min", "cost"),
        *_load_headers("load", scenario),
        *_load_headers("capacity", scenario),
    ]
    rows = [
        [
            str(route.number),
            guarded(route.vehicle),
            guarded(route.label),
            str(route.stops),
            write_time(route.start_s),
            write_time(route.end_s),
            guarded(route.start_depot),
            guarded(route.end_depot or ""),
            _figure(route.distance_km),
            write_duration(route.duration_s),
            write_duration(route.service_s),
            write_duration(route.waiting_s),
            _figure(route.cost),
            *map(_figure, route.load),
            *map(_figure, route.capacity),
        ]
        for route in evaluation.routes
    ]
    write_file(path, csv_bytes([header, *rows]))


def write_stops_csv(path: str | Path, scenario: Scenario, evaluation: Evaluation) -> None:
    """Write one row per stop, in order of routes and visits; customers in no route follow, with the reason.

    Raises
    ------
    WriteError
        If the file cannot be written; an older file of that name is kept.
    """
    header = [
        *("route", "stop", "vehicle", "label", "customer", "name", "lat", "lon", "arrival", "start", "departure"),
        *("waiting min", "late min", "leg km", "leg min"),
        *_load_headers("load", scenario),
        *("notes", "unserved because"),
    ]
    rows: list[list[str]] = []
    for route in evaluation.routes:
        for number, visit in enumerate(route.visits, start=1):
            figures = [
                write_time(visit.arrival_s),
                write_time(visit.start_s),
                write_time(visit.departure_s),
                write_duration(visit.waiting_s),
                write_duration(visit.lateness_s),
                _figure(visit.leg_km),
                write_duration(visit.leg_s),
                *map(_figure, visit.load),
            ]
            place = [str(route.number), str(number), guarded(route.vehicle), guarded(route.label)]
            rows.append([*place, *_customer(scenario, visit.customer), *figures, _notes(scenario, visit.customer), ""])
    blank = [""] * (len(header) - 10)
    for one in evaluation.unserved:
        reasons = guarded(" ".join(one.reasons) or "not in any route")
        rows.append(
            ["", "", "", "", *_customer(scenario, one.customer), *blank, _notes(scenario, one.customer), reasons]
        )
    write_file(path, csv_bytes([header, *rows]))


def write_geojson(path: str | Path, scenario: Scenario, evaluation: Evaluation) -> None:
    """Write depots and stops as points and routes as lines; longitude first, as RFC 7946 has it.

    A plane scenario has no longitudes; its x and y are written in their place, and the member ``plane`` says so.

    Raises
    ------
    WriteError
        If the file cannot be written; an older file of that name is kept.
    """
    collection: dict[str, Any] = {"type": "FeatureCollection", "name": scenario.settings.name}
    if scenario.settings.travel is TravelSource.PLANE:
        collection["plane"] = True
    collection["features"] = [*_depots(scenario), *_routes(scenario, evaluation), *_stops(scenario, evaluation)]
    write_file(path, json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))


def _figure(value: float) -> str:
    # Six decimals: a thousandth of a metre, and no tail such as 0.30000000000000004.
    return write_number(round(value, 6))


def _load_headers(word: str, scenario: Scenario) -> list[str]:
    return [guarded(f"{word} {name}") for name in scenario.settings.dimensions]


def _customer(scenario: Scenario, key: str) -> list[str]:
    customer = scenario.customers[key]
    return [guarded(key), guarded(customer.name), write_number(customer.lat), write_number(customer.lon)]


def _notes(scenario: Scenario, key: str) -> str:
    return guarded(scenario.customers[key].notes)


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
    line = [_at(scenario.depots[route.start_depot])]
    line += [_at(scenario.customers[visit.customer]) for visit in route.visits]
    return line if route.end_depot is None else [*line, _at(scenario.depots[route.end_depot])]


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
