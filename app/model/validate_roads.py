"""What is wrong with what a scenario says of roads: its network, its server, modes of travel, speeds by the hour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from urllib.parse import urlsplit

from app.language import tr
from app.model.hourly import slowed_by_traffic
from app.model.issue import Issue, numbers_outside
from app.model.road_keys import road_keys
from app.model.road_library import library
from app.model.road_travel import NO_TIMES, kept_issues
from app.model.scenario import Scenario, TravelSource
from app.model.server_travel import kinds_of
from app.model.traffic import GROUPS, Traffic
from solver.roads.modes import Mode

SPEED_FACTORS = (0.05, 20.0)
"""Least and most that a mode may be faster than its kind."""

HOUR_FACTORS = (0.05, 3.0)
"""Least and most that an hour may be faster than usual."""

LONGEST_DELAY = 3600.0
"""Seconds at a signal or in a turn."""

_MOST = {
    "height": 100.0,
    "width": 100.0,
    "length": 1000.0,
    "weight": 10_000.0,
    "signal_delay": LONGEST_DELAY,
    "turn_delay": LONGEST_DELAY,
    "u_turn_delay": LONGEST_DELAY,
}
"""Per field of a mode, the greatest number; the least is 0."""


def road_issues(scenario: Scenario) -> Iterator[Issue]:
    """Yield all that is wrong with roads, as far as the scenario uses them."""
    settings = scenario.settings
    yield from _source(scenario)
    ids = Counter(mode.id for mode in settings.modes)
    for mode in settings.modes:
        yield from mode_issues(mode)
        if ids[mode.id] > 1:
            yield Issue("modes", mode.id, "id", mode.id, tr("an id that no other mode has"))
    if settings.traffic is not None:
        yield from traffic_issues(settings.traffic)


def travel_kinds(scenario: Scenario) -> set[Hashable]:
    """Return in how many ways vehicles travel: each takes a matrix of its own."""
    match scenario.settings.travel:
        case TravelSource.ROADS:
            return set(road_keys(scenario).values())
        case TravelSource.SERVER:
            return set(kinds_of(scenario)[0])
    slowed = slowed_by_traffic(scenario) if scenario.settings.traffic is not None else (False,) * len(scenario.vehicles)
    return {(one.speed, stands) for one, stands in zip(scenario.vehicles.values(), slowed, strict=True)}


def hourly_weight(scenario: Scenario) -> float:
    """Return how much more memory travel takes than without speeds by the hour: 4 bytes for 16 and each period."""
    traffic = scenario.settings.traffic
    return 1.0 if traffic is None else 1.0 + len(traffic.periods()) / 4


def of_this_computer(issue: Issue) -> bool:
    """Whether an issue is about what is missing here, while the scenario itself may be as it should."""
    return issue.field == "network" or issue.value == NO_TIMES


def mode_issues(mode: Mode) -> Iterator[Issue]:
    """Yield all that is wrong with one mode of travel, which need not be in a scenario yet."""
    if not mode.id.strip():
        yield Issue("modes", mode.id, "id", mode.id, tr("an id"))
    yield from numbers_outside("modes", mode.id, "speed_factor", mode.speed_factor, *SPEED_FACTORS)
    for field, most in _MOST.items():
        yield from numbers_outside("modes", mode.id, field, getattr(mode, field), 0, most)


def traffic_issues(traffic: Traffic) -> Iterator[Issue]:
    """Yield all that is wrong with speeds by the hour."""
    for group in GROUPS:
        for hour, factor in enumerate(getattr(traffic, group)):
            yield from numbers_outside("traffic", str(hour), group, factor, *HOUR_FACTORS)


def _source(scenario: Scenario) -> Iterator[Issue]:
    settings = scenario.settings
    if settings.travel is TravelSource.ROADS and not settings.network:
        expected = tr("a road network, because the settings ask for travel by roads")
        yield Issue("settings", "", "network", "", expected)
    elif settings.travel is TravelSource.ROADS and not library().has(settings.network):
        found = kept_issues(scenario)
        expected = tr("a road network that is on this computer: import the file that it comes from, or choose another")
        yield from [Issue("settings", "", "network", settings.network, expected)] if found is None else found
    if settings.travel is TravelSource.SERVER and not _is_address(settings.server):
        expected = tr("an address such as http://localhost:5000, because the settings ask for travel from a server")
        yield Issue("settings", "", "server", settings.server, expected)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
