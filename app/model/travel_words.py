"""Where distances and durations come from, in words; cheap enough for the window to ask at every edit."""

from __future__ import annotations

from app.language import sentences, tr, trn
from app.model.road_library import library
from app.model.scenario import Scenario, ServerKind, TravelSource
from app.model.server_travel import told_of

_KINDS = {ServerKind.OSRM: "OSRM", ServerKind.VALHALLA: "Valhalla"}


def travel_words(scenario: Scenario) -> str:
    """Say where the distances and durations of a scenario come from."""
    settings = scenario.settings
    match settings.travel:
        case TravelSource.GREAT_CIRCLE:
            said = tr("Straight lines times {detour}, at the speed of each vehicle.", detour=f"{settings.detour:g}")
        case TravelSource.PLANE:
            said = tr("Straight lines in a plane, at the speed of each vehicle.")
        case TravelSource.MATRIX:
            said = _of_matrix(scenario)
        case TravelSource.ROADS:
            said = _of_roads(scenario)
        case TravelSource.SERVER:
            said = _of_server(scenario)
    by_hour = tr("Speeds change with the hour of the day.") if settings.traffic is not None else ""
    return sentences(said, by_hour)


def _of_matrix(scenario: Scenario) -> str:
    matrix = scenario.matrix
    if matrix is None:
        return tr("The travel matrix of the scenario, which is missing.")
    if matrix.duration is None:
        return tr("Distances of the travel matrix, at the speed of each vehicle.")
    if matrix.distance is None:
        return tr("Durations of the travel matrix, and distances at the speed of each vehicle.")
    return tr("Distances and durations of the travel matrix.")


def _of_roads(scenario: Scenario) -> str:
    key = scenario.settings.network
    if library().has(key):
        return tr("Roads of {network}, by the travel profile of each vehicle.", network=library().name(key) or key)
    return tr("Roads as the document has them; the road network {network} is not on this computer.", network=key or "–")


def _of_server(scenario: Scenario) -> str:
    settings, told = scenario.settings, told_of(scenario)
    named = {"server": settings.server, "kind": _KINDS[settings.server_kind]}
    if told.complete:
        return tr("The server {server} ({kind}).", **named)
    missing = told.legs - told.told
    return sentences(
        tr("The server {server} ({kind}).", **named),
        trn(
            "It has not told {number} leg yet, which is a straight line times {detour}.",
            "It has not told {number} legs yet, which are straight lines times {detour}.",
            missing,
            detour=f"{settings.detour:g}",
        ),
    )
