"""``--network`` of the commands: by which roads a scenario travels, whatever it says itself."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from app.io.atomic import WriteError
from app.io.networks import NetworkStore, networks_folder
from app.io.osm_words import osm_problem_words
from app.model.road_area import area_around
from app.model.road_library import use_library
from app.model.scenario import Scenario, TravelSource
from solver.roads.osm import OsmFileError, read_osm

MARGIN = 5.0
"""Kilometres around a scenario that are read of a file: a way round may lead outside."""


class NetworkArgumentError(ValueError):
    """Raised for a network that cannot be had; its text is a sentence for the user."""


def use_own_networks() -> NetworkStore:
    """Let scenarios find the road networks of this user, and return these."""
    store = NetworkStore(networks_folder())
    use_library(store)
    return store


def add_network_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--network`` to a command."""
    parser.add_argument(
        "--network",
        metavar="FILE|NAME",
        help="travel by roads: of an OpenStreetMap file such as area.osm.pbf, whose surroundings of the scenario are "
        "imported, or of a network that was imported before, by name or id",
    )


def on_network(scenario: Scenario, chosen: str | None, store: NetworkStore) -> Scenario:
    """Return a scenario that travels by the roads that were asked for; as it is when none were.

    Parameters
    ----------
    scenario
        Any.
    chosen
        What stands behind ``--network``.
    store
        The user's networks; what is read of a file is kept there.

    Raises
    ------
    NetworkArgumentError
        If there is no such network, or the file cannot be used.
    """
    if chosen is None:
        return scenario
    key = _imported(scenario, Path(chosen), store) if Path(chosen).is_file() else _found(chosen, store)
    return replace(scenario, settings=replace(scenario.settings, travel=TravelSource.ROADS, network=key))


def _found(chosen: str, store: NetworkStore) -> str:
    networks = [one for one in store.listed() if not one.damaged]
    named = [one.id for one in networks if chosen in (one.id, one.name)]
    named = named or [one.id for one in networks if chosen.casefold() == one.name.casefold()]
    if len(named) != 1:
        there = ", ".join(f"{one.name} ({one.id})" for one in networks) or "none"
        raise NetworkArgumentError(f"--network: {chosen} is no file, and no network; there are: {there}.")
    return named[0]


def _imported(scenario: Scenario, path: Path, store: NetworkStore) -> str:
    try:
        network = read_osm(path, area_around(scenario, MARGIN))
        key = store.add(network, path.name.partition(".")[0])
    except OsmFileError as error:
        raise NetworkArgumentError(osm_problem_words(error.problem, path.name)) from error
    except WriteError as error:
        raise NetworkArgumentError(str(error)) from error
    print(f"imported {path.name} as {store.name(key)} ({key}): {network.segments} streets", file=sys.stderr)
    print(network.attribution, file=sys.stderr)
    return key
