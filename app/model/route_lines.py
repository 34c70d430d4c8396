"""Routes as lines on the earth: along roads where travel is by roads, else straight from place to place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.model.drives import Drive
from app.model.evaluation import RouteFigures
from app.model.road_library import library
from app.model.road_travel import leg_shapes
from app.model.scenario import Customer, Depot, Point, Scenario, TravelSource

Line = tuple[Point, ...]


def drives_of(scenario: Scenario, route: RouteFigures) -> list[Drive]:
    """Return what the vehicle of a route drives, leg by leg; nothing where it stays at home."""
    if not route.visits:
        return []
    places: list[Customer | Depot] = [scenario.depots[route.start_depot]]
    places += [scenario.customers[visit.customer] for visit in route.visits]
    if route.end_depot is not None:
        places.append(scenario.depots[route.end_depot])
    points = [(one.lat, one.lon) for one in places]
    return [(route.vehicle, start, end) for start, end in pairwise(points)]


def legs_along_roads(scenario: Scenario, drives: Sequence[Drive]) -> list[Line | None]:
    """Return the ways of drives, latitude and longitude of their corners; None for one that has none but straight on.

    It takes its time, and is for a background thread or a command.
    """
    if scenario.settings.travel not in (TravelSource.ROADS, TravelSource.SERVER):
        return [None] * len(drives)
    shapes = leg_shapes(scenario, drives)
    return [None if shape is None else tuple(map(tuple, shape.tolist())) for shape in shapes]


def line_of(drives: Sequence[Drive], legs: Iterable[Line | None]) -> Line:
    """Return one line through all legs; a corner in common is there once."""
    line: list[Point] = []
    for drive, leg in zip(drives, legs, strict=True):
        corners = leg or drive[1:]
        line += corners[1:] if line and corners[0] == line[-1] else corners
    return tuple(line)


def road_attribution(scenario: Scenario) -> str:
    """Return whom to name for the roads of a scenario; "" where it travels by none that are at hand."""
    settings = scenario.settings
    network = library().network(settings.network) if settings.travel is TravelSource.ROADS else None
    return network.attribution if network is not None else ""
